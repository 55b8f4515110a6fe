//! What the supervising office of the demonstration does with the reports: one is given back and comes again, one is filed for an archive that
//! does not use the platform, all are accepted; then the government reports for all of them.

use std::collections::BTreeMap;

use gongkai_law::{CellRef, Edition};
use gongkai_model::ids::AgencyId;
use gongkai_model::org::UnitKind;
use gongkai_report::Cell;
use gongkai_report::render::render;
use jiff::Timestamp;
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::agency::Crew;
use super::annual::Said;
use super::morning;
use crate::platform::services::{Actor, Services};
use crate::platform::supervision::Filing;
use crate::platform::{Fault, Upload, clock};
use crate::report::template;

const OUTSIDE: (&str, &str) = ("000000015", "示例区档案馆");

/// What the archive reports, by the path of the cell; everything else is zero.
const FIGURES: [(&str, i64); 8] = [
    ("applications.new_received.natural_person", 6),
    ("applications.new_received.total", 6),
    ("applications.granted.natural_person", 4),
    ("applications.granted.total", 4),
    ("applications.unable.not_held.natural_person", 2),
    ("applications.unable.not_held.total", 2),
    ("applications.total_concluded.natural_person", 6),
    ("applications.total_concluded.total", 6),
];

/// The report of the archive as a Word file.
fn paper(year: i16) -> Result<Vec<u8>, Fault> {
    let mut report = template(Edition::F2021, year, OUTSIDE.1);
    for (cell, value) in &mut report.cells {
        let path = cell.to_string();
        let number = FIGURES.iter().find(|(one, _)| *one == path).map_or(0, |(_, number)| *number);
        *value = Cell::of(Decimal::from(number));
    }
    debug_assert!(FIGURES.iter().all(|(path, _)| CellRef::parse(path).is_some()));
    report.preamble.push_str(&format!(
        "\n本报告的电子版可以在{}公告栏查阅。如有疑问，请与{}办公室联系（地址：示例区示例路9号，电话：000-00000015）。",
        OUTSIDE.1, OUTSIDE.1
    ));
    for section in &mut report.sections {
        section.text = match section.number {
            1 => format!(
                "{year}年，{}按照《中华人民共和国政府信息公开条例》的规定开展政府信息公开工作。\n（一）主动公开\n公开机构职能、开放档案目录等信息。\n（二）依申请公开\n全年收到申请6件，办结6件：予以公开4件、无法提供2件；没有结转下年度的申请。\n（三）政府信息管理\n移交进馆的政府信息按档案管理。\n（四）政府信息公开平台建设\n设有查阅场所，可以现场查阅。\n（五）监督保障\n办公室负责政府信息公开工作，没有发生责任追究情形。",
                OUTSIDE.1
            ),
            5 => "存在的主要问题：查阅场所的设备陈旧。\n改进情况：更换了查阅终端两台，编印了查阅指引。".to_owned(),
            6 => "本年度没有收取信息处理费，没有其他需要报告的事项。".to_owned(),
            _ => String::new(),
        };
    }
    gongkai_typeset::docx(&render(&report), report.title.as_deref().unwrap_or_default())
        .map_err(|error| Fault::Failed(error.to_string()))
}

/// What the government says in its report that no fact says.
const SAID: Said<'_> = Said {
    safeguards: "区政府办公室负责推进、指导、协调、监督全区政府信息公开工作。全年组织培训2次；对各机关的工作考核已经完成，没有社会评议不满意的机关，没有发生责任追究情形。",
    problems: "存在的主要问题：一是个别机关年度报告第五部分写得空泛，退回后补充。二是各机关政策解读的形式还不够丰富。\n改进情况：印发年度报告编写要点，逐份核对后审定；组织解读业务交流，图表解读的比例提高。",
};

/// The agency that tells 2019 and nothing since.
const PAST: &str = "000000014";

impl Services {
    /// Receives, gives back, receives again, accepts; then the government reports for all.
    pub(super) async fn demo_supervised(
        &self,
        now: Timestamp,
        office: AgencyId,
        supervisor: &Actor,
        crews: &BTreeMap<&str, Crew>,
    ) -> Result<(), Fault> {
        let today = clock::local_date(now);
        let year = today.year() - 1;
        let founded = morning(year, 1, 3).unwrap_or(now);
        let (code, name) = OUTSIDE;
        self.add_unit(founded, None, code, name, UnitKind::Agency, Some(office)).await?;
        let when = |month: i8, day: i8| Date::new(today.year(), month, day).ok().filter(|day| *day < today);
        let at = |day: Option<Date>| day.and_then(|day| clock::at_local(day.at(15, 0, 0, 0)));
        let Some(first) = at(when(1, 20)) else { return Ok(()) };
        let upload = Upload { name: format!("{name}{year}年年报.docx"), bytes: paper(year)? };
        self.file_report(first, supervisor, &Filing::default(), upload).await?;
        self.exempt_agency(first, supervisor, year, (PAST, "2020年机构改革，职责并入示例区审计局")).await?;
        let lines = self.store.receipt_lines(year).await?;
        let education = self.directory().by_code("000000013").map(|one| one.id);
        if let Some(line) = lines.iter().find(|one| Some(one.agency) == education) {
            let reason = "第五部分没有写明上年问题的改进情况，请补充后重新报送";
            self.return_report(first, supervisor, line.id, 1, reason).await?;
        }
        if let (Some(on), Some(crew)) = (when(1, 22), crews.get("jy")) {
            let problems = "存在的主要问题：招生信息的解读多用文字，家长咨询集中的问题答复不够及时。\n改进情况：上年部分学校公开栏更新迟缓的问题，已逐校检查、限期更新；招生政策配发问答和流程图，咨询电话在招生期间延长服务时间。";
            let said = ("按主管部门的意见补充第五部分的改进情况", problems);
            self.demo_correction(on, crew, year, said).await?;
        }
        if let Some(on) = at(when(2, 6)) {
            self.accept_all(on, supervisor, year).await?;
        }
        if let (Some(on), Some(crew)) = (when(3, 16), crews.get("zf"))
            && when(3, 19).is_some()
        {
            Box::pin(self.demo_report(on, crew, year, &SAID)).await?;
        }
        Ok(())
    }
}
