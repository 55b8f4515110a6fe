//! What fills the columns of an agency of the demonstration that keeps them up, and what is said in those it has no function for.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::agency::days_before;
use super::texts::{Piece, piece, written};

/// Columns that no agency of the demonstration fills.
const NOWHERE: [&str; 9] = ["A01-1", "A03-1", "A03-3", "A10-1", "A11-1", "A12-2", "A13-1", "A13-2", "A13-3"];

/// Further columns that the diligent ones have no function for.
const NO_FUNCTION: [&str; 8] = ["A03-2", "A04-1", "A05-1", "A05-2", "A05-3", "A08-1", "A12-1", "A12-3"];

/// Whether an agency keeps its columns up: the others show what the supervising office has to see.
fn diligent(prefix: &str) -> bool {
    matches!(prefix, "sj" | "jy")
}

/// The notes of an agency on its columns, since a day.
pub(super) fn notes(prefix: &str, since: Date) -> BTreeMap<String, String> {
    let none = format!("本机关无此项职能（{since}）");
    let mut out: BTreeMap<String, String> = NOWHERE.iter().map(|code| ((*code).to_owned(), none.clone())).collect();
    if diligent(prefix) {
        out.extend(NO_FUNCTION.iter().map(|code| ((*code).to_owned(), none.clone())));
        let own: &[&str] = if prefix == "sj" { &["A11-2", "A11-3"] } else { &["A11-3", "A15-1", "A15-2", "A15-6"] };
        out.extend(own.iter().map(|code| ((*code).to_owned(), none.clone())));
        out.insert("A02-4".to_owned(), format!("本机关没有直属单位（{since}）"));
        out.insert("A14-1".to_owned(), "公务员招考由公务员主管部门统一公布".to_owned());
        out.insert("A09-2".to_owned(), "采购公告在全省统一的政府采购网公布".to_owned());
    }
    out
}

/// What a diligent agency publishes beside its standing texts.
pub(super) fn kept_up(name: &str, prefix: &str, today: Date) -> Vec<Piece> {
    if !diligent(prefix) {
        return Vec::new();
    }
    let day = |days| days_before(today, days);
    let (year, last) = (today.year(), today.year() - 1);
    let signed = |days| format!("[右]{name}\n[右]{}", written(day(days)));
    let mut law = piece(
        format!("{name}{last}年法治政府建设情况报告"),
        day(290),
        "A15-5",
        "report",
        format!(
            "# 一、主要举措\n组织学法12次，审核规范性文件3件，负责人出庭应诉1次。\n# 二、存在的问题\n个别文件征求意见的时间偏短。\n# 三、{year}年安排\n征求意见不少于30日，合法性审核意见随文存档。\n{}",
            signed(290)
        ),
    );
    law.theme = "综合政务";
    let meals = piece(
        format!("{name}{year}年“三公”经费预算"),
        day(270),
        "A07-3",
        "other",
        "| 项目 | 上年预算（万元） | 本年预算（万元） |\n|---|---|---|\n| 因公出国（境）费 | 0.00 | 0.00 |\n| 公务用车购置及运行维护费 | 6.00 | 5.50 |\n| 公务接待费 | 0.80 | 0.60 |\n".to_owned(),
    );
    let plan = piece(
        format!("{name}{year}年政府采购意向"),
        day(255),
        "A09-1",
        "other",
        "| 采购项目 | 预算（万元） | 预计时间 |\n|---|---|---|\n| 办公设备更新 | 12.00 | 二季度 |\n| 档案数字化服务 | 18.00 | 三季度 |\n".to_owned(),
    );
    let bought = piece(
        format!("{name}档案数字化服务采购结果"),
        day(110),
        "A09-3",
        "proclamation",
        format!(
            "| 项目 | 成交供应商 | 成交金额（万元） |\n|---|---|---|\n| 档案数字化服务 | 示例数据服务有限公司 | 17.20 |\n\n{}",
            signed(110)
        ),
    );
    let mut figures = piece(
        format!("{name}{year}年上半年主要工作数据"),
        day(120),
        "A04-2",
        "other",
        "| 指标 | 数量 |\n|---|---|\n| 完成计划项目 | 18个 |\n| 提出建议 | 43条 |\n| 建议被采纳 | 39条 |\n".to_owned(),
    );
    figures.theme = "综合政务";
    let mut penalty = piece(
        format!("{name}行政处罚的依据、条件和程序"),
        day(240),
        "A06-1",
        "other",
        "# 依据\n《中华人民共和国行政处罚法》和本领域的法律法规。\n# 程序\n立案、调查、告知、听取陈述申辩、决定、送达、执行。符合听证条件的，依申请听证。\n".to_owned(),
    );
    penalty.theme = "综合政务";
    let mut measure = piece(
        format!("{name}行政处罚裁量基准"),
        day(238),
        "A06-2",
        "notice",
        format!(
            "| 情形 | 裁量幅度 |\n|---|---|\n| 首次轻微违法并及时改正 | 不予处罚 |\n| 一般情形 | 中限以下 |\n| 拒不改正 | 上限 |\n\n{}",
            signed(238)
        ),
    );
    measure.theme = "综合政务";
    vec![law, meals, plan, bought, figures, penalty, measure]
}
