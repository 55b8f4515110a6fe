//! Personal information and marks of secrecy in a report: R136.

use gongkai_model::publication::check::{is_bank_card, is_identity};

use crate::check::finding::{Finding, Findings};
use crate::narrative::Subject;
use crate::report::Level;

patterns! {
    IDENTITY = r"(?:^|\D)(?P<t>[1-9]\d{16}[\dXx])(?:\D|$)";
    OLD_IDENTITY = r"身份证(?:件)?(?:号码|号)?(?:为|是)?[:：]?(?P<t>[1-9]\d{14})(?:\D|$)";
    PASSPORT = r"护照(?:号码|号)?(?:为|是)?[:：]?(?P<t>[EGDPSegdps][A-Za-z]?\d{7,8})(?:\D|$)";
    BANK_CARD = r"(?:银行卡|储蓄卡|信用卡|银行账户|银行账号|开户账号|卡号)[^。;,\d]{0,10}(?P<t>\d{16,19})(?:\D|$)";
    SECRET = r"(?:绝密|机密|秘密)[★☆*]";
    MOBILE = r"(?:^|\D)(?P<t>1[3-9]\d{9})(?:[^\d@]|$)";
    QQ = r"(?i)QQ(?:群|号)?[:：]?\d{5,11}";
    OWN_MAIL = r"(?i)(?P<t>\d{5,11}@(?:qq|foxmail)\.com|1[3-9]\d{9}@(?:139|189|wo|163|126|qq)\.(?:com|cn))";
    PERSON = r"(?:联系人|经办人|负责人|填报人)[:：](?P<t>[\p{Han}]{2,4})(?:[,。;、)\s]|电话|联系|$)";
    APPLICANT = r"(?:申请人|原告|第三人)[:：]?(?P<t>[王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范石姚谭廖邹熊金陆郝孔崔康毛邱秦江史顾侯邵孟龙段雷钱汤尹黎易武乔贺赖龚][\p{Han}]{1,2}?)(?:提出|不服|诉[^求讼]|向我|向本|申请公开|要求公开|\()";
}

/// A number with all but its first and last four characters hidden.
fn masked(text: &str) -> String {
    let length = text.chars().count();
    text.chars().enumerate().map(|(at, c)| if at >= 4.min(length / 3) && at + 4 < length { '*' } else { c }).collect()
}

/// The first match that passes a further test; `needs`: a text without any of these words has no match.
fn first(
    pattern: &std::sync::LazyLock<Option<regex::Regex>>,
    needs: &[&str],
    text: &str,
    fits: impl Fn(&str) -> bool,
) -> Option<String> {
    if !needs.is_empty() && !needs.iter().any(|word| text.contains(word)) {
        return None;
    }
    pattern
        .as_ref()?
        .captures_iter(text)
        .filter_map(|found| found.name("t").or(found.get(0)))
        .map(|found| found.as_str())
        .find(|found| fits(found))
        .map(str::to_owned)
}

pub(super) fn privacy(subject: &Subject<'_>, out: &mut Findings) {
    let any = |_: &str| true;
    for (_, text) in subject.texts() {
        let numbers = [
            ("居民身份证号码", first(&IDENTITY, &[], text, is_identity)),
            ("居民身份证号码", first(&OLD_IDENTITY, &["身份证"], text, any)),
            ("护照号码", first(&PASSPORT, &["护照"], text, any)),
            ("银行卡号", first(&BANK_CARD, &["银行", "卡"], text, is_bank_card)),
        ];
        if let Some((what, number)) = numbers.into_iter().find_map(|(what, number)| Some((what, number?))) {
            let number = masked(&number);
            out.push(
                Finding::new("R136", format!("文中有{what}{number}"))
                    .level(Level::Error)
                    .found(number)
                    .expected("不公开个人证件和账户号码")
                    .advise("立即删去后再公布"),
            );
        }
        if let Some(found) = SECRET.as_ref().and_then(|pattern| pattern.find(text)) {
            out.push(
                Finding::new("R136", "文中有密级标志")
                    .level(Level::Error)
                    .found(found.as_str())
                    .expected("没有密级标志")
                    .advise("停止公布，报保密机构核查"),
            );
        }
        if out.has("R136") {
            continue;
        }
        let office = ['局', '办', '科', '室', '处', '委', '中', '部', '公', '政', '某'];
        let named = |name: &str| !name.contains(office);
        let found = [
            ("申请人姓名", first(&APPLICANT, &["申请人", "原告", "第三人"], text, named)),
            ("手机号码", first(&MOBILE, &[], text, any).map(|number| masked(&number))),
            ("个人邮箱", first(&OWN_MAIL, &["@"], text, any).map(|mail| masked(&mail))),
            ("QQ号", first(&QQ, &["QQ", "qq", "Qq"], text, any)),
            ("个人姓名", first(&PERSON, &["联系人", "经办人", "负责人", "填报人"], text, named)),
        ];
        if let Some((what, found)) = found.into_iter().find_map(|(what, found)| Some((what, found?))) {
            out.push(
                Finding::new("R136", format!("文中有{what}“{found}”"))
                    .found(found)
                    .expected("不写个人信息")
                    .advise("删去个人信息；联系方式用办公电话和单位邮箱"),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_by_their_ends_only() {
        assert_eq!(masked("11010519491231002X"), "1101**********002X");
        assert_eq!(masked("13800001234"), "138****1234");
    }

    #[test]
    fn applicants_are_told_from_words_about_them() {
        let found = |text: &str| first(&APPLICANT, &["申请人", "原告", "第三人"], text, |_| true);
        assert_eq!(found("申请人张三提出的申请").as_deref(), Some("张三"));
        assert_eq!(found("原告:李四光诉我局").as_deref(), Some("李四光"));
        for text in ["申请人提出的申请", "申请人逾期不补正", "申请人任何费用", "第三人不同意公开"]
        {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
