//! Agencies against one another: who stands out, whose texts are alike, scores; the work paper.

use askama::Template;
use axum::Extension;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use gongkai_service::platform::{Alike, Compared, Fault, Offered, Outlier, Score, ScoreRules, Viewer, now};

use super::{Asked, report_year, years};
use crate::failure::{self, Failure};
use crate::office::frame::{Done, Frame, Problems};
use crate::posted::Posted;
use crate::state::Web;

/// An agency that stands out, with its name and its code.
type Named = ((String, String), Outlier);

#[derive(Template)]
#[template(path = "office/standing_out.html")]
struct OutPage {
    frame: Frame,
    year: i16,
    years: Vec<i16>,
    groups: Vec<(Compared, Vec<Named>)>,
    alike: Vec<Alike>,
    /// How many shared sentences there are in all.
    shared: usize,
}

#[derive(Template)]
#[template(path = "office/scores.html")]
struct ScorePage {
    frame: Frame,
    year: i16,
    years: Vec<i16>,
    scores: Vec<Score>,
    rules: ScoreRules,
    version: i32,
    problems: Problems,
}

/// Who stands out.
pub(crate) async fn standing_out(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let year = report_year(&asked.year)?;
    let directory = web.services.directory();
    let found = web.services.standing_out(&viewer.actor, year).await?;
    let groups = found
        .into_iter()
        .map(|(compared, list)| {
            let named = |one: Outlier| {
                let unit = directory.get(one.agency);
                (unit.map(|unit| (unit.name.clone(), unit.code.clone())).unwrap_or_default(), one)
            };
            (compared, list.into_iter().map(named).collect())
        })
        .collect();
    let (alike, shared) = web.services.alike(&viewer.actor, year).await?;
    let frame = Frame::new(&web, &viewer, "reports");
    let page = OutPage { frame, year, years: years(year, std::iter::empty()), groups, alike, shared };
    Ok(Html(page.render()?).into_response())
}

async fn score_page(web: &Web, viewer: &Viewer, year: i16, problems: Problems) -> Result<ScorePage, Failure> {
    let (rules, version) = web.services.score_rules(&viewer.actor).await?;
    Ok(ScorePage {
        frame: Frame::new(web, viewer, "reports"),
        year,
        years: years(year, std::iter::empty()),
        scores: web.services.scores(now(), &viewer.actor, year).await?,
        rules,
        version,
        problems,
    })
}

/// The scores of a year.
pub(crate) async fn scores(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Query(asked): Query<Asked>,
    Query(done): Query<Done>,
) -> Result<Response, Failure> {
    let mut page = score_page(&web, &viewer, report_year(&asked.year)?, Problems::default()).await?;
    page.frame = page.frame.done(&done.done);
    Ok(Html(page.render()?).into_response())
}

/// Sets the rules of the scores.
pub(crate) async fn set_rules(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    posted: Posted,
) -> Result<Response, Failure> {
    let year = report_year(posted.get("year"))?;
    // What is no number is refused like one that is out of range.
    let number = |name: &str| posted.get(name).trim().parse::<i64>().unwrap_or(-1);
    let pair = |name: &str| (number(name), number(&format!("{name}_most")));
    let rules = ScoreRules {
        late: pair("late"),
        overturned: pair("overturned"),
        stale: pair("stale"),
        report_late: number("report_late"),
        report_errors: pair("report_errors"),
    };
    match web.services.set_score_rules(now(), &viewer.actor, posted.number("version"), &rules).await {
        Ok(()) => Ok(Redirect::to(&format!("/office/reports/scores?year={year}&done=saved")).into_response()),
        Err(fault) => {
            let status = failure::status(&fault);
            let page = score_page(&web, &viewer, year, Problems::of(fault)?).await?;
            Ok((status, Html(page.render()?)).into_response())
        }
    }
}

/// The work paper.
pub(super) async fn paper(web: &Web, viewer: &Viewer, year: i16, name: &str) -> Result<Response, Failure> {
    let actor = &viewer.actor;
    let (bytes, title, ending, media) = match name {
        "paper.docx" => {
            let media = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
            let (title, bytes) = web.services.work_paper_file(now(), actor, year, Some(Offered::Docx)).await?;
            (bytes, title, "docx", media)
        }
        "paper.pdf" => {
            let (title, bytes) = web.services.work_paper_file(now(), actor, year, Some(Offered::Pdf)).await?;
            (bytes, title, "pdf", "application/pdf")
        }
        "paper.xlsx" => {
            let media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
            let (title, bytes) = web.services.work_paper_file(now(), actor, year, None).await?;
            (bytes, title, "xlsx", media)
        }
        _ => return Err(Failure::Fault(Fault::NotFound)),
    };
    Ok(crate::portal::item::download(&format!("{title}.{ending}"), media, bytes, false))
}
