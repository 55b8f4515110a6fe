//! A spoilt report for each rule that looks at one report.

use gongkai_law::{
    ApplicantColumn as C, ApplicationRow as R, CellRef, Edition, ProactiveField as F, ProactiveItem as I,
    ProceedingColumn as P, ProceedingGroup as G,
};
use gongkai_report::render::render;
use gongkai_report::{Cell, Report, read};
use gongkai_testkit::{Layout, lay_out, lines, sample_report, sample_report_2019};
use jiff::civil::date;
use rust_decimal::Decimal;

pub(crate) fn set(report: &mut Report, cell: CellRef, value: i64) {
    report.cells.insert(cell, Cell::of(Decimal::from(value)));
}

pub(crate) fn blank(report: &mut Report, cell: CellRef, raw: &str) {
    report.cells.insert(cell, Cell { raw: raw.to_owned(), ..Cell::default() });
}

pub(crate) fn app(row: R, column: C) -> CellRef {
    CellRef::Application(row, column)
}

pub(crate) fn text(report: &mut Report, number: u8, text: &str) {
    report.sections.iter_mut().find(|section| section.number == number).unwrap().text = text.to_owned();
}

pub(crate) fn add(report: &mut Report, number: u8, more: &str) {
    let section = report.sections.iter_mut().find(|section| section.number == number).unwrap();
    section.text.push_str(more);
}

pub(crate) fn swap(report: &mut Report, number: u8, from: &str, to: &str) {
    let section = report.sections.iter_mut().find(|section| section.number == number).unwrap();
    assert!(section.text.contains(from), "{from}");
    section.text = section.text.replace(from, to);
}

/// The report as text, spoilt, and read again: for faults of the source.
pub(crate) fn reread(report: &Report, spoil: impl Fn(String) -> String) -> Report {
    read(&lines(&spoil(lay_out(&render(report), Layout::PipeRow))))
}

pub(crate) type Case = (&'static str, Box<dyn Fn() -> Report>);

pub(crate) fn case(rule: &'static str, change: impl Fn(&mut Report) + 'static) -> Case {
    (
        rule,
        Box::new(move || {
            let mut report = sample_report();
            change(&mut report);
            report
        }),
    )
}

pub(crate) fn old(rule: &'static str, change: impl Fn(&mut Report) + 'static) -> Case {
    (
        rule,
        Box::new(move || {
            let mut report = sample_report_2019();
            change(&mut report);
            report
        }),
    )
}

pub(crate) fn source(rule: &'static str, spoil: impl Fn(String) -> String + 'static) -> Case {
    (rule, Box::new(move || reread(&sample_report(), &spoil)))
}

pub(crate) fn single_cases() -> Vec<Case> {
    let total = |row| app(row, C::Total);
    vec![
        case("R001", |r| r.sections.retain(|s| s.number != 5)),
        case("R002", |r| r.sections[4].title = "五、存在问题和下一步打算".into()),
        case("R003", |r| {
            r.year = Some(2019);
            r.title = Some("示例市示例局2019年政府信息公开工作年度报告".into());
        }),
        source("R004", |t| {
            t.replace("本年制发件数 | 本年废止件数 | 现行有效件数", "本年新制作数量 | 本年新公开数量 | 对外公开总数量")
        }),
        source("R005", |t| {
            t.lines()
                .filter(|l| !l.contains("结果") && !l.starts_with("行政复议 |") && !l.starts_with("1 | 0 | 0 | 1"))
                .collect::<Vec<_>>()
                .join("\n")
        }),
        source("R006", |t| t.lines().filter(|l| !l.contains("2.重复申请")).collect::<Vec<_>>().join("\n")),
        source("R007", |t| t.replace("行政处罚 | 46", "行政检查 | 12 |||\n行政处罚 | 46")),
        source("R008", |t| {
            let heading = "三、收到和处理政府信息公开申请情况\n";
            let other = "四、政府信息公开行政复议、行政诉讼情况\n";
            t.replace(heading, "").replace(other, &format!("{heading}{other}"))
        }),
        source("R009", |t| {
            let table: String = t
                .lines()
                .skip_while(|l| !l.starts_with("一、本年新收"))
                .take_while(|l| !l.starts_with("四、政府"))
                .collect::<Vec<_>>()
                .join("\n");
            t.replace(
                "四、政府信息公开行政复议、行政诉讼情况",
                &format!("{table}\n四、政府信息公开行政复议、行政诉讼情况"),
            )
        }),
        case("R010", |r| text(r, 5, "无。")),
        case("R011", |r| {
            text(r, 1, "（一）主动公开。全年主动公开政府信息60条。\n（一）依申请公开。收到政府信息公开申请12件。")
        }),
        case("R012", |r| {
            r.preamble.push_str("报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、存在的主要问题及改进情况、其他需要报告的事项等六部分组成。")
        }),
        case("R013", |r| r.sections[0].title = "一.总体情况".into()),
        case("R014", |r| {
            r.title = Some("《示例市示例局2023年政府信息公开工作年度报告》解读".into());
        }),
        source("R015", |t| t.replace("2.其他法律行政法规禁止公开", "2.其他法律行政止公开")),
        case("R016", |r| add(r, 1, "\n（六）政府信息公开收费及减免情况\n本年未收费。")),
        case("R020", |r| {
            r.title = Some("2023年政府信息公开工作年度报告".into());
            r.agency = None;
        }),
        case("R021", |r| {
            r.period.from = Some(date(2022, 1, 1));
            r.period.to = Some(date(2022, 12, 31));
        }),
        case("R022", |r| r.title = Some("示例市示例局2023年度政府信息公开工作年度报告".into())),
        case("R023", |r| r.period.to = Some(date(2023, 12, 21))),
        case("R024", |r| {
            r.period = gongkai_report::Period::default();
            r.preamble = "联系地址：示例路1号，电话：022-12345678。".into();
        }),
        case("R025", |r| r.published_on = Some(date(2024, 2, 20))),
        case("R026", |r| r.closing = "示例市示例局\n2023年1月25日".into()),
        case("R027", |r| text(r, 5, "公开的形式不够丰富。2023年将加强政策解读，改进工作。")),
        case("R028", |r| add(r, 1, "\n2021年度公开信息175条。")),
        case("R029", |r| add(r, 1, "\n着力推动全省政府信息公开工作。")),
        case("R030", |r| add(r, 1, "\n年内，我镇修订了公开目录。")),
        case("R031", |r| r.preamble = "统计期限自2023年1月1日起至2023年12月31日止。".into()),
        case("R032", |r| r.preamble.push_str("传真：2685618。")),
        case("R033", |r| r.preamble.push_str("电子版可在示例局网站（http://www.xxx.gov.cn）下载。")),
        case("R034", |r| r.preamble.push_str("特向社会公布本级政府（本部门）信息公开情况。")),
        case("R035", |r| swap(r, 1, "全年共收到政府信息公开申请12件", "全市共收到政府信息公开申请120件")),
        case("R040", |r| r.preamble.push_str("依据《中华人民共和国政府信息公开条例》（国务院令第492号）。")),
        case("R041", |r| r.preamble = r.preamble.replace("〔2021〕30号", "〔2019〕60号")),
        case("R042", |r| {
            r.preamble.push_str("根据《国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知》（国办公开办函〔2021〕30号）。")
        }),
        case("R043", |r| r.preamble = r.preamble.replace("国办公开办函〔2021〕30号", "国办公开函〔2021〕30号")),
        case("R044", |r| r.preamble.push_str("公开了第二十条第（五）款规定的信息。")),
        case("R045", |r| {
            add(
                r,
                1,
                "\n落实《2023年政务公开工作要点》（示府办函148号）和《关于加强基层标准化建设的意见》（示府办函148号）。",
            )
        }),
        case("R050", |r| set(r, CellRef::Proactive(I::Licences, F::Decisions), -3)),
        source("R051", |t| t.replace("行政许可 | 128", "行政许可 | 128件")),
        case("R052", |r| blank(r, CellRef::Proactive(I::Regulations, F::Issued), "/")),
        case("R053", |r| {
            set(r, CellRef::Proactive(I::Regulations, F::InForce), 2);
        }),
        case("R055", |r| set(r, CellRef::Proactive(I::NormativeDocuments, F::InForce), 0)),
        old("R056", |r| set(r, CellRef::Proactive(I::NormativeDocuments, F::TotalPublished), 0)),
        old("R057", |r| set(r, CellRef::Proactive(I::Licences, F::Change), -50)),
        case("R059", |r| set(r, CellRef::Proactive(I::Fees, F::Amount10kYuan), 265_500)),
        old("R060", |r| set(r, CellRef::Proactive(I::Procurement, F::Projects), 0)),
        case("R062", |r| {
            r.agency = Some("示例市档案馆".into());
            r.title = Some("示例市档案馆2023年政府信息公开工作年度报告".into());
        }),
        case("R063", |r| add(r, 1, "\n本年制发行政规范性文件17件。")),
        case("R064", |r| add(r, 1, "\n作出行政处罚决定99件。")),
        case("R070", move |r| set(r, total(R::CarriedOut), 4)),
        case("R071", |r| set(r, app(R::TotalConcluded, C::Business), 3)),
        case("R072", |r| set(r, app(R::NewReceived, C::Research), 2)),
        case("R073", |r| set(r, app(R::RefusedPetition, C::NaturalPerson), -1)),
        case("R074", |r| blank(r, app(R::UnableNeedsCreation, C::Research), "—")),
        case("R075", move |r| set(r, total(R::Granted), 0)),
        case("R077", |r| {
            for (row, value) in [(R::NewReceived, 31), (R::CarriedOut, 20)] {
                set(r, app(row, C::NaturalPerson), value);
                set(r, app(row, C::Total), value + i64::from(row == R::NewReceived));
            }
        }),
        case("R078", |r| {
            swap(
                r,
                1,
                "全年共收到政府信息公开申请12件，上年结转2件，答复13件，结转下年度1件",
                "全年未收到政府信息公开申请",
            )
        }),
        case("R079", |r| swap(r, 1, "申请12件", "申请15件")),
        case("R080", |r| swap(r, 1, "结转下年度1件", "结转下年度3件")),
        case("R081", |r| add(r, 1, "\n其中，不予公开9件。")),
        case("R082", |r| add(r, 1, "\n收到的申请中自然人申请5件。")),
        case("R083", |r| {
            r.agency = Some("示例区示例街道办事处".into());
            set(r, app(R::DeniedStateSecret, C::NaturalPerson), 1);
            set(r, app(R::DeniedStateSecret, C::Total), 1);
        }),
        case("R084", |r| {
            set(r, app(R::OtherOtherReason, C::NaturalPerson), 4);
            set(r, app(R::OtherOtherReason, C::Total), 4);
        }),
        case("R085", |r| {
            set(r, app(R::OtherFeeUnpaid, C::Total), 1);
            text(r, 6, "无其他事项。");
        }),
        case("R086", |r| {
            for row in R::of(Edition::F2021) {
                for column in C::ALL {
                    set(r, app(*row, column), 0);
                }
            }
            for row in [R::NewReceived, R::RefusedDuplicate, R::TotalConcluded] {
                set(r, app(row, C::NaturalPerson), 1);
                set(r, app(row, C::Total), 1);
            }
        }),
        case("R087", |r| set(r, app(R::Granted, C::LegalService), 1)),
        old("R088", |r| {
            for column in C::ALL {
                r.cells.remove(&app(R::Other, column));
                for row in [R::OtherCorrectionAbandoned, R::OtherFeeUnpaid, R::OtherOtherReason] {
                    set(r, app(row, column), 0);
                }
            }
        }),
        case("R090", |r| set(r, CellRef::Proceeding(G::Reconsideration, P::Total), 5)),
        case("R091", |r| set(r, CellRef::Proceeding(G::Reconsideration, P::Total), 0)),
        case("R092", |r| blank(r, CellRef::Proceeding(G::DirectSuit, P::Pending), "")),
        case("R093", |r| add(r, 1, "\n因政府信息公开工作被申请行政复议案件9件。")),
        case("R094", |r| add(r, 1, "\n行政复议均获维持。")),
        case("R095", |r| add(r, 1, "\n未发生因政府信息公开工作被申请行政复议的情况。")),
        case("R096", |r| add(r, 1, "\n行政复议2件，其中结果纠正2件。")),
        case("R097", |r| {
            for row in R::of(Edition::F2021) {
                for column in C::ALL {
                    set(r, app(*row, column), 0);
                }
            }
        }),
        case("R098", |r| {
            set(r, CellRef::Proceeding(G::Reconsideration, P::Overturned), 6);
            set(r, CellRef::Proceeding(G::Reconsideration, P::Total), 8);
        }),
        case("R110", |r| add(r, 1, "\n发布通知公告20条，其中人事类15条，财政类9条。")),
        case("R111", |r| add(r, 1, "\n发布通知公告37条，包括人事类29条，财政类2条，其他1条。")),
        case("R112", |r| swap(r, 1, "微信公众号公开15条", "微信公众号公开25条")),
        case("R113", |r| swap(r, 1, "答复13件", "答复10件")),
        case("R114", |r| add(r, 1, "\n其中网络申请8件，当面申请3件。")),
        case("R115", |r| add(r, 1, "\n发布通知公告40条，其中人事类20条，占60%，财政类20条，占50%。")),
        case("R117", |r| add(r, 4, "\n主动公开政府信息72条。")),
        case("R118", |r| add(r, 1, "\n网上受理，其中线件。")),
        case("R119", |r| {
            text(
                r,
                1,
                "（一）主动公开。全年微信公众号发布信息377篇，微信公众号累计发布信息120篇。依申请公开、信息管理、平台、监督保障按要求开展。",
            );
        }),
        case("R120", |r| text(r, 6, "无其他需要报告的事项。")),
        case("R121", |r| text(r, 6, "全年收取信息处理费25件2950元。其中甲局10件420元，乙局15件2300元。")),
        case("R122", |r| {
            text(
                r,
                1,
                "（一）主动公开。扎实推进主动公开工作，及时公开各类信息。（二）依申请公开。规范办理依申请公开。（三）政府信息管理。规范管理。（四）平台建设。优化网站平台。（五）监督保障。强化考核监督，开展培训工作。",
            )
        }),
        case("R130", |r| add(r, 1, "\n坚持公开是常态，公开是例外。")),
        case("R131", |r| add(r, 1, "\n提升政府分信力。")),
        case("R132", |r| add(r, 1, "\n落实“互联网+政务服务建设。")),
        case("R133", |r| add(r, 1, "\n发布★★★信息。")),
        source("R134", |t| t.replace("公开形式不够", "公開形式不夠")),
        case("R135", |r| r.preamble = "统计期限自202311日至20231231日止。地址：示例路1号，电话：022-12345678。".into()),
        case("R136", |r| r.preamble.push_str("联系手机13812345678。")),
        case("R138", |r| add(r, 1, "\n全年办理法律援助1213件。")),
    ]
}
