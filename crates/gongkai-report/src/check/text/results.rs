//! What the text says of results and applicants: R081, R082.

use std::collections::BTreeSet;

use gongkai_law::{ApplicantColumn as C, ApplicationRow as R, CellRef, RowGroup};
use rust_decimal::Decimal;

use super::received::{of_documents, of_others};
use super::{clause, differs, exact, place, sentence, total};
use crate::check::applications::total_only;
use crate::check::finding::{Finding, Findings};
use crate::narrative::{Fact, FactKind as K, Subject};

fn group_total(subject: &Subject<'_>, group: RowGroup) -> Option<Decimal> {
    let rows: Vec<Decimal> =
        R::ALL.iter().filter(|row| row.group() == Some(group)).filter_map(|row| total(subject, *row)).collect();
    (!rows.is_empty()).then(|| rows.iter().sum())
}

pub(super) fn results(subject: &Subject<'_>, out: &mut Findings) {
    let other = total(subject, R::Other).or_else(|| group_total(subject, RowGroup::Other));
    let rows: [(K, Option<Decimal>, R, &str); 7] = [
        (K::Granted, total(subject, R::Granted), R::Granted, "予以公开"),
        (K::Partial, total(subject, R::Partial), R::Partial, "部分公开"),
        (
            K::GrantedAndPartial,
            total(subject, R::Granted).map(|granted| granted + total(subject, R::Partial).unwrap_or_default()),
            R::Granted,
            "予以公开和部分公开",
        ),
        (K::Denied, group_total(subject, RowGroup::Denied), R::DeniedStateSecret, "不予公开"),
        (K::Unable, group_total(subject, RowGroup::Unable), R::UnableNotHeld, "无法提供"),
        (K::Refused, group_total(subject, RowGroup::Refused), R::RefusedPetition, "不予处理"),
        (K::OtherResult, other, R::OtherOtherReason, "其他处理"),
    ];
    for (kind, printed, row, what) in rows {
        let Some(printed) = printed else { continue };
        let stated: Vec<(&Fact, Decimal)> = exact(subject, kind)
            .filter(|(fact, _)| !of_others(clause(subject, fact)) && !of_documents(sentence(subject, fact)))
            .collect();
        if stated.iter().any(|(_, value)| *value == printed) {
            continue;
        }
        let Some((fact, value)) = stated.first() else { continue };
        let cell = CellRef::Application(row, C::Total);
        let fits = fitting_cell(subject, *value, kind);
        let note = fits
            .map(|cell| format!("；这个数与{}相同，可能只写了一行或一列", cell.name(subject.report.edition())))
            .unwrap_or_default();
        out.push(
            Finding::new(
                "R081",
                format!(
                    "{}“{}”与表三不符：{what}{}件，表三{}件{note}",
                    place(fact),
                    fact.quote,
                    value.normalize(),
                    printed.normalize()
                ),
            )
            .cell(cell)
            .found(value.normalize())
            .expected(printed.normalize())
            .advise("核对文字和表格，改正有误的一处"),
        );
    }
}

/// A single row or column that holds the stated number: authors often quote one.
fn fitting_cell(subject: &Subject<'_>, value: Decimal, kind: K) -> Option<CellRef> {
    if value.is_zero() || total_only(subject.report) {
        return None;
    }
    let rows: Vec<R> = R::ALL
        .into_iter()
        .filter(|row| match kind {
            K::Granted | K::GrantedAndPartial => matches!(row, R::Granted | R::Partial),
            K::Partial => *row == R::Partial,
            K::Denied => row.group() == Some(RowGroup::Denied),
            K::Unable => row.group() == Some(RowGroup::Unable),
            K::Refused => row.group() == Some(RowGroup::Refused),
            _ => row.group() == Some(RowGroup::Other),
        })
        .collect();
    rows.iter()
        .flat_map(|row| C::ALL.map(|column| CellRef::Application(*row, column)))
        .find(|cell| subject.report.value(*cell) == Some(value))
}

pub(super) fn applicants(subject: &Subject<'_>, out: &mut Findings) {
    if total_only(subject.report) {
        return;
    }
    let get = |row, column| subject.report.application(row, column).unwrap_or_default();
    let persons: Vec<Decimal> = [R::NewReceived, R::TotalConcluded]
        .iter()
        .map(|row| get(*row, C::NaturalPerson))
        .chain([get(R::NewReceived, C::NaturalPerson) + get(R::CarriedIn, C::NaturalPerson)])
        .collect();
    let bodies = |row| C::KINDS.iter().skip(1).map(|column| get(row, *column)).sum::<Decimal>();
    let organisations =
        vec![bodies(R::NewReceived), bodies(R::TotalConcluded), bodies(R::NewReceived) + bodies(R::CarriedIn)];
    let received: BTreeSet<usize> = subject.facts_of(K::Received).map(|fact| fact.sentence).collect();
    let relates = |fact: &Fact| {
        let near = fact.sentence.saturating_sub(1)..=fact.sentence + 1;
        received.range(near).next().is_some() || sentence(subject, fact).contains("申请")
    };
    for (kind, fitting, column, what) in [
        (K::NaturalPersons, &persons, C::NaturalPerson, "自然人"),
        (K::Organisations, &organisations, C::Business, "法人或其他组织"),
    ] {
        let stated: Vec<(&Fact, Decimal)> = exact(subject, kind)
            .filter(|(fact, _)| relates(fact) && !of_others(clause(subject, fact)) && !fact.scoped)
            .collect();
        if stated.iter().any(|(_, value)| fitting.contains(value)) {
            continue;
        }
        if let Some((fact, value)) = stated.first() {
            let printed = fitting.first().copied();
            out.push(differs(
                "R082",
                fact,
                *value,
                vec![CellRef::Application(R::NewReceived, column)],
                printed,
                what,
                subject.report.edition(),
            ));
        }
    }
    if let Some(fact) = subject.facts_of(K::AllOrganisations).find(|fact| relates(fact) && !fact.scoped)
        && persons.first().is_some_and(|count| *count > Decimal::ZERO)
    {
        let count = get(R::NewReceived, C::NaturalPerson).normalize();
        out.push(
            Finding::new("R082", format!("{}“{}”，而表三自然人申请{count}件", place(fact), fact.quote))
                .cell(CellRef::Application(R::NewReceived, C::NaturalPerson))
                .found("均为法人或其他组织")
                .expected(format!("自然人{count}件"))
                .advise("核对文字和表格，改正有误的一处"),
        );
    }
    if let Some(fact) = subject.facts_of(K::AllNaturalPersons).find(|fact| relates(fact))
        && bodies(R::NewReceived) > Decimal::ZERO
    {
        out.push(
            Finding::new(
                "R082",
                format!(
                    "{}“{}”，而表三法人或其他组织申请{}件",
                    place(fact),
                    fact.quote,
                    bodies(R::NewReceived).normalize()
                ),
            )
            .cells(
                C::KINDS
                    .iter()
                    .skip(1)
                    .map(|column| CellRef::Application(R::NewReceived, *column))
                    .filter(|cell| subject.report.value(*cell).is_some_and(|v| !v.is_zero())),
            )
            .found("均为自然人")
            .expected(format!("法人或其他组织{}件", bodies(R::NewReceived).normalize()))
            .advise("核对文字和表格，改正有误的一处"),
        );
    }
}
