//! Submitting, signing, giving back; what changed since somebody looked.

use gongkai_model::Refusal;
use gongkai_model::ids::EditionId;
use gongkai_model::officer::{Act, Role};
use gongkai_model::publication::check::Detector;
use gongkai_model::publication::{Attribute, Decision, SecrecyResult, State, Verdict};
use gongkai_store::EditionRecord;
use jiff::Timestamp;
use similar::{ChangeTag, TextDiff};

use super::draft::DraftInput;
use super::services::{Actor, Services};
use super::{Fault, check, clock};

/// A line of a comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// It stands in both.
    Same(String),
    /// It stands in the older text alone.
    Gone(String),
    /// It stands in the newer text alone.
    New(String),
    /// Lines left out, which stand in both.
    Skipped(usize),
}

/// Two texts line by line; long runs of equal lines are left out.
pub(super) fn compare(older: &str, newer: &str) -> Vec<Difference> {
    let diff = TextDiff::configure().timeout(std::time::Duration::from_secs(1)).diff_lines(older, newer);
    let mut out: Vec<Difference> = Vec::new();
    let mut same: Vec<String> = Vec::new();
    let flush = |same: &mut Vec<String>, out: &mut Vec<Difference>, last: bool| {
        let (head, tail) = (if out.is_empty() { 0 } else { 2 }, if last { 0 } else { 2 });
        let count = same.len();
        if count > head + tail + 1 {
            let rest = same.split_off(count - tail);
            out.extend(same.drain(..head).map(Difference::Same));
            out.push(Difference::Skipped(count - head - tail));
            out.extend(rest.into_iter().map(Difference::Same));
            same.clear();
        } else {
            out.extend(same.drain(..).map(Difference::Same));
        }
    };
    for change in diff.iter_all_changes() {
        let line = change.value().trim_end_matches('\n').to_owned();
        match change.tag() {
            ChangeTag::Equal => same.push(line),
            ChangeTag::Delete => {
                flush(&mut same, &mut out, false);
                out.push(Difference::Gone(line));
            }
            ChangeTag::Insert => {
                flush(&mut same, &mut out, false);
                out.push(Difference::New(line));
            }
        }
    }
    flush(&mut same, &mut out, true);
    out
}

impl Services {
    /// Two texts line by line, for the person whose save came second.
    pub fn differences(&self, older: &str, newer: &str) -> Vec<Difference> {
        compare(older, newer)
    }

    /// How an edition differs from the one that is public, or from the one before.
    ///
    /// # Errors
    /// There is none, or the person may not see it.
    pub async fn against_public(&self, actor: &Actor, id: EditionId) -> Result<Option<(i32, Vec<Difference>)>, Fault> {
        let record = self.store.edition(id).await?.ok_or(Fault::NotFound)?;
        actor.need(Act::Look, self.directory().answering(record.agency))?;
        self.must_be_let_in(actor, &record)?;
        let editions = self.store.editions(record.publication).await?;
        let base =
            editions.iter().find(|one| one.number < record.number && one.published_at.is_some() && one.id != record.id);
        Ok(base.map(|base| (base.number, compare(&base.body, &record.body))))
    }

    /// How an edition differs from what was last given back or taken back: for the reviewer who reads it again. None where it
    /// was submitted once.
    ///
    /// # Errors
    /// There is none, or the person may not see it.
    pub async fn against_last(&self, actor: &Actor, id: EditionId) -> Result<Option<Vec<Difference>>, Fault> {
        let view = self.store.edition(id).await?.ok_or(Fault::NotFound)?;
        actor.need(Act::Look, self.directory().answering(view.agency))?;
        self.must_be_let_in(actor, &view)?;
        let records = self.store.audit_about(&id.to_string()).await?;
        let submitted = records.iter().rev().filter(|one| one.act == "edition.submit").filter_map(|one| {
            let said = |name: &str| one.detail.lines().find_map(|line| line.strip_prefix(name)).map(str::to_owned);
            Some((said("content=")?, said("text=")?))
        });
        let Some((_, text)) = submitted.into_iter().find(|(content, _)| *content != view.edition.content) else {
            return Ok(None);
        };
        let Ok(hash) = text.parse::<gongkai_store::BlobHash>() else { return Ok(None) };
        let Ok(older) = self.store.blobs().get(&hash).await else { return Ok(None) };
        let older = String::from_utf8_lossy(&older).into_owned();
        Ok(Some(compare(&older, &self.told(&view).await?)))
    }

    /// Everything of an edition that a reader sees, as text.
    async fn told(&self, record: &EditionRecord) -> Result<String, Fault> {
        let files = self.store.attachments(record.id).await?;
        let mut text = DraftInput::of(record, None).told();
        for file in files.iter().filter(|file| file.public) {
            text.push_str(&format!("\n附件：{}（{}）", file.name, file.hash.as_str().get(..12).unwrap_or("")));
        }
        Ok(text)
    }

    /// Sends a draft to the first reviewer. `urgent` is the reason for the urgent way, empty on the ordinary one.
    ///
    /// # Errors
    /// The metadata are incomplete; findings block; somebody else changed it since `version`.
    pub async fn submit(
        &self,
        now: Timestamp,
        actor: &Actor,
        id: EditionId,
        version: i32,
        urgent: &str,
    ) -> Result<(), Fault> {
        let view = self.view(now, actor, id).await?;
        let report = self.report_in(&view.record).await?;
        actor.need(if report.is_some() { Act::Handle } else { Act::Draft }, view.record.agency)?;
        if !view.problems.is_empty() {
            return Err(Fault::Invalid(
                view.problems.into_iter().map(|(field, message)| (field.to_owned(), message)).collect(),
            ));
        }
        let mut record = view.record;
        if record.version != version {
            return Err(Fault::Conflict);
        }
        // The chain is the agency's as it is on the day of submission.
        record.edition.chain = self.directory().get(record.agency).map(|one| one.settings.chain()).unwrap_or_default();
        if report.is_some() {
            record.edition.chain = super::annual::report_chain(&record.edition.chain);
        }
        Self::must_not_be_kept_apart(&record)?;
        self.must_be_staffed(now, &record).await?;
        record.edition.submit(check::open(&view.findings), urgent)?;
        record.submitted_at = record.submitted_at.or(Some(now));
        // What is sent is kept, so that a later reading can be compared with it.
        let told = self.told(&record).await?;
        let text = self.store.blobs().put(told.as_bytes()).await?;
        record.updated_at = now;
        let tx = self.store.begin().await?;
        tx.update_edition(&record).await?;
        let detail = format!(
            "content={}\nround={}\nurgent={}\nchain={}\ntext={text}",
            record.edition.content,
            record.edition.round,
            !urgent.trim().is_empty(),
            record.edition.chain.codes()
        );
        let detail = if urgent.trim().is_empty() {
            detail
        } else {
            format!("{detail}\nreason={}", urgent.trim().replace('\n', " "))
        };
        self.record(&tx, now, actor, "edition.submit", &id.to_string(), &detail).await?;
        self.put_again(&[(&text, told.as_bytes())]).await?;
        Ok(tx.commit().await?)
    }

    /// Every step of the chain needs somebody who can sign it and did not write the text.
    async fn must_be_staffed(&self, now: Timestamp, record: &EditionRecord) -> Result<(), Fault> {
        let steps: Vec<(Role, &'static str)> =
            record.edition.steps().iter().map(|step| (step.role, step.label())).collect();
        self.staffed(clock::local_date(now), (record.agency, record.section), &steps, &record.edition.authors).await
    }

    /// Signs at the open step, or gives back. `seen` is the hash of what the person had before the eyes.
    ///
    /// # Errors
    /// As [`gongkai_model::publication::Edition::review`]; findings still block.
    pub async fn review(
        &self,
        now: Timestamp,
        actor: &Actor,
        id: EditionId,
        decision: Decision,
        seen: &str,
    ) -> Result<(), Fault> {
        let view = self.view(now, actor, id).await?;
        let mut record = view.record;
        let step = record.edition.open_step().and_then(|step| record.edition.steps().get(step).copied());
        let Some(step) = step else {
            return Err(Refusal::new(
                format!("{}，没有待审的步骤", record.edition.state.label()),
                "刷新页面查看现在的状态",
            )
            .into());
        };
        actor.need(Act::Review(step.role), record.agency)?;
        let Some(grant) = actor.signs(step.role, &record) else {
            let section = record.section.map(|id| self.directory().name(id).to_owned()).unwrap_or_default();
            return Err(Refusal::new(format!("稿件由{section}起草，由该科室的负责人审核"), "").into());
        };
        let verdict = decision.verdict;
        let open = check::open(&view.findings);
        if verdict == Verdict::Passed && open > 0 {
            return Err(Refusal::new(format!("还有{open}处必须处理的问题"), "退回起草人改正，或写明处理意见").into());
        }
        let sensitive = view.findings.iter().any(|one| one.hit.detector == Detector::SensitiveKind);
        if sensitive
            && verdict == Verdict::Passed
            && step.role == Role::SecrecyReviewer
            && decision.comment.trim().chars().count() < 4
        {
            return Err(Fault::field(
                "comment",
                "内容涉及敏感个人信息（个人信息保护法第二十八条），写明核对的结果再签署",
            ));
        }
        if let Some(opinion) = &decision.secrecy
            && opinion.result == SecrecyResult::Public
            && record.metadata.attribute == Attribute::Withheld
        {
            return Err(Refusal::new(
                "起草人拟“不予公开”，结论却是“可公开”",
                "同意不予公开的，结论选“不予公开”；认为可以公开的，退回起草人改公开属性",
            )
            .by("《政府信息公开条例》第十七条")
            .into());
        }
        let secret = decision.secrecy.as_ref().is_some_and(gongkai_model::publication::SecrecyOpinion::finds_secret);
        let said = decision.secrecy.as_ref().map(|said| said.result.code()).unwrap_or_default();
        record.edition.review(actor.id(), grant, decision, seen, now)?;
        if matches!(record.edition.state, State::Approved { .. }) && record.metadata.attribute != Attribute::Proactive {
            record.edition.close()?;
        }
        record.updated_at = now;
        record.secret_mark |= secret;
        let verdict = record.edition.signatures.last().map_or(verdict, |one| one.verdict);
        let tx = self.store.begin().await?;
        tx.update_edition(&record).await?;
        if matches!(record.edition.state, State::Closed) && record.extras.review_by.is_none() {
            // 条例 第十八条: what is not published is looked at again, at least once a year.
            let today = clock::local_date(now);
            tx.set_review_by(id, Some(today.saturating_add(jiff::Span::new().years(1)))).await?;
        }
        let word = super::tampering::verdict_word(verdict);
        let mut detail = format!("role={}\nverdict={word}\ncontent={seen}", step.role.code());
        if let Some(whom) = grant.standing_for {
            detail.push_str(&format!("\nfor={whom}"));
        }
        if !said.is_empty() {
            detail.push_str(&format!("\nsecrecy={said}"));
        }
        if let Some(last) = record.edition.signatures.last() {
            detail.push_str(&format!("\nopinion={}", super::tampering::opinion(last)));
        }
        self.record(&tx, now, actor, "edition.review", &id.to_string(), &detail).await?;
        if secret {
            self.record(&tx, now, actor, "edition.quarantine", &id.to_string(), "by=review").await?;
        }
        let is_public = matches!(record.edition.state, State::Published { .. });
        if is_public {
            // The page of the record tells of a signature that came after publication.
            tx.note_change(record.publication, now).await?;
        }
        tx.commit().await?;
        if is_public {
            self.changed();
        }
        self.wake.notify_waiters();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_lines_far_from_a_change_are_left_out() {
        let older = "一\n二\n三\n四\n五\n六\n七\n八\n九\n";
        let newer = older.replace('八', "捌");
        let found = compare(older, &newer);
        assert_eq!(found.first(), Some(&Difference::Skipped(5)));
        assert!(
            found.contains(&Difference::Gone("八".to_owned())) && found.contains(&Difference::New("捌".to_owned()))
        );
    }
}
