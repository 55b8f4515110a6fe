//! The labels of rows of the form.

use crate::fold::key_of_folded;

/// Labels that may have the digits of their cells glued on.
pub(super) const GLUE_HEADS: &[&str] = &[
    "规章",
    "规范性文件",
    "行政规范性文件",
    "行政许可",
    "其他对外管理服务事项",
    "行政处罚",
    "行政强制",
    "行政事业性收费",
    "政府集中采购",
    "一本年新收政府信息公开申请数量",
    "二上年结转政府信息公开申请数量",
    "一予以公开",
    "二部分公开区分处理的只计这一情形不计其他情形",
    "二部分公开",
    "1属于国家秘密",
    "2其他法律行政法规禁止公开",
    "3危及三安全一稳定",
    "4保护第三方合法权益",
    "5属于三类内部事务信息",
    "6属于四类过程性信息",
    "7属于行政执法案卷",
    "8属于行政查询事项",
    "1本机关不掌握相关政府信息",
    "2没有现成信息需要另行制作",
    "3补正后申请内容仍不明确",
    "1信访举报投诉类申请",
    "2重复申请",
    "3要求提供公开出版物",
    "4无正当理由大量反复申请",
    "5要求行政机关确认或重新出具已获取信息",
    "1申请人无正当理由逾期不补正行政机关不再处理其政府信息公开申请",
    "2申请人逾期未按收费通知要求缴纳费用行政机关不再处理其政府信息公开申请",
    "3其他",
    "六其他处理",
    "七总计",
    "四结转下年度继续办理",
    "总计",
];

/// Whether a line names a row of table 3 in full.
pub(super) fn holds_row_label(compact: &str) -> bool {
    let text = key_of_folded(compact);
    GLUE_HEADS.iter().any(|label| label.chars().count() >= 8 && text.contains(label))
}

/// Whether a key is, or ends with, a label of a row of the form.
pub(super) fn is_known_label(key: &str) -> bool {
    GLUE_HEADS.iter().any(|label| key.ends_with(label))
}
