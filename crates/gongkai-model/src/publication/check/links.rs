//! D15: links out of the site.

use std::sync::LazyLock;

use regex::Regex;

use super::{Detector, Hit, Weight};

static LINK: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)(?:https?://|www\.)(?P<host>[a-z0-9.-]+)(?::\d+)?").ok());

/// Hosts that hide where a link goes.
const SHORT: [&str; 6] = ["t.cn", "dwz.cn", "url.cn", "bit.ly", "suo.im", "tinyurl.com"];

pub(super) fn scan(text: &str, piece: usize, hosts: &[String], out: &mut Vec<Hit>) {
    for found in LINK.as_ref().into_iter().flat_map(|pattern| pattern.captures_iter(text)) {
        let host = found.name("host").map_or("", |m| m.as_str()).trim_end_matches('.').to_ascii_lowercase();
        let within = |allowed: &str| host == allowed || host.ends_with(&format!(".{allowed}"));
        if within("gov.cn") || hosts.iter().any(|allowed| within(allowed)) {
            continue;
        }
        let short = SHORT.iter().any(|one| within(one));
        out.push(Hit {
            detector: Detector::Link,
            weight: Weight::Warn,
            shown: host,
            around: String::new(),
            piece,
            source: String::new(),
            advice: if short {
                "短链接看不出去向，改用完整网址"
            } else {
                "外部网站可能失效或被改作他用，核对后保留或删去"
            }
            .to_owned(),
        });
    }
}
