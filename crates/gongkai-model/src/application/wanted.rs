//! What is wanted (条例 第二十九条第二、三项): by what it is found, in which form, by which way.

use crate::codes::codes;

codes! {
    /// 载体.
    Carrier {
        /// 纸质.
        Paper = "paper", "纸质";
        /// 电子.
        Electronic = "electronic", "电子";
    }
}

codes! {
    /// 获取方式.
    Route {
        /// 邮寄.
        Mail = "mail", "邮寄";
        /// 电子邮件.
        Email = "email", "电子邮件";
        /// 网上下载, from the page of the application.
        Download = "download", "网上下载";
        /// 自行领取.
        PickUp = "pick_up", "自行领取";
        /// 当场阅读、抄录.
        ReadOnSite = "read_on_site", "当场阅读、抄录";
    }
}

/// What is wanted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wanted {
    /// 名称.
    pub title: String,
    /// 文号.
    pub doc_no: String,
    /// 便于查询的其他特征性描述.
    pub description: String,
    /// 载体; none where it was not said.
    pub carrier: Option<Carrier>,
    /// 获取方式; none where it was not said.
    pub route: Option<Route>,
}

impl Wanted {
    /// What 条例 第二十九条第二、三项 ask for and is not there.
    pub fn missing(&self) -> Vec<(&'static str, String)> {
        let mut out = Vec::new();
        if [&self.title, &self.doc_no, &self.description].iter().all(|text| text.trim().is_empty()) {
            out.push(("title", "请写明所需信息的名称、文号，或者便于查询的其他特征".to_owned()));
        }
        if self.carrier.is_none() || self.route.is_none() {
            out.push(("route", "请选择信息的载体和获取方式".to_owned()));
        }
        out
    }

    /// In a line, as letters and lists name it.
    pub fn line(&self) -> String {
        let parts = [&self.title, &self.doc_no, &self.description]
            .map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
        let mut out = String::new();
        for part in parts.iter().filter(|part| !part.is_empty()) {
            if !out.is_empty() {
                out.push('，');
            }
            out.push_str(part);
        }
        out
    }

    /// By which way it is asked for, where the carrier allows it: a paper is not downloaded, a file is not mailed.
    pub fn fits(&self) -> bool {
        !matches!(
            (self.carrier, self.route),
            (Some(Carrier::Paper), Some(Route::Email | Route::Download))
                | (Some(Carrier::Electronic), Some(Route::ReadOnSite))
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn article_29_what_and_how() {
        let wanted = Wanted {
            title: "2025年部门预算".to_owned(),
            doc_no: " 示财〔2025〕3号 ".to_owned(),
            carrier: Some(Carrier::Electronic),
            route: Some(Route::Download),
            ..Wanted::default()
        };
        assert_eq!(wanted.missing(), vec![]);
        assert_eq!(wanted.line(), "2025年部门预算，示财〔2025〕3号");
        assert!(wanted.fits() && !Wanted { carrier: Some(Carrier::Paper), ..wanted }.fits());
        let fields: Vec<_> = Wanted::default().missing().into_iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["title", "route"]);
    }
}
