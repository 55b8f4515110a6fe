//! 年度报告: the figures with what lies behind each, the text, the way out.

mod acts;
mod behind;

pub(crate) use acts::act;
pub(crate) use behind::behind;

use askama::Template;
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse, Response};
use gongkai_service::platform::{Fault, ReportPage, ReportStage, ReportText, Viewer, local_date, now, written_moment};
use gongkai_service::report::{Level, Target};
use jiff::civil::Date;
use serde::Deserialize;

use super::frame::{Done, Frame, Problems};
use super::ledger::year_of;
use crate::failure::Failure;
use crate::portal::item::download;
use crate::posted::Posted;
use crate::state::Web;

/// A part of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// 数据.
    Figures,
    /// 文字.
    Text,
    /// 核对、送审和公开.
    Way,
}

impl Part {
    const ALL: [(Self, &'static str, &'static str); 3] =
        [(Self::Figures, "figures", "数据"), (Self::Text, "text", "文字"), (Self::Way, "way", "核对和报送")];

    fn of(code: &str) -> Self {
        Self::ALL.into_iter().find(|(_, one, _)| *one == code).map_or(Self::Figures, |(part, _, _)| part)
    }

    pub(crate) fn code(self) -> &'static str {
        Self::ALL.into_iter().find(|(part, _, _)| *part == self).map_or("", |(_, code, _)| code)
    }
}

#[derive(Template)]
#[template(path = "office/report.html")]
pub(crate) struct Page {
    frame: Frame,
    part: Part,
    view: ReportPage,
    problems: Problems,
    posted: Posted,
    /// Whether the text is drafted anew.
    afresh: bool,
    today: Date,
    /// Cells that may be adjusted: path and name.
    parts: Vec<(String, String)>,
}

impl Page {
    fn typed(&self, name: &str) -> &str {
        self.posted.get(name)
    }

    /// What was typed in a part of the text, or what is kept.
    fn written<'a>(&'a self, name: &str, kept: &'a str) -> &'a str {
        if self.posted.fields.contains_key(name) { self.posted.get(name) } else { kept }
    }

    /// The text to be written in.
    fn text(&self) -> &ReportText {
        if self.afresh { &self.view.fresh } else { &self.view.text }
    }

    fn version(&self) -> i32 {
        self.view.report.as_ref().map_or(0, |one| one.version)
    }

    fn stage_class(&self) -> &'static str {
        match self.view.stage {
            ReportStage::Working => "info",
            ReportStage::InReview | ReportStage::Signed => "soon",
            ReportStage::Published => "good",
            ReportStage::Withdrawn => "bad",
        }
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "a template hands over references")]
    fn level_class(level: &Level) -> &'static str {
        match level {
            Level::Error => "bad",
            Level::Warning => "soon",
            Level::Notice => "info",
        }
    }

    fn moment(at: &jiff::Timestamp) -> String {
        written_moment(*at)
    }

    fn errors(&self) -> usize {
        self.view.findings.iter().filter(|one| one.holds_up()).count()
    }

    fn is_working(&self) -> bool {
        self.view.stage == ReportStage::Working
    }

    fn is_public(&self) -> bool {
        self.view.stage == ReportStage::Published
    }

    fn is_on_its_way(&self) -> bool {
        matches!(self.view.stage, ReportStage::InReview | ReportStage::Signed)
    }

    /// How high the field of a part is.
    fn lines(name: &str) -> usize {
        match name {
            "overview" => 18,
            "preamble" => 5,
            _ => 8,
        }
    }

    fn is_problems(name: &str) -> bool {
        name == "problems"
    }

    fn is_over(&self) -> bool {
        self.today.year() > self.view.figures.year
    }

    fn name(&self, id: &gongkai_model::ids::OfficerId) -> &str {
        self.view.people.get(id).map_or("", String::as_str)
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "a template hands over references")]
    fn cell_name(&self, cell: &gongkai_service::platform::CellRef) -> String {
        cell.name(self.view.figures.edition)
    }
}

/// Which part of which year.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    year: String,
    part: String,
    afresh: String,
}

pub(crate) async fn render(
    web: &Web,
    viewer: &Viewer,
    (year, part): (i16, Part),
    (problems, posted): (Problems, Posted),
) -> Result<Page, Failure> {
    let view = web.services.report_page(now(), &viewer.actor, viewer.actor.agency(), year).await?;
    let parts = view.figures.parts();
    Ok(Page {
        frame: Frame::new(web, viewer, "report"),
        part,
        view,
        problems,
        posted,
        afresh: false,
        today: local_date(now()),
        parts,
    })
}

/// The report of a year.
pub(crate) async fn page(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Query(asked): Query<Asked>,
    Query(done): Query<Done>,
) -> Result<Response, Failure> {
    let chosen = (year_of(&asked.year)?, Part::of(&asked.part));
    let mut page = render(&web, &viewer, chosen, Default::default()).await?;
    page.frame = page.frame.done(&done.done);
    page.afresh = !asked.afresh.is_empty();
    Ok(Html(page.render()?).into_response())
}

/// The report as a file, as it stands now.
pub(crate) async fn file(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Path((year, name)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let year = year.parse().map_err(|_odd| Fault::NotFound)?;
    let known = [
        ("report.pdf", Target::Pdf, "application/pdf"),
        ("report.docx", Target::Docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("report.xlsx", Target::Xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("report.json", Target::Json, "application/json"),
        ("report.csv", Target::Csv, "text/csv; charset=utf-8"),
    ];
    let Some((_, target, media)) = known.into_iter().find(|(one, _, _)| *one == name) else {
        return Err(Failure::Fault(Fault::NotFound));
    };
    let page = web.services.report_page(now(), &viewer.actor, viewer.actor.agency(), year).await?;
    let bytes = web.services.report_file(&page, target).await?;
    let title = page.full.title.clone().unwrap_or_default();
    let mark = if page.stage == ReportStage::Published { "" } else { "（未定稿）" };
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    Ok(download(&format!("{title}{mark}.{ending}"), media, bytes, false))
}
