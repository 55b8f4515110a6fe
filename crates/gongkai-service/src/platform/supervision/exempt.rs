//! Agencies that do not have to report for a year: merged, founded later, or not bound to. Said by a person, with a reason; taken back likewise
//! (国办公开办函〔2019〕14号: what becomes of agencies in a reform).

use std::collections::BTreeMap;

use gongkai_model::Refusal;
use gongkai_model::ids::AgencyId;
use gongkai_model::officer::Act;
use gongkai_model::org::UnitKind;
use gongkai_store::ReceiptState;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::platform::Fault;
use crate::platform::services::{Actor, Services};

/// Why an agency does not have to report for a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::platform) struct Exemption {
    /// The reason.
    pub(in crate::platform) reason: String,
    /// Who said so.
    officer: Uuid,
}

/// Where the exemptions of a year are kept.
fn setting(year: i16) -> String {
    format!("report_exempt_{year}")
}

impl Services {
    async fn exemptions(&self, year: i16) -> Result<(BTreeMap<Uuid, Exemption>, i32), Fault> {
        match self.store.setting(&setting(year)).await? {
            Some(kept) => Ok((crate::platform::directory::read(&kept.value)?, kept.version)),
            None => Ok((BTreeMap::new(), 0)),
        }
    }

    /// The agencies that do not have to report for a year.
    pub(in crate::platform) async fn exempt(&self, year: i16) -> Result<BTreeMap<AgencyId, Exemption>, Fault> {
        Ok(self.exemptions(year).await?.0.into_iter().map(|(id, one)| (AgencyId(id), one)).collect())
    }

    /// Says that an agency does not have to report for a year; with a blank reason takes that back.
    ///
    /// # Errors
    /// The person does not supervise; there is no such agency; its report has come; the reason is too short or too long.
    pub async fn exempt_agency(
        &self,
        now: Timestamp,
        actor: &Actor,
        year: i16,
        (code, reason): (&str, &str),
    ) -> Result<(), Fault> {
        actor.need(Act::Supervise, actor.agency())?;
        let agency = self.agency_coded(code)?;
        if self.directory().get(agency).is_none_or(|one| one.kind != UnitKind::Agency) {
            return Err(Fault::NotFound);
        }
        let reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
        let (mut all, version) = self.exemptions(year).await?;
        let detail = if reason.is_empty() {
            if all.remove(&agency.0).is_none() {
                return Err(Refusal::new("这个机关没有登记为不须报送", "刷新页面查看").into());
            }
            format!("year={year}\nback=1")
        } else {
            if !(4..=200).contains(&reason.chars().count()) {
                return Err(Fault::field("reason", "写明不须报送的理由，4至200字，例如“2025年3月并入示例局”"));
            }
            let there = self.store.receipts_of(agency, Some(year)).await?;
            let counts = |one: &gongkai_store::Receipt| {
                !matches!(one.line.state, ReceiptState::Replaced | ReceiptState::Returned)
            };
            if there.iter().any(counts) {
                return Err(Refusal::new("这个机关的报告已经收到", "报告不该有的，退回并写明理由").into());
            }
            all.insert(agency.0, Exemption { reason: reason.clone(), officer: actor.id().0 });
            format!("year={year}\nreason={reason}")
        };
        let json = serde_json::to_string(&all).map_err(|error| Fault::Failed(error.to_string()))?;
        let tx = self.store.begin().await?;
        tx.put_setting(&setting(year), &json, version).await?;
        self.record(&tx, now, actor, "report.exempt", &agency.to_string(), &detail).await?;
        Ok(tx.commit().await?)
    }
}
