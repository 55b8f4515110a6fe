//! 复议诉讼: the list, one that is noted, its page with the clocks and how it ended.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse, Response};
use gongkai_model::application::{ProceedingColumn, ProceedingGroup, Ruling};
use gongkai_model::ids::ApplicationId;
use gongkai_service::platform::{DisputeView, Ended, Fault, NewDispute, Viewer, local_date, now, written_date};
use jiff::civil::Date;
use serde::Deserialize;
use uuid::Uuid;

use super::applications::day;
use super::frame::{Done, Frame, Problems, go};
use crate::failure::{self, Failure};
use crate::posted::Posted;
use crate::state::Web;

#[derive(Template)]
#[template(path = "office/disputes.html")]
struct ListPage {
    frame: Frame,
    pending: bool,
    lines: Vec<DisputeView>,
    today: Date,
}

#[derive(Template)]
#[template(path = "office/dispute_new.html")]
struct NewPage {
    frame: Frame,
    problems: Problems,
    posted: Posted,
    application: String,
    subject: String,
    kinds: Vec<(&'static str, &'static str)>,
    priors: Vec<(Uuid, String)>,
    today: String,
}

#[derive(Template)]
#[template(path = "office/dispute.html")]
struct DisputePage {
    frame: Frame,
    id: Uuid,
    view: DisputeView,
    problems: Problems,
    posted: Posted,
    rulings: Vec<(&'static str, String)>,
    today: Date,
}

impl DisputePage {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "a template hands over references")]
    fn written(day: &Date) -> String {
        written_date(*day)
    }

    fn pending(&self) -> bool {
        self.view.record.result == ProceedingColumn::Pending
    }

    fn of_reconsideration(&self) -> bool {
        self.view.record.kind == ProceedingGroup::Reconsideration
    }

    fn typed(&self, name: &str) -> &str {
        self.posted.get(name)
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    state: String,
    application: String,
}

/// The most that a list shows.
const SHOWN: u64 = 300;

/// The list.
pub(crate) async fn page(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Query(asked): Query<Asked>,
    Query(done): Query<Done>,
) -> Result<Response, Failure> {
    let pending = asked.state == "pending";
    let view = ListPage {
        frame: Frame::new(&web, &viewer, "disputes").done(&done.done),
        pending,
        lines: web.services.disputes_list(&viewer.actor, pending, SHOWN).await?,
        today: local_date(now()),
    };
    Ok(Html(view.render()?).into_response())
}

async fn blank(
    web: &Web,
    viewer: &Viewer,
    application: &str,
    (problems, posted): (Problems, Posted),
) -> Result<NewPage, Failure> {
    let subject = match application.parse::<ApplicationId>() {
        Ok(id) => web.services.application(now(), &viewer.actor, id).await?.record.subject,
        Err(_none) => String::new(),
    };
    let priors = web.services.disputes_list(&viewer.actor, false, 100).await?;
    Ok(NewPage {
        frame: Frame::new(web, viewer, "disputes"),
        problems,
        posted,
        application: application.to_owned(),
        subject,
        kinds: ProceedingGroup::ALL.iter().map(|one| (one.code(), one.label())).collect(),
        priors: priors
            .into_iter()
            .filter(|one| one.record.kind == ProceedingGroup::Reconsideration)
            .filter(|one| {
                application.is_empty() || one.record.application.is_some_and(|id| id.to_string() == application)
            })
            .map(|one| (one.record.id, format!("{}（{}）", one.record.number, one.record.filed_on)))
            .collect(),
        today: local_date(now()).to_string(),
    })
}

/// The form of a new one.
pub(crate) async fn new_page(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let page = blank(&web, &viewer, &asked.application, (Problems::default(), Posted::default())).await?;
    Ok(Html(page.render()?).into_response())
}

/// A day that may be left open.
fn maybe(field: &str, text: &str) -> Result<Option<Date>, Fault> {
    if text.trim().is_empty() { Ok(None) } else { day(field, text).map(Some) }
}

/// Notes one.
pub(crate) async fn create(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    posted: Posted,
) -> Result<Response, Failure> {
    let outcome = async {
        let kind = ProceedingGroup::ALL.into_iter().find(|one| one.code() == posted.get("kind"));
        let parse = |name: &str| posted.get(name).trim().parse::<Uuid>().ok();
        let new = NewDispute {
            application: parse("application").map(ApplicationId),
            prior: parse("prior"),
            kind: kind.ok_or_else(|| Fault::field("kind", "请选择复议还是诉讼"))?,
            number: posted.get("number").to_owned(),
            forum: posted.get("forum").to_owned(),
            filed_on: day("filed_on", posted.get("filed_on"))?,
            copy_on: maybe("copy_on", posted.get("copy_on"))?,
            simplified: posted.get("simplified") == "yes",
            co_defendant: posted.get("co_defendant") == "yes",
        };
        web.services.note_dispute(now(), &viewer.actor, &new).await
    };
    match outcome.await {
        Ok(id) => Ok(go(&format!("/office/disputes/{id}"), "dispute")),
        Err(fault) => {
            let status = failure::status(&fault);
            let application = posted.get("application").to_owned();
            let page = blank(&web, &viewer, &application, (Problems::of(fault)?, posted)).await?;
            Ok((status, Html(page.render()?)).into_response())
        }
    }
}

async fn view(
    web: &Web,
    viewer: &Viewer,
    id: Uuid,
    (problems, posted): (Problems, Posted),
) -> Result<DisputePage, Failure> {
    let view = web.services.dispute_view(&viewer.actor, id).await?;
    let rulings = Ruling::of(view.record.kind)
        .iter()
        .map(|one| (one.code, format!("{}　计入“{}”", one.label, one.column.label())))
        .collect();
    Ok(DisputePage {
        frame: Frame::new(web, viewer, "disputes"),
        id,
        view,
        problems,
        posted,
        rulings,
        today: local_date(now()),
    })
}

fn id_of(text: &str) -> Result<Uuid, Failure> {
    text.parse().map_err(|_not_an_id| Failure::Fault(Fault::NotFound))
}

/// The page.
pub(crate) async fn one(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Response, Failure> {
    let mut page = view(&web, &viewer, id_of(&id)?, (Problems::default(), Posted::default())).await?;
    page.frame = page.frame.done(&done.done);
    Ok(Html(page.render()?).into_response())
}

/// Notes days, or how it ended.
pub(crate) async fn act(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let id = id_of(&id)?;
    let version = posted.number("version");
    let outcome = async {
        if posted.get("act") == "follow" {
            let days = (
                maybe("copy_on", posted.get("copy_on"))?,
                maybe("answered_on", posted.get("answered_on"))?,
                posted.get("simplified") == "yes",
            );
            return web.services.follow_dispute(now(), &viewer.actor, id, version, days).await;
        }
        let due = maybe("due", posted.get("due"))?;
        let received = maybe("received", posted.get("received"))?;
        let ended = Ended {
            ruling: posted.get("ruling").to_owned(),
            on: day("on", posted.get("on"))?,
            new_reply: match (received, due) {
                (Some(received), Some(due)) => Some((received, due)),
                (None, Some(_)) => return Err(Fault::field("received", "请填写收到决定书、判决书的日期")),
                (Some(_), None) => {
                    return Err(Fault::field("due", "请填写重新答复的期限；没有责令重新答复的，收到日期也不填"));
                }
                (None, None) => None,
            },
            lesson: posted.get("lesson").to_owned(),
        };
        web.services.end_dispute(now(), &viewer.actor, id, version, &ended).await
    };
    match outcome.await {
        Ok(()) => Ok(go(&format!("/office/disputes/{id}"), "saved")),
        Err(fault) => {
            let status = failure::status(&fault);
            let page = view(&web, &viewer, id, (Problems::of(fault)?, posted)).await?;
            Ok((status, Html(page.render()?)).into_response())
        }
    }
}
