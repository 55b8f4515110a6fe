//! The REST API: the same acts for programs, with tokens; answers in JSON.

pub(crate) mod annual;
pub(crate) mod applications;
mod call;
pub(crate) mod describe;
pub(crate) mod further;
pub(crate) mod office;
pub(crate) mod public;

use axum::Json;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use gongkai_service::platform::{Fault, Scope, now};
use serde_json::{Value, json};

use crate::failure;
use crate::guard::address;
use crate::limit::Kind;
use crate::state::Web;

/// An answer that something did not happen.
pub(crate) fn refusal(status: StatusCode, message: &str, fields: &[(String, String)]) -> Response {
    let fields: Vec<Value> =
        fields.iter().map(|(name, message)| json!({ "field": name, "message": message })).collect();
    (status, Json(json!({ "error": { "message": message, "fields": fields } }))).into_response()
}

/// A fault as an answer.
pub(crate) struct ApiFault(pub(crate) Fault);

impl From<Fault> for ApiFault {
    fn from(fault: Fault) -> Self {
        Self(fault)
    }
}

impl IntoResponse for ApiFault {
    fn into_response(self) -> Response {
        let fields = match &self.0 {
            Fault::Invalid(list) => list.clone(),
            Fault::Refused(_)
            | Fault::Conflict
            | Fault::NotFound
            | Fault::Forbidden
            | Fault::TooOften(_)
            | Fault::Failed(_) => Vec::new(),
        };
        if let Fault::Failed(why) = &self.0 {
            tracing::error!(why, "接口没有完成");
        }
        refusal(failure::status(&self.0), &failure::told(&self.0), &fields)
    }
}

/// Lets a request through whose token has the scope.
pub(crate) async fn with_token(web: &Web, scope: Scope, mut request: Request, next: Next) -> Response {
    let from = address(&request, web.settings.behind_proxy);
    let sent = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let secret = sent.and_then(|value| value.strip_prefix("Bearer ")).unwrap_or("").trim().to_owned();
    let found = if secret.is_empty() { Ok(None) } else { web.services.token_actor(now(), &secret).await };
    match found {
        Err(fault) => ApiFault(fault).into_response(),
        Ok(None) => {
            // Guessing is limited; programs with a right token are not.
            if !web.limits.allows(Kind::SignIn, from) {
                return refusal(StatusCode::TOO_MANY_REQUESTS, "请求过于频繁，请稍后再试", &[]);
            }
            let mut response = refusal(
                StatusCode::UNAUTHORIZED,
                "没有令牌，或令牌已过期、作废。在“我的账号”里建立令牌，放在 Authorization: Bearer 里",
                &[],
            );
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            response
        }
        Ok(Some(token)) if !token.scopes.contains(&scope) => {
            refusal(StatusCode::FORBIDDEN, &format!("令牌没有“{}”的权限", scope.label()), &[])
        }
        Ok(Some(token)) => {
            request.extensions_mut().insert(token.actor);
            next.run(request).await
        }
    }
}

/// The description of the interface (OpenAPI 3.1).
pub(crate) async fn openapi() -> Response {
    Json(describe::document()).into_response()
}
