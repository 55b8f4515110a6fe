//! Letters go through their chain (先审后发): each signs what was written, the last signature gives number and day.

use gongkai_letters::{NumberSeries, Service};
use gongkai_model::Refusal;
use gongkai_model::application::letter_chain;
use gongkai_model::ids::LetterId;
use gongkai_model::officer::Role;
use gongkai_store::{ApplicationRecord, LetterRecord, LetterSignature, LetterState, Tx};
use jiff::Timestamp;
use jiff::civil::Date;

use super::super::{ApplicationView, access};
use super::facts::Making;
use crate::platform::services::{Actor, Services};
use crate::platform::{Fault, clock};

/// The most characters of an opinion.
const OPINION: usize = 1_000;

/// Through what a letter will probably go: the internet where the applicant asked for it.
pub(super) fn likely_service(view: &ApplicationView) -> Service {
    if matches!(view.form.route.as_str(), "email" | "download") { Service::Internet } else { Service::Post }
}

impl Services {
    /// Sends a letter to those who sign it. It must be complete: what the law wants in it is looked for now.
    ///
    /// # Errors
    /// Something is missing or wrong; nobody can sign; it is no draft; the person does not work on the case.
    pub async fn submit_letter(&self, now: Timestamp, actor: &Actor, id: LetterId, version: i32) -> Result<(), Fault> {
        let mut letter = self.store.letter(id).await?.ok_or(Fault::NotFound)?;
        let view = self.opened_view(now, letter.application).await?;
        access::must_work_on(actor, &view.record)?;
        if letter.version != version {
            return Err(Fault::Conflict);
        }
        if letter.state != LetterState::Draft {
            return Err(Refusal::new(format!("文书{}，不能再提交", letter.state.label()), "").into());
        }
        let today = clock::local_date(now);
        let content = self.content_of(&letter).await?;
        self.must_join(actor, &view.record, (letter.outcome, &content.joined), today).await?;
        self.series(&view.record)?;
        self.composed(&making(&view, &letter, &content, None, today)).await?;
        if letter.outcome == Some(gongkai_model::application::Outcome::GrantedProvided)
            && content.facts.contains_key("提供方式")
            && self.given_with(&letter).await?.is_empty()
            && content.facts.get("提供方式").is_some_and(|way| way.contains("附件"))
        {
            return Err(Fault::field("file", "答复书写着随附件提供，还没有添加附件"));
        }
        // The section may have been given the case after the letter was begun.
        letter.chain = letter_chain(letter.kind, view.record.section.is_some());
        let steps: Vec<(Role, &'static str)> = letter.chain.iter().map(|role| (*role, role.label())).collect();
        self.staffed(today, (view.record.agency, view.record.section), &steps, &letter.writers).await?;
        letter.round += 1;
        letter.state = LetterState::InReview;
        letter.updated_at = now;
        let tx = self.store.begin().await?;
        if letter.chain.is_empty() {
            self.finish(&tx, now, &view, &mut letter, &content).await?;
        } else {
            tx.update_letter(&letter).await?;
        }
        let detail = format!("letter={id}\nhash={}", letter.hash);
        self.record(&tx, now, actor, "letter.submit", &view.record.id.to_string(), &detail).await?;
        Ok(tx.commit().await?)
    }

    /// Signs a letter, or returns it with a reason.
    ///
    /// # Errors
    /// It is not the person's turn; the person wrote it or has signed it already; a return has no reason, the secrecy review no
    /// conclusion; the text is not the one
    /// the person saw.
    pub async fn review_letter(
        &self,
        now: Timestamp,
        actor: &Actor,
        id: LetterId,
        (version, approved): (i32, bool),
        comment: &str,
    ) -> Result<(), Fault> {
        let mut letter = self.store.letter(id).await?.ok_or(Fault::NotFound)?;
        let signatures = self.store.letter_signatures(id).await?;
        let view = self.opened_view(now, letter.application).await?;
        let role = access::next_signer(&letter, &signatures)
            .ok_or_else(|| Refusal::new("这份文书现在不在审核中", "刷新页面查看"))?;
        if actor.agency() != view.record.agency {
            return Err(Fault::Forbidden);
        }
        let grant = actor.officer.signs(role, view.record.section).ok_or(Fault::Forbidden)?;
        if letter.version != version {
            return Err(Fault::Conflict);
        }
        if letter.writers.contains(&actor.id()) {
            return Err(Refusal::new("起草、修改过这份文书的人不能审核它", "请其他有权限的人审核").into());
        }
        if signatures.iter().any(|one| one.round == letter.round && one.approved && one.officer == actor.id()) {
            return Err(Refusal::new("您已经签署过这份文书，一人不能签两步", "请其他有权限的人审核").into());
        }
        let comment = comment.trim();
        if !approved && comment.is_empty() {
            return Err(Fault::field("comment", "退回要写明理由"));
        }
        // 条例 第十七条: what goes out was looked at for secrets, by somebody who says what was found and by what.
        if role == Role::SecrecyReviewer && comment.is_empty() {
            return Err(Fault::field("comment", "请写明保密审查的结论和依据"));
        }
        if comment.chars().count() > OPINION {
            return Err(Fault::field("comment", format!("意见不超过{OPINION}字")));
        }
        let content = self.content_of(&letter).await?;
        if content.hash(letter.kind, &self.given_with(&letter).await?)? != letter.hash {
            return Err(Fault::Failed("文书的内容与登记的散列值不符，可能被改动过".to_owned()));
        }
        if approved {
            let today = clock::local_date(now);
            self.still_joins(&view.record, (letter.outcome, &content.joined), today).await.map_err(anew)?;
        }
        let vault = self.vault().await?;
        let signature = LetterSignature {
            round: letter.round,
            role,
            officer: actor.id(),
            standing_for: grant.standing_for,
            approved,
            comment: if comment.is_empty() { String::new() } else { vault.seal(id.0, comment)? },
            hash: letter.hash.clone(),
            at: now,
        };
        let done = signatures.iter().filter(|one| one.round == letter.round && one.approved).count();
        let last = approved && done + 1 == letter.chain.len();
        letter.updated_at = now;
        let tx = self.store.begin().await?;
        tx.insert_letter_signature(id, &signature).await?;
        if last {
            self.finish(&tx, now, &view, &mut letter, &content).await?;
        } else {
            if !approved {
                letter.state = LetterState::Draft;
            }
            tx.update_letter(&letter).await?;
        }
        let detail = format!(
            "letter={id}\nrole={}\nverdict={}\nhash={}",
            role.code(),
            if approved { "approved" } else { "returned" },
            letter.hash
        );
        self.record(&tx, now, actor, "letter.review", &view.record.id.to_string(), &detail).await?;
        Ok(tx.commit().await?)
    }

    /// Takes a letter back that waits for signatures, to change it.
    ///
    /// # Errors
    /// It does not wait; the person does not work on the case.
    pub async fn recall_letter(&self, now: Timestamp, actor: &Actor, id: LetterId, version: i32) -> Result<(), Fault> {
        let mut letter = self.store.letter(id).await?.ok_or(Fault::NotFound)?;
        let record = self.store.application(letter.application).await?.ok_or(Fault::NotFound)?;
        access::must_work_on(actor, &record)?;
        if letter.state != LetterState::InReview {
            return Err(Refusal::new(format!("文书{}，不能收回", letter.state.label()), "").into());
        }
        letter.version = version;
        letter.state = LetterState::Draft;
        letter.updated_at = now;
        let tx = self.store.begin().await?;
        tx.update_letter(&letter).await?;
        self.record(&tx, now, actor, "letter.recall", &record.id.to_string(), &format!("letter={id}")).await?;
        Ok(tx.commit().await?)
    }

    /// The series of the organ's letters.
    fn series(&self, record: &ApplicationRecord) -> Result<NumberSeries, Fault> {
        let directory = self.directory();
        let pattern = directory.get(record.agency).map(|one| one.settings.letter_series.clone()).unwrap_or_default();
        if pattern.is_empty() {
            return Err(Refusal::new(
                "还没有设定文书的文号格式",
                "请管理员在“设置”里填写，例如“示公开答〔{年份}〕{序号}号”",
            )
            .into());
        }
        NumberSeries::parse(&pattern).map_err(|error| Fault::Failed(error.to_string()))
    }

    /// The last signature: number, day, and the text as it goes out.
    async fn finish(
        &self,
        tx: &Tx,
        now: Timestamp,
        view: &ApplicationView,
        letter: &mut LetterRecord,
        content: &super::LetterContent,
    ) -> Result<(), Fault> {
        let today = clock::local_date(now);
        let series = self.series(&view.record)?;
        let serial = tx.next_serial(&format!("letter:{}:{}", letter.agency, today.year())).await?;
        let last = u32::try_from(serial - 1).map_err(|_wide| Fault::Failed("文号已经用完".to_owned()))?;
        let (_, number) = series.next(today.year(), Some(last));
        let composed = self.composed(&making(view, letter, content, Some(&number), today)).await?;
        let vault = self.vault().await?;
        letter.text = Some(vault.seal(letter.id.0, &super::view::written(&composed.manuscript)?)?);
        letter.number = Some(number);
        letter.formed_on = Some(today);
        letter.state = LetterState::Signed;
        tx.update_letter(letter).await?;
        Ok(())
    }
}

/// What cannot be answered along any more: the letter is written anew without it.
pub(super) fn anew(fault: Fault) -> Fault {
    match fault {
        Fault::Refused(refusal) => Fault::Refused(Refusal {
            advice: "退回或者作废这份文书，取消勾选这一件以后重新提交".to_owned(),
            ..refusal
        }),
        other => other,
    }
}

/// A letter as it is to be composed.
pub(super) fn making<'a>(
    view: &'a ApplicationView,
    letter: &LetterRecord,
    content: &'a super::LetterContent,
    number: Option<&'a str>,
    on: Date,
) -> Making<'a> {
    Making {
        view,
        kind: letter.kind,
        consultation: letter.consultation,
        content,
        number,
        on,
        service: if letter.kind.goes_to_applicant() { likely_service(view) } else { Service::Post },
    }
}
