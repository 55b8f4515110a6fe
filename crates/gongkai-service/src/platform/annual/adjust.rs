//! What is added to a computed figure, or taken off: by whom, why, on which paper. Never an overwrite.

use gongkai_law::{CellRef, ProactiveField};
use gongkai_model::Refusal;
use gongkai_model::ids::AgencyId;
use gongkai_model::officer::Act;
use gongkai_report::compile::is_part;
use gongkai_store::{Adjustment, Voided};
use jiff::Timestamp;
use rust_decimal::Decimal;
use uuid::Uuid;

use super::edition_of;
use crate::platform::Fault;
use crate::platform::services::{Actor, Services};

/// An addition as it is typed.
#[derive(Debug, Clone, Default)]
pub struct AdjustmentInput {
    /// The path of the cell, such as `applications.granted.business`.
    pub cell: String,
    /// What is added; a minus before it takes off.
    pub amount: String,
    /// Why.
    pub reason: String,
    /// The paper it rests on: its number or name.
    pub paper: String,
}

fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The amount that is added to a cell.
fn amount(cell: CellRef, text: &str) -> Result<Decimal, String> {
    let text = text.trim().replace('－', "-").replace('＋', "+");
    let plain = text.trim_start_matches('+');
    let field = match cell {
        CellRef::Proactive(_, field) => field,
        CellRef::Application(..) | CellRef::Proceeding(..) => ProactiveField::Decisions,
    };
    let (sign, digits) = match plain.strip_prefix('-') {
        Some(rest) => (-Decimal::ONE, rest),
        None => (Decimal::ONE, plain),
    };
    let value = gongkai_report::ledger::figure(field, digits)?;
    if value.is_zero() {
        return Err("加减的数不能是0".to_owned());
    }
    value.checked_mul(sign).ok_or_else(|| "数太大".to_owned())
}

impl Services {
    /// Adds to a figure of the person's agency, or takes something off.
    ///
    /// # Errors
    /// The cell is a sum, or there is none; the figure would be below nothing; no reason or paper is given; the report is under review.
    pub async fn adjust(&self, now: Timestamp, actor: &Actor, year: i16, input: &AdjustmentInput) -> Result<(), Fault> {
        let agency = actor.agency();
        actor.need(Act::Handle, agency)?;
        let edition = edition_of(year, now)?;
        self.must_be_open_to_adjustments(agency, year).await?;
        let figures = self.figures(now, agency, year).await?;
        let mut wrong: Vec<(String, String)> = Vec::new();
        let cell = CellRef::parse(input.cell.trim()).filter(|cell| is_part(edition, *cell));
        if cell.is_none() {
            wrong.push(("cell".to_owned(), "选择要调整的一格；合计由各格相加，不单独调整".to_owned()));
        }
        let amount = cell
            .and_then(|cell| amount(cell, &input.amount).map_err(|why| wrong.push(("amount".to_owned(), why))).ok());
        let (reason, paper) = (line(&input.reason), line(&input.paper));
        if reason.chars().count() < 4 || reason.chars().count() > 500 {
            wrong.push(("reason".to_owned(), "写明调整的理由，4至500字".to_owned()));
        }
        if paper.is_empty() || paper.chars().count() > 200 {
            wrong.push(("paper".to_owned(), "写明依据的文书：文号、名称或者案卷号，不超过200字".to_owned()));
        }
        let (Some(cell), Some(amount), true) = (cell, amount, wrong.is_empty()) else {
            return Err(Fault::Invalid(wrong));
        };
        if figures.computed.get(&cell).is_none_or(|one| one.value.is_none()) {
            let why = "这一格还没有数，不能在空白上加减：先在台账里登记（没有发生的登记0）";
            return Err(Fault::field("cell", why));
        }
        let one = Adjustment {
            id: Uuid::now_v7(),
            agency,
            year,
            cell,
            amount,
            reason,
            paper,
            officer: actor.id(),
            at: now,
            void: None,
        };
        let tx = self.store.begin().await?;
        // One after the other: two who take something off at once must see each other.
        tx.next_serial(&format!("adjust:{agency}")).await?;
        let there = tx.adjustments(agency, year, false).await?;
        let so_far: Decimal = there.iter().filter(|other| other.cell == cell).map(|other| other.amount).sum();
        let before = figures.computed.get(&cell).and_then(|one| one.value).unwrap_or_default().saturating_add(so_far);
        let after = before.saturating_add(amount);
        let may_be_negative = matches!(cell, CellRef::Proactive(_, ProactiveField::Change));
        if after.is_sign_negative() && !after.is_zero() && !may_be_negative {
            tx.rollback().await?;
            let why = format!("现在是{before}，调整后是{after}，不能是负数");
            return Err(Fault::field("amount", why));
        }
        tx.insert_adjustment(&one).await?;
        let detail = format!("year={year}\ncell={cell}\namount={amount}\nreason={}\npaper={}", one.reason, one.paper);
        self.record(&tx, now, actor, "report.adjust", &agency.to_string(), &detail).await?;
        Ok(tx.commit().await?)
    }

    /// What reviewers read, or the public, is not adjusted under their eyes: it is taken back, or corrected by a new version.
    async fn must_be_open_to_adjustments(&self, agency: AgencyId, year: i16) -> Result<(), Fault> {
        match self.store.annual_reports(agency, year).await?.last() {
            Some(report) => self.must_be_working(report).await,
            None => Ok(()),
        }
    }

    /// Takes an addition back: it stays in the list, with the reason.
    ///
    /// # Errors
    /// There is none that still counts; no reason is given.
    pub async fn take_adjustment_back(
        &self,
        now: Timestamp,
        actor: &Actor,
        year: i16,
        id: Uuid,
        reason: &str,
    ) -> Result<(), Fault> {
        let agency = actor.agency();
        actor.need(Act::Handle, agency)?;
        let reason = line(reason);
        if reason.is_empty() || reason.chars().count() > 200 {
            return Err(Fault::field("reason", "写明撤销调整的理由，不超过200字"));
        }
        self.must_be_open_to_adjustments(agency, year).await?;
        let tx = self.store.begin().await?;
        let there = tx.adjustments(agency, year, false).await?;
        let one = there
            .iter()
            .find(|one| one.id == id)
            .ok_or_else(|| Fault::from(Refusal::new("这一笔调整已经撤销，或者不属于这一年", "刷新页面查看")))?;
        tx.void_adjustment(agency, id, &Voided { at: now, by: Some(actor.id()), reason: reason.clone() }).await?;
        let detail = format!("year={year}\ncell={}\namount={}\nreason={reason}", one.cell, one.amount);
        self.record(&tx, now, actor, "report.adjust_back", &id.to_string(), &detail).await?;
        Ok(tx.commit().await?)
    }
}
