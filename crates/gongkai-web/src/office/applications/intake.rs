//! An application that came at the counter, by mail, fax or e-mail is entered; its receipt is shown once, with the code.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Response};
use gongkai_model::application::clock::Channel;
use gongkai_model::application::{ApplicantColumn, Carrier, IdDocument, PaperPurpose, Route};
use gongkai_model::ids::ApplicationId;
use gongkai_service::platform::{ApplicationForm, Fault, Intake, Upload, Viewer, local_date, now, written_date};
use jiff::civil::Date;

use super::{application_id, day};
use crate::failure::{self, Failure};
use crate::office::frame::{Frame, Problems, go};
use crate::posted::Posted;
use crate::state::Web;

/// A code and its word.
type Words = Vec<(&'static str, &'static str)>;

#[derive(Template)]
#[template(path = "office/intake.html")]
struct IntakePage {
    frame: Frame,
    form: ApplicationForm,
    channel: String,
    on: String,
    problems: Problems,
    /// The case that is put right: where the form goes, its version, why; none where a new one is entered.
    amends: Option<(ApplicationId, i32, String)>,
    channels: Vec<(&'static str, &'static str, &'static str)>,
    kinds: Words,
    documents: Words,
    carriers: Words,
    routes: Words,
}

/// When an application of a channel counts as received, in a sentence.
fn rule(channel: Channel) -> &'static str {
    match channel {
        Channel::InPerson => "提交之日为收到之日",
        Channel::Oral => "由工作人员代为填写，申请人签名；提交之日为收到之日",
        Channel::MailSigned => "本机关任何收发部门签收之日为收到之日",
        Channel::MailOrdinary => "须当日与申请人确认，确认之日为收到之日",
        Channel::Online | Channel::Fax | Channel::Email => "双方确认之日为收到之日",
    }
}

fn view(
    web: &Web,
    viewer: &Viewer,
    form: ApplicationForm,
    channel: String,
    on: String,
    problems: Problems,
) -> IntakePage {
    IntakePage {
        frame: Frame::new(web, viewer, "applications"),
        form,
        channel,
        on,
        problems,
        amends: None,
        channels: Channel::ALL
            .into_iter()
            .filter(|one| *one != Channel::Online)
            .map(|one| (one.code(), one.label(), rule(one)))
            .collect(),
        kinds: ApplicantColumn::KINDS.iter().map(|one| (one.code(), one.label())).collect(),
        documents: IdDocument::ALL.iter().map(|one| (one.code(), one.label())).collect(),
        carriers: Carrier::ALL.iter().map(|one| (one.code(), one.label())).collect(),
        routes: Route::ALL.iter().map(|one| (one.code(), one.label())).collect(),
    }
}

/// The form.
pub(crate) async fn page(State(web): State<Web>, Extension(viewer): Extension<Viewer>) -> Result<Response, Failure> {
    let form = ApplicationForm { kind: ApplicantColumn::NaturalPerson.code().to_owned(), ..ApplicationForm::default() };
    let today = local_date(now()).to_string();
    let page = view(&web, &viewer, form, Channel::InPerson.code().to_owned(), today, Problems::default());
    Ok(Html(page.render()?).into_response())
}

/// The fields of the form.
fn typed(posted: &Posted) -> ApplicationForm {
    let get = |name: &str| posted.get(name).to_owned();
    ApplicationForm {
        kind: get("kind"),
        name: get("name"),
        id_document: get("id_document"),
        id_number: get("id_number"),
        legal_representative: get("legal_representative"),
        contact: get("contact"),
        phone: get("phone"),
        address: get("address"),
        postcode: get("postcode"),
        email: get("email"),
        agent_name: get("agent_name"),
        agent_id_number: get("agent_id_number"),
        agent_phone: get("agent_phone"),
        needs_assistance: posted.get("needs_assistance") == "yes",
        title: get("title"),
        doc_no: get("doc_no"),
        description: get("description"),
        carrier: get("carrier"),
        route: get("route"),
    }
}

/// A receipt with its code, to print or to read out.
#[derive(Template)]
#[template(path = "office/receipt.html")]
pub(crate) struct ReceiptPage {
    pub(crate) frame: Frame,
    pub(crate) id: ApplicationId,
    pub(crate) organ: String,
    /// Number and code, one for each application.
    pub(crate) codes: Vec<(String, String)>,
    pub(crate) name: String,
    pub(crate) wanted: String,
    pub(crate) received: Option<Date>,
    pub(crate) due: Option<Date>,
    /// That day rests on days off that are not yet announced.
    pub(crate) provisional: bool,
    pub(crate) note: &'static str,
}

impl ReceiptPage {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "a template hands over references")]
    fn written(day: &Date) -> String {
        written_date(*day)
    }
}

/// The receipt of an application that the office sees.
pub(crate) async fn receipt(
    web: &Web,
    viewer: &Viewer,
    id: ApplicationId,
    codes: Vec<(String, String)>,
    note: &'static str,
) -> Result<Response, Failure> {
    let case = web.services.application(now(), &viewer.actor, id).await?;
    let page = ReceiptPage {
        frame: Frame::new(web, viewer, "applications"),
        id,
        organ: web.services.directory().name(case.record.agency).to_owned(),
        codes,
        name: case.form.name.clone(),
        wanted: case.form.wanted_line(),
        received: case.record.standing.received,
        due: case.record.standing.due,
        provisional: case.record.standing.provisional,
        note,
    };
    Ok(Html(page.render()?).into_response())
}

/// Takes an application in, with the scan of its paper.
pub(crate) async fn take_in(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    posted: Posted,
) -> Result<Response, Failure> {
    let form = typed(&posted);
    let done = async {
        let channel = Channel::parse(posted.get("channel"))
            .filter(|one| *one != Channel::Online)
            .ok_or_else(|| Fault::field("channel", "请选择申请的渠道"))?;
        let intake = Intake { channel, on: day("on", posted.get("on"))?, form: form.clone() };
        web.services.register_application(now(), &viewer.actor, &intake).await
    };
    match done.await {
        Ok(received) => {
            if let Some(file) = &posted.file {
                let upload = Upload { name: file.name.clone(), bytes: file.bytes.clone() };
                let added =
                    web.services.add_paper(now(), &viewer.actor, received.id, PaperPurpose::Scan, &upload).await;
                if added.is_err() {
                    // The application is in; what is wrong with the scan is said where it can be added again.
                    let codes = vec![(received.registration_no.unwrap_or_default(), received.code.to_string())];
                    let note = "扫描件没有保存：请在申请的页面重新添加（PDF、图片，不超过50 MB）";
                    return receipt(&web, &viewer, received.id, codes, note).await;
                }
            }
            let codes = vec![(received.registration_no.unwrap_or_default(), received.code.to_string())];
            receipt(&web, &viewer, received.id, codes, "").await
        }
        Err(fault) => {
            let status = failure::status(&fault);
            let (channel, on) = (posted.get("channel").to_owned(), posted.get("on").to_owned());
            let page = view(&web, &viewer, form, channel, on, Problems::of(fault)?);
            Ok((status, Html(page.render()?)).into_response())
        }
    }
}

/// The form of a case that is to be put right.
pub(crate) async fn edit_page(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id = application_id(&id)?;
    let case = web.services.application(now(), &viewer.actor, id).await?;
    let mut page = view(&web, &viewer, case.form.clone(), String::new(), String::new(), Problems::default());
    page.amends = Some((id, case.record.version, String::new()));
    Ok(Html(page.render()?).into_response())
}

/// Puts a case right.
pub(crate) async fn amend(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let id = application_id(&id)?;
    let (form, reason) = (typed(&posted), posted.get("amend_reason"));
    let version = posted.number("version");
    match web.services.amend_application(now(), &viewer.actor, id, version, (&form, reason)).await {
        Ok(()) => Ok(go(&format!("/office/applications/{id}"), "saved")),
        Err(fault) => {
            let status = failure::status(&fault);
            let mut page = view(&web, &viewer, form, String::new(), String::new(), Problems::of(fault)?);
            page.amends = Some((id, version, reason.to_owned()));
            Ok((status, Html(page.render()?)).into_response())
        }
    }
}
