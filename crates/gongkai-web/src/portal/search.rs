//! Search with filters, and suggestions while typing.

use askama::Template;
use axum::Json;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::{Html, IntoResponse, Response};
use gongkai_model::publication::{Genre, Validity, catalog};
use gongkai_service::platform::{SearchInput, SearchPage};
use serde::Deserialize;

use super::shell::{Shell, agencies, former, is_large};
use crate::failure::Failure;
use crate::office::resume::encode;
use crate::state::Web;

#[derive(Template)]
#[template(path = "portal/search.html")]
struct ResultsPage {
    shell: Shell,
    input: SearchInput,
    found: SearchPage,
    agencies: Vec<(String, String, bool)>,
    former: Vec<(String, String, String)>,
    branches: &'static [catalog::Branch],
    genres: Vec<(&'static str, &'static str)>,
    validities: Vec<(&'static str, &'static str)>,
    themes: [&'static str; 22],
    query: String,
    filtered: bool,
}

/// The question as a query string, without the page.
fn query(input: &SearchInput) -> String {
    [
        ("q", &input.q),
        ("agency", &input.agency),
        ("node", &input.node),
        ("theme", &input.theme),
        ("genre", &input.genre),
        ("validity", &input.validity),
        ("from", &input.from),
        ("to", &input.to),
        ("sort", &input.sort),
    ]
    .iter()
    .filter(|(_, value)| !value.is_empty())
    .map(|(name, value)| format!("{name}={}", encode(value)))
    .collect::<Vec<_>>()
    .join("&")
}

/// The page of results.
pub(crate) async fn page(
    State(web): State<Web>,
    headers: HeaderMap,
    Query(raw): Query<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let input = typed(raw);
    let directory = web.services.directory();
    let found = web.services.search(&input).await?;
    let agency = directory.by_code(&input.agency);
    let filtered = [&input.node, &input.theme, &input.genre, &input.validity, &input.from, &input.to]
        .iter()
        .any(|text| !text.is_empty());
    let view = ResultsPage {
        shell: Shell::new(&directory, agency, is_large(&headers), &format!("/search?{}", query(&input)), "search"),
        query: query(&input),
        agencies: agencies(&directory),
        former: former(&directory),
        branches: catalog::BRANCHES,
        genres: Genre::ALL.iter().map(|one| (one.code(), one.label())).collect(),
        validities: Validity::ALL.iter().map(|one| (one.code(), one.label())).collect(),
        themes: catalog::THEMES,
        input,
        found,
        filtered,
    };
    Ok(Html(view.render()?).into_response())
}

/// Whatever was sent becomes a question; what is no number is the first page.
pub(crate) fn typed(raw: Vec<(String, String)>) -> SearchInput {
    let mut input = SearchInput { page: 1, ..SearchInput::default() };
    for (name, value) in raw {
        let value: String = value.chars().filter(|c| !c.is_control()).take(200).collect();
        match name.as_str() {
            "q" => input.q = value,
            "agency" => input.agency = value,
            "node" => input.node = value,
            "theme" => input.theme = value,
            "genre" => input.genre = value,
            "validity" => input.validity = value,
            "from" => input.from = value,
            "to" => input.to = value,
            "sort" => input.sort = value,
            "page" => input.page = value.parse().unwrap_or(1),
            _ => {}
        }
    }
    input
}

#[derive(Debug, Deserialize)]
pub(crate) struct Typed {
    #[serde(default)]
    q: String,
}

/// Titles that go on like what is being typed.
pub(crate) async fn suggest(State(web): State<Web>, Query(typed): Query<Typed>) -> Result<Response, Failure> {
    Ok(Json(web.services.suggest(&typed.q).await?).into_response())
}
