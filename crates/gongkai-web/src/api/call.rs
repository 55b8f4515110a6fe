//! A call about an edition: for whom, which edition, what was sent, and the answer.

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use gongkai_model::ids::EditionId;
use gongkai_service::platform::{Actor, Fault, Services, now};
use serde::de::DeserializeOwned;
use serde_json::json;
use uuid::Uuid;

use super::ApiFault;
use super::office::told;
use crate::routes::named;
use crate::state::Web;

/// The answer of a call.
pub(super) type Answer = Result<Response, ApiFault>;

/// What every call is given.
pub(crate) struct Call {
    pub(super) web: Web,
    pub(super) actor: Actor,
    pub(super) id: EditionId,
    pub(super) body: Bytes,
    /// While a large request is worked on, others wait.
    _place: Option<tokio::sync::SemaphorePermit<'static>>,
    named: Vec<(String, String)>,
}

/// Whether a JSON text names the character that no database takes. A backslash that is itself written with one names nothing.
fn holds_nul(body: &[u8]) -> bool {
    body.windows(6).enumerate().filter(|(_, window)| *window == br"\u0000").any(|(at, _)| {
        let before = body.get(..at).unwrap_or_default();
        before.iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 0
    })
}

/// The JSON of a body.
pub(super) fn parse<T: DeserializeOwned>(body: &Bytes) -> Result<T, ApiFault> {
    if holds_nul(body) {
        return Err(ApiFault(Fault::field("body", "含有不能用的字符 \\u0000，请删去")));
    }
    serde_json::from_slice(body).map_err(|error| {
        let told = error.to_string();
        // serde names an unknown or missing field in backquotes, in English.
        let named =
            told.split('`').nth(1).filter(|_| told.starts_with("unknown field") || told.starts_with("missing field"));
        let named = named.map_or_else(String::new, |name| {
            if told.starts_with("missing") {
                format!("，缺少“{name}”")
            } else {
                format!("，没有“{name}”这一项")
            }
        });
        let place = format!("第{}行第{}列", error.line(), error.column());
        ApiFault(Fault::field("body", format!("请求的JSON不符合接口说明（{place}{named}）。见 /api/openapi.json")))
    })
}

impl Call {
    pub(super) fn services(&self) -> &Services {
        &self.web.services
    }

    /// What was sent.
    pub(super) fn input<T: DeserializeOwned>(&self) -> Result<T, ApiFault> {
        parse(&self.body)
    }

    /// The file that the address names.
    pub(super) fn file(&self) -> Result<Uuid, ApiFault> {
        named(&self.named, "file").parse().map_err(|_not_an_id| ApiFault(Fault::NotFound))
    }

    /// The edition as it is now.
    pub(super) async fn shown(self) -> Answer {
        shown(&self.web, &self.actor, self.id, StatusCode::OK).await
    }

    /// The edition after an act. An act can end the right to look: then the answer says that it was done, and why no more is
    /// shown.
    pub(super) async fn done(self) -> Answer {
        match self.services().view(now(), &self.actor, self.id).await {
            Ok(view) => Ok(Json(told(&view)).into_response()),
            Err(Fault::Refused(why)) => {
                Ok(Json(json!({ "id": self.id.to_string(), "done": true, "message": why.to_string() })).into_response())
            }
            Err(other) => Err(ApiFault(other)),
        }
    }
}

/// An edition as an answer.
pub(super) async fn shown(web: &Web, actor: &Actor, id: EditionId, status: StatusCode) -> Answer {
    let view = web.services.view(now(), actor, id).await?;
    Ok((status, Json(told(&view))).into_response())
}

impl FromRequest<Web> for Call {
    type Rejection = Response;

    async fn from_request(request: Request, web: &Web) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let Extension(actor) =
            Extension::<Actor>::from_request_parts(&mut parts, web).await.map_err(IntoResponse::into_response)?;
        let Path(all) = Path::<Vec<(String, String)>>::from_request_parts(&mut parts, web)
            .await
            .map_err(IntoResponse::into_response)?;
        let id = named(&all, "id").parse().map_err(|_not_an_id| ApiFault(Fault::NotFound).into_response())?;
        let place = crate::posted::place(&parts.headers).await;
        let body =
            Bytes::from_request(Request::from_parts(parts, body), web).await.map_err(IntoResponse::into_response)?;
        Ok(Self { web: web.clone(), actor, id, body, _place: place, named: all })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_written_backslash_is_no_nul() {
        assert!(holds_nul(br#"{"a":"x\u0000"}"#) != holds_nul(br#"{"a":"x\\u0000"}"#));
        assert!(holds_nul(br#"{"a":"\\\u0000"}"#));
        assert!(!holds_nul(br#"{"a":"C:\\u0000"}"#));
    }
}
