//! Letters are served: by which way, on which day, with which proof. With it the clock moves: serving is the step of the law.

use gongkai_letters::{Fact, Value};
use gongkai_model::Refusal;
use gongkai_model::application::clock::Channel;
use gongkai_model::application::{LetterKind, PaperPurpose, Route, ServiceWay};
use gongkai_model::ids::LetterId;
use gongkai_model::officer::Act;
use gongkai_store::LetterState;
use jiff::Timestamp;
use jiff::civil::Date;

use super::super::form::{ApplicationForm, is_mail};
use super::super::steps;
use super::effect::event_of;
use super::review::anew;
use crate::platform::services::{Actor, Services};
use crate::platform::{Fault, Upload, clock};

/// How a letter was served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// By which way.
    pub way: ServiceWay,
    /// On which day: when it was signed for, posted, sent.
    pub on: Date,
    /// What proves it: who signed, the number of the posting, the address.
    pub proof: String,
}

/// # Errors
/// The way is none for this letter; the proof is missing.
fn looked_at(service: &Service, kind: LetterKind, formed: Date, today: Date) -> Result<(), Fault> {
    let proof = service.proof.trim();
    if service.on > today {
        return Err(Fault::field("on", "送达的日期还没有到，请核对"));
    }
    if service.on < formed {
        return Err(Fault::field("on", format!("送达的日期早于成文日期{formed}，请核对")));
    }
    if proof.chars().count() > 200 {
        return Err(Fault::field("proof", format!("{}不超过200字", service.way.proof())));
    }
    match service.way {
        ServiceWay::Portal if !kind.goes_to_applicant() => {
            Err(Fault::field("way", "这份文书不是给申请人的，不能在查询页面送达"))
        }
        ServiceWay::Portal if service.on != today => {
            Err(Fault::field("on", "在查询页面送达的，日期是今天：登记以后申请人才能下载"))
        }
        ServiceWay::Email if !is_mail(proof) => {
            Err(Fault::field("proof", "请填写收件的电子邮箱，写成 name@example.cn 的样子"))
        }
        ServiceWay::Direct | ServiceWay::Entrusted | ServiceWay::Post if proof.is_empty() => {
            Err(Fault::field("proof", format!("请填写{}", service.way.proof())))
        }
        ServiceWay::Direct | ServiceWay::Entrusted | ServiceWay::Post | ServiceWay::Email | ServiceWay::Portal => {
            Ok(())
        }
    }
}

/// # Errors
/// Electronic service goes to the system or address that the applicant has named (条例 第三十六条第二项, 第四十条).
pub(super) fn named(service: &Service, form: &ApplicationForm, channel: Channel) -> Result<(), Fault> {
    match service.way {
        ServiceWay::Portal if channel != Channel::Online && form.route != Route::Download.code() => Err(Fault::field(
            "way",
            "申请人没有在网上申请，也没有选网上下载，不能在查询页面送达：当面或者邮寄送达，或者按申请人留的邮箱发送",
        )),
        ServiceWay::Email if !service.proof.trim().eq_ignore_ascii_case(form.email.trim()) => Err(Fault::field(
            "proof",
            if form.email.is_empty() {
                "申请人没有留电子邮箱，不能用电子邮件送达；后来提供的，先更正登记".to_owned()
            } else {
                format!("收件地址与申请人留的{}不一致；申请人改了地址的，先更正登记", form.email)
            },
        )),
        _ => Ok(()),
    }
}

impl Services {
    /// Notes that a signed letter was served, and makes the step in law that it is. A letter is served once: what proves it again
    /// is added as a file.
    ///
    /// # Errors
    /// It is not signed, or was served; the step is not possible on that day; proof is missing; the person may not.
    pub async fn serve_letter(
        &self,
        now: Timestamp,
        actor: &Actor,
        id: LetterId,
        version: i32,
        service: &Service,
        proof: Option<&Upload>,
    ) -> Result<(), Fault> {
        let mut letter = self.store.letter(id).await?.ok_or(Fault::NotFound)?;
        let view = self.opened_view(now, letter.application).await?;
        actor.need(Act::Handle, view.record.agency)?;
        match (letter.state, letter.served_on) {
            (LetterState::Signed, _) => {}
            (_, Some(day)) => {
                return Err(Refusal::new(
                    format!("这份文书已于{day}送达，不能再登记一次"),
                    "补充的送达凭证，作为文件添加到这件申请",
                )
                .into());
            }
            _ => return Err(Refusal::new("文书还没有签发，不能送达", "先完成审核签发").into()),
        }
        if letter.version != version {
            return Err(Fault::Conflict);
        }
        let formed = letter.formed_on.ok_or_else(|| Fault::Failed("文书没有成文日期".to_owned()))?;
        looked_at(service, letter.kind, formed, clock::local_date(now))?;
        if letter.kind.goes_to_applicant() {
            named(service, &view.form, view.record.arrival.channel)?;
        }
        let content = self.content_of(&letter).await?;
        let mut facts = content.values(letter.kind)?;
        facts.insert(Fact::FormedOn, Value::Date(formed));
        let asked = Self::asked(&view, letter.consultation);
        // By post the fee notice is received later: its day is noted when it is known (收费办法 第六条).
        let later = letter.kind == LetterKind::L08 && service.way == ServiceWay::Post;
        let event = event_of(letter.kind, letter.outcome, asked, &facts, service.on)?.filter(|_| !later);
        let paper = match proof {
            Some(upload) => {
                let mut paper =
                    self.seal_paper(now, letter.application, PaperPurpose::Proof, upload, Some(actor.id())).await?;
                paper.letter = Some(id);
                Some(paper)
            }
            None => None,
        };
        letter.state = LetterState::Served;
        letter.served_on = Some(service.on);
        letter.service = Some(service.way.code().to_owned());
        let words = service.proof.trim();
        letter.proof = if words.is_empty() { String::new() } else { self.vault().await?.seal(id.0, words)? };
        letter.updated_at = now;
        self.still_joins(&view.record, (letter.outcome, &content.joined), service.on).await.map_err(anew)?;
        let copies = self.copies(now, actor, (&letter, &content), service).await?;
        let tx = self.store.begin().await?;
        tx.update_letter(&letter).await?;
        if let Some(paper) = &paper {
            tx.insert_paper(paper).await?;
        }
        self.register_withheld(&tx, &view.record, &letter, &content, service.on).await?;
        let mut detail = format!(
            "letter={id}\nway={}\non={}\nnumber={}",
            service.way.code(),
            service.on,
            letter.number.as_deref().unwrap_or_default()
        );
        match event {
            Some(event) => {
                self.step(&tx, now, view.record.clone(), event, (Some(actor.id()), "")).await?;
                detail.push('\n');
                detail.push_str(&steps::told(event));
            }
            None => self.touch_case(&tx, now, &view.record).await?,
        }
        self.serve_copies(&tx, now, actor, (copies, &content), service.on).await?;
        self.record(&tx, now, actor, "letter.serve", &view.record.id.to_string(), &detail).await?;
        Ok(tx.commit().await?)
    }
}
