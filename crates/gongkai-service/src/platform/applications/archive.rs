//! The archive package of a case (条例 第四十五条: 归档): everything in one folder with an index and hashes; and the erasing of personal data
//! when their time is over, which leaves the days and outcomes, so that no count changes.

use std::io::{Cursor, Write as _};

use gongkai_manuscript::{Block, Manuscript, Paragraph, Place, Side};
use gongkai_model::Refusal;
use gongkai_model::application::{IdDocument, ProceedingColumn};
use gongkai_model::ids::ApplicationId;
use gongkai_model::officer::{Act, Role};
use gongkai_store::{BlobHash, LetterState};
use jiff::Timestamp;
use jiff::ToSpan;
use jiff::civil::Date;

use super::{ApplicationForm, ApplicationView};
use crate::platform::services::{Actor, Services};
use crate::platform::text::Offered;
use crate::platform::{Fault, clock, secret};

/// How many cases are erased at once.
const AT_ONCE: u64 = 1_000;

fn line(text: impl Into<String>) -> Paragraph {
    Paragraph::new(text, Place::None)
}

/// The register sheet of a case: who, what, when, each step with its day.
fn sheet(view: &ApplicationView, organ: &str) -> Manuscript {
    let form = &view.form;
    let number = view.record.registration_no.clone().unwrap_or_default();
    let mut blocks = vec![
        Block::Title(line(format!("{organ}\n政府信息公开申请办理登记表"))),
        Block::Line(Side::Center, line(number)),
    ];
    let document = IdDocument::from_code(&form.id_document).map_or("证件", IdDocument::label);
    let facts = [
        ("申请人", format!("{}（{}）", form.name, view.record.kind.label())),
        (document, form.id_number.clone()),
        ("联系方式", [&form.phone, &form.email, &form.address, &form.postcode].map(String::as_str).join(" ")),
        ("代理人", [&form.agent_name, &form.agent_id_number, &form.agent_phone].map(String::as_str).join(" ")),
        ("所需信息", form.wanted_line()),
        ("载体和获取方式", format!("{}，{}", form.carrier_label(), form.route_label())),
        ("渠道", view.record.arrival.channel.label().to_owned()),
        ("到达", clock::written_date(view.record.arrival.on)),
    ];
    for (label, value) in facts {
        if !value.trim().is_empty() {
            blocks.push(Block::Paragraph(line(format!("{label}：{}", value.trim()))));
        }
    }
    blocks.push(Block::Heading(1, line("办理经过")));
    for (step, note) in view.steps.iter().zip(&view.step_notes) {
        let who = step.officer.and_then(|id| view.names.get(&id)).map_or("申请人", String::as_str);
        let day = clock::written_date(step.event.date());
        let note = if note.is_empty() { String::new() } else { format!("；{note}") };
        blocks.push(Block::Paragraph(line(format!("{day}　{}（{who}登记）{note}", step.event.label()))));
    }
    if !view.notes.is_empty() {
        blocks.push(Block::Heading(1, line("记录")));
    }
    for note in &view.notes {
        let text = &note.text;
        let parts = [&text.text, &text.systems, &text.keywords, &text.period, &text.by];
        let words: Vec<&str> = parts.into_iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect();
        let said = format!("{}　{}：{}", clock::written_date(note.on), note.kind.label(), words.join("；"));
        blocks.push(Block::Paragraph(line(said.replace('\n', " "))));
    }
    for party in &view.parties {
        let said =
            format!("征求意见第{}次　{}　{}：{}", party.number, party.label(), party.party.name, party.party.answered);
        blocks.push(Block::Paragraph(line(said.replace('\n', " "))));
    }
    letters(view, &mut blocks);
    if !view.disputes.is_empty() {
        blocks.push(Block::Heading(1, line("复议诉讼")));
    }
    for one in &view.disputes {
        let decided = one.decided_on.map(|day| format!("，{}审结", clock::written_date(day))).unwrap_or_default();
        let filed = clock::written_date(one.filed_on);
        let said = format!("{}　{}　{filed}受理、立案　{}{decided}", one.kind.label(), one.number, one.result.label());
        blocks.push(Block::Paragraph(line(said)));
    }
    if !view.timeline.irregularities.is_empty() {
        blocks.push(Block::Heading(1, line("期限和程序上的问题")));
    }
    for one in &view.timeline.irregularities {
        blocks.push(Block::Paragraph(line(one.message())));
    }
    if let (Some(outcome), Some(day)) = (view.record.standing.outcome, view.record.standing.concluded) {
        blocks.push(Block::Paragraph(line(format!("结果：{}，{}办结", outcome.label(), clock::written_date(day)))));
    }
    Manuscript { blocks }
}

/// Each letter with who signed it and what they said, and how it was served.
fn letters(view: &ApplicationView, blocks: &mut Vec<Block>) {
    if !view.letters.is_empty() {
        blocks.push(Block::Heading(1, line("文书、审核和送达")));
    }
    for letter in &view.letters {
        let number = letter.record.number.as_deref().unwrap_or("没有编号");
        let author = view.names.get(&letter.record.author).map_or("", String::as_str);
        let state = letter.record.state.label();
        let mut said = format!("{}　{number}　{author}起草　{state}", letter.title());
        if let Some(day) = letter.record.served_on {
            let proof = if letter.proof.is_empty() { String::new() } else { format!("（{}）", letter.proof) };
            said.push_str(&format!("　{}{}{proof}", clock::written_date(day), letter.way()));
        }
        blocks.push(Block::Paragraph(line(said)));
        for one in &letter.signatures {
            let signature = &one.signature;
            let who = view.names.get(&signature.officer).map_or("", String::as_str);
            let verdict = if signature.approved { "同意" } else { "退回" };
            let comment = if one.comment.is_empty() { String::new() } else { format!("：{}", one.comment) };
            let day = clock::written_moment(signature.at);
            let said = format!("　　{}{who}　{day}　{verdict}{comment}", signature.role.label());
            blocks.push(Block::Paragraph(line(said.replace('\n', " "))));
        }
    }
}

impl Services {
    /// A case in one file: a ZIP with the register sheet, every letter as it was signed, every file, and an index with hashes.
    ///
    /// # Errors
    /// It has not ended; its personal data were erased; the person does not handle applications.
    pub async fn archive_case(
        &self,
        now: Timestamp,
        actor: &Actor,
        id: ApplicationId,
    ) -> Result<(String, Vec<u8>), Fault> {
        let view = Box::pin(self.opened_view(now, id)).await?;
        actor.need(Act::Handle, view.record.agency)?;
        if view.record.standing.concluded.is_none() {
            return Err(Refusal::new("还没有办结，不能归档", "办结以后再归档")
                .by("《政府信息公开条例》第四十五条")
                .into());
        }
        if view.record.erased_on.is_some() {
            return Err(Refusal::new("个人信息已经清除，没有案卷可以归档", "").into());
        }
        let organ = self.directory().name(view.record.agency).to_owned();
        let arrived = view.record.arrival.on;
        let number = view.record.registration_no.clone().unwrap_or_else(|| format!("未登记-{arrived}到达"));
        let mut files: Vec<(String, Vec<u8>)> = Vec::new();
        let set = async |text, title: String| self.set_manuscript(text, title, None, Offered::Pdf).await;
        files.push(("办理登记表.pdf".to_owned(), set(sheet(&view, &organ), "办理登记表".to_owned()).await?));
        for letter in view.letters.iter().filter(|one| one.record.text.is_some()) {
            let title = letter.title().to_owned();
            let sent = if letter.record.state == LetterState::Served { "" } else { "（未送达）" };
            let name = format!("{}{title}{sent}.pdf", letter.record.number.as_deref().unwrap_or_default());
            files.push((name, set(self.signed_text(&letter.record).await?, title).await?));
        }
        for paper in self.store.papers(id).await? {
            let (name, _, bytes) = self.open_paper(&paper).await?;
            files.push((name, bytes));
        }
        let mut index = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
        let failed = |error: &dyn std::fmt::Display| Fault::Failed(error.to_string());
        index.write_record(["序号", "文件", "字节", "SHA-256"]).map_err(|error| failed(&error))?;
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let plain = zip::write::SimpleFileOptions::default();
        for (at, (name, bytes)) in (1..).zip(&files) {
            let name = format!("{at:02}-{name}");
            let hash = BlobHash::of(bytes);
            index
                .write_record([&at.to_string(), &name, &bytes.len().to_string(), hash.as_str()])
                .map_err(|error| failed(&error))?;
            zip.start_file(format!("{number}/{name}"), plain).map_err(|error| failed(&error))?;
            zip.write_all(bytes).map_err(|error| failed(&error))?;
        }
        let index = index.into_inner().map_err(|error| failed(&error))?;
        zip.start_file(format!("{number}/00-目录.csv"), plain).map_err(|error| failed(&error))?;
        zip.write_all(&index).map_err(|error| failed(&error))?;
        let bytes = zip.finish().map_err(|error| failed(&error))?.into_inner();
        let tx = self.store.begin().await?;
        let detail = format!("files={}\nsha256={}", files.len(), secret::sha256(&bytes));
        self.record(&tx, now, actor, "application.archive", &id.to_string(), &detail).await?;
        tx.commit().await?;
        Ok((format!("案卷{number}.zip"), bytes))
    }

    /// The last day of conclusion whose cases may be erased now.
    fn kept_until(&self, actor: &Actor, today: Date) -> Date {
        let years = self.directory().get(actor.agency()).map_or(10, |one| one.settings.keep_years);
        today.checked_sub(i64::from(years).years()).unwrap_or(Date::MIN)
    }

    /// Cases whose time of keeping is over: their number as far as a thousand.
    ///
    /// # Errors
    /// The person does not handle applications.
    pub async fn cases_to_erase(&self, now: Timestamp, actor: &Actor) -> Result<Vec<ApplicationId>, Fault> {
        actor.need(Act::Handle, actor.agency())?;
        let until = self.kept_until(actor, clock::local_date(now));
        Ok(self.store.applications_ended_before(actor.agency(), until, AT_ONCE).await?)
    }

    /// Erases the personal data of cases whose time of keeping is over: applicant, notes, files, letters, those who were asked. Days, steps,
    /// outcomes and the audit chain stay. A case with a pending dispute is passed over. Gives how many were erased.
    ///
    /// # Errors
    /// The person is not the head of the disclosure office.
    pub async fn erase_cases(&self, now: Timestamp, actor: &Actor) -> Result<usize, Fault> {
        if !actor.holds(Role::DisclosureOfficeHead) {
            return Err(Fault::Forbidden);
        }
        let today = clock::local_date(now);
        let mut done = 0;
        for id in self.cases_to_erase(now, actor).await? {
            let disputes = self.store.disputes_of(id).await?;
            if disputes.iter().any(|one| one.result == ProceedingColumn::Pending) {
                continue;
            }
            let Some(mut record) = self.store.application(id).await? else { continue };
            let papers = self.store.papers(id).await?;
            let form = ApplicationForm { kind: record.kind.code().to_owned(), ..ApplicationForm::default() };
            let plain = serde_json::to_string(&form).map_err(|error| Fault::Failed(error.to_string()))?;
            record.sealed = self.vault().await?.seal(id.0, &plain)?;
            record.shown_name = "（已清除）".to_owned();
            record.subject = "（已清除）".to_owned();
            record.identity_key = None;
            record.subject_key = None;
            record.erased_on = Some(today);
            record.updated_at = now;
            let tx = self.store.begin().await?;
            tx.update_application(&record).await?;
            tx.erase_casework(id).await?;
            self.record(&tx, now, actor, "application.erase", &id.to_string(), "").await?;
            tx.commit().await?;
            let hashes: Vec<BlobHash> = papers.into_iter().map(|one| one.hash).collect();
            self.forget(now, &hashes).await?;
            done += 1;
        }
        Ok(done)
    }
}
