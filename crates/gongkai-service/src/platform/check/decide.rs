//! What people decide about findings, and the numbers they hide.

use gongkai_manuscript::marked;
use gongkai_model::Refusal;
use gongkai_model::ids::EditionId;
use gongkai_model::officer::{Act, Role};
use gongkai_model::publication::State;
use gongkai_model::publication::check::{self, Detector, Disposition};
use gongkai_store::{DispositionRecord, EditionRecord};
use jiff::Timestamp;

use super::{open, secret_mark};
use crate::platform::services::{Actor, Services};
use crate::platform::{DraftInput, Fault};

impl Services {
    /// Decides about a finding: it is a false alarm, or it is published with a basis.
    ///
    /// # Errors
    /// The finding is gone; no reason is given; marks of secrets are the secrecy reviewer's alone, hidden data nobody's.
    pub async fn settle(
        &self,
        now: Timestamp,
        actor: &Actor,
        id: EditionId,
        fingerprint: &str,
        disposition: Disposition,
        reason: &str,
    ) -> Result<(), Fault> {
        let record = self.store.edition(id).await?.ok_or(Fault::NotFound)?;
        let attachments = self.store.attachments(id).await?;
        let settled = self.store.dispositions(record.publication).await?;
        let findings = self.find(&record, &attachments, &settled).await?;
        let at = findings.iter().position(|finding| finding.fingerprint == fingerprint);
        let finding = at
            .and_then(|at| findings.get(at).cloned())
            .ok_or_else(|| Refusal::new("这处问题已经不在了", "刷新页面查看现在的检查结果"))?;
        must_be_open_to_decisions(&record)?;
        let by_secrecy = actor.may(Act::Review(Role::SecrecyReviewer), record.agency);
        let by_head = actor.may(Act::Review(Role::SectionHead), record.agency);
        if !by_secrecy && !by_head {
            actor.need(self.writing(&record).await?, record.agency)?;
        }
        match finding.hit.detector {
            Detector::SecretMark if !by_secrecy => {
                return Err(Refusal::new("国家秘密标志只能由保密审查员处理", "立即停止传阅，报本单位保密工作机构")
                    .by("《保守国家秘密法》第三十五条")
                    .into());
            }
            Detector::SecretMark if disposition != Disposition::FalsePositive => {
                return Err(Refusal::new("国家秘密没有“有依据公开”", "不是国家秘密标志的，选“误报”；确是的，清除内容")
                    .by("《保守国家秘密法》第三十五条")
                    .into());
            }
            Detector::HiddenData if !finding.can_be_settled() => {
                return Err(Refusal::new("带有隐藏内容的文件不能公开", "按提示清除后重新上传").into());
            }
            Detector::Identity | Detector::BankCard | Detector::Passport | Detector::Mobile
                if finding.hit.blocks() && record.edition.authors.contains(&actor.id()) =>
            {
                return Err(Refusal::new(
                    format!("{}的处理意见不能由起草人自己写", finding.hit.detector.label()),
                    "删去或遮蔽这些号码；确有依据公开的，请科室负责人或保密审查员核对后写处理意见",
                )
                .by("《政府信息公开条例》第十五条、《个人信息保护法》第三十四条")
                .into());
            }
            Detector::Identity
            | Detector::OldIdentity
            | Detector::Mobile
            | Detector::Landline
            | Detector::BankCard
            | Detector::Passport
            | Detector::OtherPersonal
            | Detector::SensitiveKind
            | Detector::SecretMark
            | Detector::InternalMark
            | Detector::HiddenData
            | Detector::Unread
            | Detector::Term
            | Detector::Link
            | Detector::ListedCompany => {}
        }
        if reason.trim().chars().count() < 4 {
            return Err(Fault::field("reason", "写明理由；有依据公开的，写明法律、法规或规定的名称和条文"));
        }
        let decided = DispositionRecord {
            fingerprint: fingerprint.to_owned(),
            disposition,
            reason: reason.trim().to_owned(),
            officer: actor.id(),
            at: now,
        };
        let tx = self.store.begin().await?;
        tx.put_disposition(record.publication, &decided).await?;
        // The table keeps the decision that holds; the chain keeps every one, with its reason.
        let detail = format!(
            "detector={}\nverdict={}\nplace={}\nfinding={fingerprint}\nreason={}",
            finding.hit.detector.code(),
            disposition.code(),
            finding.place,
            reason.trim().replace('\n', " ")
        );
        if record.help_wanted && !record.edition.authors.contains(&actor.id()) {
            let left = findings.iter().any(|one| one.is_open() && one.fingerprint != fingerprint);
            tx.set_help_wanted(id, left).await?;
        }
        self.record(&tx, now, actor, "finding.settle", &record.publication.to_string(), &detail).await?;
        Ok(tx.commit().await?)
    }

    /// Asks the head of the section and the secrecy reviewer to decide about what the author may not decide alone.
    ///
    /// # Errors
    /// It is no draft, or nothing is open.
    pub async fn ask_for_decision(&self, now: Timestamp, actor: &Actor, id: EditionId) -> Result<(), Fault> {
        let record = self.editable(actor, id).await?;
        let attachments = self.store.attachments(id).await?;
        let settled = self.store.dispositions(record.publication).await?;
        if open(&self.find(&record, &attachments, &settled).await?) == 0 {
            return Err(Refusal::new("没有待处理的问题", "刷新页面查看现在的检查结果").into());
        }
        let tx = self.store.begin().await?;
        tx.set_help_wanted(id, true).await?;
        self.record(&tx, now, actor, "finding.ask", &id.to_string(), "").await?;
        Ok(tx.commit().await?)
    }

    /// Hides the middle of a number of a person in the text, as the rule for its kind says (§10.1: identity numbers keep four and
    /// two characters, telephones three and four, cards the last four).
    ///
    /// # Errors
    /// The finding is gone, is not in the text, or is no number; somebody else changed the draft.
    pub async fn mask(
        &self,
        now: Timestamp,
        actor: &Actor,
        id: EditionId,
        version: i32,
        fingerprint: &str,
    ) -> Result<(), Fault> {
        let record = self.editable(actor, id).await?;
        if record.version != version {
            return Err(Fault::Conflict);
        }
        let attachments = self.store.attachments(id).await?;
        let settled = self.store.dispositions(record.publication).await?;
        let findings = self.find(&record, &attachments, &settled).await?;
        let gone = || Refusal::new("这处问题已经不在了", "刷新页面查看现在的检查结果");
        let finding = findings.iter().find(|one| one.fingerprint == fingerprint).ok_or_else(gone)?;
        if !finding.can_be_masked() {
            return Err(Refusal::new("这处不能由程序遮蔽", "在正文或文件里改").into());
        }
        let mut manuscript = marked::parse(&record.body);
        check::mask(&mut manuscript, &finding.hit).ok_or_else(gone)?;
        let mut input = DraftInput::of(&record, None);
        if let Some(other) = record.extras.explains {
            input.explains = self.store.publication(other).await?.and_then(|one| one.index_no).unwrap_or_default();
        }
        input.body = marked::write(&manuscript);
        self.save(now, actor, id, version, &input).await?;
        Ok(())
    }

    /// Takes a decision about a finding back.
    ///
    /// # Errors
    /// The person may not.
    pub async fn unsettle(&self, now: Timestamp, actor: &Actor, id: EditionId, fingerprint: &str) -> Result<(), Fault> {
        let record = self.store.edition(id).await?.ok_or(Fault::NotFound)?;
        let reviews = [Role::SecrecyReviewer, Role::SectionHead];
        if !reviews.iter().any(|role| actor.may(Act::Review(*role), record.agency)) {
            actor.need(Act::Draft, record.agency)?;
        }
        must_be_open_to_decisions(&record)?;
        let attachments = self.store.attachments(id).await?;
        let mut settled = self.store.dispositions(record.publication).await?;
        settled.retain(|one| one.fingerprint != fingerprint);
        let findings = self.find(&record, &attachments, &settled).await?;
        let of_secrets =
            findings.iter().any(|one| one.fingerprint == fingerprint && one.hit.detector == Detector::SecretMark);
        if of_secrets && !actor.may(Act::Review(Role::SecrecyReviewer), record.agency) {
            return Err(Refusal::new("国家秘密标志的处理意见只能由保密审查员撤回", "请保密审查员核实")
                .by("《保守国家秘密法》第三十五条")
                .into());
        }
        let tx = self.store.begin().await?;
        tx.delete_disposition(record.publication, fingerprint).await?;
        if secret_mark(&findings) {
            tx.set_secret_mark(id, true).await?;
        }
        let detail = format!("finding={fingerprint}");
        self.record(&tx, now, actor, "finding.reopen", &record.publication.to_string(), &detail).await?;
        Ok(tx.commit().await?)
    }
}

/// Decisions are made before every step has signed: afterwards they would change what was signed.
fn must_be_open_to_decisions(record: &EditionRecord) -> Result<(), Refusal> {
    if matches!(record.edition.state, State::Draft | State::InReview { .. }) {
        return Ok(());
    }
    Err(Refusal::new(
        format!("{}，处理意见不能再改", record.edition.state.label()),
        "需要改的，退回起草人或修改成新版本",
    ))
}
