//! What people do on the page of an edition: submit, sign, publish, take down, settle findings.

use axum::response::Response;
use gongkai_model::publication::Verdict;
use gongkai_model::publication::check::Disposition;
use gongkai_service::platform::{Fault, Upload, now};

use super::act::OnEdition;
use crate::failure::Failure;
use crate::office::frame::go;
use crate::office::opinion;

type Answer = Result<Response, Failure>;

/// Sends to the first reviewer.
pub(crate) async fn submit(act: OnEdition) -> Answer {
    let (version, urgent) = (act.posted.number("version"), act.get("urgent"));
    let outcome = act.services().submit(now(), act.actor(), act.id, version, urgent).await;
    act.end(outcome, "submitted").await
}

/// Signs, or gives back.
pub(crate) async fn review(act: OnEdition) -> Answer {
    let attribute = act.services().view(now(), act.actor(), act.id).await?.record.metadata.attribute;
    let decision = match opinion::decision(&act.posted, attribute) {
        Ok(decision) => decision,
        Err(fault) => return act.end(Err(fault), "").await,
    };
    let done = match decision.verdict {
        Verdict::Passed => "passed",
        Verdict::Returned => "returned",
        Verdict::Referred => "referred",
    };
    let outcome = act.services().review(now(), act.actor(), act.id, decision, act.get("seen")).await;
    act.end(outcome, done).await
}

/// Takes back to the draft.
pub(crate) async fn recall(act: OnEdition) -> Answer {
    let outcome = act.services().recall(now(), act.actor(), act.id, act.get("reason")).await;
    act.end(outcome, "recalled").await
}

/// Publishes now, or at a time.
pub(crate) async fn publish(act: OnEdition) -> Answer {
    let services = act.services();
    let (outcome, done) = match act.get("act") {
        "schedule" => (services.schedule(now(), act.actor(), act.id, act.get("publish_at")).await, "scheduled"),
        "unschedule" => (services.unschedule(now(), act.actor(), act.id).await, "unscheduled"),
        _ => (services.publish(now(), act.actor(), act.id).await, "published"),
    };
    act.end(outcome, done).await
}

/// Records what the checker found of the page.
pub(crate) async fn inspect(act: OnEdition) -> Answer {
    let right = act.get("verdict") == "right";
    let outcome = act.services().inspect(now(), act.actor(), act.id, right, act.get("comment")).await;
    act.end(outcome, "inspected").await
}

/// Takes down.
pub(crate) async fn withdraw(act: OnEdition) -> Answer {
    let outcome = act.services().withdraw(now(), act.actor(), act.id, act.get("reason")).await;
    act.end(outcome, "withdrawn").await
}

/// Decides about a finding, or takes the decision back.
pub(crate) async fn settle(act: OnEdition) -> Answer {
    let fingerprint = act.get("fingerprint");
    if act.get("act") == "reopen" {
        let outcome = act.services().unsettle(now(), act.actor(), act.id, fingerprint).await;
        return act.end(outcome, "reopened").await;
    }
    let outcome = match Disposition::from_code(act.get("disposition")) {
        Some(said) => act.services().settle(now(), act.actor(), act.id, fingerprint, said, act.get("reason")).await,
        None => Err(Fault::field("disposition", "请选择处理意见")),
    };
    act.end(outcome, "settled").await
}

/// Begins the next edition.
pub(crate) async fn renew(act: OnEdition) -> Answer {
    let publication = act.services().view(now(), act.actor(), act.id).await?.record.publication;
    match act.services().renew(now(), act.actor(), publication).await {
        Ok(next) => Ok(go(&format!("/office/editions/{next}/edit"), "renewed")),
        Err(fault) => act.end(Err(fault), "").await,
    }
}

/// Gives a draft up.
pub(crate) async fn discard(act: OnEdition) -> Answer {
    match act.services().discard(now(), act.actor(), act.id).await {
        Ok(()) => Ok(go("/office/items", "discarded")),
        Err(fault) => act.end(Err(fault), "").await,
    }
}

/// Asks others to decide about findings.
pub(crate) async fn ask(act: OnEdition) -> Answer {
    let outcome = act.services().ask_for_decision(now(), act.actor(), act.id).await;
    act.end(outcome, "asked").await
}

/// Hides the middle of a number in the text.
pub(crate) async fn mask(act: OnEdition) -> Answer {
    let (version, fingerprint) = (act.posted.number("version"), act.get("fingerprint"));
    let outcome = act.services().mask(now(), act.actor(), act.id, version, fingerprint).await;
    act.end(outcome, "masked").await
}

/// Lets a draft that was kept apart go on.
pub(crate) async fn release(act: OnEdition) -> Answer {
    let outcome = act.services().release(now(), act.actor(), act.id, act.get("reason")).await;
    act.end(outcome, "released").await
}

/// Empties a draft that was kept apart.
pub(crate) async fn destroy(act: OnEdition) -> Answer {
    let outcome = act.services().destroy(now(), act.actor(), act.id, act.get("reason")).await;
    act.end(outcome, "destroyed").await
}

/// Takes one file of a draft that was kept apart away.
pub(crate) async fn clear_file(act: OnEdition) -> Answer {
    let file = act.file()?;
    let outcome = act.services().clear_file(now(), act.actor(), act.id, file, act.get("reason")).await;
    act.end(outcome, "file_cleared").await
}

/// Confirms that what was looked at again stays as it is.
pub(crate) async fn confirm(act: OnEdition) -> Answer {
    let outcome = match day(act.get("review_by")) {
        Ok(next) => act.services().confirm(now(), act.actor(), act.id, next).await,
        Err(fault) => Err(fault),
    };
    act.end(outcome, "confirmed").await
}

/// The next day of looking at it again; blank is none.
pub(crate) fn day(typed: &str) -> Result<Option<jiff::civil::Date>, Fault> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    typed.parse().map(Some).map_err(|_not_a_day| Fault::field("review_by", "日期写成 2026-01-09 的样子"))
}

/// Adds a file.
pub(crate) async fn attach(mut act: OnEdition) -> Answer {
    let file = act.posted.file.take();
    let outcome = match file {
        None if act.get("act") == "source" => act.services().attach_source(now(), act.actor(), act.id).await,
        Some(file) => {
            let upload = Upload { name: file.name, bytes: file.bytes };
            act.services().attach(now(), act.actor(), act.id, upload).await
        }
        None => Err(Fault::field("file", "请先选择文件")),
    };
    let done = if outcome.as_ref().is_ok_and(|note| !note.is_empty()) { "cleaned" } else { "attached" };
    act.end(outcome.map(|_note| ()), done).await
}

/// Puts a clean copy in the place of a file.
pub(crate) async fn clean(act: OnEdition) -> Answer {
    let file = act.file()?;
    let outcome = act.services().replace_with_clean(now(), act.actor(), act.id, file).await;
    act.end(outcome, "copied").await
}

/// Takes a file off.
pub(crate) async fn detach(act: OnEdition) -> Answer {
    let file = act.file()?;
    let outcome = act.services().detach(now(), act.actor(), act.id, file).await;
    act.end(outcome, "detached").await
}
