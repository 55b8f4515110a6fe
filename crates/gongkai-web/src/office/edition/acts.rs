//! What people do on the page of an edition: submit, sign, publish, take down, settle findings.

use axum::Extension;
use axum::extract::{Path, State};
use axum::response::Response;
use gongkai_model::ids::EditionId;
use gongkai_model::publication::Verdict;
use gongkai_model::publication::check::Disposition;
use gongkai_service::platform::{Fault, Viewer, now};

use super::with_problems;
use crate::failure::Failure;
use crate::office::draft::edition_id;
use crate::office::frame::go;
use crate::office::opinion;
use crate::posted::Posted;
use crate::state::Web;

async fn after(
    web: &Web,
    viewer: &Viewer,
    id: EditionId,
    outcome: Result<(), Fault>,
    done: &str,
    posted: &Posted,
) -> Result<Response, Failure> {
    match outcome {
        Ok(()) => Ok(go(&format!("/office/editions/{id}"), done)),
        Err(fault) => with_problems(web, viewer, id, fault, posted).await,
    }
}

/// Sends to the first reviewer.
pub(crate) async fn submit(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let id = edition_id(&id)?;
    let outcome = web.services.submit(now(), &viewer.actor, id, posted.number("version"), posted.get("urgent")).await;
    after(&web, &viewer, id, outcome, "submitted", &posted).await
}

/// Signs, or gives back.
pub(crate) async fn review(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let id = edition_id(&id)?;
    let attribute = web.services.view(now(), &viewer.actor, id).await?.record.metadata.attribute;
    let decision = match opinion::decision(&posted, attribute) {
        Ok(decision) => decision,
        Err(fault) => return with_problems(&web, &viewer, id, fault, &posted).await,
    };
    let done = match decision.verdict {
        Verdict::Passed => "passed",
        Verdict::Returned => "returned",
        Verdict::Referred => "referred",
    };
    let outcome = web.services.review(now(), &viewer.actor, id, decision, posted.get("seen")).await;
    after(&web, &viewer, id, outcome, done, &posted).await
}

/// Takes back to the draft.
pub(crate) async fn recall(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let id = edition_id(&id)?;
    let outcome = web.services.recall(now(), &viewer.actor, id, posted.get("reason")).await;
    after(&web, &viewer, id, outcome, "recalled", &posted).await
}

/// Publishes now, or at a time.
pub(crate) async fn publish(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let id = edition_id(&id)?;
    let time = posted.get("publish_at");
    if posted.get("act") == "schedule" {
        let outcome = web.services.schedule(now(), &viewer.actor, id, time, posted.get("late")).await;
        return after(&web, &viewer, id, outcome, "scheduled", &posted).await;
    }
    if posted.get("act") == "unschedule" {
        let outcome = web.services.unschedule(now(), &viewer.actor, id).await;
        return after(&web, &viewer, id, outcome, "unscheduled", &posted).await;
    }
    let outcome = web.services.publish(now(), &viewer.actor, id).await;
    after(&web, &viewer, id, outcome, "published", &posted).await
}

/// Records what the checker found of the page.
pub(crate) async fn inspect(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let id = edition_id(&id)?;
    let right = posted.get("verdict") == "right";
    let outcome = web.services.inspect(now(), &viewer.actor, id, right, posted.get("comment")).await;
    after(&web, &viewer, id, outcome, "inspected", &posted).await
}

/// Takes down.
pub(crate) async fn withdraw(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let id = edition_id(&id)?;
    let outcome = web.services.withdraw(now(), &viewer.actor, id, posted.get("reason")).await;
    after(&web, &viewer, id, outcome, "withdrawn", &posted).await
}

/// Decides about a finding, or takes the decision back.
pub(crate) async fn settle(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let id = edition_id(&id)?;
    let fingerprint = posted.get("fingerprint");
    if posted.get("act") == "reopen" {
        let outcome = web.services.unsettle(now(), &viewer.actor, id, fingerprint).await;
        return after(&web, &viewer, id, outcome, "reopened", &posted).await;
    }
    let outcome = match Disposition::from_code(posted.get("disposition")) {
        Some(disposition) => {
            web.services.settle(now(), &viewer.actor, id, fingerprint, disposition, posted.get("reason")).await
        }
        None => Err(Fault::field("disposition", "请选择处理意见")),
    };
    after(&web, &viewer, id, outcome, "settled", &posted).await
}

/// Begins the next edition.
pub(crate) async fn renew(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let id = edition_id(&id)?;
    let view = web.services.view(now(), &viewer.actor, id).await?;
    match web.services.renew(now(), &viewer.actor, view.record.publication).await {
        Ok(next) => Ok(go(&format!("/office/editions/{next}/edit"), "renewed")),
        Err(fault) => with_problems(&web, &viewer, id, fault, &posted).await,
    }
}

/// Gives a draft up.
pub(crate) async fn discard(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let id = edition_id(&id)?;
    match web.services.discard(now(), &viewer.actor, id).await {
        Ok(()) => Ok(go("/office/items", "discarded")),
        Err(fault) => with_problems(&web, &viewer, id, fault, &posted).await,
    }
}

/// Asks others to decide about findings.
pub(crate) async fn ask(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let id = edition_id(&id)?;
    let outcome = web.services.ask_for_decision(now(), &viewer.actor, id).await;
    after(&web, &viewer, id, outcome, "asked", &posted).await
}

/// Hides the middle of a number in the text.
pub(crate) async fn mask(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let id = edition_id(&id)?;
    let version = posted.number("version");
    let outcome = web.services.mask(now(), &viewer.actor, id, version, posted.get("fingerprint")).await;
    after(&web, &viewer, id, outcome, "masked", &posted).await
}

/// Lets a draft that was kept apart go on.
pub(crate) async fn release(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let id = edition_id(&id)?;
    let outcome = web.services.release(now(), &viewer.actor, id, posted.get("reason")).await;
    after(&web, &viewer, id, outcome, "released", &posted).await
}

/// Empties a draft that was kept apart.
pub(crate) async fn destroy(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let id = edition_id(&id)?;
    let outcome = web.services.destroy(now(), &viewer.actor, id, posted.get("reason")).await;
    after(&web, &viewer, id, outcome, "destroyed", &posted).await
}

/// Confirms that what was looked at again stays as it is.
pub(crate) async fn confirm(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let id = edition_id(&id)?;
    let day = posted.get("review_by").trim();
    let next = if day.is_empty() {
        Ok(None)
    } else {
        day.parse().map(Some).map_err(|_not_a_day| Fault::field("review_by", "日期写成 2026-01-09 的样子"))
    };
    let outcome = match next {
        Ok(next) => web.services.confirm(now(), &viewer.actor, id, next).await,
        Err(fault) => Err(fault),
    };
    after(&web, &viewer, id, outcome, "confirmed", &posted).await
}
