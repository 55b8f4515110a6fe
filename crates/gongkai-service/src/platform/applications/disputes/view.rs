//! Disputes as their pages show them: clocks, the ruling in words, what is strange about the way that was gone.

use gongkai_calendar::Calendar;
use gongkai_law::{Outcome, Remedy, RemedyLaw, Term};
use gongkai_model::application::{ProceedingColumn, ProceedingGroup, Ruling};
use gongkai_model::ids::ApplicationId;
use gongkai_store::{ApplicationRecord, DisputeRecord};
use jiff::civil::Date;
use uuid::Uuid;

use super::super::standing;
use crate::platform::Fault;
use crate::platform::services::{Actor, Services};

/// A dispute with its clocks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisputeView {
    /// The row.
    pub record: DisputeRecord,
    /// The number of the application, what was wanted and how it ended.
    pub case: Option<(ApplicationId, String, String, &'static str)>,
    /// By when answer and evidence are due, and by which article.
    pub answer_due: Option<(Date, String)>,
    /// By when it is probably decided.
    pub decision_due: Option<Date>,
    /// The ruling in words, with its article.
    pub ruling: Option<(&'static str, String)>,
    /// The reconsideration before it.
    pub prior: Option<DisputeRecord>,
    /// What the law says about the way that was gone; empty where nothing is to be said.
    pub warning: String,
}

/// The term for answer and evidence.
fn answer_term(record: &DisputeRecord) -> Term {
    match (record.kind, record.simplified) {
        (ProceedingGroup::Reconsideration, true) => Term::SimplifiedReconsiderationAnswer,
        (ProceedingGroup::Reconsideration, false) => Term::ReconsiderationAnswer,
        (ProceedingGroup::DirectSuit | ProceedingGroup::SuitAfterReconsideration, _) => Term::SuitAnswer,
    }
}

/// By when answer and evidence are due.
pub(in crate::platform) fn answer_due(calendar: &Calendar, record: &DisputeRecord) -> Option<Date> {
    answer_term(record).due(record.copy_on?, calendar).ok()
}

/// What is strange about a direct suit: against a refusal on the grounds of 第十四至十六条 reconsideration comes first.
fn strange(kind: ProceedingGroup, case: &ApplicationRecord) -> String {
    let (Some(outcome), Some(served)) = (case.standing.outcome, case.standing.concluded) else { return String::new() };
    if kind != ProceedingGroup::DirectSuit {
        return String::new();
    }
    // What was withheld in part may rest on other articles too: the letter says which.
    match RemedyLaw::on(served).remedy(outcome.remedy(&[Outcome::StateSecret])) {
        Remedy::ReconsiderationFirst => {
            "对不予公开的决定应当先申请行政复议（复议法第二十三条第一款第四项）：直接起诉的，在答辩时提出".to_owned()
        }
        Remedy::Mixed => {
            "部分公开里依照条例第十四条至第十六条不公开的部分，应当先申请行政复议（复议法第二十三条第一款第四项）：直接起诉这一部分的，在答辩时提出".to_owned()
        }
        Remedy::Either | Remedy::None => String::new(),
    }
}

impl Services {
    /// A dispute with its clocks.
    ///
    /// # Errors
    /// There is none; the person may not see it.
    pub async fn dispute_view(&self, actor: &Actor, id: Uuid) -> Result<DisputeView, Fault> {
        let record = self.store.dispute(id).await?.ok_or(Fault::NotFound)?;
        Self::must_see_disputes(actor, record.agency)?;
        self.seen_dispute(record).await
    }

    /// What is strange about a dispute, in words; empty where nothing is. It is noted all the same: it has happened.
    async fn warned(&self, record: &DisputeRecord, case: &ApplicationRecord, prior: bool) -> Result<String, Fault> {
        let mut out: Vec<String> = Vec::new();
        out.extend(Some(strange(record.kind, case)).filter(|words| !words.is_empty()));
        if record.kind == ProceedingGroup::SuitAfterReconsideration && !prior {
            out.push("没有登记此前的行政复议：表四按复议后起诉统计，请核对".to_owned());
        }
        let pending = |one: &DisputeRecord| {
            one.id != record.id && one.result == ProceedingColumn::Pending && record.result == ProceedingColumn::Pending
        };
        let after = ProceedingGroup::SuitAfterReconsideration;
        for other in self.store.disputes_of(case.id).await?.iter().filter(|one| pending(one)) {
            if other.kind != record.kind && other.kind != after && record.kind != after {
                out.push(format!(
                    "{}{}也没有审结：复议期间不得起诉，法院受理的不得申请复议（复议法第二十九条），在答复、答辩时提出",
                    other.kind.label(),
                    other.number
                ));
            }
        }
        Ok(out.join("；"))
    }

    async fn seen_dispute(&self, record: DisputeRecord) -> Result<DisputeView, Fault> {
        let case = match record.application {
            Some(id) => self.store.application(id).await?,
            None => None,
        };
        let prior = match record.prior {
            Some(id) => self.store.dispute(id).await?,
            None => None,
        };
        let calendar = &self.calendar();
        let term = match (record.kind, record.simplified) {
            (ProceedingGroup::Reconsideration, true) => Some(Term::SimplifiedReconsiderationDecision),
            (ProceedingGroup::Reconsideration, false) => Some(Term::ReconsiderationDecision),
            (ProceedingGroup::DirectSuit | ProceedingGroup::SuitAfterReconsideration, _) => None,
        };
        let pending = record.result == ProceedingColumn::Pending;
        let answer = answer_term(&record);
        let ruling = record.ruling.as_deref().and_then(|code| Ruling::parse(record.kind, code));
        Ok(DisputeView {
            answer_due: answer_due(&self.calendar(), &record).map(|day| (day, answer.article().to_string())),
            decision_due: term.filter(|_| pending).and_then(|term| term.due(record.filed_on, calendar).ok()),
            ruling: ruling.map(|one| (one.label, one.article.map(|one| one.to_string()).unwrap_or_default())),
            warning: match &case {
                Some(case) => self.warned(&record, case, prior.is_some()).await?,
                None => String::new(),
            },
            case: case.map(|one| {
                let outcome = one.standing.outcome.map_or(standing::named(&one.standing), Outcome::label);
                (one.id, one.registration_no.unwrap_or_default(), one.subject, outcome)
            }),
            prior,
            record,
        })
    }

    /// The disputes of the own agency, the latest first.
    ///
    /// # Errors
    /// The person may not see them.
    pub async fn disputes_list(&self, actor: &Actor, pending: bool, limit: u64) -> Result<Vec<DisputeView>, Fault> {
        let agency = actor.agency();
        Self::must_see_disputes(actor, agency)?;
        let mut out = Vec::new();
        for record in self.store.disputes(agency, pending, limit).await? {
            out.push(self.seen_dispute(record).await?);
        }
        Ok(out)
    }
}
