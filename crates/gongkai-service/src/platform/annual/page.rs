//! The report of a year as its page shows it: figures, text, what is wrong, how far it is.

use std::collections::BTreeMap;

use gongkai_law::{CellRef, annual_report_due};
use gongkai_model::ids::{AgencyId, EditionId, OfficerId};
use gongkai_model::officer::Act;
use gongkai_model::publication::State;
use gongkai_report::bound::left_open;
use gongkai_report::check::check;
use gongkai_report::compare::{SectionChange, compare};
use gongkai_report::draft::{Ground, Measured, draft};
use gongkai_report::{Report, Subject};
use gongkai_store::{AnnualReport, Receipt, ReceiptState};
use jiff::Timestamp;
use jiff::civil::Date;

use super::facts::values;
use super::figures::{Figures, bare, printed};
use super::finding::{ReportFinding, explanations, fingerprint, is_explainable};
use super::grid::Grid;
use super::stage::ReportStage;
use super::text::{Kept, ReportText};
use crate::platform::services::{Actor, Services};
use crate::platform::text::Offered;
use crate::platform::{Fault, clock};
use crate::report::{ReadReport, Source, Target, render_report};

/// The report of a year with everything its page shows.
#[derive(Debug)]
pub struct ReportPage {
    /// The figures.
    pub figures: Figures,
    /// The report or its last correction; none where nothing was written.
    pub report: Option<AnnualReport>,
    /// How far it is.
    pub stage: ReportStage,
    /// The edition it became.
    pub edition: Option<EditionId>,
    /// Why it was given back, and by whom; where it was.
    pub returned: Option<(String, String)>,
    /// The text as it is written; a first one where nothing was.
    pub text: ReportText,
    /// A text drafted out of the figures as they are now.
    pub fresh: ReportText,
    /// Whether the text was saved by somebody.
    pub is_written: bool,
    /// With every number in its place.
    pub resolved: ReportText,
    /// The report as it stands: what was fixed where it is on its way or public, else as the work says now.
    pub full: Report,
    /// Its tables.
    pub grids: Vec<Grid>,
    /// What is measured beside the tables.
    pub measured: Vec<Measured>,
    /// Every name that the text may use, with its value.
    pub names: BTreeMap<String, String>,
    /// What the checker finds in tables and text.
    pub findings: Vec<ReportFinding>,
    /// What else holds it up: sentences.
    pub missing: Vec<String>,
    /// How alike the sections are to those of the year before, and what was carried over.
    pub reuse: Vec<SectionChange>,
    /// Section five of the year before.
    pub last_problems: String,
    /// The last day by law, and the one to plan for.
    pub due: Option<(Date, Date)>,
    /// The day the supervising office wants it by, where that is earlier.
    pub wanted: Option<Date>,
    /// The years there are to choose from.
    pub years: Vec<i16>,
    /// The names of people.
    pub people: BTreeMap<OfficerId, String>,
    /// How many reports a government's figures held when they were fixed; none while they follow the work.
    pub held: Option<String>,
    /// Whether the person may write now.
    pub may_write: bool,
    /// Whether the person may begin a correction.
    pub may_correct: bool,
    /// What became of it at the supervising office; none where it was not sent.
    pub fate: Option<Receipt>,
    /// Whether the person may send it there.
    pub may_submit: bool,
}

/// A report as it is submitted: as it was signed, with organ and day under it.
pub(in crate::platform) fn assembled_of(page: &ReportPage) -> Report {
    let mut report = page.full.clone();
    if let Some((at, _)) = page.report.as_ref().and_then(|one| one.fixed) {
        report.closing = format!("{}\n{}", page.figures.name, clock::written_date(clock::local_date(at)));
    }
    report
}

impl Services {
    /// Who may see the report of an agency: who handles or leads there, and who supervises.
    pub(super) fn may_see_report(actor: &Actor, agency: AgencyId) -> Result<(), Fault> {
        if actor.may(Act::Supervise, agency) { Ok(()) } else { actor.need(Act::Oversee, agency) }
    }

    /// A first text out of the facts.
    fn first_text(&self, figures: &Figures, measured: &[Measured], last_problems: &str) -> ReportText {
        let directory = self.directory();
        let settings = directory.get(figures.agency).map(|one| one.settings.clone()).unwrap_or_default();
        let site =
            if directory.site.name.is_empty() { "政府信息公开平台".to_owned() } else { directory.site_name() };
        let is_government = directory.is_government(figures.agency);
        let office = if is_government {
            directory.name(figures.agency).to_owned()
        } else {
            format!("{}政府信息公开工作机构", figures.name)
        };
        draft(&Ground {
            edition: figures.edition,
            year: figures.year,
            agency: &figures.name,
            is_government,
            cells: &figures.adjusted,
            measured,
            last_problems,
            site: &site,
            contact: [&office, &settings.address, &settings.phone],
        })
        .into()
    }

    /// The report of an agency for a year, for its page.
    ///
    /// # Errors
    /// The person may not see it; there is no form for that year.
    pub async fn report_page(
        &self,
        now: Timestamp,
        actor: &Actor,
        agency: AgencyId,
        year: i16,
    ) -> Result<ReportPage, Fault> {
        // Much is read for it: callers need not carry that along.
        Box::pin(self.page_of(now, actor, agency, year)).await
    }

    async fn page_of(&self, now: Timestamp, actor: &Actor, agency: AgencyId, year: i16) -> Result<ReportPage, Fault> {
        Self::may_see_report(actor, agency)?;
        let (mut figures, measured, public) = tokio::try_join!(
            self.figures(now, agency, year),
            self.measured(now, agency, year),
            self.public_report(agency, year)
        )?;
        figures.published = public.as_ref().map(printed);
        let last_problems = figures.last_year.as_ref().map(|last| last.section_text(5).to_owned()).unwrap_or_default();
        let report = figures.latest().cloned();
        let (stage, state) = match &report {
            Some(one) => self.stage_of(one).await?,
            None => (ReportStage::Working, None),
        };
        let edition = report.as_ref().and_then(|one| one.edition).map(|(_, id)| id);
        let written = match &report {
            Some(one) => ReportText::read(&one.text)?,
            None => ReportText::default(),
        };
        let is_written = !written.is_empty();
        let fresh = self.first_text(&figures, &measured, &last_problems);
        let text = if is_written { written } else { fresh.clone() };
        let names = values(&figures, &measured);
        let (mut resolved, unbound) = text.resolved(&names);
        let mut missing: Vec<String> = unbound.iter().map(|(part, why)| format!("{}：{why}", label_of(part))).collect();
        let mut held = None;
        let mut shown = bare(figures.edition, year, &figures.name, &figures.adjusted);
        if stage.stands()
            && let Some(kept) = report.as_ref().map(|one| Kept::read(&one.reported)).transpose()?.flatten()
        {
            shown = bare(figures.edition, year, &figures.name, &kept.figures()?);
            resolved = kept.text.clone();
            held = kept.fact("汇总报告").map(str::to_owned);
            missing.clear();
        }
        let full = assembled(&shown, &resolved);
        let explained = explanations(report.as_ref())?;
        let mut officers: Vec<OfficerId> = figures.additions.iter().map(|one| one.officer).collect();
        officers.extend(explained.values().filter_map(|one| one.officer.parse::<OfficerId>().ok()));
        officers.extend(report.iter().flat_map(|one| [one.fixed, one.submitted]).flatten().filter_map(|(_, by)| by));
        let mut returned = None;
        if state == Some(State::Draft)
            && let Some(id) = edition
            && let Some((by, words)) = self.store.returned(&[id]).await?.remove(&id)
        {
            officers.push(by);
            returned = Some((by, words));
        }
        let people: BTreeMap<OfficerId, String> = self.store.names(&officers).await?.into_iter().collect();
        let previous = figures.year_before().map(Subject::new);
        let said = |cell: &CellRef| full.value(*cell).is_some();
        let findings = check(&Subject::new(&full), previous.as_ref())
            .into_iter()
            .filter(|one| one.cells.iter().all(said))
            .map(|finding| {
                let fingerprint = fingerprint(&finding);
                let explained = explained.get(&fingerprint).map(|one| {
                    let who = one.officer.parse::<OfficerId>().ok().and_then(|id| people.get(&id).cloned());
                    (one.words.clone(), who.unwrap_or_default())
                });
                ReportFinding { explainable: is_explainable(finding.rule), explained, fingerprint, finding }
            })
            .collect();
        if stage == ReportStage::Working {
            missing.extend(Self::holding(&figures, &resolved));
            missing.extend(super::claims::denied(&resolved, &measured));
        }
        let grids = super::grid::grids(&full, &marks(&figures, stage));
        let reuse = figures.last_year.as_ref().map(|last| compare(&[&full, last]).sections).unwrap_or_default();
        let is_government = figures.agencies.is_some();
        let due = annual_report_due(year, is_government, &self.calendar()).ok();
        let set = self.directory().site.report_day(year.saturating_add(1));
        let wanted = set.filter(|day| !is_government && due.is_some_and(|(_, planned)| *day < planned));
        let mut years = self.store.report_years(agency).await?;
        let present = clock::local_date(now).year();
        years.extend([present, present - 1, year]);
        years.sort_unstable_by(|a, b| b.cmp(a));
        years.dedup();
        years.retain(|one| gongkai_law::Edition::for_year(*one).is_some());
        let handles = actor.may(Act::Handle, agency);
        let fate = self.fate_of_report(agency, year).await?;
        let answered = fate.as_ref().is_some_and(|one| one.line.state != ReceiptState::Returned);
        let sent = report.as_ref().is_some_and(|one| one.submitted.is_some());
        Ok(ReportPage {
            may_submit: handles
                && !is_government
                && matches!(stage, ReportStage::Signed | ReportStage::Published)
                && !(sent && answered),
            held,
            fate,
            may_write: handles && stage == ReportStage::Working,
            may_correct: handles && matches!(stage, ReportStage::Published | ReportStage::Withdrawn),
            returned: returned.map(|(by, words)| (people.get(&by).cloned().unwrap_or_default(), words)),
            figures,
            report,
            stage,
            edition,
            text,
            fresh,
            is_written,
            resolved,
            full,
            grids,
            measured,
            names,
            findings,
            missing,
            reuse: reuse.into_iter().next().unwrap_or_default(),
            last_problems,
            due,
            wanted,
            years,
            people,
        })
    }

    /// What people have still to do before the figures can be fixed.
    fn holding(figures: &Figures, resolved: &ReportText) -> Vec<String> {
        let mut out = figures.wanting();
        for (_, label, text) in resolved.parts() {
            out.extend(left_open(text).into_iter().map(|what| format!("{label}：还没有填写“{what}”")));
            if text.trim().is_empty() {
                out.push(format!("{label}：没有文字"));
            }
        }
        let blank = figures.blank();
        if !blank.is_empty() {
            let names: Vec<String> = blank.iter().take(4).map(|cell| cell.name(figures.edition)).collect();
            let more = if blank.len() > 4 { format!("等{}格", blank.len()) } else { String::new() };
            out.push(format!("{}{more}还没有登记：在台账里登记，没有发生的登记0", names.join("、")));
        }
        out
    }
}

/// What is to be said of single figures: nothing says it, something was added, sources differ, the work has gone on since.
fn marks(figures: &Figures, stage: ReportStage) -> BTreeMap<CellRef, (&'static str, String)> {
    let mut out = BTreeMap::new();
    for (cell, one) in &figures.computed {
        if let Some((other, what)) = &one.beside {
            out.insert(*cell, ("beside", format!("{what}是{other}")));
        }
        if !figures.adjusted.contains_key(cell) {
            out.insert(*cell, ("blank", "还没有登记".to_owned()));
        }
    }
    for one in &figures.additions {
        out.insert(one.cell, ("added", "有调整".to_owned()));
    }
    if stage.stands() {
        for (cell, _, now) in figures.drifted() {
            let now = now.map_or("没有".to_owned(), |value| value.normalize().to_string());
            out.insert(cell, ("drift", format!("现在是{now}")));
        }
    }
    out
}

fn label_of(part: &str) -> &'static str {
    let text = ReportText::default();
    let found = text.parts().into_iter().find(|(name, _, _)| *name == part).map(|(_, label, _)| label);
    found.unwrap_or_default()
}

/// A report with its text.
pub(super) fn assembled(shown: &Report, text: &ReportText) -> Report {
    let mut full = shown.clone();
    text.clone().into_report(&mut full);
    full
}

impl ReportPage {
    /// Whether the figures can be fixed and sent to the reviewers.
    pub fn is_ready(&self) -> bool {
        self.missing.is_empty() && !self.findings.iter().any(ReportFinding::holds_up)
    }
}

impl Services {
    /// A report as a file, as its page shows it.
    ///
    /// # Errors
    /// A character has no font; there are no fonts.
    pub async fn report_file(&self, page: &ReportPage, target: Target) -> Result<Vec<u8>, Fault> {
        let mut full = page.full.clone();
        // What is not signed must not look as if it were.
        if matches!(page.stage, ReportStage::Working | ReportStage::InReview)
            && matches!(target, Target::Pdf | Target::Docx)
        {
            full.title = full.title.map(|title| format!("{title}（草稿）"));
        }
        self.set_report(full, target).await
    }

    /// A report as a file, in the official form.
    ///
    /// # Errors
    /// A character has no font; there are no fonts.
    pub async fn set_report(&self, full: Report, target: Target) -> Result<Vec<u8>, Fault> {
        let (title, year) = (full.title.clone().unwrap_or_default(), full.year);
        let offered = match target {
            Target::Pdf => Offered::Pdf,
            Target::Docx => Offered::Docx,
            Target::Html | Target::Xlsx | Target::Markdown | Target::Csv | Target::Json => {
                let source = Source { file: String::new(), format: "ledger".to_owned(), sha256: String::new() };
                let read = ReadReport { source, report: full };
                let set = move || render_report(&read, target, &|| gongkai_typeset::Fonts::from_files(Vec::new()));
                return tokio::task::spawn_blocking(set)
                    .await
                    .map_err(|error| Fault::Failed(error.to_string()))?
                    .map_err(|error| Fault::Failed(error.to_string()));
            }
        };
        self.set_manuscript(gongkai_report::render::render(&full), title, year, offered).await
    }
}
