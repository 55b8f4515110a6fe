//! Every address with who may use it. What does not stand here is refused.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::Method;
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodRouter, delete, get, post, put};
use gongkai_model::officer::Role;
use gongkai_service::platform::Scope;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::RequestBodyTimeoutLayer;

use crate::guard::guard;
use crate::posted::UPLOAD;
use crate::state::Web;
use crate::{api, assets, failure, office, portal};

/// A part of an address by its name; empty where the address has no such part.
pub(crate) fn named<'a>(parts: &'a [(String, String)], name: &str) -> &'a str {
    parts.iter().find(|(one, _)| one == name).map_or("", |(_, value)| value.as_str())
}

/// How long the sender of a body may be silent.
const SILENCE: std::time::Duration = std::time::Duration::from_secs(20);

/// Who may use an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody.
    Public,
    /// Anybody, but not too often from one address.
    Costly,
    /// Anybody who applies or follows an application: nothing of it is kept by anybody on the way, posting is limited by address.
    Form,
    /// Whoever signs in; posting is limited by address.
    SignIn,
    /// Whoever has begun to sign in.
    Stage,
    /// Whoever is signed in and holds one of these roles; any role where none is named.
    Officer(&'static [Role]),
    /// A program whose token has this scope.
    Token(Scope),
}

/// An address.
#[derive(Debug, Clone, Copy)]
pub struct Route {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// The path, as the router matches it.
    pub path: &'static str,
    /// Who may use it.
    pub access: Access,
}

use Access::{Costly, Form, Officer, Public, SignIn, Stage, Token};
use Role::{
    Administrator, Auditor, DisclosureOfficeHead, DisclosureOfficer, DivisionLeader, Drafter, Principal, Publisher,
    SecrecyReviewer, SectionHead, Supervisor,
};

const ANY: &[Role] = &[];
const WRITERS: &[Role] = &[Drafter];
const REVIEWERS: &[Role] = &[SectionHead, SecrecyReviewer, DivisionLeader, Principal, Role::Checker];
const SETTLERS: &[Role] = &[Drafter, SectionHead, SecrecyReviewer];
const PUBLISHERS: &[Role] = &[Publisher];
const LEADERS: &[Role] = &[DivisionLeader, Principal];
const ADMINISTRATORS: &[Role] = &[Administrator];
const HANDLERS: &[Role] = &[DisclosureOfficer, DisclosureOfficeHead];
const OVERSEERS: &[Role] = &[DisclosureOfficer, DisclosureOfficeHead, DivisionLeader, Principal];
const REPORT_READERS: &[Role] = &[DisclosureOfficer, DisclosureOfficeHead, DivisionLeader, Principal, Supervisor];
const COUNTERS: &[Role] = &[DisclosureOfficer, DisclosureOfficeHead, Supervisor, Administrator];
const LEDGER_KEEPERS: &[Role] = &[Drafter, DisclosureOfficer, DisclosureOfficeHead];
const RECALLERS: &[Role] = &[Drafter, Publisher];

macro_rules! table {
    ($($method:ident $path:literal $access:expr => $handler:expr;)*) => {
        /// Every address, in order.
        pub const ROUTES: &[Route] = &[$(Route { method: stringify!($method), path: $path, access: $access }),*];

        fn handlers() -> Vec<(&'static str, MethodRouter<Web>)> {
            vec![$(($path, table!(@ $method $handler))),*]
        }
    };
    (@ GET $handler:expr) => { get($handler) };
    (@ POST $handler:expr) => { post($handler) };
    (@ PUT $handler:expr) => { put($handler) };
    (@ DELETE $handler:expr) => { delete($handler) };
}

table! {
    GET "/" Public => portal::home::site;
    GET "/agencies/{code}" Public => portal::home::agency;
    GET "/agencies/{code}/guide" Public => portal::guide::page;
    GET "/agencies/{code}/content" Public => portal::catalog::agency;
    GET "/agencies/{code}/content/{leaf}" Public => portal::catalog::agency_leaf;
    GET "/agencies/{code}/rules" Public => portal::catalog::rules;
    GET "/agencies/{code}/reports" Public => portal::catalog::reports;
    GET "/agencies/{code}/feed.atom" Public => portal::feed::agency;
    GET "/apply" Public => portal::apply::all;
    GET "/agencies/{code}/apply" Form => portal::apply::start;
    POST "/agencies/{code}/apply" Form => portal::apply::begin;
    POST "/agencies/{code}/apply/drop" Form => portal::apply::drop_draft;
    POST "/agencies/{code}/apply/enough" Form => portal::apply::enough;
    POST "/agencies/{code}/apply/papers" Form => portal::apply::files;
    POST "/agencies/{code}/apply/papers/{file}/remove" Form => portal::apply::drop_file;
    POST "/agencies/{code}/apply/send" Form => portal::apply::send;
    GET "/agencies/{code}/apply/receipt" Form => portal::apply::receipt;
    GET "/agencies/{code}/apply/{step}" Form => portal::apply::page;
    POST "/agencies/{code}/apply/{step}" Form => portal::apply::save;
    GET "/track" Form => portal::track::page;
    POST "/track" SignIn => portal::track::open;
    GET "/track/case" Form => portal::track::case;
    POST "/track/act" SignIn => portal::track::act;
    POST "/track/leave" Form => portal::track::leave;
    GET "/track/letters/{id}" Form => portal::track::letter;
    GET "/track/files/{id}/{name}" Form => portal::track::file;
    GET "/guide" Public => portal::guide::all;
    GET "/rules" Public => portal::catalog::all_rules;
    GET "/reports" Public => portal::catalog::all_reports;
    GET "/content" Public => portal::catalog::all;
    GET "/content/{leaf}" Public => portal::catalog::leaf;
    GET "/items/{id}" Public => portal::item::page;
    GET "/items/{id}/record" Public => portal::item::record;
    GET "/items/{id}/{name}" Costly => portal::item::file;
    GET "/index/{code}/{number}" Public => portal::item::by_index;
    GET "/files/{id}/{name}" Costly => portal::item::attachment;
    GET "/search" Costly => portal::search::page;
    GET "/suggest" Costly => portal::search::suggest;
    GET "/feed.atom" Public => portal::feed::all;
    GET "/sitemap.xml" Costly => portal::feed::sitemap;
    GET "/sitemap" Public => portal::home::map;
    GET "/robots.txt" Public => portal::feed::robots;
    GET "/data" Public => portal::data::page;
    GET "/data/items.json" Costly => portal::data::json;
    GET "/data/items.csv" Costly => portal::data::csv;
    GET "/data/reports.json" Costly => portal::data::reports_json;
    GET "/data/reports.csv" Costly => portal::data::reports_csv;
    GET "/display" Public => portal::home::display;
    GET "/assets/{name}" Public => assets::asset;
    GET "/healthz" Public => portal::health::alive;
    GET "/readyz" Costly => portal::health::ready;
    GET "/metrics" Costly => portal::health::metrics;

    GET "/office/login" SignIn => office::sign_in::page;
    POST "/office/login" SignIn => office::sign_in::post;
    GET "/office/setup/{secret}" SignIn => office::sign_in::setup_page;
    POST "/office/setup/{secret}" SignIn => office::sign_in::setup;
    GET "/office/code" Stage => office::sign_in::code_page;
    POST "/office/code" SignIn => office::sign_in::code;
    GET "/office/password" Stage => office::account::password_page;
    POST "/office/password" Stage => office::account::password;
    POST "/office/logout" Stage => office::sign_in::out;

    GET "/office" Officer(ANY) => office::desk::page;
    POST "/office/notices/read" Officer(ANY) => office::desk::read;
    GET "/office/items" Officer(ANY) => office::list::page;
    GET "/office/items/new" Officer(WRITERS) => office::draft::new_page;
    POST "/office/items" Officer(WRITERS) => office::draft::create;
    GET "/office/editions/{id}" Officer(ANY) => office::edition::page;
    GET "/office/editions/{id}/changes" Officer(ANY) => office::edition::changes::changes;
    GET "/office/editions/{id}/edit" Officer(WRITERS) => office::draft::edit_page;
    POST "/office/editions/{id}/edit" Officer(WRITERS) => office::draft::save;
    POST "/office/editions/{id}/files" Officer(WRITERS) => office::edition::acts::attach;
    POST "/office/editions/{id}/files/{file}/remove" Officer(WRITERS) => office::edition::acts::detach;
    POST "/office/editions/{id}/files/{file}/clean" Officer(WRITERS) => office::edition::acts::clean;
    POST "/office/editions/{id}/ask" Officer(WRITERS) => office::edition::acts::ask;
    POST "/office/editions/{id}/mask" Officer(WRITERS) => office::edition::acts::mask;
    POST "/office/editions/{id}/release" Officer(&[SecrecyReviewer]) => office::edition::acts::release;
    POST "/office/editions/{id}/files/{file}/clear" Officer(&[SecrecyReviewer]) => office::edition::acts::clear_file;
    POST "/office/editions/{id}/destroy" Officer(&[SecrecyReviewer]) => office::edition::acts::destroy;
    POST "/office/editions/{id}/confirm" Officer(WRITERS) => office::edition::acts::confirm;
    POST "/office/editions/{id}/submit" Officer(WRITERS) => office::edition::acts::submit;
    POST "/office/editions/{id}/discard" Officer(WRITERS) => office::edition::acts::discard;
    POST "/office/editions/{id}/renew" Officer(WRITERS) => office::edition::acts::renew;
    POST "/office/editions/{id}/settle" Officer(SETTLERS) => office::edition::acts::settle;
    POST "/office/editions/{id}/review" Officer(REVIEWERS) => office::edition::acts::review;
    POST "/office/editions/{id}/publish" Officer(PUBLISHERS) => office::edition::acts::publish;
    GET "/office/items.csv" Officer(ANY) => office::list::export;
    POST "/office/items/publish" Officer(PUBLISHERS) => office::list::publish;
    POST "/office/editions/{id}/recall" Officer(RECALLERS) => office::edition::acts::recall;
    GET "/office/editions/{id}/secrecy-form" Officer(ANY) => office::secrecy_form::page;
    POST "/office/editions/{id}/withdraw" Officer(LEADERS) => office::edition::acts::withdraw;
    POST "/office/editions/{id}/inspect" Officer(&[Role::Checker]) => office::edition::acts::inspect;
    GET "/office/files/{file}/{name}" Officer(ANY) => office::draft::file;
    GET "/office/applications" Officer(OVERSEERS) => office::applications::list::page;
    GET "/office/applications.csv" Officer(HANDLERS) => office::applications::list::export;
    GET "/office/applications/new" Officer(HANDLERS) => office::applications::intake::page;
    POST "/office/applications" Officer(HANDLERS) => office::applications::intake::take_in;
    GET "/office/applications/{id}" Officer(ANY) => office::applications::case::page;
    GET "/office/applications/{id}/edit" Officer(HANDLERS) => office::applications::intake::edit_page;
    POST "/office/applications/{id}/edit" Officer(HANDLERS) => office::applications::intake::amend;
    POST "/office/applications/{id}/step" Officer(HANDLERS) => office::applications::acts::step;
    POST "/office/applications/{id}/answer" Officer(HANDLERS) => office::applications::acts::answer;
    POST "/office/applications/{id}/assign" Officer(HANDLERS) => office::applications::acts::assign;
    POST "/office/applications/{id}/split" Officer(HANDLERS) => office::applications::acts::split;
    POST "/office/applications/{id}/notes" Officer(ANY) => office::applications::acts::note;
    POST "/office/applications/{id}/notes/{note}/seen" Officer(ANY) => office::applications::acts::seen;
    POST "/office/applications/{id}/papers" Officer(ANY) => office::applications::acts::paper;
    POST "/office/applications/{id}/letters" Officer(ANY) => office::applications::acts::letter;
    GET "/office/applications/{id}/archive.zip" Officer(HANDLERS) => office::applications::case::archive;
    POST "/office/applications/erase" Officer(&[DisclosureOfficeHead]) => office::applications::list::erase;
    GET "/office/papers/{file}/{name}" Officer(ANY) => office::applications::case::paper;
    GET "/office/letters/{id}" Officer(ANY) => office::applications::letter::page;
    POST "/office/letters/{id}" Officer(ANY) => office::applications::letter::save;
    GET "/office/letters/{id}/{name}" Officer(ANY) => office::applications::letter::file;
    POST "/office/letters/{id}/papers" Officer(ANY) => office::applications::letter::attach;
    POST "/office/letters/{id}/papers/{file}/remove" Officer(ANY) => office::applications::letter::detach;
    POST "/office/letters/{id}/submit" Officer(ANY) => office::applications::letter::submit;
    POST "/office/letters/{id}/recall" Officer(ANY) => office::applications::letter::recall;
    POST "/office/letters/{id}/void" Officer(ANY) => office::applications::letter::void;
    POST "/office/letters/{id}/review" Officer(ANY) => office::applications::letter::review;
    POST "/office/letters/{id}/serve" Officer(HANDLERS) => office::applications::letter::serve;
    GET "/office/disputes" Officer(HANDLERS) => office::disputes::page;
    POST "/office/disputes" Officer(HANDLERS) => office::disputes::create;
    GET "/office/disputes/new" Officer(HANDLERS) => office::disputes::new_page;
    GET "/office/disputes/{id}" Officer(HANDLERS) => office::disputes::one;
    POST "/office/disputes/{id}" Officer(HANDLERS) => office::disputes::act;
    GET "/office/withheld" Officer(HANDLERS) => office::withheld::page;
    GET "/office/withheld/{id}" Officer(HANDLERS) => office::withheld::one;
    POST "/office/withheld/{id}" Officer(HANDLERS) => office::withheld::review;
    GET "/office/ledger" Officer(LEDGER_KEEPERS) => office::ledger::page;
    POST "/office/ledger" Officer(LEDGER_KEEPERS) => office::ledger::act;
    POST "/office/ledger/file" Officer(HANDLERS) => office::ledger::upload;
    GET "/office/ledger/template.csv" Officer(HANDLERS) => office::ledger::template;
    GET "/office/report" Officer(REPORT_READERS) => office::report::page;
    POST "/office/report" Officer(HANDLERS) => office::report::act;
    GET "/office/report/behind" Officer(REPORT_READERS) => office::report::behind;
    GET "/office/report/agencies" Officer(REPORT_READERS) => office::supervision::parts;
    GET "/office/report/{year}/{name}" Officer(REPORT_READERS) => office::report::file;
    GET "/office/guide" Officer(ANY) => office::guide::page;
    POST "/office/guide" Officer(WRITERS) => office::guide::save;
    POST "/office/guide/review" Officer(REVIEWERS) => office::guide::review;
    GET "/office/people" Officer(ADMINISTRATORS) => office::people::page;
    POST "/office/people" Officer(ADMINISTRATORS) => office::people::add;
    POST "/office/people/{id}" Officer(ADMINISTRATORS) => office::people::change;
    POST "/office/people/{id}/roles" Officer(ADMINISTRATORS) => office::people::roles;
    POST "/office/people/{id}/reset" Officer(ADMINISTRATORS) => office::people::reset;
    POST "/office/people/{id}/must-change" Officer(ADMINISTRATORS) => office::people::must_change;
    POST "/office/people/{id}/state" Officer(ADMINISTRATORS) => office::people::state;
    POST "/office/people/{id}/substitute" Officer(ADMINISTRATORS) => office::people::substitute;
    POST "/office/people/{id}/substitute/end" Officer(ADMINISTRATORS) => office::people::end_substitution;
    GET "/office/units" Officer(ADMINISTRATORS) => office::units::page;
    POST "/office/units" Officer(ADMINISTRATORS) => office::units::add;
    POST "/office/units/{id}/rename" Officer(ADMINISTRATORS) => office::units::rename;
    POST "/office/units/{id}/rename/cancel" Officer(ADMINISTRATORS) => office::units::cancel_rename;
    POST "/office/units/{id}/close" Officer(ADMINISTRATORS) => office::units::close;
    POST "/office/units/{id}/reopen" Officer(ADMINISTRATORS) => office::units::reopen;
    GET "/office/settings" Officer(ADMINISTRATORS) => office::settings::page;
    POST "/office/settings" Officer(ADMINISTRATORS) => office::settings::save;
    POST "/office/site" Officer(ADMINISTRATORS) => office::settings::save_site;
    GET "/office/calendar" Officer(ADMINISTRATORS) => office::calendar::page;
    POST "/office/calendar" Officer(ADMINISTRATORS) => office::calendar::act;
    GET "/office/moved" Officer(COUNTERS) => office::calendar::moved;
    GET "/office/reports" Officer(&[Supervisor]) => office::supervision::page;
    POST "/office/reports" Officer(&[Supervisor]) => office::supervision::file;
    GET "/office/reports/sum" Officer(&[Supervisor]) => office::supervision::sum;
    GET "/office/reports/parts" Officer(&[Supervisor]) => office::supervision::parts;
    GET "/office/reports/standing-out" Officer(&[Supervisor]) => office::supervision::standing_out;
    GET "/office/reports/scores" Officer(&[Supervisor]) => office::supervision::scores;
    POST "/office/reports/scores" Officer(&[Supervisor]) => office::supervision::set_rules;
    POST "/office/reports/exempt" Officer(&[Supervisor]) => office::supervision::exempt;
    POST "/office/reports/accept-all" Officer(&[Supervisor]) => office::supervision::accept_all;
    GET "/office/reports/agency/{code}" Officer(&[Supervisor]) => office::supervision::history;
    GET "/office/reports/files/{year}/{name}" Officer(&[Supervisor]) => office::supervision::files;
    GET "/office/reports/{id}" Officer(&[Supervisor]) => office::supervision::receipt;
    POST "/office/reports/{id}" Officer(&[Supervisor]) => office::supervision::act;
    GET "/office/reports/{id}/file" Officer(&[Supervisor]) => office::supervision::receipt_file;
    GET "/office/overview" Officer(&[Supervisor]) => office::desk::overview;
    GET "/office/overview/applications" Officer(&[Supervisor]) => office::clocks::page;
    GET "/office/audit" Officer(&[Auditor]) => office::audit::page;
    GET "/office/account" Officer(ANY) => office::account::page;
    POST "/office/account/totp" Officer(ANY) => office::account::totp;
    POST "/office/account/sessions" Officer(ANY) => office::account::sessions;
    POST "/office/account/mail" Officer(ANY) => office::account::mail;
    POST "/office/account/tokens" Officer(ANY) => office::account::tokens;

    GET "/api/openapi.json" Public => api::openapi;
    GET "/api/v1/items" Costly => api::public::items;
    GET "/api/v1/items/{id}" Costly => api::public::item;
    GET "/api/v1/audit/{sequence}" Costly => api::public::audit;
    GET "/api/v1/search" Costly => api::public::search;
    GET "/api/v1/editions" Token(Scope::Read) => api::office::list;
    POST "/api/v1/editions" Token(Scope::Draft) => api::office::create;
    GET "/api/v1/editions/{id}" Token(Scope::Read) => api::office::show;
    PUT "/api/v1/editions/{id}" Token(Scope::Draft) => api::office::save;
    POST "/api/v1/editions/{id}/submit" Token(Scope::Draft) => api::office::submit;
    POST "/api/v1/editions/{id}/review" Token(Scope::Review) => api::office::review;
    POST "/api/v1/editions/{id}/publish" Token(Scope::Publish) => api::office::publish;
    POST "/api/v1/editions/{id}/recall" Token(Scope::Draft) => api::further::recall;
    POST "/api/v1/editions/{id}/renew" Token(Scope::Draft) => api::further::renew;
    POST "/api/v1/editions/{id}/discard" Token(Scope::Draft) => api::further::discard;
    POST "/api/v1/editions/{id}/findings" Token(Scope::Draft) => api::further::settle;
    POST "/api/v1/editions/{id}/files" Token(Scope::Draft) => api::further::attach;
    DELETE "/api/v1/editions/{id}/files/{file}" Token(Scope::Draft) => api::further::detach;
    GET "/api/v1/editions/{id}/files/{file}" Token(Scope::Read) => api::further::file;
    POST "/api/v1/editions/{id}/files/{file}/clean" Token(Scope::Draft) => api::further::clean;
    POST "/api/v1/editions/{id}/files/{file}/clear" Token(Scope::Review) => api::further::clear_file;
    POST "/api/v1/editions/{id}/mask" Token(Scope::Draft) => api::further::mask;
    POST "/api/v1/editions/{id}/ask" Token(Scope::Draft) => api::further::ask;
    POST "/api/v1/editions/{id}/confirm" Token(Scope::Draft) => api::further::confirm;
    POST "/api/v1/editions/{id}/release" Token(Scope::Review) => api::further::release;
    POST "/api/v1/editions/{id}/destroy" Token(Scope::Review) => api::further::destroy;
    POST "/api/v1/editions/{id}/unschedule" Token(Scope::Publish) => api::further::unschedule;
    POST "/api/v1/editions/{id}/check" Token(Scope::Review) => api::further::check;
    POST "/api/v1/editions/{id}/withdraw" Token(Scope::Publish) => api::further::withdraw;
    GET "/api/v1/ledger" Token(Scope::Draft) => api::annual::ledger;
    POST "/api/v1/ledger" Token(Scope::Draft) => api::annual::enter;
    GET "/api/v1/reports/{year}" Token(Scope::Read) => api::annual::figures;
    GET "/api/v1/applications" Token(Scope::Handle) => api::applications::list;
    POST "/api/v1/applications" Token(Scope::Handle) => api::applications::take_in;
    GET "/api/v1/applications/{id}" Token(Scope::Handle) => api::applications::show;
    POST "/api/v1/applications/{id}/steps" Token(Scope::Handle) => api::applications::step;
}

/// Who may use a method of a path; `None` where it does not stand in the table.
pub(crate) fn access_of(method: &Method, path: &str) -> Option<Access> {
    let method = if *method == Method::HEAD { "GET" } else { method.as_str() };
    ROUTES.iter().find(|route| route.path == path && route.method == method).map(|route| route.access)
}

/// The whole web.
pub fn router(web: Web) -> Router {
    let mut router = Router::new();
    for (path, handler) in handlers() {
        router = router.route(path, handler);
    }
    let panicked = |_panic: Box<dyn std::any::Any + Send>| {
        failure::page(
            axum::http::StatusCode::INTERNAL_SERVER_ERROR,
            "程序内部出错，没有办成。请稍后再试；仍不行请联系系统管理员。",
            "/",
        )
    };
    router
        .fallback(portal::home::missing)
        .method_not_allowed_fallback(portal::home::missing)
        .layer(from_fn_with_state(web.clone(), guard))
        .layer(RequestBodyTimeoutLayer::new(SILENCE))
        .layer(DefaultBodyLimit::max(UPLOAD))
        .layer(CompressionLayer::new())
        .layer(CatchPanicLayer::custom(panicked))
        .with_state(web)
}
