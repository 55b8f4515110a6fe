//! The form of a draft: what was typed, and the values it means.

use gongkai_model::publication::metadata::{UNKNOWN_DAY, tidy_doc_no};
use gongkai_model::publication::{Attribute, Channel, Genre, Ground, Metadata, Validity, catalog};
use gongkai_store::{EditionRecord, Extras};
use jiff::civil::Date;

use crate::platform::Fault;

/// What the form of a draft holds, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DraftInput {
    /// 标题.
    pub title: String,
    /// 发文字号.
    pub doc_no: String,
    /// 成文日期.
    pub formed_on: String,
    /// 主题分类.
    pub theme: String,
    /// 体裁分类, its code.
    pub genre: String,
    /// 组配分类, its code.
    pub catalog_node: String,
    /// 公开属性, its code.
    pub attribute: String,
    /// Why it is not published.
    pub attribute_reason: String,
    /// On which ground of the 条例, its code.
    pub ground: String,
    /// 有效性, its code; empty where it has none.
    pub validity: String,
    /// 内容概述.
    pub summary: String,
    /// 关键词.
    pub keywords: String,
    /// What changed against the edition before.
    pub change_note: String,
    /// When it is to be looked at again.
    pub review_by: String,
    /// 实施日期.
    pub effective_on: String,
    /// 废止日期.
    pub repealed_on: String,
    /// The index number of the publication it explains.
    pub explains: String,
    /// 公开渠道 beside the website, codes separated by `;`.
    pub channels: String,
    /// The day from which the term of publication counts, where that is not 成文日期.
    pub counts_from: String,
    /// The text, as marked text.
    pub body: String,
}

/// The most characters of a text.
pub(in crate::platform) const LONGEST: usize = 200_000;

/// How many years after its day a text may at most be looked at again; more is a slip of the pen.
pub(in crate::platform) const REVIEW_YEARS: i16 = 20;

impl DraftInput {
    /// What a stored edition looks like in the form.
    pub fn of(record: &EditionRecord, explains: Option<&str>) -> Self {
        let (metadata, extras) = (&record.metadata, &record.extras);
        let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        Self {
            title: metadata.title.clone(),
            doc_no: metadata.doc_no.clone().unwrap_or_default(),
            formed_on: day(Some(metadata.formed_on).filter(|one| *one != UNKNOWN_DAY)),
            theme: metadata.theme.clone(),
            genre: metadata.genre.code().to_owned(),
            catalog_node: metadata.catalog_node.clone(),
            attribute: metadata.attribute.code().to_owned(),
            attribute_reason: metadata.attribute_reason.clone(),
            validity: metadata.validity.map(|one| one.code().to_owned()).unwrap_or_default(),
            summary: metadata.summary.clone(),
            keywords: metadata.keywords.clone(),
            change_note: extras.change_note.clone(),
            review_by: day(extras.review_by),
            effective_on: day(extras.effective_on),
            repealed_on: day(extras.repealed_on),
            explains: explains.unwrap_or_default().to_owned(),
            ground: metadata.ground.map(|one| one.code().to_owned()).unwrap_or_default(),
            channels: extras.channels.iter().map(|one| one.code()).collect::<Vec<_>>().join(";"),
            counts_from: day(extras.counts_from),
            body: record.body.clone(),
        }
    }

    /// Everything that was filled in, a line each with its label: for comparing two people's saves.
    pub fn told(&self) -> String {
        let label = |found: Option<&'static str>, code: &str| found.map_or_else(|| code.to_owned(), str::to_owned);
        let fields = [
            ("标题", self.title.clone()),
            ("文号", self.doc_no.clone()),
            ("成文日期", self.formed_on.clone()),
            ("公开时限起算日", self.counts_from.clone()),
            ("目录分类", label(catalog::find(&self.catalog_node).map(|(_, leaf)| leaf.label), &self.catalog_node)),
            ("主题分类", self.theme.clone()),
            ("体裁", label(Genre::from_code(&self.genre).map(Genre::label), &self.genre)),
            ("公开属性", label(Attribute::from_code(&self.attribute).map(Attribute::label), &self.attribute)),
            ("依据", label(Ground::from_code(&self.ground).map(Ground::label), &self.ground)),
            ("不主动公开的理由", self.attribute_reason.clone()),
            ("有效性", label(Validity::from_code(&self.validity).map(Validity::label), &self.validity)),
            ("实施日期", self.effective_on.clone()),
            ("废止日期", self.repealed_on.clone()),
            ("内容概述", self.summary.clone()),
            ("关键词", self.keywords.clone()),
            ("这次改了什么", self.change_note.clone()),
            ("复核日期", self.review_by.clone()),
            ("解读的文件", self.explains.clone()),
        ];
        let mut out = String::new();
        for (name, text) in fields.iter().filter(|(_, text)| !text.is_empty()) {
            out.push_str(&format!("{name}：{}\n", text.replace("\r\n", "\n")));
        }
        out.push_str(&self.body.replace("\r\n", "\n"));
        out
    }

    /// The values. A draft may be incomplete; what has a wrong shape is refused field by field.
    pub(super) fn parse(&self) -> Result<(Metadata, Extras, String), Fault> {
        let mut wrong: Vec<(String, String)> = Vec::new();
        let mut day = |field: &str, text: &str| -> Option<Date> {
            let text = text.trim();
            if text.is_empty() {
                return None;
            }
            match crate::law::parse_date(text) {
                Ok(day) => Some(day),
                Err(message) => {
                    wrong.push((field.to_owned(), message));
                    None
                }
            }
        };
        let formed_on = day("formed_on", &self.formed_on);
        let review_by = day("review_by", &self.review_by);
        let effective_on = day("effective_on", &self.effective_on);
        let repealed_on = day("repealed_on", &self.repealed_on);
        let counts_from = day("counts_from", &self.counts_from);
        if let (Some(formed), Some(review)) = (formed_on, review_by)
            && review.year() > formed.year().saturating_add(REVIEW_YEARS)
        {
            wrong.push(("review_by".to_owned(), format!("离成文日期超过{REVIEW_YEARS}年，请核对年份")));
        }
        // What cannot be seen is left out: no database and no file may choke on it.
        let seen = |text: &str| -> String {
            text.replace("\r\n", "\n").chars().filter(|c| matches!(c, '\n' | '\t') || !c.is_control()).collect()
        };
        let one_line = |text: &str| seen(text).split_whitespace().collect::<Vec<_>>().join(" ");
        let title = one_line(&self.title);
        if title.is_empty() {
            wrong.push(("title".to_owned(), "请填写标题".to_owned()));
        } else if title.chars().count() > 200 {
            wrong.push(("title".to_owned(), "标题不超过200字".to_owned()));
        }
        for (field, text, most) in [
            ("summary", &self.summary, 600),
            ("keywords", &self.keywords, 200),
            ("attribute_reason", &self.attribute_reason, 1_000),
            ("change_note", &self.change_note, 500),
            ("doc_no", &self.doc_no, 60),
            ("theme", &self.theme, 60),
        ] {
            if text.chars().count() > most {
                wrong.push((field.to_owned(), format!("不超过{most}字")));
            }
        }
        let genre = Genre::from_code(&self.genre);
        if genre.is_none() {
            wrong.push(("genre".to_owned(), "请选择体裁".to_owned()));
        }
        let attribute = Attribute::from_code(&self.attribute);
        if attribute.is_none() {
            wrong.push(("attribute".to_owned(), "请选择公开属性".to_owned()));
        }
        let validity = Validity::from_code(&self.validity);
        if validity.is_none() && !self.validity.is_empty() {
            wrong.push(("validity".to_owned(), "请重新选择有效性".to_owned()));
        }
        let ground = Ground::from_code(&self.ground);
        if ground.is_none() && !self.ground.is_empty() {
            wrong.push(("ground".to_owned(), "请重新选择依据的条款".to_owned()));
        }
        // The website is where the act of publishing itself puts an item.
        let mut channels = vec![Channel::Website];
        for code in self.channels.split(';').filter(|code| !code.is_empty()) {
            match Channel::from_code(code) {
                Some(channel) if channels.contains(&channel) => {}
                Some(channel) => channels.push(channel),
                None => wrong.push(("channels".to_owned(), "请重新选择公开渠道".to_owned())),
            }
        }
        channels.sort();
        let body = seen(&self.body);
        let node = self.catalog_node.trim();
        if !node.is_empty() && catalog::find(node).is_none() {
            wrong.push(("catalog_node".to_owned(), "请重新选择目录分类".to_owned()));
        }
        if body.chars().count() > LONGEST {
            wrong.push(("body".to_owned(), "正文超过二十万字，请把附表改作附件".to_owned()));
        }
        let (Some(genre), Some(attribute), true) = (genre, attribute, wrong.is_empty()) else {
            return Err(Fault::Invalid(wrong));
        };
        let formed_on = formed_on.unwrap_or(UNKNOWN_DAY);
        let doc_no = one_line(&self.doc_no);
        // Old brackets become today's; what has no such form stays, and is told of.
        let doc_no = tidy_doc_no(&doc_no).unwrap_or(doc_no);
        let metadata = Metadata {
            title,
            doc_no: (!doc_no.is_empty()).then_some(doc_no),
            formed_on,
            theme: one_line(&self.theme),
            genre,
            catalog_node: node.to_owned(),
            attribute,
            attribute_reason: seen(self.attribute_reason.trim()),
            ground: ground.filter(|_| attribute != Attribute::Proactive),
            validity,
            summary: seen(self.summary.trim()),
            keywords: one_line(&self.keywords),
        };
        let extras = Extras {
            change_note: seen(self.change_note.trim()),
            review_by,
            effective_on,
            repealed_on,
            channels,
            counts_from,
            explains: None,
        };
        Ok((metadata, extras, body))
    }
}
