//! Further acts of the office for programs: files, findings, new editions, taking back, keeping apart, the check of the public
//! page.

use axum::extract::Query;
use axum::http::StatusCode;
use gongkai_model::publication::check::Disposition;
use gongkai_service::platform::{Fault, Upload, now};
use serde::Deserialize;

use super::ApiFault;
use super::call::{Answer, Call, shown};
use crate::office::edition::acts::day;
use crate::portal::item::download;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReasonInput {
    reason: String,
}

/// Takes back to the draft what is on its way.
pub(crate) async fn recall(call: Call) -> Answer {
    let input: ReasonInput = call.input()?;
    call.services().recall(now(), &call.actor, call.id, &input.reason).await?;
    call.done().await
}

/// Takes down.
pub(crate) async fn withdraw(call: Call) -> Answer {
    let input: ReasonInput = call.input()?;
    call.services().withdraw(now(), &call.actor, call.id, &input.reason).await?;
    call.done().await
}

/// Lets a draft that was kept apart go on.
pub(crate) async fn release(call: Call) -> Answer {
    let input: ReasonInput = call.input()?;
    call.services().release(now(), &call.actor, call.id, &input.reason).await?;
    call.done().await
}

/// Empties a draft that was kept apart.
pub(crate) async fn destroy(call: Call) -> Answer {
    let input: ReasonInput = call.input()?;
    call.services().destroy(now(), &call.actor, call.id, &input.reason).await?;
    call.done().await
}

/// Takes one file of a draft that was kept apart away.
pub(crate) async fn clear_file(call: Call) -> Answer {
    let (file, input): (_, ReasonInput) = (call.file()?, call.input()?);
    call.services().clear_file(now(), &call.actor, call.id, file, &input.reason).await?;
    call.done().await
}

/// Begins the next edition of the publication of an edition.
pub(crate) async fn renew(call: Call) -> Answer {
    let publication = call.services().view(now(), &call.actor, call.id).await?.record.publication;
    let next = call.services().renew(now(), &call.actor, publication).await?;
    shown(&call.web, &call.actor, next, StatusCode::CREATED).await
}

/// Gives a draft up.
pub(crate) async fn discard(call: Call) -> Answer {
    call.services().discard(now(), &call.actor, call.id).await?;
    call.done().await
}

/// Takes back the time of a publication.
pub(crate) async fn unschedule(call: Call) -> Answer {
    call.services().unschedule(now(), &call.actor, call.id).await?;
    call.done().await
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct ConfirmInput {
    /// The day by which it is looked at again; blank is none.
    review_by: String,
}

/// Confirms that what was looked at again stays as it is.
pub(crate) async fn confirm(call: Call) -> Answer {
    let input = if call.body.is_empty() { ConfirmInput::default() } else { call.input()? };
    call.services().confirm(now(), &call.actor, call.id, day(&input.review_by)?).await?;
    call.done().await
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SettleInput {
    /// What names the finding.
    fingerprint: String,
    /// `false_positive` or `lawful_with_basis`; empty takes the decision back.
    #[serde(default)]
    disposition: String,
    #[serde(default)]
    reason: String,
}

/// Decides about a finding, or takes the decision back.
pub(crate) async fn settle(call: Call) -> Answer {
    let input: SettleInput = call.input()?;
    if input.disposition.is_empty() {
        call.services().unsettle(now(), &call.actor, call.id, &input.fingerprint).await?;
    } else {
        let said = Disposition::from_code(&input.disposition)
            .ok_or_else(|| ApiFault(Fault::field("disposition", "没有这种处理意见")))?;
        call.services().settle(now(), &call.actor, call.id, &input.fingerprint, said, &input.reason).await?;
    }
    call.done().await
}

/// Asks others to decide about findings.
pub(crate) async fn ask(call: Call) -> Answer {
    call.services().ask_for_decision(now(), &call.actor, call.id).await?;
    call.done().await
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MaskInput {
    version: i32,
    /// What names the finding.
    fingerprint: String,
}

/// Hides the middle of a number in the text.
pub(crate) async fn mask(call: Call) -> Answer {
    let input: MaskInput = call.input()?;
    call.services().mask(now(), &call.actor, call.id, input.version, &input.fingerprint).await?;
    call.done().await
}

#[derive(Debug, Deserialize)]
pub(crate) struct Named {
    #[serde(default)]
    name: String,
}

/// Adds a file to a draft: the body of the request is the file, `name` in the query its name.
pub(crate) async fn attach(Query(named): Query<Named>, call: Call) -> Answer {
    if named.name.trim().is_empty() {
        return Err(ApiFault(Fault::field("name", "在查询参数 name 里写明文件名")));
    }
    let upload = Upload { name: named.name, bytes: call.body.to_vec() };
    call.services().attach(now(), &call.actor, call.id, upload).await?;
    shown(&call.web, &call.actor, call.id, StatusCode::CREATED).await
}

/// A file of an edition as it was uploaded.
pub(crate) async fn file(call: Call) -> Answer {
    let (file, bytes) = call.services().office_file(&call.actor, call.file()?).await?;
    if file.edition != call.id {
        return Err(ApiFault(Fault::NotFound));
    }
    Ok(download(&file.name, &file.media, bytes, false))
}

/// Takes a file off a draft.
pub(crate) async fn detach(call: Call) -> Answer {
    let file = call.file()?;
    call.services().detach(now(), &call.actor, call.id, file).await?;
    call.done().await
}

/// Puts a clean copy in the place of a file.
pub(crate) async fn clean(call: Call) -> Answer {
    let file = call.file()?;
    call.services().replace_with_clean(now(), &call.actor, call.id, file).await?;
    call.done().await
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CheckInput {
    /// Whether the page shows what was approved.
    right: bool,
    #[serde(default)]
    note: String,
}

/// Records what the checker found of the public page.
pub(crate) async fn check(call: Call) -> Answer {
    let input: CheckInput = call.input()?;
    call.services().inspect(now(), &call.actor, call.id, input.right, &input.note).await?;
    call.done().await
}
