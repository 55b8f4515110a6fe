//! A bureau of the demonstration that tells the year 2019: a plan of eight items a month, three channels, three reviews, no application, one
//! document made, two purchases; its report follows from that.

use gongkai_model::ids::AgencyId;
use jiff::Timestamp;
use jiff::civil::Date;

use super::agency::Crew;
use super::annual::Said;
use super::stop;
use super::texts::{Piece, piece, written};
use crate::platform::annual::LedgerInput;
use crate::platform::directory::AgencySettings;
use crate::platform::services::Services;
use crate::platform::{Fault, clock};
use gongkai_store::LedgerOrigin;

/// The year it tells.
pub(super) const YEAR: i16 = 2019;

/// What is told every month: the title after the month, the leaf, the genre, what it says.
const MONTHLY: [(&str, &str, &str, &str); 10] = [
    ("审计项目进展情况", "A15-7", "public_notice", "本月在审项目{n}个，完成现场审计{k}个，提出审计建议{n}条。"),
    ("审计整改情况", "A15-2", "other", "本月督促整改问题{n}个，已完成{k}个，其余按计划推进。"),
    ("工作动态：业务学习", "A15-7", "other", "组织业务学习{k}次，学习审计准则和相关法规，交流审计经验。"),
    ("工作动态：走访调研", "A15-7", "other", "走访单位{k}个，了解内部审计工作情况，解答问题{n}个。"),
    ("政务公开工作情况", "A15-5", "other", "检查公开栏目{n}个，更新信息{n}条，没有发现错误链接。"),
    ("内部审计指导情况", "A15-7", "other", "指导内部审计单位{k}个，培训人员{n}名。"),
    ("公共投资审计情况", "A15-1", "proclamation", "完成公共投资审计项目{k}个，核减工程造价{n}万元。"),
    ("普法宣传情况", "A15-7", "other", "发放审计法宣传材料{n}份，解答咨询{k}人次。"),
    ("党建活动情况", "A15-7", "other", "开展主题党日活动{k}次，组织志愿服务{k}次。"),
    ("值班安排", "A15-7", "public_notice", "本月值班电话 000-00000014，节假日有人值守。"),
];

fn day(month: i8, of_month: i8) -> Date {
    Date::new(YEAR, month, of_month).unwrap_or(Date::MIN)
}

/// The items of the year, the oldest first.
fn items(name: &str) -> Vec<Piece> {
    let mut out = Vec::new();
    for month in 1..=12_i8 {
        for (at, (title, node, genre, says)) in (0_i8..).zip(MONTHLY) {
            let on = day(month, 2 + at * 2);
            let body =
                says.replace("{n}", &(3 + month + at).to_string()).replace("{k}", &(1 + (month + at) % 4).to_string());
            let full = format!("{body}\n[右]{name}\n[右]{}", written(on));
            let mut one = piece(format!("{name}{YEAR}年{month}月{title}"), on, node, genre, full);
            one.summary = body;
            one.theme = "财政、金融、审计";
            one.channels = match at % 5 {
                0 => "wechat;weibo",
                1 | 3 => "wechat",
                2 => "weibo",
                _ => "",
            };
            out.push(one);
        }
    }
    for (title, on, node) in [
        ("年度审计项目计划", day(1, 25), "A15-7"),
        ("部门预算", day(2, 20), "A07-1"),
        ("部门决算", day(9, 20), "A07-2"),
        ("领导信息", day(3, 5), "A02-2"),
    ] {
        let body = format!(
            "{name}{YEAR}年{title}见下表。\n| 项目 | 内容 |\n|---|---|\n| 单位 | {name} |\n| 年度 | {YEAR} |\n"
        );
        let mut one = piece(format!("{name}{YEAR}年{title}"), on, node, "other", body);
        one.theme = "财政、金融、审计";
        one.summary = format!("{YEAR}年{title}。");
        out.push(one);
    }
    // Made in the year, published in the next one: one made, none published.
    let on = day(12, 30);
    let mut rule = piece(
        format!("{name}关于印发审计结果公告办法的通知"),
        on,
        "A01-2",
        "notice",
        format!(
            "各科室、各有关单位：\n现将《审计结果公告办法》印发给你们，请遵照执行。\n[右]{name}\n[右]{}",
            written(on)
        ),
    );
    rule.doc_no = format!("新审发〔{YEAR}〕9号");
    rule.validity = "in_force";
    rule.summary = "审计结果公告的范围、程序和时限。".to_owned();
    rule.later = 96;
    out.push(rule);
    out.sort_by_key(|one| one.formed_on);
    out
}

impl Services {
    /// The year from the plan to the published report.
    pub(super) async fn demo_past(
        &self,
        now: Timestamp,
        agency: AgencyId,
        name: &str,
        crew: &Crew,
    ) -> Result<(), Fault> {
        let at = |on: Date, hour: i8| clock::at_local(on.at(hour, 0, 0, 0)).unwrap_or(now);
        let version = self.directory().get(agency).map_or(1, |one| one.version);
        let settings = AgencySettings {
            monthly: 8,
            address: "示例新区示例路2号".to_owned(),
            hours: "工作日 8:30—12:00，14:00—18:00".to_owned(),
            phone: "000-00000014".to_owned(),
            reconsideration_organ: "示例区人民政府".to_owned(),
            court: "示例区人民法院".to_owned(),
            letter_series: "新审公开〔{年份}〕{序号}号".to_owned(),
            ..AgencySettings::default()
        };
        self.set_agency(at(day(1, 2), 9), &crew.administrator, agency, version, &settings).await?;
        for one in items(name) {
            self.demo_piece(crew, now, &one).await.map_err(|fault| stop(&fault))?;
        }
        let purchase = |month: &str, field: &str, value: &str, paper: &str| LedgerInput {
            month: month.to_owned(),
            section: String::new(),
            cell: format!("procurement.{field}"),
            value: value.to_owned(),
            source: format!("政府采购合同（{paper}）"),
        };
        for (on, entries) in [
            (
                day(5, 20),
                [purchase("5", "projects", "1", "办公设备"), purchase("5", "amount_yuan", "45800", "办公设备")],
            ),
            (
                day(10, 21),
                [purchase("10", "projects", "1", "审计软件"), purchase("10", "amount_yuan", "47771", "审计软件")],
            ),
        ] {
            self.enter_figures(at(on, 10), &crew.clerk, YEAR, LedgerOrigin::Entered, &entries).await?;
        }
        let said = Said {
            safeguards: "成立政府信息公开工作领导小组，主要负责人任组长，办公室负责日常工作。对政务信息实行三级审核制度，将政府信息公开工作与奖惩考核挂钩，没有发生责任追究情形。",
            problems: "存在的主要问题：一是对新媒体传播规律把握不够，微信、微博的解读形式单一。二是政务信息的共享利用还不充分。\n改进情况：按月制定公开计划，每条信息经三级审核后发布；增加图表解读，定期检查栏目更新，发现的问题当月解决。",
        };
        let on = Date::new(YEAR + 1, 1, 15).unwrap_or(Date::MIN);
        Box::pin(self.demo_report(on, crew, YEAR, &said)).await.map_err(|fault| stop(&fault))
    }
}
