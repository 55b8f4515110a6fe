//! Every address of the table, for strangers and for every role.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use gongkai_model::officer::Role;
use gongkai_web::{Access, ROUTES};

use super::client::Site;

/// An address with something in every place; nothing that exists.
pub(super) fn filled(path: &str) -> String {
    path.replace("{id}", "01990000-0000-7000-8000-000000000000")
        .replace("{file}", "01990000-0000-7000-8000-000000000001")
        .replace("{code}", "000000011")
        .replace("{leaf}", "A15-1")
        .replace("{name}", "text.pdf")
        .replace("{number}", "2026-99999")
        .replace("{secret}", "nothing")
        .replace("{sequence}", "1")
        .replace("{step}", "what")
        .replace("{note}", "01990000-0000-7000-8000-000000000002")
}

#[tokio::test(flavor = "multi_thread")]
async fn every_address_refuses_whom_the_table_refuses() {
    let site = Site::open().await;
    let stranger = site.stranger();
    for route in ROUTES {
        let path = filled(route.path);
        match (route.access, route.method) {
            (Access::Officer(_) | Access::Stage, "GET") => {
                let answer = stranger.get(&path).await;
                assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}");
                assert!(answer.location.starts_with("/office/login"), "{path}: {}", answer.location);
            }
            (Access::Officer(_) | Access::Stage, _) => {
                let answer = stranger.post(&path, &[("title", "x")]).await;
                assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{path}");
            }
            (Access::Token(_), method) => {
                for sent in ["", "Bearer wrong"] {
                    let request = Request::builder()
                        .method(method)
                        .uri(&path)
                        .header(header::AUTHORIZATION, sent)
                        .body(Body::empty())
                        .unwrap();
                    assert_eq!(site.send(request).await.status, StatusCode::UNAUTHORIZED, "{path}");
                }
            }
            (Access::Public | Access::Costly | Access::Form | Access::SignIn, _) => {}
        }
    }
    for path in
        ["/nothing", "/office/nothing", "/api/v1/nothing", "/office/editions", "/assets/../Cargo.toml", "/.git/config"]
    {
        assert_eq!(stranger.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(stranger.post("/", &[]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_role_is_refused_what_is_not_its_own() {
    let site = Site::open().await;
    let people = [
        ("chengban", Role::Drafter),
        ("kezhang", Role::SectionHead),
        ("baomi", Role::SecrecyReviewer),
        ("lingdao", Role::DivisionLeader),
        ("juzhang", Role::Principal),
        ("hecha", Role::Checker),
        ("fabu", Role::Publisher),
        ("guanli", Role::Administrator),
        ("jiandu", Role::Supervisor),
        ("shenji", Role::Auditor),
        ("shouli", Role::DisclosureOfficer),
        ("gongkaiban", Role::DisclosureOfficeHead),
    ];
    for (login, role) in people {
        let person = site.person(login).await;
        let mark = person.mark().await;
        for route in ROUTES {
            let Access::Officer(roles) = route.access else { continue };
            let allowed = roles.is_empty() || roles.contains(&role);
            let path = filled(route.path);
            let answer = if route.method == "GET" {
                person.get(&path).await
            } else {
                person.post(&path, &[("csrf", &mark)]).await
            };
            // The site's settings and the calendar are the supervising office's: a second refusal, by the act itself.
            if !(allowed && matches!(path.as_str(), "/office/site" | "/office/calendar" | "/office/moved")) {
                let refused = answer.status == StatusCode::FORBIDDEN;
                assert_eq!(refused, !allowed, "{login} {} {path}: {}", route.method, answer.status);
            }
            assert!(!answer.status.is_server_error(), "{login} {path}: {}", answer.status);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_sees_or_changes_the_drafts_of_another_agency() {
    let site = Site::open().await;
    let own = site.person("chengban").await;
    let list = own.get("/office/items?state=draft").await.text;
    let id = list.split("/office/editions/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert_eq!(own.get(&format!("/office/editions/{id}")).await.status, StatusCode::OK);
    let other = site.person("cz.chengban").await;
    for path in ["", "/edit", "/changes"] {
        let answer = other.get(&format!("/office/editions/{id}{path}")).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
    }
    for act in ["submit", "discard", "edit", "renew", "settle"] {
        let answer = other
            .submit(&format!("/office/editions/{id}/{act}"), &[("version", "1"), ("disposition", "false_positive")])
            .await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{act}");
    }
    assert_eq!(other.get("/office/items?agency=000000011").await.status, StatusCode::FORBIDDEN);
    let supervisor = site.person("jiandu").await;
    assert_eq!(supervisor.get("/office/items?agency=000000011").await.status, StatusCode::OK);
}
