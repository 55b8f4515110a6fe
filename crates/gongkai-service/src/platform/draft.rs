//! Drafting: new publications, saving, new editions, giving up.

use gongkai_model::Refusal;
use gongkai_model::ids::{AgencyId, EditionId, OfficerId, PublicationId};
use gongkai_model::officer::{Act, Role};
use gongkai_model::publication::metadata::UNKNOWN_DAY;
use gongkai_model::publication::{Attribute, Channel, Edition, Genre, Ground, Metadata, State, Validity, catalog};
use gongkai_store::{Attachment, AuditEntry, EditionRecord, Extras, Publication};
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use super::check::Finding;
use super::extract::Extracted;
use super::file::{AttachmentView, Upload, clean_name};
use super::services::{Actor, Services};
use super::{Fault, clock, text};

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

/// How a publication begins.
#[derive(Debug, Clone)]
pub enum NewDraft {
    /// From a file.
    File(Upload),
    /// From typed or pasted text.
    Text(String),
    /// From a form that holds everything.
    Form(Box<DraftInput>),
}

/// An edition with everything its page shows.
#[derive(Debug, Clone)]
pub struct EditionView {
    /// The edition.
    pub record: EditionRecord,
    /// The publication.
    pub publication: Publication,
    /// The name of the agency.
    pub agency_name: String,
    /// The files for the public.
    pub attachments: Vec<AttachmentView>,
    /// The file it came from, for the office alone.
    pub source: Option<AttachmentView>,
    /// What the checks find.
    pub findings: Vec<Finding>,
    /// What is wrong with the metadata: field and sentence.
    pub problems: Vec<(&'static str, String)>,
    /// The text as it will appear.
    pub html: String,
    /// The names of officers.
    pub names: std::collections::BTreeMap<OfficerId, String>,
    /// The day by which it must be public (条例 第二十六条).
    pub due: Option<Date>,
    /// The other editions: identity, number, state, time.
    pub others: Vec<(EditionId, i32, String, Timestamp)>,
    /// The item it explains: index number and title.
    pub explains: Option<(String, String)>,
    /// What the person may do now.
    pub may_edit: bool,
    /// Whether the person may sign now, and in which role.
    pub may_review: Option<Role>,
    /// Whether the person may publish now.
    pub may_publish: bool,
    /// Whether the person may take it back to the draft.
    pub may_recall: bool,
    /// Whether the person may take it down.
    pub may_withdraw: bool,
    /// What the checker found after publication.
    pub check: Option<gongkai_store::PageCheck>,
    /// Whether the person may say what the page shows.
    pub may_inspect: bool,
    /// Whether the person may begin a new edition.
    pub may_renew: bool,
}

/// The most characters of a text.
const LONGEST: usize = 200_000;

/// The file a draft came from: name, media type, hash, size, what it hides.
type Source = (String, String, gongkai_store::BlobHash, i64, String);

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
    fn parse(&self) -> Result<(Metadata, Extras, String), Fault> {
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
        let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
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
        let body: String =
            self.body.replace("\r\n", "\n").chars().filter(|c| *c == '\n' || *c == '\t' || !c.is_control()).collect();
        if body.chars().count() > LONGEST {
            wrong.push(("body".to_owned(), "正文超过二十万字，请把附表改作附件".to_owned()));
        }
        let (Some(genre), Some(attribute), true) = (genre, attribute, wrong.is_empty()) else {
            return Err(Fault::Invalid(wrong));
        };
        let formed_on = formed_on.unwrap_or(UNKNOWN_DAY);
        let doc_no = one_line(&self.doc_no);
        let metadata = Metadata {
            title,
            doc_no: (!doc_no.is_empty()).then_some(doc_no),
            formed_on,
            theme: one_line(&self.theme),
            genre,
            catalog_node: self.catalog_node.trim().to_owned(),
            attribute,
            attribute_reason: self.attribute_reason.trim().to_owned(),
            ground: ground.filter(|_| attribute != Attribute::Proactive),
            validity,
            summary: self.summary.trim().to_owned(),
            keywords: one_line(&self.keywords),
        };
        let extras = Extras {
            change_note: self.change_note.trim().to_owned(),
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

impl Services {
    /// Begins a publication. The same `id` twice gives the same draft: a form sent twice makes one.
    ///
    /// # Errors
    /// The file cannot be read; the person may not draft.
    pub async fn create(
        &self,
        now: Timestamp,
        actor: &Actor,
        id: PublicationId,
        new: NewDraft,
    ) -> Result<EditionId, Fault> {
        let agency = actor.agency();
        actor.need(Act::Draft, agency)?;
        self.must_be_open(agency)?;
        if let Some(known) = self.store.publication(id).await? {
            let editions = self.store.editions(id).await?;
            let first = editions.last().filter(|_| known.agency == agency);
            return first.map(|one| one.id).ok_or(Fault::NotFound);
        }
        let mut source = None;
        let extracted = match new {
            NewDraft::Form(input) => return self.create_draft(now, actor, id, &input, None).await,
            NewDraft::File(upload) => {
                let (mut extracted, hash) = self.take_in(&upload).await?;
                if !extracted.error.is_empty() {
                    return Err(Fault::field("file", extracted.error));
                }
                let hidden = hidden_in_source(&extracted.hidden);
                let shown = if hidden.is_empty() { None } else { self.read_shown(&upload).await? };
                let left_out = shown.is_some();
                if let Some(shown) = shown {
                    extracted = Extracted { media: extracted.media, ..shown };
                }
                let hidden = told_of_source(&hidden, left_out);
                let bytes = i64::try_from(upload.bytes.len()).unwrap_or(i64::MAX);
                source = Some((clean_name(&upload.name), extracted.media.clone(), hash, bytes, hidden));
                extracted
            }
            NewDraft::Text(text) => {
                if text.trim().is_empty() {
                    return Err(Fault::field("text", "请选择文件，或粘贴正文"));
                }
                if text.chars().count() > LONGEST {
                    return Err(Fault::field("text", "正文超过二十万字，请把附表改作附件"));
                }
                self.extract(text.into_bytes(), "txt").await?
            }
        };
        if !extracted.error.is_empty() {
            return Err(Fault::field("text", extracted.error));
        }
        self.create_draft(now, actor, id, &suggested(&extracted), source).await
    }

    async fn create_draft(
        &self,
        now: Timestamp,
        actor: &Actor,
        id: PublicationId,
        input: &DraftInput,
        source: Option<Source>,
    ) -> Result<EditionId, Fault> {
        let agency = actor.agency();
        let (metadata, mut extras, body) = input.parse()?;
        extras.explains = self.explained(input.explains.trim(), id).await?;
        let chain = self.directory().get(agency).map(|one| one.settings.chain()).unwrap_or_default();
        let content = text::content_hash(&metadata, &extras, &body, &[]);
        let secret_mark = super::check::marked(&[&metadata.title, &metadata.summary, &body]);
        let edition = EditionRecord {
            id: EditionId(Uuid::now_v7()),
            publication: id,
            agency,
            number: 1,
            edition: Edition::new(actor.id(), chain, content),
            metadata,
            extras,
            body,
            submitted_at: None,
            updated_at: now,
            published_at: None,
            version: 1,
            secret_mark,
        };
        let tx = self.store.begin().await?;
        if tx.publication(id).await?.is_some() {
            // The same form came twice at once; the other one was first.
            tx.rollback().await?;
            let editions = self.store.editions(id).await?;
            return editions.last().filter(|one| one.agency == agency).map(|one| one.id).ok_or(Fault::NotFound);
        }
        let inserted = tx
            .insert_publication(&Publication {
                id,
                agency,
                index_no: None,
                created_at: now,
                first_published_at: None,
                imported_as: None,
            })
            .await;
        if let Err(gongkai_store::Error::Duplicate(_)) = inserted {
            // On PostgreSQL the other one may have been first by less than a look.
            tx.rollback().await?;
            let editions = self.store.editions(id).await?;
            return editions.last().filter(|one| one.agency == agency).map(|one| one.id).ok_or(Fault::NotFound);
        }
        inserted?;
        tx.insert_edition(&edition).await?;
        if let Some((name, media, hash, bytes, hidden)) = source {
            tx.insert_attachment(&Attachment {
                id: Uuid::now_v7(),
                edition: edition.id,
                position: 0,
                name,
                media,
                hash,
                bytes,
                public: false,
                text: None,
                hidden,
            })
            .await?;
        }
        self.record(&tx, now, actor, "edition.create", &edition.id.to_string(), &format!("publication={id}")).await?;
        if secret_mark {
            self.record(&tx, now, actor, "edition.quarantine", &edition.id.to_string(), "").await?;
        }
        tx.commit().await?;
        Ok(edition.id)
    }

    /// Saves a draft. Signatures over another content are void. Gives the number that the next change must name.
    ///
    /// # Errors
    /// Fields are wrong; somebody else changed it since `version`; it is not a draft.
    pub async fn save(
        &self,
        now: Timestamp,
        actor: &Actor,
        id: EditionId,
        version: i32,
        input: &DraftInput,
    ) -> Result<i32, Fault> {
        let (record, files) = tokio::join!(self.editable(actor, id), self.store.attachments(id));
        let (mut record, files) = (record?, files?);
        let (metadata, mut extras, body) = input.parse()?;
        extras.explains = self.explained(input.explains.trim(), record.publication).await?;
        let content = text::content_hash(&metadata, &extras, &body, &files);
        let review_changed =
            (record.extras.review_by, record.extras.counts_from) != (extras.review_by, extras.counts_from);
        if record.version != version {
            let same = record.edition.content == content && !review_changed;
            return if same { Ok(record.version) } else { Err(Fault::Conflict) };
        }
        if record.edition.content == content && !review_changed {
            return Ok(record.version);
        }
        let before = record.clone();
        let found =
            super::check::marked(&[&metadata.title, &metadata.summary, &metadata.keywords, &extras.change_note, &body]);
        (record.metadata, record.extras, record.body) = (metadata, extras, body);
        if found || before.secret_mark {
            // Cleared marks and marks in files are looked at only where there is something to look for.
            record.secret_mark = self.carries_secret_mark(&record, &files).await?;
        }
        record.edition.edit(content, actor.id())?;
        record.updated_at = now;
        let entry = AuditEntry {
            at: now,
            actor: actor.id().to_string(),
            act: "edition.save".to_owned(),
            subject: id.to_string(),
            detail: format!("content={}", record.edition.content),
        };
        self.store.together(self.store.draft_change(&before, &record)?, entry).await?;
        Ok(record.version + 1)
    }

    async fn explained(&self, index_no: &str, own: PublicationId) -> Result<Option<PublicationId>, Fault> {
        if index_no.is_empty() {
            return Ok(None);
        }
        let found = self.store.publication_by_index(index_no).await?;
        match found.filter(|one| one.id != own) {
            Some(one) => Ok(Some(one.id)),
            None => Err(Fault::field("explains", format!("没有索引号为“{index_no}”的已公开信息，请核对"))),
        }
    }

    /// Begins the next edition of what is public or was withdrawn, with the same text.
    ///
    /// # Errors
    /// One is under way already; nothing was ever public.
    pub async fn renew(&self, now: Timestamp, actor: &Actor, id: PublicationId) -> Result<EditionId, Fault> {
        let publication = self.store.publication(id).await?.ok_or(Fault::NotFound)?;
        // What an agency published before its end is kept up by the one that took over, in its own name.
        let agency = self.directory().answering(publication.agency);
        actor.need(Act::Draft, agency)?;
        let editions = self.store.editions(id).await?;
        let Some(last) = editions.first() else { return Err(Fault::NotFound) };
        if let Some(open) = editions
            .iter()
            .find(|one| matches!(one.edition.state, State::Draft | State::InReview { .. } | State::Approved { .. }))
        {
            return Ok(open.id);
        }
        let base = editions
            .iter()
            .find(|one| matches!(one.edition.state, State::Published { .. } | State::Withdrawn { .. } | State::Closed))
            .ok_or_else(|| Refusal::new("没有可以修改的版本", ""))?;
        let chain = self.directory().get(agency).map(|one| one.settings.chain()).unwrap_or_default();
        let mut next = base.clone();
        next.agency = agency;
        next.id = EditionId(Uuid::now_v7());
        next.number = last.number + 1;
        next.extras.change_note = String::new();
        // 条例 第二十六条: the term of a change counts from the day of the change; the drafter puts the true day here.
        next.extras.counts_from = Some(clock::local_date(now));
        next.submitted_at = None;
        next.published_at = None;
        next.updated_at = now;
        let files: Vec<Attachment> =
            self.store.attachments(base.id).await?.into_iter().filter(|file| file.public).collect();
        let content = text::content_hash(&next.metadata, &next.extras, &next.body, &files);
        next.edition = Edition::new(actor.id(), chain, content);
        let tx = self.store.begin().await?;
        tx.insert_edition(&next).await?;
        for file in files {
            tx.insert_attachment(&Attachment { id: Uuid::now_v7(), edition: next.id, ..file }).await?;
        }
        self.record(&tx, now, actor, "edition.renew", &next.id.to_string(), &format!("publication={id}")).await?;
        tx.commit().await?;
        Ok(next.id)
    }

    /// Gives a draft up; it stays in the audit chain.
    ///
    /// # Errors
    /// It is not a draft.
    pub async fn discard(&self, now: Timestamp, actor: &Actor, id: EditionId) -> Result<(), Fault> {
        let mut record = self.editable(actor, id).await?;
        record.edition.discard()?;
        record.updated_at = now;
        let tx = self.store.begin().await?;
        tx.update_edition(&record).await?;
        self.record(&tx, now, actor, "edition.discard", &id.to_string(), "").await?;
        Ok(tx.commit().await?)
    }

    /// Takes back what is on its way, to be changed: the drafter while it is reviewed, the publisher what is approved.
    ///
    /// # Errors
    /// It is not on its way; no reason is given.
    pub async fn recall(&self, now: Timestamp, actor: &Actor, id: EditionId, reason: &str) -> Result<(), Fault> {
        let mut record = self.store.edition(id).await?.ok_or(Fault::NotFound)?;
        let approved = matches!(record.edition.state, State::Approved { .. });
        if !(approved && actor.may(Act::Publish, record.agency)) {
            actor.need(Act::Draft, record.agency)?;
        }
        record.edition.recall(reason)?;
        record.updated_at = now;
        let tx = self.store.begin().await?;
        tx.update_edition(&record).await?;
        self.record(&tx, now, actor, "edition.recall", &id.to_string(), &format!("reason={}", reason.trim())).await?;
        Ok(tx.commit().await?)
    }

    /// The agency of an edition; for the access check.
    ///
    /// # Errors
    /// There is none.
    pub async fn agency_of(&self, id: EditionId) -> Result<AgencyId, Fault> {
        Ok(self.store.edition(id).await?.ok_or(Fault::NotFound)?.agency)
    }

    /// An edition with everything its page shows.
    ///
    /// # Errors
    /// There is none, or the person may not see it.
    pub async fn view(&self, now: Timestamp, actor: &Actor, id: EditionId) -> Result<EditionView, Fault> {
        let record = self.store.edition(id).await?.ok_or(Fault::NotFound)?;
        let answering = self.directory().answering(record.agency);
        actor.need(Act::Look, answering)?;
        let reviews_secrecy = actor.may(Act::Review(Role::SecrecyReviewer), record.agency);
        if record.secret_mark && !reviews_secrecy && !record.edition.authors.contains(&actor.id()) {
            return Err(Refusal::new("稿件带有国家秘密标志，已暂停查看", "由保密审查员核实")
                .by("《保守国家秘密法》第三十五条")
                .into());
        }
        let publication = self.store.publication(record.publication).await?.ok_or(Fault::NotFound)?;
        let files = self.store.attachments(id).await?;
        let settled = self.store.dispositions(record.publication).await?;
        let findings = self.find(&record, &files, &settled).await?;
        let mut problems = record.metadata.problems(clock::local_date(now));
        if record.body.trim().is_empty() && !files.iter().any(|file| file.public) {
            problems.push(("body", "没有正文，也没有附件".to_owned()));
        }
        if record.number > 1 && record.extras.change_note.is_empty() {
            problems.push(("change_note", "请写明这次改了什么，会显示在公开页面上".to_owned()));
        }
        let state = &record.edition.state;
        let open_step = record.edition.open_step();
        let may_review =
            open_step.and_then(|step| record.edition.steps().get(step).copied()).map(|step| step.role).filter(|role| {
                let signed = record.edition.holding().iter().any(|one| one.officer == actor.id());
                actor.may(Act::Review(*role), record.agency) && !signed && !record.edition.authors.contains(&actor.id())
            });
        let urgent_ready = matches!(state, State::InReview { step } if *step >= 1) && !record.edition.urgent.is_empty();
        let others: Vec<EditionRecord> = self.store.editions(record.publication).await?;
        let under_way = others
            .iter()
            .any(|one| matches!(one.edition.state, State::Draft | State::InReview { .. } | State::Approved { .. }));
        let proactive = record.metadata.attribute == Attribute::Proactive;
        let explains = match record.extras.explains {
            Some(other) => {
                let known = self.store.public_rows(&[other]).await?.into_iter().next();
                known.map(|row| (row.index_no, row.title))
            }
            None => None,
        };
        let due = proactive.then(|| super::term::due_of(&record)).flatten();
        let source = files.iter().find(|file| !file.public).cloned().map(AttachmentView::new);
        Ok(EditionView {
            agency_name: self.directory().name(record.agency).to_owned(),
            attachments: files.into_iter().filter(|file| file.public).map(AttachmentView::new).collect(),
            source,
            findings,
            problems,
            html: text::body_html(&record.body),
            names: self.officer_names().await?,
            due,
            others: others
                .iter()
                .filter(|one| one.id != id)
                .map(|one| (one.id, one.number, one.edition.state.label().to_owned(), one.updated_at))
                .collect(),
            explains,
            may_edit: *state == State::Draft && actor.may(Act::Draft, record.agency),
            may_review,
            may_publish: proactive
                && (matches!(state, State::Approved { .. }) || urgent_ready)
                && actor.may(Act::Publish, record.agency),
            may_inspect: matches!(state, State::Published { .. })
                && actor.may(Act::Review(Role::Checker), record.agency)
                && !record.edition.authors.contains(&actor.id()),
            check: self.store.page_check(id).await?,
            may_recall: matches!(state, State::InReview { .. } | State::Approved { .. })
                && (actor.may(Act::Draft, record.agency)
                    || matches!(state, State::Approved { .. }) && actor.may(Act::Publish, record.agency)),
            may_withdraw: matches!(state, State::Published { .. }) && actor.may(Act::Withdraw, answering),
            may_renew: matches!(state, State::Published { .. } | State::Withdrawn { .. } | State::Closed)
                && !under_way
                && actor.may(Act::Draft, answering),
            publication,
            record,
        })
    }
}

/// What the file of a draft carries that a reader does not see, and that belongs to the text. Who wrote it is no matter here,
/// because the file itself is never given to the public.
fn hidden_in_source(hidden: &[(String, String)]) -> Vec<String> {
    const OF_THE_TEXT: [&str; 4] = ["修订痕迹", "看不见的文字", "隐藏工作表", "色块盖住"];
    let labels = hidden.iter().map(|(label, _)| label);
    labels.filter(|label| OF_THE_TEXT.iter().any(|one| label.starts_with(one))).cloned().collect()
}

/// The lines that the checks show for it: label, advice, and `warn` where the text was read without it.
fn told_of_source(hidden: &[String], left_out: bool) -> String {
    let lines: Vec<String> = hidden
        .iter()
        .map(|label| {
            if left_out {
                let advice = "正文只读入读者看得见的文字，修订按接受处理：核对正文是否完整，有没有还没定稿的修改";
                format!("{label}\t{advice}\twarn")
            } else {
                let advice = "这些内容读者看不见，却可能已经读进正文：逐段核对，删去不该公开的，把核对结果写进处理意见";
                format!("{label}\t{advice}")
            }
        })
        .collect();
    lines.join("\n")
}

/// What the form begins with, out of what was read.
fn suggested(read: &Extracted) -> DraftInput {
    let ends = [
        ("决定", Genre::Decision),
        ("公告", Genre::Proclamation),
        ("通告", Genre::PublicNotice),
        ("意见", Genre::Opinions),
        ("通知", Genre::Notice),
        ("通报", Genre::Circular),
        ("报告", Genre::Report),
        ("请示", Genre::RequestForInstructions),
        ("批复", Genre::Approval),
        ("纪要", Genre::Minutes),
        ("函", Genre::Letter),
    ];
    let genre = ends.iter().find(|(end, _)| read.title.ends_with(end)).map_or(Genre::Other, |(_, genre)| *genre);
    DraftInput {
        title: if read.title.is_empty() { "未命名的信息".to_owned() } else { read.title.clone() },
        doc_no: read.doc_no.clone(),
        formed_on: read.formed_on.clone(),
        channels: Channel::Website.code().to_owned(),
        genre: genre.code().to_owned(),
        attribute: genre.suggested().code().to_owned(),
        body: read.text.clone(),
        ..DraftInput::default()
    }
}
