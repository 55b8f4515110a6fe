//! Where an applicant follows the application: with its code, without an account.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use gongkai_model::application::QueryCode;
use gongkai_service::platform::{Fault, FollowAct, Following, Upload, local_date, now, written_date};
use jiff::civil::Date;

use super::item::download;
use super::shell::{Shell, is_large};
use crate::failure::{self, Failure};
use crate::guard::cookie;
use crate::office::days::{Month, months};
use crate::office::frame::{Done, Problems};
use crate::posted::Posted;
use crate::state::Web;

/// The cookie that holds the code while the page is open.
const COOKIE: &str = "follow";

#[derive(Template)]
#[template(path = "portal/track.html")]
struct TrackPage {
    shell: Shell,
    typed: String,
    problems: Problems,
}

#[derive(Template)]
#[template(path = "portal/track_case.html")]
struct CasePage {
    shell: Shell,
    case: Following,
    today: Date,
    months: Vec<Month>,
    problems: Problems,
    words: String,
    act: String,
    done: &'static str,
}

impl CasePage {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "a template hands over references")]
    fn written(day: &Date) -> String {
        written_date(*day)
    }

    /// What comes next, in a sentence.
    fn next(&self) -> String {
        let due = self.case.standing.due.map(written_date).unwrap_or_default();
        match self.case.standing.state.as_str() {
            "arrived" => "承办机关会与您联系，双方确认之日是收到申请之日，答复期限从那时起算（条例第三十一条）。请留意电话和邮件。".to_owned(),
            "running" | "reopened" | "delayed" => format!("承办机关应当在{due}以前答复您。"),
            "awaiting_correction" => format!("请在{due}以前补正。没有正当理由逾期不补正的，视为放弃申请（条例第三十条）。"),
            "awaiting_fee" => format!("请在{due}以前按收费通知缴费。逾期未缴的，视为放弃申请（收费办法第六条）。"),
            _ => self.remedies(),
        }
    }

    /// What can be done against the reply, and until when.
    fn remedies(&self) -> String {
        if self.case.standing.outcome == Some(gongkai_model::application::Outcome::Withdrawn) {
            return "已经办结。".to_owned();
        }
        let reconsider = self
            .case
            .remedy_until
            .map_or("自收到答复之日起60日内".to_owned(), |day| format!("在{}以前", written_date(day)));
        let mut out = format!("已经办结。对答复不服的，可以{reconsider}申请行政复议");
        match (self.case.sue_until, self.case.reconsider_first) {
            (Some(day), false) => out.push_str(&format!("，也可以在{}以前直接向人民法院起诉", written_date(day))),
            (Some(day), true) => {
                out.push_str(&format!(
                    "；其中不予公开的部分应当先申请行政复议，其余也可以在{}以前直接起诉",
                    written_date(day)
                ));
            }
            (None, true) => out.push_str("；不予公开的，应当先申请行政复议，再起诉"),
            (None, false) => {}
        }
        out.push_str("。具体途径见答复书。");
        out
    }

    /// Whether the reply is late.
    fn overdue(&self) -> bool {
        matches!(self.case.standing.state.as_str(), "running" | "reopened" | "delayed")
            && self.case.standing.due.is_some_and(|due| due < self.today)
    }
}

fn shell(web: &Web, headers: &HeaderMap, organ: &str, here: &str) -> Shell {
    let directory = web.services.directory();
    Shell::new(&directory, directory.by_code(organ), is_large(headers), here, "track")
}

/// The page where the code is typed.
pub(crate) async fn page(State(web): State<Web>, headers: HeaderMap) -> Result<Response, Failure> {
    let page =
        TrackPage { shell: shell(&web, &headers, "", "/track"), typed: String::new(), problems: Problems::default() };
    Ok(Html(page.render()?).into_response())
}

/// Opens an application by its code.
pub(crate) async fn open(State(web): State<Web>, headers: HeaderMap, posted: Posted) -> Result<Response, Failure> {
    let typed = posted.get("code").trim().chars().take(40).collect::<String>();
    let problem = match QueryCode::typed(&typed) {
        None => "查询码是12位字母和数字，例如 7K4M-2QXD-9FRT。请照回执核对",
        Some(code) => match web.services.follow_application(now(), code.plain()).await {
            Ok(_) => {
                let mut to = Redirect::to("/track/case").into_response();
                keep(&mut to, code.plain(), web.settings.secure);
                return Ok(to);
            }
            Err(Fault::NotFound) => "没有这个查询码的申请。请照回执核对；回执丢失的，带身份证明到承办机关查询",
            Err(fault) => return Err(fault.into()),
        },
    };
    let problems = Problems(vec![("code".to_owned(), problem.to_owned())]);
    let page = TrackPage { shell: shell(&web, &headers, "", "/track"), typed, problems };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response())
}

fn keep(response: &mut Response, code: &str, secure: bool) {
    let secure = if secure { "; Secure" } else { "" };
    let age = if code.is_empty() { "; Max-Age=0" } else { "" };
    let line = format!("{COOKIE}={code}; Path=/track; HttpOnly; SameSite=Strict{age}{secure}");
    if let Ok(value) = HeaderValue::from_str(&line) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

/// Closes the page.
pub(crate) async fn leave(State(web): State<Web>, _posted: Posted) -> Result<Response, Failure> {
    let mut to = Redirect::to("/track").into_response();
    keep(&mut to, "", web.settings.secure);
    Ok(to)
}

fn told(code: &str) -> &'static str {
    match code {
        "correct" => "补正已经提交。",
        "reason" => "理由说明已经提交。",
        "withdraw" => "申请已经撤回。",
        "suggest" => "建议已经提交，承办机关审核后告知您（条例第四十四条）。",
        "complain" => "意见已经提交。",
        _ => "",
    }
}

async fn shown(
    web: &Web,
    headers: &HeaderMap,
    code: &str,
    (problems, posted): (Problems, Option<&Posted>),
    done: &'static str,
) -> Result<CasePage, Failure> {
    let today = local_date(now());
    let case = web.services.follow_application(now(), code).await?;
    let received = case.standing.received.unwrap_or(case.arrived);
    let get = |name: &str| posted.map(|one| one.get(name).to_owned()).unwrap_or_default();
    Ok(CasePage {
        shell: shell(web, headers, &case.organ_code, "/track/case"),
        months: months(received, &case.days, today),
        today,
        case,
        problems,
        words: get("words"),
        act: get("act"),
        done,
    })
}

/// The application.
pub(crate) async fn case(
    State(web): State<Web>,
    headers: HeaderMap,
    Query(done): Query<Done>,
) -> Result<Response, Failure> {
    let Some(code) = cookie(&headers, COOKIE) else { return Ok(Redirect::to("/track").into_response()) };
    match shown(&web, &headers, code, (Problems::default(), None), told(&done.done)).await {
        Ok(page) => Ok(Html(page.render()?).into_response()),
        Err(Failure::Fault(Fault::NotFound)) => Ok(Redirect::to("/track").into_response()),
        Err(other) => Err(other),
    }
}

/// What the applicant does.
pub(crate) async fn act(State(web): State<Web>, headers: HeaderMap, posted: Posted) -> Result<Response, Failure> {
    let Some(code) = cookie(&headers, COOKIE) else { return Ok(Redirect::to("/track").into_response()) };
    let act = match posted.get("act") {
        "correct" => FollowAct::Correct,
        "reason" => FollowAct::Reason,
        "withdraw" => FollowAct::Withdraw,
        "suggest" => FollowAct::Suggest,
        "complain" => FollowAct::Complain,
        _ => return Err(Failure::Fault(Fault::NotFound)),
    };
    let upload = posted.file.as_ref().map(|file| Upload { name: file.name.clone(), bytes: file.bytes.clone() });
    let typed = (code, posted.get("tail"));
    let done = if web.limits.may_act(code) {
        web.services.follow_act(now(), typed, &act, posted.get("words"), upload.as_ref()).await
    } else {
        Err(Fault::TooOften("这个查询码一小时内提交得太多。请过一小时再试；急用的，请直接联系承办机关".to_owned()))
    };
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/track/case?done={}", posted.get("act"))).into_response()),
        Err(fault) => {
            let status = failure::status(&fault);
            let page = shown(&web, &headers, code, (Problems::of(fault)?, Some(&posted)), "").await?;
            Ok((status, Html(page.render()?)).into_response())
        }
    }
}

/// A letter as PDF.
pub(crate) async fn letter(
    State(web): State<Web>,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let Some(code) = cookie(&headers, COOKIE) else { return Ok(Redirect::to("/track").into_response()) };
    let id = id.parse().map_err(|_not_an_id| Failure::Fault(Fault::NotFound))?;
    let (name, bytes) = web.services.followed_letter(code, id).await?;
    Ok(download(&format!("{name}.pdf"), "application/pdf", bytes, false))
}

/// A file that was given with a letter.
pub(crate) async fn file(
    State(web): State<Web>,
    headers: HeaderMap,
    Path((id, _name)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let Some(code) = cookie(&headers, COOKIE) else { return Ok(Redirect::to("/track").into_response()) };
    let id = id.parse().map_err(|_not_an_id| Failure::Fault(Fault::NotFound))?;
    let (name, media, bytes) = web.services.followed_paper(code, id).await?;
    Ok(download(&name, &media, bytes, false))
}
