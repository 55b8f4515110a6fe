//! What the report of a government says beside that of an agency: whose figures it adds up, and how it saw to them (条例 第四十九条第二款、第五十条
//! 第二款: assessment, evaluation by society, liability).

use super::Ground;

/// What stands before the first section: whose reports are part of the figures.
pub(super) fn preamble(ground: &Ground<'_>, words: &str) -> String {
    if ground.measured("汇总报告").is_zero() {
        return words.to_owned();
    }
    let whose = format!("报告数据包括{}本级和{{汇总报告}}个机关报送的年度报告。", ground.agency);
    match words.split_once('\n') {
        Some((first, rest)) => format!("{first}{whose}\n{rest}"),
        None => format!("{words}{whose}"),
    }
}

/// How much all agencies made public.
pub(super) fn published(ground: &Ground<'_>) -> String {
    if ground.measured("主动公开机关").is_zero() {
        return "全年通过平台主动公开政府信息{主动公开}条".to_owned();
    }
    "全年有{主动公开机关}个机关通过平台主动公开政府信息{主动公开}条".to_owned()
}

/// How the government saw to the work of its agencies.
pub(super) fn safeguards(ground: &Ground<'_>) -> String {
    let mut out = String::new();
    if !ground.measured("应报机关").is_zero() {
        out.push_str("应当报送年度报告的机关{应报机关}个，按期报送{按期报送}个");
        if !ground.measured("迟报").is_zero() {
            out.push_str("、迟报{迟报}个");
        }
        if !ground.measured("退回修改").is_zero() {
            out.push_str("，审核后退回修改{退回修改}份");
        }
        out.push('。');
    }
    out.push_str("【写明负责的领导和机构，全年的培训，对各机关的工作考核、社会评议和责任追究的结果；没有的写没有】");
    out
}
