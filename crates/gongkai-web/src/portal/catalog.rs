//! The catalogue: 法定主动公开内容 as a tree, and the lists of its leaves.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use gongkai_model::publication::catalog::{self, ANNUAL_REPORTS, RULES};
use gongkai_service::platform::{Agency, Fault, ItemSummary, PublicYear, local_date, now};
use serde::Deserialize;

use super::home::find;
use super::kept::kept;
use super::shell::{Shell, is_large};
use crate::failure::Failure;
use crate::state::Web;

/// A branch with its leaves: code, label, how many items, the note of an empty one.
pub(crate) struct BranchView {
    pub(crate) label: &'static str,
    pub(crate) basis: &'static str,
    pub(crate) leaves: Vec<(&'static str, &'static str, u64, String)>,
}

#[derive(Template)]
#[template(path = "portal/catalog.html")]
struct CatalogPage {
    shell: Shell,
    base: String,
    branches: Vec<BranchView>,
    total: u64,
}

#[derive(Template)]
#[template(path = "portal/list.html")]
struct LeafPage {
    shell: Shell,
    title: &'static str,
    branch: &'static str,
    basis: &'static str,
    base: String,
    items: Vec<ItemSummary>,
    next: String,
    here: String,
    total: u64,
    note: String,
    with_agency: bool,
    today: String,
    /// The figures of the annual reports, side by side.
    years: Vec<PublicYear>,
    bars: Vec<(i16, String, u32)>,
    labels: [&'static str; 6],
    code: String,
}

fn today() -> String {
    local_date(now()).to_string()
}

#[derive(Debug, Deserialize)]
pub(crate) struct After {
    #[serde(default)]
    after: String,
}

/// 法定主动公开内容 of all agencies.
pub(crate) async fn all(State(web): State<Web>, headers: HeaderMap) -> Result<Response, Failure> {
    tree(&web, &headers, web.services.generation(), None).await
}

/// 法定主动公开内容 of an agency.
pub(crate) async fn agency(
    State(web): State<Web>,
    headers: HeaderMap,
    Path(code): Path<String>,
) -> Result<Response, Failure> {
    let since = web.services.generation();
    let one = find(&web.services.directory(), &code)?.clone();
    tree(&web, &headers, since, Some(one)).await
}

async fn tree(web: &Web, headers: &HeaderMap, since: u64, agency: Option<Agency>) -> Result<Response, Failure> {
    let large = is_large(headers);
    let base = agency.as_ref().map(|one| format!("/agencies/{}", one.code)).unwrap_or_default();
    kept(web, headers, since, format!("{base}/content {large}"), async {
        let counts = web.services.counts().await?;
        let id = agency.as_ref().map(|one| one.id);
        let has = |branch: &catalog::Branch| {
            !branch.optional
                || agency.as_ref().is_some_and(|one| one.settings.branches.iter().any(|code| code == branch.code))
                || branch.leaves.iter().any(|leaf| counts.leaf(id, leaf.code) > 0)
        };
        let note =
            |leaf: &str| agency.as_ref().and_then(|one| one.settings.notes.get(leaf)).cloned().unwrap_or_default();
        let branches = catalog::statutory()
            .filter(|branch| has(branch))
            .map(|branch| BranchView {
                label: branch.label,
                basis: branch.basis,
                leaves: branch
                    .leaves
                    .iter()
                    .map(|leaf| (leaf.code, leaf.label, counts.leaf(id, leaf.code), note(leaf.code)))
                    .collect(),
            })
            .collect();
        let shell =
            Shell::new(&web.services.directory(), agency.as_ref(), large, &format!("{base}/content"), "content");
        Ok(CatalogPage { shell, base: base.clone(), branches, total: counts.total(id) }.render()?)
    })
    .await
}

/// A leaf of all agencies.
pub(crate) async fn leaf(
    State(web): State<Web>,
    headers: HeaderMap,
    Path(leaf): Path<String>,
    Query(after): Query<After>,
) -> Result<Response, Failure> {
    list(&web, &headers, (web.services.generation(), None), &leaf, &after.after, "content", "content").await
}

/// A leaf of an agency.
pub(crate) async fn agency_leaf(
    State(web): State<Web>,
    headers: HeaderMap,
    Path((code, leaf)): Path<(String, String)>,
    Query(after): Query<After>,
) -> Result<Response, Failure> {
    let since = web.services.generation();
    let one = find(&web.services.directory(), &code)?.clone();
    list(&web, &headers, (since, Some(one)), &leaf, &after.after, "content", "content").await
}

/// 政府信息公开制度 of all agencies.
pub(crate) async fn all_rules(
    State(web): State<Web>,
    headers: HeaderMap,
    Query(after): Query<After>,
) -> Result<Response, Failure> {
    list(&web, &headers, (web.services.generation(), None), RULES, &after.after, "rules", "rules").await
}

/// 政府信息公开年报 of all agencies.
pub(crate) async fn all_reports(
    State(web): State<Web>,
    headers: HeaderMap,
    Query(after): Query<After>,
) -> Result<Response, Failure> {
    let since = web.services.generation();
    list(&web, &headers, (since, None), ANNUAL_REPORTS, &after.after, "reports", "reports").await
}

/// 政府信息公开制度.
pub(crate) async fn rules(
    State(web): State<Web>,
    headers: HeaderMap,
    Path(code): Path<String>,
    Query(after): Query<After>,
) -> Result<Response, Failure> {
    let since = web.services.generation();
    let one = find(&web.services.directory(), &code)?.clone();
    list(&web, &headers, (since, Some(one)), RULES, &after.after, "rules", "rules").await
}

/// 政府信息公开年报.
pub(crate) async fn reports(
    State(web): State<Web>,
    headers: HeaderMap,
    Path(code): Path<String>,
    Query(after): Query<After>,
) -> Result<Response, Failure> {
    let since = web.services.generation();
    let one = find(&web.services.directory(), &code)?.clone();
    list(&web, &headers, (since, Some(one)), ANNUAL_REPORTS, &after.after, "reports", "reports").await
}

async fn list(
    web: &Web,
    headers: &HeaderMap,
    (since, agency): (u64, Option<Agency>),
    leaf: &str,
    after: &str,
    column: &'static str,
    path: &str,
) -> Result<Response, Failure> {
    let (branch, known) = catalog::find(leaf).ok_or(Failure::Fault(Fault::NotFound))?;
    let large = is_large(headers);
    let base = agency.as_ref().map(|one| format!("/agencies/{}", one.code)).unwrap_or_default();
    let here = if path == "content" { format!("{base}/content/{leaf}") } else { format!("{base}/{path}") };
    let after: String =
        after.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.')).take(80).collect();
    kept(web, headers, since, format!("{here} {after} {large}"), async {
        let id = agency.as_ref().map(|one| one.id);
        let page = web.services.list(id, Some(leaf), &after, 20).await?;
        let note = agency.as_ref().and_then(|one| one.settings.notes.get(leaf)).cloned().unwrap_or_default();
        let years = match id.filter(|_| leaf == ANNUAL_REPORTS) {
            Some(id) => web.services.public_years(id).await?,
            None => Vec::new(),
        };
        let view = LeafPage {
            shell: Shell::new(&web.services.directory(), agency.as_ref(), large, &here, column),
            title: if column == "content" { known.label } else { branch.label },
            branch: branch.label,
            basis: branch.basis,
            base: base.clone(),
            items: page.items,
            next: page.next,
            here: here.clone(),
            total: web.services.counts().await?.leaf(id, leaf),
            note,
            with_agency: agency.is_none(),
            today: today(),
            bars: bars(&years),
            years,
            labels: PublicYear::LABELS,
            code: agency.as_ref().map(|one| one.code.clone()).unwrap_or_default(),
        };
        Ok(view.render()?)
    })
    .await
}

/// The bars of a chart: year, figure, width.
fn bars(years: &[PublicYear]) -> Vec<(i16, String, u32)> {
    let value = |one: &PublicYear| one.figures.first().copied().flatten().unwrap_or_default();
    let most = years.iter().map(value).max().filter(|most| !most.is_zero());
    years
        .iter()
        .map(|one| {
            let share = most.and_then(|most| value(one).checked_mul(600.into())?.checked_div(most));
            let width = share.and_then(|share| share.trunc().to_string().parse().ok()).unwrap_or(0);
            (one.year, value(one).normalize().to_string(), width)
        })
        .collect()
}

impl LeafPage {
    /// A figure of a year by its label; a dash where the report does not print it.
    fn figure(&self, one: &PublicYear, label: &str) -> String {
        let at = self.labels.iter().position(|known| *known == label);
        let value = at.and_then(|at| one.figures.get(at).copied().flatten());
        value.map_or("—".to_owned(), |value| value.normalize().to_string())
    }
}
