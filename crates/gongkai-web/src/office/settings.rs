//! What an agency sets for itself, and the supervising office for the site.

use askama::Template;
use axum::Extension;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse, Response};
use gongkai_model::officer::Role;
use gongkai_model::publication::catalog;
use gongkai_service::platform::{AgencySettings, MailHours, MailState, SiteSettings, Viewer, now};

use super::frame::{Done, Frame, Problems, go};
use crate::failure::{self, Failure};
use crate::posted::Posted;
use crate::state::Web;

#[derive(Template)]
#[template(path = "office/settings.html")]
struct SettingsPage {
    frame: Frame,
    settings: AgencySettings,
    /// Whether the agency reports for its government.
    government: bool,
    version: i32,
    site: Option<(SiteSettings, i32)>,
    chain: Vec<String>,
    roles: Vec<(&'static str, &'static str)>,
    optional: Vec<&'static catalog::Branch>,
    mail: MailState,
    problems: Problems,
}

impl SettingsPage {
    fn has(&self, branch: &str) -> bool {
        self.settings.branches.iter().any(|code| code == branch)
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "a template hands over references")]
    fn step(&self, at: &usize) -> &str {
        self.chain.get(*at).map_or("", String::as_str)
    }
}

const SIGNERS: [Role; 5] =
    [Role::SectionHead, Role::SecrecyReviewer, Role::Checker, Role::DivisionLeader, Role::Principal];

async fn view(
    web: &Web,
    viewer: &Viewer,
    settings: AgencySettings,
    version: i32,
    problems: Problems,
) -> Result<SettingsPage, Failure> {
    let site = if viewer.actor.over_all { Some(web.services.site().await?) } else { None };
    Ok(SettingsPage {
        frame: Frame::new(web, viewer, "settings"),
        chain: settings.chain.split_whitespace().map(str::to_owned).collect(),
        roles: SIGNERS.iter().map(|role| (role.code(), role.label())).collect(),
        optional: catalog::BRANCHES.iter().filter(|branch| branch.optional).collect(),
        government: web.services.directory().is_government(viewer.actor.agency()),
        settings,
        version,
        site,
        mail: web.services.mail_state().await?,
        problems,
    })
}

fn current(web: &Web, viewer: &Viewer) -> (AgencySettings, i32) {
    web.services
        .directory()
        .get(viewer.actor.agency())
        .map(|one| (one.settings.clone(), one.version))
        .unwrap_or_default()
}

/// The page.
pub(crate) async fn page(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Query(done): Query<Done>,
) -> Result<Response, Failure> {
    let (settings, version) = current(&web, &viewer);
    let mut page = view(&web, &viewer, settings, version, Problems::default()).await?;
    page.frame = page.frame.done(&done.done);
    Ok(Html(page.render()?).into_response())
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).take(500).map(str::to_owned).collect()
}

/// Keeps the agency's settings.
pub(crate) async fn save(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    posted: Posted,
) -> Result<Response, Failure> {
    let (mut settings, _) = current(&web, &viewer);
    let chain: Vec<&str> = posted.all("chain").iter().map(String::as_str).filter(|code| !code.is_empty()).collect();
    settings.chain = chain.join(" ");
    settings.monthly = posted.get("monthly").trim().parse().unwrap_or(u16::MAX);
    settings.urgent_days = posted.get("urgent_days").trim().parse().unwrap_or(u16::MAX);
    settings.branches = posted.all("branches").to_vec();
    settings.contacts = lines(posted.get("contacts"));
    settings.hosts = lines(posted.get("hosts"));
    let get = |name: &str| posted.get(name).trim().chars().take(300).collect::<String>();
    (settings.address, settings.hours, settings.phone, settings.site_code) =
        (get("address"), get("hours"), get("phone"), get("site_code"));
    (settings.reconsideration_organ, settings.superior_department) =
        (get("reconsideration_organ"), get("superior_department"));
    (settings.online_channel, settings.court) = (get("online_channel"), get("court"));
    (settings.letter_series, settings.fee_way) = (get("letter_series"), get("fee_way"));
    if posted.fields.contains_key("government") {
        settings.government = get("government");
    }
    settings.keep_years = posted.get("keep_years").trim().parse().unwrap_or(0);
    settings.correction_days = posted.get("correction_days").trim().parse().unwrap_or(u16::MAX);
    let version = posted.number("version");
    match web.services.set_agency(now(), &viewer.actor, viewer.actor.agency(), version, &settings).await {
        Ok(()) => Ok(go("/office/settings", "settings")),
        Err(fault) => {
            let status = failure::status(&fault);
            let page = view(&web, &viewer, settings, version, Problems::of(fault)?).await?;
            Ok((status, Html(page.render()?)).into_response())
        }
    }
}

/// Keeps the site's settings.
pub(crate) async fn save_site(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    posted: Posted,
) -> Result<Response, Failure> {
    let get = |name: &str| posted.get(name).trim().chars().take(300).collect::<String>();
    let site = SiteSettings {
        name: get("site_name"),
        address: get("site_address"),
        site_code: get("site_site_code"),
        icp: get("icp"),
        police: get("police"),
        sponsor: get("sponsor"),
        contact: get("contact"),
        party_mark: get("party_mark"),
        error_report: get("error_report"),
        terms: posted.get("terms").replace("\r\n", "\n"),
        report_day: get("report_day"),
        mail: MailHours {
            from: posted.get("mail_from").trim().parse().unwrap_or(i8::MAX),
            until: posted.get("mail_until").trim().parse().unwrap_or(i8::MAX),
            workdays: !posted.get("mail_workdays").is_empty(),
            digest: !posted.get("mail_digest").is_empty(),
        },
    };
    match web.services.set_site(now(), &viewer.actor, posted.number("version"), &site).await {
        Ok(()) => Ok(go("/office/settings", "settings")),
        Err(fault) => {
            let status = failure::status(&fault);
            let (settings, version) = current(&web, &viewer);
            let mut page = view(&web, &viewer, settings, version, Problems::of(fault)?).await?;
            page.site = Some((site, posted.number("version")));
            Ok((status, Html(page.render()?)).into_response())
        }
    }
}
