//! Table 2 by itself: R050–R062.

use gongkai_law::{CellRef, Edition, ProactiveField as F, ProactiveItem as I};
use rust_decimal::Decimal;

use super::finding::{Finding, Findings, figure};
use super::unreadable::is_unreadable;
use crate::narrative::{AgencyLevel, Subject};
use crate::report::{Level, NoticeCode};
use crate::value::{Unit, read_value};

pub(super) fn check(subject: &Subject<'_>, out: &mut Findings) {
    if !subject.report.has_table(2) {
        return;
    }
    whole_numbers(subject, out);
    printed(subject, out);
    regulations(subject, out);
    stock(subject, out);
    old_form(subject, out);
    fees_and_purchases(subject, out);
    powers(subject, out);
}

fn name(subject: &Subject<'_>, cell: CellRef) -> String {
    cell.name(subject.report.edition())
}

fn whole_numbers(subject: &Subject<'_>, out: &mut Findings) {
    for (cell, found) in &subject.report.cells {
        let CellRef::Proactive(_, field) = *cell else { continue };
        let Some(value) = found.value else { continue };
        let money = matches!(field, F::Amount10kYuan | F::AmountYuan);
        let negative = value.is_sign_negative() && !value.is_zero() && field != F::Change;
        let broken = !money && !value.fract().is_zero();
        if negative || broken {
            out.push(
                Finding::new("R050", format!("{}是{}", name(subject, *cell), value.normalize()))
                    .cell(*cell)
                    .found(value.normalize())
                    .expected(if money { "不小于零的金额" } else { "不小于零的整数" })
                    .advise("核对原始数据，改正该数"),
            );
        }
    }
}

/// How cells are printed: R051 and R052.
fn printed(subject: &Subject<'_>, out: &mut Findings) {
    for notice in &subject.report.notices {
        let Some(cell) = CellRef::parse(&notice.subject).filter(|cell| cell.table() == 2) else { continue };
        let raw = subject.report.cells.get(&cell).map_or("", |found| found.raw.as_str());
        let money = matches!(cell, CellRef::Proactive(_, F::AmountYuan))
            && read_value(raw).unit == Unit::Yuan
            && !raw.contains([',', '，']);
        if notice.code == NoticeCode::ValueDecorated
            && !money
            && !raw.is_empty()
            && read_value(raw).shape != crate::value::Shape::Plain
        {
            out.push(
                Finding::new("R051", format!("{}写作“{raw}”", name(subject, cell)))
                    .cell(cell)
                    .found(raw)
                    .expected(figure(subject.report.value(cell)))
                    .advise("单元格内只填数字，单位写在表头"),
            );
        }
    }
    let blank: Vec<CellRef> = subject
        .report
        .cells
        .iter()
        .filter(|(cell, found)| {
            cell.table() == 2
                && found.value.is_none()
                && !unread(subject, **cell)
                && !is_unreadable(subject.report, **cell)
        })
        .map(|(cell, _)| *cell)
        .collect();
    if !blank.is_empty() {
        let names: Vec<String> = blank.iter().take(4).map(|cell| name(subject, *cell)).collect();
        let raw: Vec<&str> = blank
            .iter()
            .filter_map(|cell| subject.report.cells.get(cell))
            .map(|c| c.raw.trim())
            .filter(|raw| !raw.is_empty())
            .collect();
        out.push(
            Finding::new(
                "R052",
                format!(
                    "{}{}没有填数",
                    names.join("、"),
                    if blank.len() > 4 { format!("等{}格", blank.len()) } else { String::new() }
                ),
            )
            .cells(blank)
            .found(raw.first().map_or("空白", |raw| raw))
            .expected("0")
            .advise("没有数据的填0，不留空，不用“/”“—”"),
        );
    }
}

/// Whether the reader could not tell the values of the row: then it is not blank.
pub(super) fn unread(subject: &Subject<'_>, cell: CellRef) -> bool {
    let path = cell.to_string();
    subject.report.notices.iter().any(|notice| {
        matches!(notice.code, NoticeCode::RowUnclear | NoticeCode::GluedUnclear)
            && !notice.subject.is_empty()
            && path.strip_prefix(notice.subject.as_str()).is_some_and(|rest| rest.starts_with('.'))
    })
}

fn regulations(subject: &Subject<'_>, out: &mut Findings) {
    use AgencyLevel::{City, County, Ministry, Province, Town, Unknown};
    // Departments below the State Council and governments without districts make no regulations.
    let may = match subject.agency.level {
        Ministry | Unknown => true,
        Province | City => subject.agency.government,
        County | Town => false,
    };
    if may {
        return;
    }
    let positive: Vec<CellRef> = subject
        .report
        .cells
        .iter()
        .filter(|(cell, found)| {
            matches!(cell, CellRef::Proactive(I::Regulations, _)) && found.value.is_some_and(|v| v > Decimal::ZERO)
        })
        .map(|(cell, _)| *cell)
        .collect();
    if let Some(first) = positive.first() {
        let value = subject.report.value(*first);
        out.push(
            Finding::new("R053", format!("{}是{}，而该机关没有制定规章的权限", name(subject, *first), figure(value)))
                .cells(positive)
                .found(figure(value))
                .expected("0")
                .advise("规章只由国务院部门、省级和设区的市、自治州政府制定；一般文件填在规范性文件一行"),
        );
    }
}

fn stock(subject: &Subject<'_>, out: &mut Findings) {
    for item in [I::Regulations, I::NormativeDocuments] {
        let get = |field| subject.report.proactive(item, field);
        if let (Some(issued), Some(repealed), Some(in_force)) = (get(F::Issued), get(F::Repealed), get(F::InForce))
            && in_force - issued + repealed < Decimal::ZERO
        {
            out.push(
                Finding::new(
                    "R055",
                    format!(
                        "“{}”现行有效{}件，少于本年制发{}件减本年废止{}件",
                        item.label(Edition::F2021),
                        in_force.normalize(),
                        issued.normalize(),
                        repealed.normalize()
                    ),
                )
                .cells([
                    CellRef::Proactive(item, F::InForce),
                    CellRef::Proactive(item, F::Issued),
                    CellRef::Proactive(item, F::Repealed),
                ])
                .found(in_force.normalize())
                .expected(format!("不少于{}", (issued - repealed).normalize()))
                .advise("现行有效件数是年底全部有效的件数，核对三个数"),
            );
        }
    }
}

fn old_form(subject: &Subject<'_>, out: &mut Findings) {
    for item in [I::Regulations, I::NormativeDocuments] {
        let get = |field| subject.report.proactive(item, field);
        let label = item.label(Edition::F2019);
        let (Some(made), Some(published), Some(total)) = (get(F::Made), get(F::Published), get(F::TotalPublished))
        else {
            continue;
        };
        let cells = [
            CellRef::Proactive(item, F::TotalPublished),
            CellRef::Proactive(item, F::Published),
            CellRef::Proactive(item, F::Made),
        ];
        if total < published {
            out.push(
                Finding::new(
                    "R056",
                    format!("“{label}”对外公开总数量{}少于本年新公开数量{}", total.normalize(), published.normalize()),
                )
                .cells(cells)
                .found(total.normalize())
                .expected(format!("不少于{}", published.normalize()))
                .advise("对外公开总数量包含历年公开的件数，核对两个数"),
            );
        } else if made > Decimal::ZERO && total.is_zero() {
            out.push(
                Finding::new("R056", format!("“{label}”本年新制作{}件，对外公开总数量为0", made.normalize()))
                    .level(Level::Warning)
                    .cells(cells)
                    .found("制作了文件，一件都没有公开")
                    .expected("制作的规范性文件应当主动公开")
                    .advise("核对是漏填，还是文件尚未公开；尚未公开的应尽快公开"),
            );
        } else if published > made {
            out.push(
                Finding::new(
                    "R056",
                    format!("“{label}”本年新公开{}件，多于本年新制作{}件", published.normalize(), made.normalize()),
                )
                .level(Level::Warning)
                .cells(cells)
                .found(published.normalize())
                .expected(format!("不多于{}", made.normalize()))
                .advise("核对是否把往年制作的文件计入；如是，在文字中说明"),
            );
        }
    }
    for item in [I::Licences, I::OtherServices, I::Penalties, I::Coercion, I::Fees] {
        let get = |field| subject.report.proactive(item, field);
        let (prior, change) = (CellRef::Proactive(item, F::PriorItems), CellRef::Proactive(item, F::Change));
        if let (Some(before), Some(moved)) = (get(F::PriorItems), get(F::Change))
            && before + moved < Decimal::ZERO
        {
            out.push(
                Finding::new(
                    "R057",
                    format!(
                        "“{}”上一年项目数量{}加本年增/减{}小于零",
                        item.label(Edition::F2019),
                        before.normalize(),
                        moved.normalize()
                    ),
                )
                .cells([change, prior])
                .found((before + moved).normalize())
                .expected("不小于0")
                .advise("核对项目数量和增减"),
            );
        }
        for cell in [prior, change, CellRef::Proactive(item, F::Decisions)] {
            let raw = subject.report.cells.get(&cell).map_or("", |found| found.raw.as_str());
            let folded = crate::fold::compact(raw);
            let doubled = folded.starts_with("--") || folded.starts_with("++");
            let misplaced = cell != change
                && (folded.starts_with('+')
                    || folded.starts_with('-') && folded.len() > 1 && subject.report.value(cell).is_some());
            if doubled || misplaced {
                out.push(
                    Finding::new(
                        "R057",
                        format!(
                            "{}写作“{raw}”，{}",
                            cell.name(Edition::F2019),
                            if doubled { "正负号重复" } else { "正负号填错了列" }
                        ),
                    )
                    .cell(cell)
                    .found(raw)
                    .expected(if doubled { "一个正负号" } else { "正负号只在“本年增/减”" })
                    .advise("核对各列的数是否错位"),
                );
            }
        }
    }
}

fn fees_and_purchases(subject: &Subject<'_>, out: &mut Findings) {
    let cell = CellRef::Proactive(I::Fees, F::Amount10kYuan);
    let bureau = !subject.agency.government && subject.agency.level > AgencyLevel::Province;
    if let Some(fee) = subject.report.value(cell)
        && fee > Decimal::from(100_000)
        && bureau
    {
        out.push(
            Finding::new("R059", format!("行政事业性收费{}万元，像是以元填写", fee.normalize()))
                .cell(cell)
                .found(format!("{}万元", fee.normalize()))
                .expected(format!("{}万元", (fee / Decimal::from(10_000)).normalize()))
                .advise("收费金额以万元填写，核对单位"),
        );
    }
    let (projects, amount) =
        (CellRef::Proactive(I::Procurement, F::Projects), CellRef::Proactive(I::Procurement, F::AmountYuan));
    if let (Some(count), Some(money)) = (subject.report.value(projects), subject.report.value(amount)) {
        if count.is_zero() != money.is_zero() {
            out.push(
                Finding::new(
                    "R060",
                    format!("政府集中采购项目数量{}，采购总金额{}元", count.normalize(), money.normalize()),
                )
                .cells([projects, amount])
                .found(format!("{}项，{}元", count.normalize(), money.normalize()))
                .expected("同时为零，或同时不为零")
                .advise("核对采购项目数量和金额"),
            );
        } else if !money.is_zero() {
            let raw = subject.report.cells.get(&amount).map_or("", |found| found.raw.as_str());
            let from_file = subject.report.cells.get(&amount).is_some_and(|c| {
                !matches!(c.place, gongkai_manuscript::Place::None | gongkai_manuscript::Place::Json(_))
            });
            if read_value(raw).unit == Unit::None && from_file {
                out.push(
                    Finding::new("R060", format!("采购总金额“{raw}”没有写单位"))
                        .cell(amount)
                        .found(raw)
                        .expected(format!("{raw}元"))
                        .advise("格式没有规定单位，在数后写明“元”或“万元”"),
                );
            }
        }
    }
}

/// Bodies that hardly have powers over the public.
const WITHOUT_POWERS: [&str; 12] =
    ["档案", "史志", "地方志", "党史", "研究室", "信访局", "机关事务", "文史", "社会科学", "接待", "政策研究", "参事"];

fn powers(subject: &Subject<'_>, out: &mut Findings) {
    let agency = subject.report.agency.as_deref().unwrap_or("");
    if !WITHOUT_POWERS.iter().any(|word| agency.contains(word)) {
        return;
    }
    for item in [I::Licences, I::Penalties, I::Coercion] {
        if let Some(value) = subject.report.proactive(item, F::Decisions).filter(|value| *value > Decimal::ZERO) {
            let cell = CellRef::Proactive(item, F::Decisions);
            out.push(
                Finding::new(
                    "R062",
                    format!("{agency}填报了{}件{}决定", value.normalize(), item.label(Edition::F2021)),
                )
                .cell(cell)
                .found(value.normalize())
                .expected("这类机关一般为0")
                .advise("核对是否有相应职权，是否错列"),
            );
        }
    }
}
