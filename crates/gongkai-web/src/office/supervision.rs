//! 各机关年度报告: who has reported, each report as it was received, their sum, comparisons, scores.

mod acts;
mod compared;
mod history;
mod receipt;
mod sum;

pub(crate) use acts::{accept_all, act, exempt, file};
pub(crate) use compared::{scores, set_rules, standing_out};
pub(crate) use history::page as history;
pub(crate) use receipt::{download as receipt_file, page as receipt};
pub(crate) use sum::{page as sum, parts};

use askama::Template;
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse, Response};
use gongkai_service::platform::{Reporting, ReportingPage, Standing, Viewer, local_date, now};
use serde::Deserialize;

use super::frame::{Done, Frame, Problems};
use crate::failure::Failure;
use crate::posted::Posted;
use crate::state::Web;

/// How many agencies are shown at once.
const SHOWN: usize = 100;

/// A bar of a chart: label, value, width in tenths of a percent.
pub(crate) struct Bar {
    label: String,
    /// A dash where no report says it.
    value: String,
    width: i64,
}

#[derive(Template)]
#[template(path = "office/reporting.html")]
struct Page {
    frame: Frame,
    view: ReportingPage,
    rows: Vec<Reporting>,
    state: String,
    query: String,
    at: usize,
    more: bool,
    bars: Vec<Bar>,
    years: Vec<i16>,
    problems: Problems,
    posted: Posted,
    agencies: Vec<(String, String)>,
}

impl Page {
    fn typed(&self, name: &str) -> &str {
        self.posted.get(name)
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "a template hands over references")]
    fn class(standing: &Standing) -> &'static str {
        match standing {
            Standing::Overdue | Standing::Returned => "bad",
            Standing::Late | Standing::Missing => "soon",
            Standing::Received => "info",
            Standing::Accepted => "good",
            Standing::Exempt => "",
        }
    }

    #[expect(clippy::ref_option, reason = "a template hands over references")]
    fn number(value: &Option<i64>) -> String {
        value.map_or("—".to_owned(), |value| value.to_string())
    }
}

/// Which agencies of which year.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    pub(crate) year: String,
    pub(crate) state: String,
    pub(crate) q: String,
    pub(crate) page: usize,
    pub(crate) cell: String,
}

/// The year that was asked for: the last one that is over where none was.
pub(crate) fn report_year(text: &str) -> Result<i16, Failure> {
    let last = local_date(now()).year() - 1;
    if text.trim().is_empty() {
        return Ok(last);
    }
    let year = super::ledger::year_of(text)?;
    // Reports have a form since 2019; of years to come there is none.
    if (2019..=last + 1).contains(&year) {
        Ok(year)
    } else {
        Err(Failure::Fault(gongkai_service::platform::Fault::NotFound))
    }
}

/// The years there are to choose from.
pub(crate) fn years(year: i16, sums: impl Iterator<Item = i16>) -> Vec<i16> {
    let last = local_date(now()).year() - 1;
    let mut out: Vec<i16> = sums.chain([year, last, last - 1]).collect();
    out.sort_unstable_by(|a, b| b.cmp(a));
    out.dedup();
    out
}

/// A chart of a figure over the years.
fn bars(years: Vec<(i16, Option<i64>)>) -> Vec<Bar> {
    let most = years.iter().filter_map(|(_, value)| *value).max().unwrap_or(0).max(1);
    years
        .into_iter()
        .map(|(year, value)| {
            let width = value.unwrap_or(0).saturating_mul(600) / most;
            Bar { label: format!("{year}年"), value: value.map_or("—".to_owned(), |value| value.to_string()), width }
        })
        .collect()
}

async fn render(
    web: &Web,
    viewer: &Viewer,
    asked: &Asked,
    (problems, posted): (Problems, Posted),
) -> Result<Page, Failure> {
    let year = report_year(&asked.year)?;
    let view = web.services.reporting(now(), &viewer.actor, year).await?;
    let wanted = |one: &&Reporting| {
        (asked.state.is_empty() || one.standing.code() == asked.state)
            && (asked.q.trim().is_empty() || one.name.contains(asked.q.trim()))
    };
    let page = asked.page.max(1);
    let found: Vec<&Reporting> = view.rows.iter().filter(wanted).collect();
    let rows: Vec<Reporting> = found.iter().skip((page - 1) * SHOWN).take(SHOWN).map(|one| (*one).clone()).collect();
    let more = found.len() > page * SHOWN;
    let directory = web.services.directory();
    // Thousands of choices help nobody: beyond some hundreds the name in the report decides, or its code.
    let agencies = if view.rows.len() > 300 {
        Vec::new()
    } else {
        let code = |one: &Reporting| directory.get(one.agency).map(|unit| unit.code.clone()).unwrap_or_default();
        view.rows.iter().map(|one| (code(one), one.name.clone())).collect()
    };
    Ok(Page {
        frame: Frame::new(web, viewer, "reports"),
        bars: bars(view.sums.iter().map(|one| (one.year, one.key.new_received)).collect()),
        years: years(year, view.sums.iter().map(|one| one.year)),
        rows,
        state: asked.state.clone(),
        query: asked.q.clone(),
        at: page,
        more,
        problems,
        posted,
        agencies,
        view,
    })
}

/// Who has reported.
pub(crate) async fn page(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Query(asked): Query<Asked>,
    Query(done): Query<Done>,
) -> Result<Response, Failure> {
    let mut page = render(&web, &viewer, &asked, Default::default()).await?;
    page.frame = page.frame.done(&done.done);
    Ok(Html(page.render()?).into_response())
}

/// The sum or the work paper of a year as a file.
pub(crate) async fn files(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Path((year, name)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let year = year.parse().map_err(|_odd| gongkai_service::platform::Fault::NotFound)?;
    if name.starts_with("paper.") {
        compared::paper(&web, &viewer, year, &name).await
    } else {
        sum::download(&web, &viewer, year, &name).await
    }
}
