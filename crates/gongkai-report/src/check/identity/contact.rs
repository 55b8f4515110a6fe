//! How to reach the agency, and words left over from a template: R031–R034.

use crate::check::finding::{Finding, Findings};
use crate::narrative::Subject;
use crate::report::{FormKind, Level};

patterns! {
    PHONE = r"(?:电话|热线|传真)(?:号码)?[:：]?(?P<t>[\d\-—转、/ ]{6,40})";
    MAIL = r"(?:电子邮箱|邮箱|电子邮件|E-?mail|e-?mail)(?:地址)?[:：](?P<t>[A-Za-z0-9._@#\-]{4,60})";
    POST = r"(?:邮编|邮政编码)[:：]?(?P<t>\d{3,9})";
    SITE = r"(?P<site>[\p{Han}“”]{2,20}?(?:网站|官网|平台|门户网|公众号|微博))”?(?:网址)?(?:为|是)?[(:：]+(?:网址[:：]?)?(?P<url>(?:https?://)?[a-z0-9\-]+(?:\.[a-z0-9\-]+){1,4}(?:/[A-Za-z0-9_./\-]*)?)";
    EMPTY_URL = r"(?:网址|网站|下载地址)(?:为|是)?[:：]?(?:\(\s*\)|[:：][)。,;]|\(?(?:https?://)?(?:www\.)?(?:[xX×*]{2,}|\.{3,}|…+|_{2,}))|https?://(?:www\.)?(?:[xX×*]{2,}|\.\.|[)。,;])";
    TEMPLATE = r"[xX×*]{2,}(?:局|县|市|区|镇|乡|街道|年|月|日|条|件|人民政府|委员会)|\(?具体网址\)?|本级政府\(本部门\)|本级政府\(部门\)|(?:仿宋|宋体|黑体|楷体)(?:_GB2312)?(?:加粗|小?[一二三四五]号|[,，]|\))|小?[二三四五]号字|\(含《[^》]*》第五十条第四项规定|网站\(\s*\)|请填写|此处填写|\(此处|填写单位名称|\(单位名称\)|〔?20[xX×]{2}〕?年?";
}

pub(super) fn contact(subject: &Subject<'_>, out: &mut Findings) {
    if subject.report.form == FormKind::Older {
        return;
    }
    let whole: String = subject.texts().map(|(_, text)| text).collect();
    let phone = whole.contains("电话")
        || PHONE.as_ref().is_some_and(|pattern| pattern.is_match(&whole))
        || whole.contains("联系方式");
    let address = whole.contains("地址")
        || whole.contains("邮编")
        || (whole.contains('路') && whole.contains('号') && whole.contains("联系"));
    if !phone || !address {
        let neither = !phone && !address;
        let level = if neither && !subject.preamble.is_empty() { Level::Warning } else { Level::Notice };
        let missing = match (phone, address) {
            (false, false) => "联系地址和电话",
            (false, true) => "联系电话",
            _ => "联系地址",
        };
        out.push(
            Finding::new("R031", format!("没有写明{missing}"))
                .level(level)
                .found(format!("缺{missing}"))
                .expected("联系部门、地址、邮编、电话")
                .advise("在引言中写明联系方式，便于公众查询"),
        );
    }
    let mut wrong: Vec<(String, &str)> = Vec::new();
    if let Some(pattern) = PHONE.as_ref() {
        for found in pattern.captures_iter(&whole) {
            let text = found.name("t").map_or("", |m| m.as_str()).trim_matches(['-', '、', '/', ' ']);
            let digits = text.chars().filter(char::is_ascii_digit).count();
            let several = text.contains('、') || text.contains('/') || text.contains('转');
            if (7..=8).contains(&digits) && !text.starts_with('0') && !text.starts_with("400") && !several {
                wrong.push((text.to_owned(), "没有区号"));
            } else if digits == 6 && !text.starts_with("95") && !text.starts_with("96") && !several {
                wrong.push((text.to_owned(), "位数不够"));
            } else if digits > 12 && !several {
                wrong.push((text.to_owned(), "像是两个号码连写"));
            } else if text.contains("--") {
                wrong.push((text.to_owned(), "连接号重复"));
            }
        }
    }
    if let Some(pattern) = MAIL.as_ref() {
        for found in pattern.captures_iter(&whole) {
            let text = found.name("t").map_or("", |m| m.as_str());
            if !text.contains('@') {
                wrong.push((text.to_owned(), "邮箱没有“@”"));
            }
        }
    }
    if let Some(pattern) = POST.as_ref() {
        for found in pattern.captures_iter(&whole) {
            let text = found.name("t").map_or("", |m| m.as_str());
            if text.len() != 6 {
                wrong.push((text.to_owned(), "邮编应为6位"));
            }
        }
    }
    for (text, why) in wrong {
        out.push(
            Finding::new("R032", format!("“{text}”{why}"))
                .found(&text)
                .expected("区号-号码；邮箱含@；邮编6位")
                .advise("改正联系方式"),
        );
    }
}

/// Two different sites under one address, or one site under two.
fn addresses(subject: &Subject<'_>, out: &mut Findings) {
    let Some(pattern) = SITE.as_ref() else { return };
    let mut seen: Vec<(String, String)> = Vec::new();
    for (_, text) in subject.texts().filter(|(_, text)| text.contains("www.") || text.contains("http")) {
        for found in pattern.captures_iter(text).take(20) {
            let get = |name: &str| found.name(name).map_or("", |m| m.as_str());
            let url = get("url").trim_end_matches(['/', '.', ',']).to_lowercase();
            let host = url.trim_start_matches("https://").trim_start_matches("http://").trim_start_matches("www.");
            seen.push((get("site").to_owned(), host.to_owned()));
        }
    }
    for (index, (site, url)) in seen.iter().enumerate() {
        for (other, second) in seen.iter().skip(index + 1) {
            let kind = |name: &str| ["人民政府", "政府", "微信", "微博"].into_iter().find(|word| name.contains(word));
            let own = |name: &str| name.contains(['局', '委', '厅', '院', '办']) && !name.contains("政府");
            let two_sites = url == second && (kind(site) != kind(other)) && (own(site) || own(other));
            let two_hosts = site == other && url.split('/').next() != second.split('/').next();
            if (two_sites || two_hosts) && !out.has("R033") {
                let message = if two_sites {
                    format!("“{site}”和“{other}”写的是同一个网址{url}")
                } else {
                    format!("“{site}”写了两个网址：{url}和{second}")
                };
                out.push(
                    Finding::new("R033", message)
                        .level(Level::Notice)
                        .found(second)
                        .expected("一个网站一个网址")
                        .advise("核对网址是否是本机关的"),
                );
            }
        }
    }
}

pub(super) fn templates(subject: &Subject<'_>, out: &mut Findings) {
    let all = || std::iter::once((8_u8, subject.title.as_str())).chain(subject.texts());
    for (_, text) in all() {
        if let Some(found) = EMPTY_URL.as_ref().and_then(|pattern| pattern.find(text)) {
            out.push(
                Finding::new("R033", format!("网址“{}”不完整或是占位文字", found.as_str()))
                    .found(found.as_str())
                    .expected("可以打开的网址")
                    .advise("填写实际网址"),
            );
            break;
        }
    }
    addresses(subject, out);
    for (_, text) in all() {
        if let Some(found) = TEMPLATE.as_ref().and_then(|pattern| pattern.find(text)) {
            out.push(
                Finding::new("R034", format!("文中有模板残留文字“{}”", found.as_str()))
                    .found(found.as_str())
                    .expected("没有模板文字")
                    .advise("改成实际内容，或删去"),
            );
            break;
        }
    }
}
