//! Accounts, roles, substitutions.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse, Response};
use gongkai_model::ids::{AgencyId, OfficerId};
use gongkai_model::officer::Role;
use gongkai_model::org::UnitKind;
use gongkai_service::platform::{Fault, NewOfficer, OfficerView, Viewer, local_date, now};

use super::frame::{Done, Frame, Problems};
use crate::failure::{self, Failure};
use crate::posted::Posted;
use crate::state::Web;

/// A person as the page shows it.
pub(crate) struct Person {
    pub(crate) view: OfficerView,
    pub(crate) id: String,
    pub(crate) held: Vec<&'static str>,
    pub(crate) labels: String,
    pub(crate) stand_ins: Vec<String>,
    pub(crate) state: &'static str,
    pub(crate) own: bool,
    /// The name of the section; empty where there is none.
    pub(crate) section: String,
}

impl Person {
    pub(crate) fn serves(&self, id: &str) -> bool {
        self.view.account.section.is_some_and(|section| section.to_string() == id)
    }

    pub(crate) fn holds(&self, code: &str) -> bool {
        self.held.contains(&code)
    }
}

#[derive(Template)]
#[template(path = "office/people.html")]
struct PeoplePage {
    frame: Frame,
    people: Vec<Person>,
    roles: Vec<(&'static str, &'static str)>,
    agencies: Vec<(String, String)>,
    agency: String,
    agency_name: String,
    new: NewOfficer,
    /// The sections of the agency: identity and name.
    sections: Vec<(String, String)>,
    problems: Problems,
    /// A link to be handed to a person: name and address.
    link: Option<(String, String)>,
}

impl PeoplePage {
    fn chosen_section(&self, id: &str) -> bool {
        self.new.section.is_some_and(|section| section.to_string() == id)
    }
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    agency: String,
}

fn chosen(web: &Web, viewer: &Viewer, code: &str) -> AgencyId {
    let directory = web.services.directory();
    let other = directory.by_code(code).map(|one| one.id).filter(|_| viewer.actor.over_all);
    other.unwrap_or(viewer.actor.agency())
}

async fn view(
    web: &Web,
    viewer: &Viewer,
    agency: AgencyId,
    problems: Problems,
    new: NewOfficer,
    link: Option<(String, String)>,
) -> Result<PeoplePage, Failure> {
    let today = local_date(now());
    let directory = web.services.directory();
    let officers = web.services.officers(&viewer.actor, agency).await?;
    let names: Vec<(OfficerId, String)> =
        officers.iter().map(|one| (one.account.id, one.account.name.clone())).collect();
    let people = officers
        .into_iter()
        .map(|one| {
            let own: Vec<Role> = one
                .roles
                .iter()
                .filter(|role| role.standing_for.is_none() && role.holds_on(today))
                .map(|role| role.role)
                .collect();
            let stand_ins = one
                .roles
                .iter()
                .filter(|role| role.standing_for.is_some() && role.until.is_none_or(|until| until >= today))
                .map(|role| {
                    let whom = names
                        .iter()
                        .find(|(id, _)| Some(*id) == role.standing_for)
                        .map_or("", |(_, name)| name.as_str());
                    let until = role.until.map(|day| day.to_string()).unwrap_or_default();
                    format!("代理{whom}的{}（{}至{until}）", role.role.label(), role.from)
                })
                .collect();
            Person {
                id: one.account.id.to_string(),
                held: own.iter().map(|role| role.code()).collect(),
                labels: own.iter().map(|role| role.label()).collect::<Vec<_>>().join("、"),
                stand_ins,
                state: if one.account.disabled {
                    "已停用"
                } else if one.account.password.is_none() {
                    "还没有设置密码"
                } else if one.account.must_change {
                    "下次登录时更改密码"
                } else {
                    "使用中"
                },
                own: one.account.id == viewer.actor.id(),
                section: one.account.section.map(|id| directory.name(id).to_owned()).unwrap_or_default(),
                view: one,
            }
        })
        .collect();
    let agencies = if viewer.actor.over_all {
        directory.open_agencies().map(|one| (one.code.clone(), one.name.clone())).collect()
    } else {
        Vec::new()
    };
    let one = directory.get(agency);
    let supervises = one.is_some_and(|one| one.kind == UnitKind::SupervisingOffice);
    Ok(PeoplePage {
        frame: Frame::new(web, viewer, "people"),
        people,
        roles: Role::ALL
            .iter()
            .filter(|role| **role != Role::Supervisor || supervises)
            .map(|role| (role.code(), role.label()))
            .collect(),
        agencies,
        agency: one.map(|one| one.code.clone()).unwrap_or_default(),
        agency_name: one.map(|one| one.name.clone()).unwrap_or_default(),
        new,
        sections: directory
            .sections(agency)
            .filter(|one| !one.is_closed)
            .map(|one| (one.id.to_string(), one.name.clone()))
            .collect(),
        problems,
        link,
    })
}

/// The page.
pub(crate) async fn page(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Query(asked): Query<Asked>,
    Query(done): Query<Done>,
) -> Result<Response, Failure> {
    let agency = chosen(&web, &viewer, &asked.agency);
    let mut page = view(&web, &viewer, agency, Problems::default(), NewOfficer::default(), None).await?;
    page.frame = page.frame.done(&done.done);
    Ok(Html(page.render()?).into_response())
}

fn section_of(posted: &Posted) -> Option<AgencyId> {
    posted.get("section").parse().ok()
}

fn roles_of(posted: &Posted) -> Vec<Role> {
    posted.all("roles").iter().filter_map(|code| Role::from_code(code)).collect()
}

async fn failed(
    web: &Web,
    viewer: &Viewer,
    agency: AgencyId,
    fault: Fault,
    new: NewOfficer,
) -> Result<Response, Failure> {
    let status = failure::status(&fault);
    let page = view(web, viewer, agency, Problems::of(fault)?, new, None).await?;
    Ok((status, Html(page.render()?)).into_response())
}

/// Makes an account.
pub(crate) async fn add(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    posted: Posted,
) -> Result<Response, Failure> {
    let agency = chosen(&web, &viewer, posted.get("agency"));
    let new = NewOfficer {
        login: posted.get("login").to_owned(),
        name: posted.get("name").to_owned(),
        post: posted.get("post").to_owned(),
        section: section_of(&posted),
        roles: roles_of(&posted),
    };
    match web.services.add_officer(now(), &viewer.actor, agency, &new).await {
        Ok((_, secret)) => {
            let link = Some((new.name.clone(), format!("/office/setup/{secret}")));
            let page = view(&web, &viewer, agency, Problems::default(), NewOfficer::default(), link).await?;
            Ok(Html(page.render()?).into_response())
        }
        Err(fault) => failed(&web, &viewer, agency, fault, new).await,
    }
}

fn officer_id(text: &str) -> Result<OfficerId, Failure> {
    text.parse().map_err(|_not_an_id| Failure::Fault(Fault::NotFound))
}

fn back(posted: &Posted, done: &str) -> Response {
    axum::response::Redirect::to(&format!(
        "/office/people?agency={}&done={done}",
        super::resume::encode(posted.get("agency"))
    ))
    .into_response()
}

/// Changes name, post and section.
pub(crate) async fn change(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let (name, post) = (posted.get("name"), posted.get("post"));
    let id = officer_id(&id)?;
    match web.services.set_officer(now(), &viewer.actor, id, name, post, section_of(&posted)).await {
        Ok(()) => Ok(back(&posted, "person")),
        Err(fault) => {
            failed(&web, &viewer, chosen(&web, &viewer, posted.get("agency")), fault, NewOfficer::default()).await
        }
    }
}

/// Changes roles.
pub(crate) async fn roles(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    match web.services.set_roles(now(), &viewer.actor, officer_id(&id)?, &roles_of(&posted)).await {
        Ok(()) => Ok(back(&posted, "roles")),
        Err(fault) => {
            failed(&web, &viewer, chosen(&web, &viewer, posted.get("agency")), fault, NewOfficer::default()).await
        }
    }
}

/// A new link for a forgotten password.
pub(crate) async fn reset(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let agency = chosen(&web, &viewer, posted.get("agency"));
    match web.services.reset_officer(now(), &viewer.actor, officer_id(&id)?).await {
        Ok(secret) => {
            let link = Some((posted.get("name").to_owned(), format!("/office/setup/{secret}")));
            let page = view(&web, &viewer, agency, Problems::default(), NewOfficer::default(), link).await?;
            Ok(Html(page.render()?).into_response())
        }
        Err(fault) => failed(&web, &viewer, agency, fault, NewOfficer::default()).await,
    }
}

/// Asks for another password at the next sign-in.
pub(crate) async fn must_change(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    match web.services.force_password_change(now(), &viewer.actor, officer_id(&id)?).await {
        Ok(()) => Ok(back(&posted, "must_change")),
        Err(fault) => {
            failed(&web, &viewer, chosen(&web, &viewer, posted.get("agency")), fault, NewOfficer::default()).await
        }
    }
}

/// Closes or opens an account.
pub(crate) async fn state(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let disabled = posted.get("act") == "disable";
    match web.services.set_disabled(now(), &viewer.actor, officer_id(&id)?, disabled).await {
        Ok(()) => Ok(back(&posted, if disabled { "disabled" } else { "enabled" })),
        Err(fault) => {
            failed(&web, &viewer, chosen(&web, &viewer, posted.get("agency")), fault, NewOfficer::default()).await
        }
    }
}

/// Ends a substitution before its day.
pub(crate) async fn end_substitution(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    match web.services.end_substitution(now(), &viewer.actor, officer_id(&id)?).await {
        Ok(()) => Ok(back(&posted, "substitute_ended")),
        Err(fault) => {
            failed(&web, &viewer, chosen(&web, &viewer, posted.get("agency")), fault, NewOfficer::default()).await
        }
    }
}

/// Sets a substitution.
pub(crate) async fn substitute(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let agency = chosen(&web, &viewer, posted.get("agency"));
    let day = |name: &str| {
        posted.get(name).trim().parse::<jiff::civil::Date>().map_err(|_not_a_day| Fault::field(name, "请填写日期"))
    };
    let days = day("from").and_then(|from| Ok((from, day("until")?)));
    let stand_in = posted.get("stand_in").parse().map_err(|_none| Fault::field("stand_in", "请选择代理人"));
    let outcome = match (days, stand_in) {
        (Ok((from, until)), Ok(stand_in)) => {
            web.services.substitute(now(), &viewer.actor, officer_id(&id)?, stand_in, from, until).await
        }
        (Err(fault), _) | (_, Err(fault)) => Err(fault),
    };
    match outcome {
        Ok(()) => Ok(back(&posted, "substituted")),
        Err(fault) => failed(&web, &viewer, agency, fault, NewOfficer::default()).await,
    }
}
