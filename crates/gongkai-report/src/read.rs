//! From a manuscript to a report: sections by their headings, cells by their labels.
//!
//! Nothing here counts numbers from the top: a row is found by its label, and its values are those
//! that follow the label. What cannot be told apart stays empty and is said to be so.

mod cell;
mod heading;
mod identity;
mod item;
mod label;
mod matching;
mod row;
mod tables;
mod text;
mod token;

use gongkai_law::{ApplicationRow, Edition, ProactiveItem, Section};
use gongkai_manuscript::{Manuscript, Place};

use self::heading::{Heading, find_headings, split_run_on};
use self::identity::period_of;
pub(crate) use self::identity::{agency_of as agency_in, year_of as year_in};
use self::item::{Item, flatten};
use self::tables::{TableReading, read_applications, read_proactive, read_proceedings};
use self::text::{collect_text, table_items};
use self::token::tokens;
use crate::fold::compact;
use crate::report::{FormKind, NoticeCode, Report};

/// Reads a report. Never fails: what is not found is absent and noticed.
pub fn read(manuscript: &Manuscript) -> Report {
    let mut report = Report::default();
    let (items, repairs) = flatten(manuscript);
    let items = split_run_on(items);
    note_repairs(&mut report, repairs);
    let headings = main_headings(find_headings(&items), &mut report);
    let first = headings.first().map_or(items.len(), |heading| heading.item);
    let identity = identity::identify(&items, first);
    report.title.clone_from(&identity.title);
    report.agency.clone_from(&identity.agency);
    report.year = identity.year;
    let text_from = identity.title_items.map_or(0, |(_, last)| last + 1);
    report.published_on = identity::published_on(&items, text_from, headings.last().map_or(items.len(), |h| h.item));
    if let Some((at, other)) = &identity.other_title {
        let place = items.get(*at).map(|item| item.place.clone()).unwrap_or_default();
        report.notice(NoticeCode::TitleRepeated, "title", place, format!("文中还有另一个标题“{other}”"));
    }
    if report.title.is_none() {
        report.notice(NoticeCode::TitleMissing, "title", Place::None, "正文中没有找到标题");
    }

    let tokens = tokens(&items);
    let span = |number: u8| section_span(&headings, number, items.len());
    let within = |number: u8| {
        let (from, to) = span(number);
        let tokens = &tokens;
        move |at: usize| tokens.get(at).is_some_and(|token| token.item > from && token.item < to)
    };
    let year = report.year;
    let proactive = read_proactive(&mut report, &tokens, year, &within(2));
    let applications = read_applications(&mut report, &tokens, &within(3));
    let proceedings = read_proceedings(&mut report, &tokens, &within(4));
    note_places(&mut report, &headings, &items, [&proactive, &applications, &proceedings]);

    let used = table_items(&items, &tokens, &headings, [&proactive, &applications, &proceedings]);
    collect_text(&mut report, &items, &headings, text_from, &used, identity.other_title.as_ref().map(|(at, _)| *at));
    settle_period(&mut report);
    if report.agency.is_none() {
        // The signature names the agency where the title does not.
        report.agency = report
            .closing
            .lines()
            .map(compact)
            .find(|line| (4..=24).contains(&line.chars().count()) && identity::is_agency(line));
    }
    settle_form(&mut report, &proactive, &applications);
    note_missing(&mut report, &headings, [&proactive, &applications, &proceedings]);
    report
}

fn note_repairs(report: &mut Report, repairs: crate::fold::Repairs) {
    if repairs.traditional {
        report.notice(NoticeCode::TraditionalConverted, "", Place::None, "文中有繁体字，已按简体比对");
    }
    if repairs.glosses {
        report.notice(NoticeCode::GlossesRemoved, "", Place::None, "文中有注音，已去掉后比对");
    }
    if repairs.radicals {
        report.notice(NoticeCode::RadicalsReplaced, "", Place::None, "文中有部首或兼容字符，已按通用字比对");
    }
}

/// One heading for each section; repeats and disorder are noticed.
fn main_headings(found: Vec<Heading>, report: &mut Report) -> Vec<Heading> {
    let mut kept: Vec<Heading> = Vec::new();
    for heading in found {
        if let Some(other) = kept.iter_mut().find(|other| other.number == heading.number) {
            if !other.official && heading.official {
                *other = heading;
                continue;
            }
            if heading.official {
                report.notice(
                    NoticeCode::SectionRepeated,
                    format!("section{}", heading.number),
                    heading.place.clone(),
                    format!("标题“{}”出现不止一次", heading.title),
                );
            }
            continue;
        }
        kept.push(heading);
    }
    if !kept.is_sorted_by_key(|heading| heading.number) {
        report.notice(NoticeCode::SectionsDisordered, "", Place::None, "各部分的先后次序与规定格式不同");
    }
    kept.sort_by_key(|heading| heading.item);
    kept
}

/// The items of a section: after its heading, before the next. Empty range if it is not there.
fn section_span(headings: &[Heading], number: u8, end: usize) -> (usize, usize) {
    let Some(at) = headings.iter().position(|heading| heading.number == number) else { return (end, end) };
    let from = headings.get(at).map_or(end, |heading| heading.item);
    let to = headings.get(at + 1).map_or(end, |heading| heading.item);
    (from, to)
}

fn note_places(report: &mut Report, headings: &[Heading], items: &[Item], readings: [&TableReading; 3]) {
    for (reading, number) in readings.into_iter().zip([2_u8, 3, 4]) {
        let Some((from, to)) = reading.extent else { continue };
        let (start, end) = section_span(headings, number, items.len());
        // Heads without values may stand anywhere; only a table that was read is out of place.
        let read = report.cells.iter().any(|(cell, found)| cell.table() == number && found.value.is_some());
        if start == items.len() || from > start && to < end || !read {
            continue;
        }
        let place = items.get(from).map(|item| item.place.clone()).unwrap_or_default();
        // In a workbook each table may have a sheet of its own.
        if let (Place::Sheet { sheet, .. }, Some(Place::Sheet { sheet: text, .. })) =
            (&place, items.get(start).map(|item| &item.place))
            && sheet != text
        {
            continue;
        }
        report.notice(
            NoticeCode::TableMisplaced,
            format!("table{number}"),
            place,
            format!("表{}不在第{}部分标题之下", digit(number), digit(number)),
        );
    }
}

fn digit(number: u8) -> char {
    Section::from_number(number).map_or('？', Section::numeral)
}

fn settle_period(report: &mut Report) {
    let period = period_of(&report.preamble);
    let period = if period.from.is_some() { period } else { period_of(report.section_text(1)) };
    report.period = period;
    if report.year.is_none() {
        report.year = period.from.map(jiff::civil::Date::year).or_else(|| {
            // A page may have left its title out: the introduction names the year.
            let text = compact(&format!("{}{}", report.preamble, report.section_text(1)));
            identity::year_in_text(&text)
        });
    }
}

fn settle_form(report: &mut Report, proactive: &TableReading, applications: &TableReading) {
    let by_table = proactive.edition.or(applications.edition);
    report.form = match by_table {
        Some(edition) => FormKind::Edition(edition),
        None => match report.year {
            Some(year) => Edition::for_year(year).map_or(FormKind::Older, FormKind::Edition),
            None => FormKind::Unknown,
        },
    };
    if let (Some(two), Some(three)) = (proactive.edition, applications.edition)
        && two != three
    {
        report.notice(
            NoticeCode::EditionsMixed,
            "table3",
            Place::None,
            format!("表二是{}年格式，表三“（六）其他处理”是{}年格式；以表二为准", two.code(), three.code()),
        );
    }
    if report.form == FormKind::Older {
        report.notice(
            NoticeCode::OlderForm,
            "",
            Place::None,
            "这是2019年以前的报告格式，没有统一的三张表，只核对标题、日期和文字中的数",
        );
    }
}

fn note_missing(report: &mut Report, headings: &[Heading], readings: [&TableReading; 3]) {
    let Some(edition) = report.form.edition() else { return };
    for (reading, table) in readings.into_iter().zip([2_u8, 3, 4]) {
        if reading.extent.is_none() {
            report.notice(
                NoticeCode::TableMissing,
                format!("table{table}"),
                headings.iter().find(|h| h.number == table).map(|h| h.place.clone()).unwrap_or_default(),
                format!("没有读到表{}；可能是图片、附件，或在转换中丢失", digit(table)),
            );
        }
    }
    if report.has_table(2) {
        for item in ProactiveItem::of(edition) {
            if !report.has_proactive_item(*item) {
                report.notice(
                    NoticeCode::RowMissing,
                    format!("proactive.{}", item.code()),
                    Place::None,
                    format!("表二没有“{}”一行", item.label(edition)),
                );
            }
        }
    }
    if report.has_table(3) {
        let single = report.has_application_row(ApplicationRow::Other);
        let edition = if single { Edition::F2019 } else { edition };
        for row in ApplicationRow::of(edition) {
            if !report.has_application_row(*row) {
                report.notice(
                    NoticeCode::RowMissing,
                    format!("applications.{}", row.code()),
                    Place::None,
                    format!("表三没有“{}”一行", row.label()),
                );
            }
        }
    }
    if headings.is_empty() {
        report.notice(NoticeCode::SectionsMissing, "", Place::None, "没有找到六个部分的标题");
    }
}
