//! Reports to test with.

use std::collections::BTreeMap;

use gongkai_law::{
    ApplicantColumn, ApplicationRow, CellRef, Edition, ProactiveField, ProactiveItem, ProceedingColumn,
    ProceedingGroup, Section,
};
use gongkai_report::render::official_title;
use gongkai_report::{Cell, FormKind, Period, Report, SectionText};
use jiff::civil::date;
use proptest::prelude::*;
use rust_decimal::Decimal;

fn set(cells: &mut BTreeMap<CellRef, Cell>, cell: CellRef, value: Option<Decimal>) {
    cells.insert(cell, value.map_or_else(Cell::default, Cell::of));
}

fn skeleton(edition: Edition, year: i16, agency: &str, texts: [String; 6]) -> Report {
    let sections = Section::ALL
        .into_iter()
        .zip(texts)
        .map(|(section, text)| SectionText {
            number: section.number(),
            title: section.heading(),
            text,
            ..SectionText::default()
        })
        .collect();
    Report {
        form: FormKind::Edition(edition),
        year: Some(year),
        agency: Some(agency.to_owned()),
        title: Some(official_title(Some(agency), Some(year))),
        period: Period { from: Some(date(year, 1, 1)), to: Some(date(year, 12, 31)) },
        preamble: format!(
            "本报告根据《中华人民共和国政府信息公开条例》和{}编制。本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。如有疑问，请与{agency}办公室联系（地址：示例市示例路1号，邮编：300000，电话：022-12345678）。",
            match edition {
                Edition::F2019 => "国办公开办函〔2019〕60号",
                Edition::F2021 => "国办公开办函〔2021〕30号",
            }
        ),
        sections,
        ..Report::default()
    }
}

/// Fills table 3 from results by applicant, so that every sum holds.
fn fill_applications(report: &mut Report, edition: Edition, results: &[[u32; 6]], carried: [[u32; 6]; 2]) {
    let rows = ApplicationRow::results(edition);
    let mut totals = [0_u32; 6];
    let mut put = |row: ApplicationRow, values: [u32; 6]| {
        for (column, value) in ApplicantColumn::KINDS.iter().zip(values) {
            set(&mut report.cells, CellRef::Application(row, *column), Some(value.into()));
        }
        let total: u32 = values.iter().sum();
        set(&mut report.cells, CellRef::Application(row, ApplicantColumn::Total), Some(total.into()));
    };
    for (index, row) in rows.iter().enumerate() {
        let values = results.get(index).copied().unwrap_or_default();
        for (total, value) in totals.iter_mut().zip(values) {
            *total += value;
        }
        put(*row, values);
    }
    let [carried_in, carried_out] = carried;
    let mut new = [0_u32; 6];
    let mut kept_in = carried_in;
    for (((new, total), kept_in), out) in new.iter_mut().zip(totals).zip(kept_in.iter_mut()).zip(carried_out) {
        *kept_in = (*kept_in).min(total + out);
        *new = total + out - *kept_in;
    }
    put(ApplicationRow::TotalConcluded, totals);
    put(ApplicationRow::CarriedOut, carried_out);
    put(ApplicationRow::CarriedIn, kept_in);
    put(ApplicationRow::NewReceived, new);
}

fn fill_proceedings(report: &mut Report, groups: [[u32; 4]; 3]) {
    for (group, parts) in ProceedingGroup::ALL.into_iter().zip(groups) {
        for (column, value) in ProceedingColumn::PARTS.into_iter().zip(parts) {
            set(&mut report.cells, CellRef::Proceeding(group, column), Some(value.into()));
        }
        let total: u32 = parts.iter().sum();
        set(&mut report.cells, CellRef::Proceeding(group, ProceedingColumn::Total), Some(total.into()));
    }
}

/// The invented report of 示例市示例局 for 2023: a correct one, with figures in every table.
pub fn sample_report() -> Report {
    let texts = [
        "（一）主动公开。全年主动公开政府信息60条，其中网站公开45条，微信公众号公开15条。\n（二）依申请公开。全年共收到政府信息公开申请12件，上年结转2件，答复13件，结转下年度1件。\n（三）政府信息管理。修订公开目录，规范性文件集中公开。\n（四）政府信息公开平台建设。优化门户网站栏目。\n（五）监督保障。开展业务培训2次。",
        "",
        "",
        "",
        "公开形式不够丰富，图解和视频较少。下一步将加强政策解读，每季度至少发布一件图解。",
        "本年度未收取政府信息公开信息处理费。",
    ]
    .map(str::to_owned);
    let mut report = skeleton(Edition::F2021, 2023, "示例市示例局", texts);
    let proactive: [(ProactiveItem, &[(ProactiveField, &str)]); 6] = [
        (
            ProactiveItem::Regulations,
            &[(ProactiveField::Issued, "0"), (ProactiveField::Repealed, "0"), (ProactiveField::InForce, "0")],
        ),
        (
            ProactiveItem::NormativeDocuments,
            &[(ProactiveField::Issued, "2"), (ProactiveField::Repealed, "1"), (ProactiveField::InForce, "7")],
        ),
        (ProactiveItem::Licences, &[(ProactiveField::Decisions, "128")]),
        (ProactiveItem::Penalties, &[(ProactiveField::Decisions, "46")]),
        (ProactiveItem::Coercion, &[(ProactiveField::Decisions, "3")]),
        (ProactiveItem::Fees, &[(ProactiveField::Amount10kYuan, "26.55")]),
    ];
    for (item, fields) in proactive {
        for (field, value) in fields {
            set(&mut report.cells, CellRef::Proactive(item, *field), value.parse().ok());
        }
    }
    let mut results = [[0_u32; 6]; 21];
    for (index, values) in [
        (0, [4, 1, 0, 0, 0, 0]),
        (1, [2, 0, 0, 0, 0, 0]),
        (3, [1, 0, 0, 0, 0, 0]),
        (7, [1, 0, 0, 0, 0, 0]),
        (10, [3, 0, 0, 0, 0, 0]),
        (13, [1, 0, 0, 0, 0, 0]),
    ] {
        if let Some(slot) = results.get_mut(index) {
            *slot = values;
        }
    }
    fill_applications(&mut report, Edition::F2021, &results, [[2, 0, 0, 0, 0, 0], [1, 0, 0, 0, 0, 0]]);
    fill_proceedings(&mut report, [[1, 0, 0, 1], [0, 0, 0, 0], [1, 0, 0, 0]]);
    report
}

/// The same agency in 2019, on the form of that year: correct too.
pub fn sample_report_2019() -> Report {
    let texts = [
        "（一）主动公开。全年主动公开政府信息60条。\n（二）依申请公开。全年共收到政府信息公开申请5件，均按期答复。\n（三）政府信息管理、平台建设和监督保障按要求开展，培训2次。",
        "",
        "",
        "",
        "公开形式不够丰富，图解和视频较少。下一步将加强政策解读，每季度至少发布一件图解。",
        "本年度没有其他需要报告的事项。",
    ]
    .map(str::to_owned);
    let mut report = skeleton(Edition::F2019, 2019, "示例市示例局", texts);
    for cell in CellRef::of(Edition::F2019) {
        let CellRef::Proactive(item, field) = cell else { continue };
        let value: i64 = match (item, field) {
            (ProactiveItem::NormativeDocuments, ProactiveField::Made | ProactiveField::Published)
            | (ProactiveItem::Procurement, ProactiveField::Projects) => 2,
            (ProactiveItem::NormativeDocuments, ProactiveField::TotalPublished) => 9,
            (ProactiveItem::Licences, ProactiveField::PriorItems) => 12,
            (ProactiveItem::Licences, ProactiveField::Change) => -2,
            (ProactiveItem::Licences | ProactiveItem::Penalties, ProactiveField::Decisions) => 31,
            (ProactiveItem::Procurement, ProactiveField::AmountYuan) => 93_571,
            _ => 0,
        };
        set(&mut report.cells, cell, Some(value.into()));
    }
    let mut results = [[0_u32; 6]; 19];
    if let Some(slot) = results.first_mut() {
        *slot = [4, 1, 0, 0, 0, 0];
    }
    fill_applications(&mut report, Edition::F2019, &results, [[0; 6]; 2]);
    fill_proceedings(&mut report, [[0; 4]; 3]);
    report
}

const SENTENCES: [&str; 10] = [
    "（一）主动公开。全年主动公开政府信息60条，其中网站公开45条，微信公众号公开15条。",
    "（二）依申请公开。严格依法办理，规范登记、审核、答复、归档各环节。",
    "一是公开的及时性有待提高；二是政策解读形式单一。",
    "下一步，将完善“互联网+政务服务”平台，做到应公开尽公开。",
    "按照《中华人民共和国政府信息公开条例》第五十条的规定执行。",
    "组织业务培训3次，参加人员120余人次（含线上）。",
    "根据国办公开办函〔2021〕30号文件要求，统一年度报告格式。",
    "建立三级审核制度：经办人初审、科室负责人复审、分管领导终审。",
    "无其他需要报告的事项。",
    "Email: gk@example.gov.cn，网址 www.example.gov.cn。",
];

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::subsequence((0..SENTENCES.len()).collect::<Vec<_>>(), 1..4), 1..4).prop_map(
        |paragraphs| {
            paragraphs
                .iter()
                .map(|picks| picks.iter().filter_map(|i| SENTENCES.get(*i)).copied().collect::<String>())
                .collect::<Vec<_>>()
                .join("\n")
        },
    )
}

fn count() -> impl Strategy<Value = u32> {
    prop_oneof![6 => Just(0_u32), 4 => 1_u32..10, 2 => 10_u32..1_000, 1 => 1_000_u32..200_000]
}

fn agency() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "示例市示例局",
        "示例县人民政府",
        "示例区示例街道办事处",
        "示例省示例厅",
        "示例市人民政府办公室",
    ])
    .prop_map(str::to_owned)
}

/// A random report in which every sum of the form holds.
pub fn balanced_report() -> impl Strategy<Value = Report> {
    let texts = prop::array::uniform3(text());
    let results = prop::collection::vec(prop::array::uniform6(count()), 21);
    let carried = prop::array::uniform2(prop::array::uniform6(count()));
    let groups = prop::array::uniform3(prop::array::uniform4(count()));
    let figures = prop::collection::vec(count(), 24);
    let fee = prop::option::of((0_u32..5_000_000, 0_u32..5));
    (prop::bool::ANY, 0_i16..4, agency(), texts, results, carried, groups, figures, fee).prop_map(
        |(new_form, later, agency, [one, five, six], results, carried, groups, figures, fee)| {
            let (edition, year) =
                if new_form { (Edition::F2021, 2021 + later) } else { (Edition::F2019, 2019 + later % 2) };
            let empty = String::new;
            let mut report = skeleton(edition, year, &agency, [one, empty(), empty(), empty(), five, six]);
            let mut next = figures.into_iter();
            for cell in CellRef::of(edition) {
                let CellRef::Proactive(_, field) = cell else { continue };
                let number = Decimal::from(next.next().unwrap_or(0));
                let value = match field {
                    ProactiveField::Amount10kYuan => {
                        let (mantissa, scale) = fee.unwrap_or((0, 0));
                        Decimal::new(mantissa.into(), scale).normalize()
                    }
                    ProactiveField::Change => {
                        if number > Decimal::TEN {
                            -number
                        } else {
                            number
                        }
                    }
                    _ => number,
                };
                set(&mut report.cells, cell, Some(value));
            }
            fill_applications(&mut report, edition, &results, carried);
            fill_proceedings(&mut report, groups);
            report
        },
    )
}

/// A random report whose cells may be wrong or blank.
pub fn any_report() -> impl Strategy<Value = Report> {
    let changes = prop::collection::vec((any::<prop::sample::Index>(), prop::option::of(count())), 0..12);
    (balanced_report(), changes).prop_map(|(mut report, changes)| {
        let cells: Vec<CellRef> = report.cells.keys().copied().collect();
        for (index, value) in changes {
            let cell = cells.get(index.index(cells.len())).copied();
            if let Some(cell) = cell {
                set(&mut report.cells, cell, value.map(Decimal::from));
            }
        }
        report
    })
}
