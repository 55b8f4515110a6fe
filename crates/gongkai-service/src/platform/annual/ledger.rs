//! The ledger of table 2: what is entered by section and month, and what is made void. Nothing is overwritten.

use std::collections::BTreeMap;

use gongkai_law::{CellRef, Edition, ProactiveField, ProactiveItem};
use gongkai_model::Refusal;
use gongkai_model::ids::{AgencyId, OfficerId};
use gongkai_model::officer::Act;
use gongkai_report::ledger::{Figure, Fit, fit};
use gongkai_store::{LedgerEntry, LedgerOrigin, Voided};
use jiff::Timestamp;
use rust_decimal::Decimal;
use uuid::Uuid;

use super::edition_of;
use super::entry::{entry_figure, has_begun, month, whole_year};
use crate::platform::services::{Actor, Services};
use crate::platform::{Fault, clock};

/// A figure as it is typed.
#[derive(Debug, Clone, Default)]
pub struct LedgerInput {
    /// The month, 1 to 12; blank for the whole year.
    pub month: String,
    /// The code of the section; blank for the whole agency.
    pub section: String,
    /// The cell, such as `licences.decisions`.
    pub cell: String,
    /// The figure.
    pub value: String,
    /// Where it comes from: a paper, a register.
    pub source: String,
}

/// An entry as people see it.
#[derive(Debug, Clone)]
pub struct LedgerLine {
    /// The entry.
    pub entry: LedgerEntry,
    /// The row and the column of the form.
    pub label: String,
    /// The section's name; empty for the whole agency.
    pub section: String,
    /// Who brought it in.
    pub who: String,
    /// Whether this person may make it void.
    pub may_void: bool,
}

/// The ledger of an agency for a year.
#[derive(Debug)]
pub struct LedgerPage {
    /// The report year.
    pub year: i16,
    /// Its form.
    pub edition: Edition,
    /// The years there are, the latest first.
    pub years: Vec<i16>,
    /// What was entered, the latest first; what is void too.
    pub lines: Vec<LedgerLine>,
    /// What each cell adds up to and how many entries it has; none where nothing was entered.
    pub sums: Vec<(CellRef, Option<(Decimal, usize)>)>,
    /// What documents on the platform say for the cells that have nothing entered.
    pub said: BTreeMap<CellRef, i64>,
    /// The sections one may enter for: code and name. Nothing for the whole agency where `whole` is false.
    pub sections: Vec<(String, String)>,
    /// Whether figures of the whole agency may be entered.
    pub whole: bool,
    /// What to look at: months that are not entered, figures of a year entered before it was over.
    pub remarks: Vec<String>,
    /// Whether the year is over: only then it is known that something did not happen.
    pub is_over: bool,
}

/// An entry as the rules of the ledger look at it.
pub(super) fn figure_of(entry: &LedgerEntry) -> Figure<Uuid, Option<AgencyId>> {
    Figure {
        id: entry.id,
        of: entry.section,
        month: entry.month,
        item: entry.item,
        field: entry.field,
        value: entry.value,
    }
}

impl Services {
    /// The sections a person may enter figures for, and whether for the whole agency: the disclosure office for all, who drafts in a section
    /// for that section.
    async fn enters_for(&self, actor: &Actor, agency: AgencyId) -> Result<(Vec<AgencyId>, bool), Fault> {
        let directory = self.directory();
        if actor.may(Act::Handle, agency) {
            return Ok((directory.sections(agency).filter(|one| !one.is_closed).map(|one| one.id).collect(), true));
        }
        actor.need(Act::Draft, agency)?;
        Ok(match self.section_of(actor.id()).await? {
            Some(section) => (vec![section], false),
            // Who drafts in an agency with sections, but in none of them, enters nothing.
            None if directory.sections(agency).any(|one| !one.is_closed) => return Err(Fault::Forbidden),
            None => (Vec::new(), true),
        })
    }

    /// The ledger of the person's agency for a year.
    ///
    /// # Errors
    /// The person may not see it; there is no form for that year.
    pub async fn ledger_page(&self, now: Timestamp, actor: &Actor, year: i16) -> Result<LedgerPage, Fault> {
        let agency = actor.agency();
        let edition = edition_of(year, now)?;
        let (sections, whole) = self.enters_for(actor, agency).await?;
        let directory = self.directory();
        let entries = self.store.ledger(agency, Some(year), true).await?;
        let officers: Vec<OfficerId> = entries.iter().filter_map(|one| one.officer).collect();
        let people: BTreeMap<OfficerId, String> = self.store.names(&officers).await?.into_iter().collect();
        let valid: Vec<LedgerEntry> = entries.iter().filter(|one| one.void.is_none()).cloned().collect();
        let counting: Vec<_> = valid.iter().map(figure_of).collect();
        let mut found = gongkai_report::ledger::sums(&counting);
        let documents = self.counted_documents(now, agency, year).await?;
        let mut said = BTreeMap::new();
        let mut sums = Vec::new();
        for cell in CellRef::of(edition).into_iter().filter(|cell| cell.table() == 2) {
            let sum = found.remove(&cell).map(|(sum, parts)| (sum, parts.len()));
            if let CellRef::Proactive(item, field) = cell
                && let Some(number) = documents.figure(item, field)
            {
                said.insert(cell, number);
            }
            sums.push((cell, sum));
        }
        let mut lines: Vec<LedgerLine> = entries
            .into_iter()
            .map(|entry| LedgerLine {
                label: label(edition, entry.item, entry.field),
                section: entry.section.map(|id| directory.name(id).to_owned()).unwrap_or_default(),
                who: entry.officer.and_then(|id| people.get(&id).cloned()).unwrap_or_else(|| "运维导入".to_owned()),
                may_void: entry.void.is_none() && entry.section.map_or(whole, |id| sections.contains(&id)),
                entry,
            })
            .collect();
        lines.reverse();
        let mut years = self.store.ledger_years(agency).await?;
        let present = clock::local_date(now).year();
        years.extend([present, present - 1, year]);
        years.sort_unstable_by(|a, b| b.cmp(a));
        years.dedup();
        years.retain(|one| Edition::for_year(*one).is_some());
        let sections = sections
            .into_iter()
            .filter_map(|id| directory.get(id))
            .map(|one| (one.code.clone(), one.name.clone()))
            .collect();
        Ok(LedgerPage {
            year,
            edition,
            years,
            lines,
            sums,
            said,
            sections,
            whole,
            remarks: self.remarks_on(now, (agency, year, edition), &valid),
            is_over: present > year,
        })
    }

    /// Enters figures for a year: all of them or none. The same figure again changes nothing. Gives how many are new.
    ///
    /// # Errors
    /// A figure is wrong, or contradicts one that is there; the person may not enter it.
    pub async fn enter_figures(
        &self,
        now: Timestamp,
        actor: &Actor,
        year: i16,
        origin: LedgerOrigin,
        inputs: &[LedgerInput],
    ) -> Result<usize, Fault> {
        let agency = actor.agency();
        edition_of(year, now)?;
        self.must_be_open(agency)?;
        let (sections, whole) = self.enters_for(actor, agency).await?;
        let tx = self.store.begin().await?;
        // One after the other: two who enter the same figure at once must see each other.
        tx.next_serial(&format!("ledger:{agency}")).await?;
        let there: Vec<LedgerEntry> = tx.ledger(agency, Some(year), false).await?;
        let mut known: Vec<_> = there.iter().map(figure_of).collect();
        let mut fresh = Vec::new();
        let mut wrong: Vec<(String, String)> = Vec::new();
        for (at, input) in inputs.iter().enumerate() {
            let name = |field: &str| if inputs.len() == 1 { field.to_owned() } else { format!("{at}.{field}") };
            match self.new_entry(now, actor, (agency, year), (&sections, whole), origin, input) {
                Err(faults) => wrong.extend(faults.into_iter().map(|(field, why)| (name(field), why))),
                Ok(entry) => match fit(&known, &figure_of(&entry)) {
                    Fit::New => {
                        known.push(figure_of(&entry));
                        fresh.push(entry);
                    }
                    Fit::Known(_) => {}
                    Fit::Contradicts(_, why) => wrong.push((name("value"), why)),
                },
            }
        }
        if !wrong.is_empty() {
            tx.rollback().await?;
            return Err(Fault::Invalid(wrong));
        }
        if fresh.is_empty() {
            tx.rollback().await?;
            return Ok(0);
        }
        tx.insert_ledger(&fresh).await?;
        let cells: Vec<String> =
            fresh.iter().map(|one| format!("{}.{}={}", one.item.code(), one.field.code(), one.value)).collect();
        let detail = format!("year={year}\nfigures={}", cells.join(" "));
        self.record(&tx, now, actor, "ledger.enter", &agency.to_string(), &detail).await?;
        tx.commit().await?;
        Ok(fresh.len())
    }

    fn new_entry(
        &self,
        now: Timestamp,
        actor: &Actor,
        (agency, year): (AgencyId, i16),
        (sections, whole): (&[AgencyId], bool),
        origin: LedgerOrigin,
        input: &LedgerInput,
    ) -> Result<LedgerEntry, Vec<(&'static str, String)>> {
        let mut wrong: Vec<(&'static str, String)> = Vec::new();
        let (item, field) = input.cell.split_once('.').unwrap_or((input.cell.as_str(), ""));
        let figure = entry_figure(year, item, field, &input.value).map_err(|why| {
            wrong.extend(why.into_iter().map(|(name, why)| (if name == "value" { name } else { "cell" }, why)));
        });
        let month = month(&input.month).map_err(|why| wrong.push(("month", why)));
        if let (Ok((_, field, _)), Ok(month)) = (&figure, &month) {
            let fits = whole_year(*field, *month).and_then(|()| has_begun(year, *month, clock::local_date(now)));
            wrong.extend(fits.err().map(|why| ("month", why)));
        }
        let section = match input.section.trim() {
            "" if whole => None,
            "" => {
                wrong.push(("section", "选择科室：全机关的数由公开办登记".to_owned()));
                None
            }
            code => {
                let found = self.directory().by_code(code).map(|one| one.id).filter(|id| sections.contains(id));
                if found.is_none() {
                    wrong.push(("section", format!("没有代码为“{code}”的科室，或者不由您登记")));
                }
                found
            }
        };
        let source = input.source.split_whitespace().collect::<Vec<_>>().join(" ");
        if source.is_empty() {
            wrong.push(("source", "写明数的出处，例如台账、文件的名称".to_owned()));
        } else if source.chars().count() > 200 {
            wrong.push(("source", "出处不超过200字".to_owned()));
        }
        match (figure, month, wrong.is_empty()) {
            (Ok((item, field, value)), Ok(month), true) => Ok(LedgerEntry {
                id: Uuid::now_v7(),
                agency,
                section,
                year,
                month,
                item,
                field,
                value,
                source,
                origin,
                officer: Some(actor.id()),
                at: now,
                void: None,
            }),
            _ => Err(wrong),
        }
    }

    /// Says that a figure no longer counts.
    ///
    /// # Errors
    /// No reason is given; there is no such figure; the person may not.
    pub async fn void_figure(
        &self,
        now: Timestamp,
        actor: &Actor,
        year: i16,
        id: Uuid,
        reason: &str,
    ) -> Result<(), Fault> {
        let agency = actor.agency();
        let (sections, whole) = self.enters_for(actor, agency).await?;
        let reason = reason.trim();
        if reason.is_empty() || reason.chars().count() > 200 {
            return Err(Fault::field("reason", "写明作废的理由，不超过200字"));
        }
        let tx = self.store.begin().await?;
        let entries = tx.ledger(agency, Some(year), false).await?;
        let entry = entries
            .iter()
            .find(|one| one.id == id)
            .ok_or_else(|| Fault::from(Refusal::new("这一笔已经作废，或者不在这一年的台账里", "刷新页面查看")))?;
        if !entry.section.map_or(whole, |id| sections.contains(&id)) {
            return Err(Fault::Forbidden);
        }
        let void = Voided { at: now, by: Some(actor.id()), reason: reason.to_owned() };
        tx.void_ledger(agency, id, &void).await?;
        let detail = format!("year={year}\nfigure={}.{}={}", entry.item.code(), entry.field.code(), entry.value);
        self.record(&tx, now, actor, "ledger.void", &id.to_string(), &detail).await?;
        Ok(tx.commit().await?)
    }

    /// Enters 0 for every cell of a year that nothing says, on the word of the person. Gives how many there were.
    ///
    /// # Errors
    /// The person may not enter figures of the whole agency.
    pub async fn enter_zeros(&self, now: Timestamp, actor: &Actor, year: i16) -> Result<usize, Fault> {
        let agency = actor.agency();
        let (_, whole) = self.enters_for(actor, agency).await?;
        if !whole {
            return Err(Fault::Forbidden);
        }
        if clock::local_date(now).year() <= year {
            return Err(Refusal::new(
                format!("{year}年还没有结束，不能认定全年没有发生"),
                format!("{}年1月1日以后登记；已经过去的月份可以逐月登记0", year + 1),
            )
            .into());
        }
        let figures = self.figures(now, agency, year).await?;
        let blank: Vec<LedgerInput> = figures
            .computed
            .iter()
            .filter(|(_, one)| one.value.is_none())
            .filter_map(|(cell, _)| match cell {
                CellRef::Proactive(item, field) => Some(LedgerInput {
                    cell: format!("{}.{}", item.code(), field.code()),
                    value: "0".to_owned(),
                    source: "经核实，本年没有".to_owned(),
                    ..LedgerInput::default()
                }),
                CellRef::Application(..) | CellRef::Proceeding(..) => None,
            })
            .collect();
        self.enter_figures(now, actor, year, LedgerOrigin::Entered, &blank).await
    }
}

/// The row and the column of the form.
pub(super) fn label(edition: Edition, item: ProactiveItem, field: ProactiveField) -> String {
    format!("{}　{}", item.label(edition), field.label(edition))
}
