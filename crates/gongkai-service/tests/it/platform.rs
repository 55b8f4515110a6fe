//! The acts of the platform, each on SQLite and on PostgreSQL.

mod accounts;
mod annual;
mod any_sequence;
mod apart;
mod applications;
mod calendar;
mod casework;
mod chain;
mod corrections;
mod demo;
mod desk;
mod examples;
mod guards;
mod import;
mod inspect;
mod joined;
mod notices;
mod publication;
mod registers;
mod reporting;
mod reviewed;
mod secrecy;
mod sections;
mod supervision;
mod upkeep;

use std::sync::Arc;

use gongkai_model::ids::{AgencyId, EditionId, OfficerId, PublicationId};
use gongkai_model::officer::{Grant, Officer, Role};
use gongkai_model::org::UnitKind;
use gongkai_model::publication::{Attribute, Decision, SecrecyOpinion};
use gongkai_service::platform::{Actor, DraftInput, Fault, NewDraft, NewOfficer, Options, Services};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

/// A platform in a folder of its own, with an agency and its people.
pub(crate) struct House {
    pub(crate) services: Arc<Services>,
    pub(crate) agency: AgencyId,
    pub(crate) crew: Crew,
    pub(crate) options: Options,
    _folder: tempfile::TempDir,
}

pub(crate) struct Crew {
    pub(crate) drafter: Actor,
    pub(crate) head: Actor,
    pub(crate) secrecy: Actor,
    pub(crate) leader: Actor,
    pub(crate) publisher: Actor,
    pub(crate) administrator: Actor,
    pub(crate) clerk: Actor,
    pub(crate) office_head: Actor,
}

/// A moment on 2 March 2026, some minutes after nine in the morning in the country.
pub(crate) fn at(minutes: i64) -> Timestamp {
    let nine: Timestamp = "2026-03-02T01:00:00Z".parse().unwrap();
    nine.checked_add(SignedDuration::from_mins(minutes)).unwrap()
}

#[expect(clippy::print_stderr, reason = "what is left out must be seen")]
fn say_left_out() {
    eprintln!("没有 TEST_POSTGRES_URL：略过 PostgreSQL");
}

/// A new database of the test server; `None` where there is no server.
pub(crate) fn postgres() -> Option<String> {
    let Ok(server) = std::env::var("TEST_POSTGRES_URL") else {
        assert!(std::env::var("CI").is_err(), "没有 TEST_POSTGRES_URL，PostgreSQL 的测试不能进行");
        say_left_out();
        return None;
    };
    let name = format!("t{}", Uuid::now_v7().simple());
    let made =
        std::process::Command::new("psql").args([&server, "-qc", &format!("create database {name}")]).status().unwrap();
    assert!(made.success());
    Some(server.replace("/postgres", &format!("/{name}")))
}

impl House {
    pub(crate) async fn open(database: Option<String>) -> Self {
        Self::open_since(database, at(-600)).await
    }

    /// A house whose people have their roles since a moment.
    pub(crate) async fn open_since(database: Option<String>, since: Timestamp) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let options = Options { data: folder.path().join("data"), database, reader: None, fills_index: true };
        let services = Services::open(options.clone(), true, since).await.unwrap();
        let office = services
            .add_unit(since, None, "000000001", "示例区政府办公室", UnitKind::SupervisingOffice, None)
            .await
            .unwrap();
        let agency =
            services.add_unit(since, None, "000014349", "示例区审计局", UnitKind::Agency, Some(office)).await.unwrap();
        let root = Actor {
            officer: Officer {
                id: OfficerId(Uuid::now_v7()),
                name: "根".to_owned(),
                agency: office,
                grants: vec![Grant::own(Role::Administrator)],
            },
            over_all: true,
        };
        let mut made = Vec::new();
        for (login, role) in [
            ("drafter", Role::Drafter),
            ("head", Role::SectionHead),
            ("secrecy", Role::SecrecyReviewer),
            ("leader", Role::DivisionLeader),
            ("publisher", Role::Publisher),
            ("administrator", Role::Administrator),
            ("clerk", Role::DisclosureOfficer),
            ("office_head", Role::DisclosureOfficeHead),
        ] {
            let new = NewOfficer {
                section: None,
                login: login.to_owned(),
                name: format!("某{login}"),
                post: String::new(),
                roles: vec![role],
            };
            let (id, _link) = services.add_officer(since, &root, agency, &new).await.unwrap();
            let officer = Officer { id, name: login.to_owned(), agency, grants: vec![Grant::own(role)] };
            made.push(Actor { officer, over_all: false });
        }
        let [drafter, head, secrecy, leader, publisher, administrator, clerk, office_head] =
            <[Actor; 8]>::try_from(made).unwrap();
        let crew = Crew { drafter, head, secrecy, leader, publisher, administrator, clerk, office_head };
        Self { services, agency, crew, options, _folder: folder }
    }

    /// One house on each database that is at hand.
    pub(crate) async fn each() -> Vec<Self> {
        let mut out = vec![Self::open(None).await];
        if let Some(database) = postgres() {
            out.push(Self::open(Some(database)).await);
        }
        out
    }

    pub(crate) async fn draft(&self, text: &str) -> EditionId {
        let id = PublicationId(Uuid::now_v7());
        self.services.create(at(0), &self.crew.drafter, id, NewDraft::Text(text.to_owned())).await.unwrap()
    }

    pub(crate) async fn version(&self, id: EditionId) -> i32 {
        self.services.view(at(0), &self.crew.drafter, id).await.unwrap().record.version
    }

    pub(crate) async fn save(&self, id: EditionId, input: &DraftInput) -> Result<(), Fault> {
        self.services.save(at(1), &self.crew.drafter, id, self.version(id).await, input).await.map(drop)
    }

    pub(crate) async fn submit(&self, id: EditionId) -> Result<(), Fault> {
        self.services.submit(at(2), &self.crew.drafter, id, self.version(id).await, "").await
    }

    pub(crate) async fn pass(&self, id: EditionId, who: &Actor) -> Result<(), Fault> {
        let seen = self.services.view(at(3), who, id).await.unwrap().record.edition.content;
        self.services.review(at(3), who, id, agreed(who, "同意"), &seen).await
    }

    /// All the way to the portal.
    pub(crate) async fn publish(&self, input: &DraftInput) -> (EditionId, PublicationId) {
        let id = self.draft(&input.title).await;
        self.save(id, input).await.unwrap();
        self.submit(id).await.unwrap();
        for who in [&self.crew.head, &self.crew.secrecy, &self.crew.leader] {
            self.pass(id, who).await.unwrap();
        }
        self.services.publish(at(10), &self.crew.publisher, id).await.unwrap();
        let view = self.services.view(at(10), &self.crew.drafter, id).await.unwrap();
        self.services.follow().await.unwrap();
        (id, view.record.publication)
    }
}

/// What a person says who agrees: the secrecy reviewer with a conclusion.
pub(crate) fn agreed(who: &Actor, comment: &str) -> Decision {
    if who.holds(Role::SecrecyReviewer) {
        Decision::secrecy(SecrecyOpinion::public(), Attribute::Proactive, comment)
    } else {
        Decision::passed(comment)
    }
}

pub(crate) fn input(title: &str, body: &str) -> DraftInput {
    DraftInput {
        title: title.to_owned(),
        formed_on: "2026-03-02".to_owned(),
        theme: "财政、金融、审计".to_owned(),
        genre: "notice".to_owned(),
        catalog_node: "A15-1".to_owned(),
        attribute: "proactive".to_owned(),
        summary: "示例事项的安排。".to_owned(),
        body: body.to_owned(),
        ..DraftInput::default()
    }
}
