//! The text against the tables: R063, R064, R078–R082, R093–R096, R120, R121, R122.

mod documents;
mod fees;
mod proceedings;
mod received;
mod results;

use gongkai_law::{ApplicantColumn as C, ApplicationRow as R, CellRef, Edition};
use rust_decimal::Decimal;

use self::documents::documents;
use self::fees::{fee, some_number};
use self::proceedings::proceedings;
pub(super) use self::received::next_year;
use self::received::{carried, received};
use self::results::{applicants, results};
use super::finding::{Finding, Findings, figure};
use crate::narrative::{Fact, FactKind as K, Subject};
use crate::report::FormKind;

pub(super) fn check(subject: &Subject<'_>, out: &mut Findings) {
    if subject.report.has_table(2) {
        documents(subject, out);
    }
    if subject.report.has_table(3) {
        received(subject, out);
        carried(subject, out);
        results(subject, out);
        applicants(subject, out);
    }
    if subject.report.has_table(4) {
        proceedings(subject, out);
    }
    if subject.report.form != FormKind::Older {
        fee(subject, out);
        some_number(subject, out);
    }
}

fn total(subject: &Subject<'_>, row: R) -> Option<Decimal> {
    subject.report.application(row, C::Total)
}

/// Facts with an exact number.
fn exact<'s>(subject: &'s Subject<'_>, kind: K) -> impl Iterator<Item = (&'s Fact, Decimal)> {
    subject.facts_of(kind).filter(|fact| !fact.approximate).filter_map(|fact| Some((fact, fact.value?)))
}

fn sentence<'s>(subject: &'s Subject<'_>, fact: &Fact) -> &'s str {
    subject.sentences.get(fact.sentence).map_or("", |sentence| sentence.text.as_str())
}

/// The clause a fact stands in: up to the commas around it.
fn clause<'s>(subject: &'s Subject<'_>, fact: &Fact) -> &'s str {
    let text = sentence(subject, fact);
    let from = text.get(..fact.at).and_then(|head| head.rfind([',', '。'])).map_or(0, |at| at + 1);
    let to = text.get(fact.at..).and_then(|tail| tail.find(',')).map_or(text.len(), |at| fact.at + at);
    text.get(from..to).unwrap_or(text)
}

fn place(fact: &Fact) -> String {
    match fact.section {
        0 => "引言".to_owned(),
        n => format!("第{}部分", gongkai_law::Section::from_number(n).map_or('？', gongkai_law::Section::numeral)),
    }
}

fn differs(
    rule: &'static str,
    fact: &Fact,
    value: Decimal,
    cells: Vec<CellRef>,
    expected: Option<Decimal>,
    what: &str,
    edition: Edition,
) -> Finding {
    let named = match cells.as_slice() {
        [one] => one.name(edition),
        _ => "表四“行政诉讼”两组“总计”之和".to_owned(),
    };
    Finding::new(
        rule,
        format!(
            "{}“{}”与表格不符：{what}{}，{named}是{}",
            place(fact),
            fact.quote,
            value.normalize(),
            figure(expected)
        ),
    )
    .cells(cells)
    .found(value.normalize())
    .expected(figure(expected))
    .advise("核对文字和表格，改正有误的一处")
}
