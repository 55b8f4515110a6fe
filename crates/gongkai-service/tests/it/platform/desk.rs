//! A desk of the disclosure office, for tests: what a clerk does with one case, day by day.

use gongkai_model::application::clock::Event;
use gongkai_model::application::{PaperPurpose, ServiceWay};
use gongkai_model::ids::{ApplicationId, LetterId};
use gongkai_service::platform::{Actor, AgencySettings, ApplicationForm, Fault, LetterService, NewLetter, Upload};
use jiff::Timestamp;
use jiff::civil::{Date, date};

use super::House;

/// Noon of a day in Beijing.
pub(super) fn noon(day: Date) -> Timestamp {
    jiff::tz::Offset::UTC.to_timestamp(day.at(4, 0, 0, 0)).unwrap()
}

pub(super) fn march(day: i8) -> Date {
    date(2026, 3, day)
}

pub(super) fn form() -> ApplicationForm {
    ApplicationForm {
        kind: "natural_person".to_owned(),
        name: "张示例".to_owned(),
        id_number: "11010519491231002X".to_owned(),
        phone: "13800138000".to_owned(),
        title: "示例路改造工程的材料".to_owned(),
        carrier: "electronic".to_owned(),
        route: "download".to_owned(),
        ..ApplicationForm::default()
    }
}

pub(super) fn pdf(name: &str) -> Upload {
    Upload { name: name.to_owned(), bytes: b"%PDF-1.7 invented".to_vec() }
}

pub(super) async fn set_up(house: &House) {
    let version = house.services.directory().get(house.agency).unwrap().version;
    let settings = AgencySettings {
        address: "示例区示例路1号".to_owned(),
        phone: "022-12345678".to_owned(),
        reconsideration_organ: "示例区人民政府".to_owned(),
        online_channel: "https://fy.example.gov.cn".to_owned(),
        court: "示例区人民法院".to_owned(),
        letter_series: "示审公开〔{年份}〕{序号}号".to_owned(),
        ..AgencySettings::default()
    };
    let crew = &house.crew;
    house.services.set_agency(noon(march(1)), &crew.administrator, house.agency, version, &settings).await.unwrap();
}

pub(super) struct Desk<'a> {
    pub(super) house: &'a House,
    pub(super) id: ApplicationId,
}

impl Desk<'_> {
    pub(super) fn clerk(&self) -> &Actor {
        &self.house.crew.clerk
    }

    pub(super) async fn begin(&self, on: Date, new: &NewLetter) -> Result<LetterId, Fault> {
        self.house.services.begin_letter(noon(on), self.clerk(), self.id, new).await
    }

    pub(super) async fn version(&self, letter: LetterId) -> i32 {
        let page = self.house.services.letter_page(noon(march(30)), self.clerk(), letter).await.unwrap();
        page.letter.record.version
    }

    /// Writes facts into a letter on top of those it began with.
    pub(super) async fn fill(&self, on: Date, letter: LetterId, facts: &[(&str, &str)]) {
        let page = self.house.services.letter_page(noon(on), self.clerk(), letter).await.unwrap();
        let mut content = page.content.clone();
        for (name, value) in facts {
            content.facts.insert((*name).to_owned(), (*value).to_owned());
        }
        let version = page.letter.record.version;
        self.house.services.save_letter(noon(on), self.clerk(), letter, version, &content).await.unwrap();
    }

    pub(super) async fn sign(&self, on: Date, letter: LetterId, who: &[&Actor]) {
        let version = self.version(letter).await;
        self.house.services.submit_letter(noon(on), self.clerk(), letter, version).await.unwrap();
        for actor in who {
            let version = self.version(letter).await;
            self.house.services.review_letter(noon(on), actor, letter, (version, true), "审查过").await.unwrap();
        }
    }

    pub(super) async fn serve(&self, on: Date, letter: LetterId, way: ServiceWay, proof: &str) -> Result<(), Fault> {
        let version = self.version(letter).await;
        let service = LetterService { way, on, proof: proof.to_owned() };
        self.house.services.serve_letter(noon(on), self.clerk(), letter, version, &service, None).await
    }

    pub(super) async fn due(&self, today: Date) -> Option<Date> {
        self.house.services.application(noon(today), self.clerk(), self.id).await.unwrap().record.standing.due
    }

    pub(super) async fn text(&self, letter: LetterId) -> String {
        let page = self.house.services.letter_page(noon(march(30)), self.clerk(), letter).await.unwrap();
        let manuscript = page.manuscript.unwrap();
        manuscript.paragraphs().map(|one| one.text.clone()).collect::<Vec<_>>().join("\n")
    }
}

/// The case is applied for from a draft with a file, and receipt confirmed, on 2 March 2026.
pub(super) async fn received(house: &House) -> (Desk<'_>, String) {
    let services = &house.services;
    let (draft, key) = services.begin_draft(noon(march(2)), house.agency).await.unwrap();
    assert!(matches!(services.draft_of(draft, "x").await, Err(Fault::NotFound)), "another secret opens nothing");
    services.keep_draft(noon(march(2)), draft, &key, &form()).await.unwrap();
    let paper = pdf("说明.pdf");
    services.add_draft_paper(noon(march(2)), draft, &key, PaperPurpose::Attachment, &paper).await.unwrap();
    let got = services.send_draft(noon(march(2)), &services.open_draft(draft, &key).await.unwrap()).await.unwrap();
    assert!(
        services.send_draft(noon(march(2)), &services.open_draft(draft, &key).await.unwrap()).await.is_err(),
        "sent once"
    );
    assert_eq!(services.draft_of(draft, &key).await.unwrap().code, got.code.to_string(), "the receipt is shown again");
    let clerk = &house.crew.clerk;
    let event = Event::Confirmed { on: march(2) };
    services.note_step(noon(march(2)), clerk, got.id, 1, (event, "电话13800138000，本人确认")).await.unwrap();
    (Desk { house, id: got.id }, got.code.to_string())
}
