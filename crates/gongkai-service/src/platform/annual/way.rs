//! The way out of a report: the text is saved, the figures are fixed, reviewers sign, the publisher publishes; a correction is a new version.

use gongkai_manuscript::marked;
use gongkai_model::Refusal;
use gongkai_model::ids::{AgencyId, EditionId, PublicationId};
use gongkai_model::officer::{Act, Role};
use gongkai_model::publication::{Attribute, Chain, Channel, Edition, Genre, Metadata, catalog};
use gongkai_report::render::{official_title, render};
use gongkai_store::{AnnualReport, EditionRecord, Extras, Publication};
use jiff::Timestamp;
use uuid::Uuid;

use super::figures::bare;
use super::finding::{Explanation, explanations};
use super::page::{ReportPage, assembled};
use super::stage::ReportStage;
use super::text::{Kept, ReportText};
use crate::platform::services::{Actor, Services};
use crate::platform::{Fault, clock, text};

/// The chain of a report: the agency's, and the head of the agency at its end (domain 4.8).
pub(in crate::platform) fn report_chain(chain: &Chain) -> Chain {
    let mut roles: Vec<Role> = chain.steps().iter().map(|step| step.role).collect();
    if !roles.contains(&Role::Principal) {
        roles.push(Role::Principal);
    }
    Chain::new(&roles).unwrap_or_else(|_too_long| chain.clone())
}

impl Services {
    /// The report that an edition holds; none where it holds anything else.
    pub(in crate::platform) async fn report_in(&self, record: &EditionRecord) -> Result<Option<AnnualReport>, Fault> {
        if record.metadata.catalog_node != catalog::ANNUAL_REPORTS {
            return Ok(None);
        }
        Ok(self.store.report_of_publication(record.publication).await?)
    }

    /// What a person must be allowed who writes an edition: the disclosure office writes the annual report, drafters the rest.
    pub(in crate::platform) async fn writing(&self, record: &EditionRecord) -> Result<Act, Fault> {
        Ok(if self.report_in(record).await?.is_some() { Act::Handle } else { Act::Draft })
    }

    /// Saves the text of a report; the first time it begins the report. `version` is the one that was read, 0 where there was none.
    ///
    /// # Errors
    /// The text cannot be kept; the report is under review; somebody else changed it.
    pub async fn save_report(
        &self,
        now: Timestamp,
        actor: &Actor,
        year: i16,
        version: i32,
        text: ReportText,
    ) -> Result<(), Fault> {
        let agency = actor.agency();
        actor.need(Act::Handle, agency)?;
        super::edition_of(year, now)?;
        self.must_be_open(agency)?;
        let mut text = text.tidy()?;
        let reports = self.store.annual_reports(agency, year).await?;
        let tx = self.store.begin().await?;
        if let Some(last) = reports.last() {
            if last.version != version {
                return Err(Fault::Conflict);
            }
            self.must_be_working(last).await?;
            let before = ReportText::read(&last.text)?;
            text.writers = before.writers;
            text.written_by(actor.id());
            let mut next = last.clone();
            next.text = text.json()?;
            tx.update_annual_report(&next).await?;
        } else {
            if version != 0 {
                return Err(Fault::Conflict);
            }
            text.written_by(actor.id());
            let report = begun(now, actor, agency, (year, 1), text.json()?, String::new());
            tx.insert_annual_report(&report).await?;
        }
        self.record(&tx, now, actor, "report.save", &agency.to_string(), &format!("year={year}")).await?;
        Ok(tx.commit().await?)
    }

    pub(super) async fn must_be_working(&self, report: &AnnualReport) -> Result<(), Fault> {
        let (stage, _) = self.stage_of(report).await?;
        if stage == ReportStage::Working {
            return Ok(());
        }
        let way = match stage {
            ReportStage::InReview | ReportStage::Signed => "需要修改的，先收回",
            ReportStage::Working | ReportStage::Published | ReportStage::Withdrawn => "需要修改的，建立更正版本",
        };
        Err(Refusal::new(format!("报告{}，不能改动", stage.label()), way).into())
    }

    /// Explains a finding that the law lets pass with an explanation (K7, K8).
    ///
    /// # Errors
    /// There is no such finding, or it cannot be explained away; nothing is written yet.
    pub async fn explain_finding(
        &self,
        now: Timestamp,
        actor: &Actor,
        year: i16,
        version: i32,
        (fingerprint, words): (&str, &str),
    ) -> Result<(), Fault> {
        let agency = actor.agency();
        actor.need(Act::Handle, agency)?;
        let page = self.report_page(now, actor, agency, year).await?;
        let Some(report) = page.report.filter(|one| one.version == version) else { return Err(Fault::Conflict) };
        self.must_be_working(&report).await?;
        let found = page.findings.iter().find(|one| one.fingerprint == fingerprint && one.explainable);
        let Some(found) = found else {
            return Err(Refusal::new("这个问题已经不在了，或者不能以说明代替改正", "刷新页面查看").into());
        };
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if words.chars().count() < 8 || words.chars().count() > 500 {
            return Err(Fault::field("words", "写明不一致的原因，8至500字；说明随报告一起报送"));
        }
        let mut all = explanations(Some(&report))?;
        let rule = found.finding.rule;
        all.insert(fingerprint.to_owned(), Explanation { words: words.clone(), officer: actor.id().to_string() });
        let mut next = report.clone();
        next.explained = serde_json::to_string(&all).map_err(|error| Fault::Failed(error.to_string()))?;
        let tx = self.store.begin().await?;
        tx.update_annual_report(&next).await?;
        let detail = format!("year={year}\nrule={rule}\nwords={words}");
        self.record(&tx, now, actor, "report.explain", &report.id.to_string(), &detail).await?;
        Ok(tx.commit().await?)
    }

    /// Fixes the figures and the text as they stand, and sends them to the reviewers. Gives the edition they sign.
    ///
    /// # Errors
    /// The year is not over; something is missing or contradicts itself; somebody else changed it since `version`.
    pub async fn fix_report(&self, now: Timestamp, actor: &Actor, year: i16, version: i32) -> Result<EditionId, Fault> {
        let agency = actor.agency();
        actor.need(Act::Handle, agency)?;
        let today = clock::local_date(now);
        if today.year() <= year {
            return Err(Refusal::new(
                format!("{year}年还没有结束，数据的统计期限到12月31日"),
                format!("{}年1月1日以后定稿；现在可以核对数据、准备文字", year + 1),
            )
            .by("《政府信息公开条例》第四十九条")
            .into());
        }
        let page = self.report_page(now, actor, agency, year).await?;
        let Some(report) = page.report.clone() else {
            return Err(Refusal::new("报告的文字还没有保存", "先核对、保存文字，再送审").into());
        };
        if report.version != version {
            return Err(Fault::Conflict);
        }
        self.must_be_working(&report).await?;
        let mut holding = page.missing.clone();
        holding.extend(page.findings.iter().filter(|one| one.holds_up()).map(|one| one.finding.message.clone()));
        if !holding.is_empty() {
            return Err(Fault::Invalid(holding.into_iter().map(|why| (String::new(), why)).collect()));
        }
        let (id, edition_version) = self.put_edition(now, actor, &page, &report).await?;
        self.submit(now, actor, id, edition_version, "").await?;
        Ok(id)
    }

    /// Writes the report as the draft of an edition, and keeps what is reported.
    async fn put_edition(
        &self,
        now: Timestamp,
        actor: &Actor,
        page: &ReportPage,
        report: &AnnualReport,
    ) -> Result<(EditionId, i32), Fault> {
        let figures = &page.figures;
        let today = clock::local_date(now);
        let shown = bare(figures.edition, figures.year, &figures.name, &figures.adjusted);
        let mut manuscript = render(&assembled(&shown, &page.resolved));
        if !manuscript.blocks.is_empty() {
            manuscript.blocks.remove(0);
        }
        let signed = clock::written_date(today);
        let body = format!("{}[右]{}\n[右]{signed}\n", marked::write(&manuscript), figures.name);
        let metadata = Metadata {
            title: official_title(Some(&figures.name), Some(figures.year)),
            doc_no: None,
            formed_on: today,
            theme: "综合政务".to_owned(),
            genre: Genre::Report,
            catalog_node: catalog::ANNUAL_REPORTS.to_owned(),
            attribute: Attribute::Proactive,
            attribute_reason: String::new(),
            ground: None,
            validity: None,
            summary: format!("{}年主动公开、依申请公开、行政复议和行政诉讼的情况和数据。", figures.year),
            keywords: String::new(),
        };
        let extras = Extras {
            channels: vec![Channel::Website],
            change_note: report.reason.clone(),
            counts_from: (report.number > 1).then_some(today),
            ..Extras::default()
        };
        let content = text::content_hash(&metadata, &extras, &body, &[]);
        let writers = ReportText::read(&report.text)?.writers;
        let tx = self.store.begin().await?;
        let (publication, edition) = if let Some((publication, edition)) = report.edition {
            let mut record = tx.edition(edition).await?.ok_or(Fault::NotFound)?;
            (record.metadata, record.extras, record.body) = (metadata, extras, body);
            record.edition.edit(content, actor.id())?;
            record.updated_at = now;
            authors(&mut record.edition, &writers);
            tx.update_edition(&record).await?;
            (publication, edition)
        } else {
            let (publication, number) = self.place(&tx, now, figures.agency, report).await?;
            let chain = self.directory().get(figures.agency).map(|one| one.settings.chain()).unwrap_or_default();
            let mut edition = Edition::new(actor.id(), report_chain(&chain), content);
            authors(&mut edition, &writers);
            let record = EditionRecord {
                id: EditionId(Uuid::now_v7()),
                publication,
                agency: figures.agency,
                section: None,
                number,
                edition,
                metadata,
                extras,
                body,
                submitted_at: None,
                updated_at: now,
                published_at: None,
                version: 1,
                secret_mark: false,
                help_wanted: false,
                withdrawn: None,
            };
            tx.insert_edition(&record).await?;
            (publication, record.id)
        };
        let mut next = report.clone();
        next.edition = Some((publication, edition));
        next.reported = Kept::new(&figures.adjusted, page.resolved.clone(), &page.measured).json()?;
        next.fixed = Some((now, Some(actor.id())));
        // What was sent before is another report.
        next.submitted = None;
        tx.update_annual_report(&next).await?;
        let detail = format!("year={}\nedition={edition}", figures.year);
        self.record(&tx, now, actor, "report.fix", &report.id.to_string(), &detail).await?;
        tx.commit().await?;
        let version = self.store.edition(edition).await?.ok_or(Fault::NotFound)?.version;
        Ok((edition, version))
    }

    /// The publication a report becomes an edition of, and the number of that edition.
    async fn place(
        &self,
        tx: &gongkai_store::Tx,
        now: Timestamp,
        agency: AgencyId,
        report: &AnnualReport,
    ) -> Result<(PublicationId, i32), Fault> {
        let before = tx.annual_reports(agency, report.year).await?;
        let earlier = before.iter().rev().find(|one| one.number < report.number).and_then(|one| one.edition);
        if let Some((publication, _)) = earlier {
            let last = tx.editions(publication).await?.iter().map(|one| one.number).max().unwrap_or(0);
            return Ok((publication, last + 1));
        }
        let id = PublicationId(Uuid::now_v7());
        tx.insert_publication(&Publication {
            id,
            agency,
            index_no: None,
            created_at: now,
            first_published_at: None,
            imported_as: None,
        })
        .await?;
        Ok((id, 1))
    }

    /// Begins a correction of a report that was published: a new version, with its reason, from the figures and the text as they are now.
    ///
    /// # Errors
    /// It is not published; no reason is given; one is begun already.
    pub async fn correct_report(&self, now: Timestamp, actor: &Actor, year: i16, reason: &str) -> Result<(), Fault> {
        let agency = actor.agency();
        actor.need(Act::Handle, agency)?;
        let reports = self.store.annual_reports(agency, year).await?;
        let Some(last) = reports.last() else {
            return Err(Refusal::new("这一年的报告还没有建立", "先编制报告").into());
        };
        let (stage, _) = self.stage_of(last).await?;
        if !matches!(stage, ReportStage::Published | ReportStage::Withdrawn) {
            return Err(Refusal::new(format!("报告{}，不用更正", stage.label()), "没有公开的，收回后修改").into());
        }
        let reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
        if reason.chars().count() < 4 || reason.chars().count() > 300 {
            return Err(Fault::field("reason", "写明更正的理由，4至300字；会显示在公开页面上"));
        }
        let report = begun(now, actor, agency, (year, last.number + 1), last.text.clone(), reason.clone());
        let tx = self.store.begin().await?;
        tx.insert_annual_report(&report).await?;
        let detail = format!("year={year}\nnumber={}\nreason={reason}", report.number);
        self.record(&tx, now, actor, "report.correct", &report.id.to_string(), &detail).await?;
        Ok(tx.commit().await?)
    }

    /// Takes a report back from its reviewers, to be changed.
    ///
    /// # Errors
    /// It is not on its way; no reason is given.
    pub async fn recall_report(&self, now: Timestamp, actor: &Actor, year: i16, reason: &str) -> Result<(), Fault> {
        let agency = actor.agency();
        actor.need(Act::Handle, agency)?;
        let reports = self.store.annual_reports(agency, year).await?;
        let edition = reports.last().and_then(|one| one.edition).map(|(_, id)| id);
        let edition = edition.ok_or_else(|| Fault::from(Refusal::new("报告没有送审", "")))?;
        self.recall(now, actor, edition, reason).await
    }

    /// What the page of a report links to: its year and whether the text is made there.
    pub(in crate::platform) fn made_elsewhere(year: i16) -> Fault {
        Refusal::new("年度报告的文字和数据在“年度报告”里改，不在这里", format!("打开{year}年度报告")).into()
    }
}

/// A report that is begun.
fn begun(
    now: Timestamp,
    actor: &Actor,
    agency: AgencyId,
    (year, number): (i16, i32),
    text: String,
    reason: String,
) -> AnnualReport {
    AnnualReport {
        id: Uuid::now_v7(),
        agency,
        year,
        number,
        reason,
        text,
        explained: String::new(),
        edition: None,
        reported: String::new(),
        fixed: None,
        submitted: None,
        created_at: now,
        created_by: Some(actor.id()),
        version: 1,
    }
}

/// Everybody who wrote in the text is an author: authors do not review.
fn authors(edition: &mut Edition, writers: &[String]) {
    for id in writers.iter().filter_map(|id| id.parse().ok()) {
        if !edition.authors.contains(&id) {
            edition.authors.push(id);
        }
    }
}
