//! Whether the program lives and works, for operators.

use std::sync::atomic::Ordering;

use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::state::Web;

/// The program answers.
pub(crate) async fn alive() -> &'static str {
    "ok\n"
}

/// Database and storage answer.
pub(crate) async fn ready(State(web): State<Web>) -> Response {
    match web.services.ready().await {
        Ok(()) => "ok\n".into_response(),
        Err(fault) => {
            tracing::error!(%fault, "没有就绪");
            (StatusCode::SERVICE_UNAVAILABLE, "数据库或文件存储没有应答\n").into_response()
        }
    }
}

/// Counters in the form of Prometheus; nothing in them tells of a person.
pub(crate) async fn metrics(State(web): State<Web>) -> Response {
    let meters = &web.meters;
    let of = |counter: &std::sync::atomic::AtomicU64| counter.load(Ordering::Relaxed);
    let (waiting, failing, behind) = web.services.backlog().await.unwrap_or_default();
    let public = web.services.counts().await.map_or(0, |counts| counts.total(None));
    let text = format!(
        "# TYPE gongkai_requests_total counter\ngongkai_requests_total {}\n\
         # TYPE gongkai_failures_total counter\ngongkai_failures_total {}\n\
         # TYPE gongkai_refusals_total counter\ngongkai_refusals_total {}\n\
         # TYPE gongkai_pages_from_memory_total counter\ngongkai_pages_from_memory_total {}\n\
         # TYPE gongkai_jobs_waiting gauge\ngongkai_jobs_waiting {waiting}\n\
         # TYPE gongkai_jobs_failing gauge\ngongkai_jobs_failing {failing}\n\
         # TYPE gongkai_index_behind gauge\ngongkai_index_behind {behind}\n\
         # TYPE gongkai_indexed_items gauge\ngongkai_indexed_items {}\n\
         # TYPE gongkai_public_items gauge\ngongkai_public_items {public}\n",
        of(&meters.requests),
        of(&meters.failures),
        of(&meters.refusals),
        of(&meters.kept),
        web.services.indexed(),
    );
    let mut response = text.into_response();
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8"));
    response
}
