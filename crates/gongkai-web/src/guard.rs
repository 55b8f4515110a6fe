//! Looks at every request before a handler does: who asks, whether they may, where it comes from.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::atomic::Ordering;

use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use gongkai_service::platform::{Stage, Viewer, now};

use crate::failure;
use crate::limit::Kind;
use crate::office::resume;
use crate::routes::{Access, access_of};
use crate::state::Web;

/// The cookie of a session.
pub(crate) const COOKIE: &str = "gongkai";

/// The value of a cookie.
pub(crate) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(known, _)| *known == name)
        .map(|(_, value)| value)
}

/// Where a request comes from.
pub(crate) fn address(request: &Request, behind_proxy: bool) -> IpAddr {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let forwarded = behind_proxy
        .then(|| request.headers().get("x-forwarded-for")?.to_str().ok()?.rsplit(',').next()?.trim().parse().ok())
        .flatten();
    forwarded.or(peer).unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST))
}

/// Where a request came from, for handlers that limit it further.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Client(pub(crate) IpAddr);

/// Whether a changing request was sent by a page of this site.
fn is_own(headers: &HeaderMap) -> bool {
    if let Some(site) = headers.get("sec-fetch-site").and_then(|value| value.to_str().ok()) {
        return matches!(site, "same-origin" | "none");
    }
    match (headers.get(header::ORIGIN).and_then(|value| value.to_str().ok()), headers.get(header::HOST)) {
        (Some(origin), Some(host)) => {
            let host = host.to_str().unwrap_or("");
            origin.split_once("://").is_some_and(|(_, rest)| rest == host)
        }
        // A program without a browser sends no origin; the mark in the form still must fit.
        (None, _) => true,
        (Some(_), None) => false,
    }
}

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

fn dressed_for(web: &Web, response: Response, private: bool) -> Response {
    let mut response = dressed(response, private);
    if web.settings.secure {
        let year = HeaderValue::from_static("max-age=31536000");
        response.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, year);
    }
    response
}

fn dressed(mut response: Response, private: bool) -> Response {
    let headers = response.headers_mut();
    let fixed = |text: &'static str| HeaderValue::from_static(text);
    // A file that was given out brings a stricter one.
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(fixed(POLICY));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, fixed("nosniff"));
    headers.insert(header::REFERRER_POLICY, fixed("same-origin"));
    headers.insert(header::X_FRAME_OPTIONS, fixed("DENY"));
    if private {
        headers.insert(header::CACHE_CONTROL, fixed("no-store"));
    }
    response
}

fn missing_message(path: &str) -> &'static str {
    if path.starts_with("/api/") {
        "没有这个接口，或不支持这种请求方法。见 /api/openapi.json"
    } else {
        "网址可能写错了，或者内容已经移走。可以回到首页，用检索查找。"
    }
}

/// The guard. What stands not in the table is refused.
pub(crate) async fn guard(State(web): State<Web>, mut request: Request, next: Next) -> Response {
    web.meters.requests.fetch_add(1, Ordering::Relaxed);
    let asked = request.uri().path().to_owned();
    // No address and no query of ours holds a zero byte; the databases take it differently.
    if request.uri().path_and_query().is_some_and(|all| all.as_str().contains("%00")) {
        web.meters.refusals.fetch_add(1, Ordering::Relaxed);
        let message = "网址里有不能用的字符。";
        return dressed_for(&web, failure::answer(&asked, StatusCode::BAD_REQUEST, message, "/"), false);
    }
    let path = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned()).unwrap_or_default();
    let Some(access) = access_of(request.method(), &path) else {
        web.meters.refusals.fetch_add(1, Ordering::Relaxed);
        return dressed_for(&web, failure::answer(&asked, StatusCode::NOT_FOUND, missing_message(&asked), "/"), false);
    };
    let changing = !matches!(*request.method(), Method::GET | Method::HEAD);
    let from = address(&request, web.settings.behind_proxy);
    let private = !matches!(access, Access::Public | Access::Costly);
    let limited = match access {
        Access::SignIn => changing.then_some(Kind::SignIn),
        Access::Costly => Some(Kind::Costly),
        Access::Form => Some(if changing { Kind::Form } else { Kind::Costly }),
        Access::Public | Access::Stage | Access::Officer(_) | Access::Token(_) => None,
    };
    if limited.is_some_and(|kind| !web.limits.allows(kind, from)) {
        web.meters.refusals.fetch_add(1, Ordering::Relaxed);
        return dressed_for(
            &web,
            failure::answer(&asked, StatusCode::TOO_MANY_REQUESTS, "请稍等一分钟再试。", "/"),
            true,
        );
    }
    request.extensions_mut().insert(Client(from));
    if let Access::Token(scope) = access {
        return dressed_for(&web, crate::api::with_token(&web, scope, request, next).await, true);
    }
    if changing && !is_own(request.headers()) {
        web.meters.refusals.fetch_add(1, Ordering::Relaxed);
        return dressed_for(
            &web,
            failure::answer(&asked, StatusCode::FORBIDDEN, "这个请求来自别的网站，没有执行。", "/"),
            true,
        );
    }
    if private {
        let viewer = match cookie(request.headers(), COOKIE) {
            Some(secret) => match web.services.viewer(now(), secret).await {
                Ok(viewer) => viewer,
                Err(fault) => return dressed_for(&web, failure::Failure::from(fault).into_response(), true),
            },
            None => None,
        };
        if viewer.is_none() && changing && matches!(access, Access::Stage | Access::Officer(_)) {
            if !web.limits.allows(Kind::Costly, from) {
                web.meters.refusals.fetch_add(1, Ordering::Relaxed);
                return dressed_for(
                    &web,
                    failure::answer(&asked, StatusCode::TOO_MANY_REQUESTS, "请稍等一分钟再试。", "/"),
                    true,
                );
            }
            // A form posted after the session was over: what was typed is kept.
            return dressed_for(&web, crate::posted::keep(request).await, true);
        }
        if let Some(refused) = refused(access, viewer.as_ref(), &request) {
            web.meters.refusals.fetch_add(1, Ordering::Relaxed);
            return dressed_for(&web, refused, true);
        }
        if let Some(viewer) = viewer {
            request.extensions_mut().insert(viewer);
        }
    }
    let (method, begun) = (request.method().clone(), now());
    let response = next.run(request).await;
    // The pattern of the address, not the address: nothing of persons in logs.
    tracing::debug!(%method, path, status = response.status().as_u16(), ms = now().duration_since(begun).as_millis(), "请求");
    if response.status().is_server_error() {
        web.meters.failures.fetch_add(1, Ordering::Relaxed);
    }
    dressed_for(&web, response, private)
}

/// Why the person may not; `None` where they may.
fn refused(access: Access, viewer: Option<&Viewer>, request: &Request) -> Option<Response> {
    let sign_in = || {
        let wanted = request.uri().path_and_query().map_or("/office", |path| path.as_str());
        Redirect::to(&format!("/office/login?next={}", resume::encode(wanted))).into_response()
    };
    match access {
        Access::Public | Access::Costly | Access::Form | Access::SignIn | Access::Token(_) => None,
        Access::Stage => viewer.is_none().then(sign_in),
        Access::Officer(roles) => {
            let Some(viewer) = viewer else { return Some(sign_in()) };
            match viewer.stage {
                Stage::SecondFactor => return Some(Redirect::to("/office/code").into_response()),
                Stage::NewPassword => return Some(Redirect::to("/office/password").into_response()),
                Stage::Full => {}
            }
            let may = roles.is_empty() || roles.iter().any(|role| viewer.actor.holds(*role));
            (!may).then(|| {
                let message = "您没有办理这件事的权限。如确需办理，请联系本单位管理员。";
                failure::page(StatusCode::FORBIDDEN, message, "/office")
            })
        }
    }
}
