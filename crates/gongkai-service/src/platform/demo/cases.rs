//! Applications of the demonstration: one at every stage, made by the same acts as in the office, on the days before today.

use std::collections::BTreeMap;

use gongkai_model::application::clock::{Answer, Channel, ConsultationId, ConsultationKind, Event};
use gongkai_model::application::{LetterKind, NoteKind, Outcome, ServiceWay};
use gongkai_model::ids::{AgencyId, ApplicationId, LetterId};
use gongkai_model::officer::Role;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::platform::applications::{
    Answered, ApplicationForm, Intake, LetterContent, LetterService, NewLetter, NoteText, Party, WithheldPart,
};
use crate::platform::services::{Actor, Services};
use crate::platform::{Fault, Upload, clock};

/// Who handles and signs.
pub(super) struct CaseCrew {
    pub(super) clerk: Actor,
    pub(super) office_head: Actor,
    pub(super) secrecy: Actor,
    pub(super) leader: Actor,
    pub(super) drafter: Actor,
}

/// Invented applicants: name, kind, number of the paper, telephone.
const PEOPLE: [(&str, &str, &str, &str); 6] = [
    ("张示例", "natural_person", "11010519491231002X", "13800000001"),
    ("李某某", "natural_person", "110105194912310046", "13800000002"),
    ("示例建设有限公司", "business", "91110000000000001H", "000-00000021"),
    ("示例大学研究中心", "research", "12110000000000002R", "000-00000022"),
    ("示例公益基金会", "public_welfare", "53110000000000003M", "000-00000023"),
    ("王某某", "natural_person", "110105194912310062", "13800000003"),
];

/// Who asks for what.
fn form(who: usize, title: &str, route: &str) -> ApplicationForm {
    let (name, kind, id_number, phone) = PEOPLE.get(who).copied().unwrap_or(("张示例", "natural_person", "", ""));
    let person = kind == "natural_person";
    ApplicationForm {
        kind: kind.to_owned(),
        name: name.to_owned(),
        id_document: if person { "resident_id" } else { "credit_code" }.to_owned(),
        id_number: id_number.to_owned(),
        phone: phone.to_owned(),
        email: "shenqing@example.cn".to_owned(),
        address: "示例市示例路100号".to_owned(),
        contact: if person { String::new() } else { "刘某某".to_owned() },
        title: title.to_owned(),
        carrier: "electronic".to_owned(),
        route: route.to_owned(),
        ..ApplicationForm::default()
    }
}

struct Teller<'a> {
    services: &'a Services,
    crew: &'a CaseCrew,
    agency: AgencyId,
    now: Timestamp,
    today: Date,
}

impl Teller<'_> {
    /// The day so many working days ago.
    fn back(&self, days: u32) -> Date {
        self.services.calendar().workdays_before(self.today, days).unwrap_or(self.today)
    }

    /// Ten in the morning of a day; now where that has not come.
    fn at(&self, day: Date) -> Timestamp {
        clock::at_local(day.at(10, 0, 0, 0)).unwrap_or(self.now).min(self.now)
    }

    async fn came(&self, channel: Channel, on: Date, form: ApplicationForm) -> Result<ApplicationId, Fault> {
        if channel == Channel::Online {
            let got = self.services.apply(self.at(on), self.agency, &form).await?;
            return Ok(got.id);
        }
        let intake = Intake { channel, on, form };
        Ok(self.services.register_application(self.at(on), &self.crew.clerk, &intake).await?.id)
    }

    async fn step(&self, id: ApplicationId, event: Event, words: &str) -> Result<(), Fault> {
        let at = self.at(event.date());
        let version = self.services.opened_view(at, id).await?.record.version;
        self.services.note_step(at, &self.crew.clerk, id, version, (event, words)).await
    }

    /// A case that was confirmed on the day it came.
    async fn received(&self, on: Date, form: ApplicationForm) -> Result<ApplicationId, Fault> {
        let id = self.came(Channel::Online, on, form).await?;
        self.step(id, Event::Confirmed { on }, "电话联系申请人，双方确认").await?;
        Ok(id)
    }

    async fn letter(
        &self,
        id: ApplicationId,
        on: Date,
        new: &NewLetter,
        content: impl FnOnce(LetterContent) -> LetterContent,
    ) -> Result<LetterId, Fault> {
        let at = self.at(on);
        let letter = self.services.begin_letter(at, &self.crew.clerk, id, new).await?;
        let page = self.services.letter_page(at, &self.crew.clerk, letter).await?;
        let version = page.letter.record.version;
        self.services.save_letter(at, &self.crew.clerk, letter, version, &content(page.content)).await?;
        Ok(letter)
    }

    async fn version(&self, letter: LetterId) -> Result<i32, Fault> {
        Ok(self.services.store.letter(letter).await?.ok_or(Fault::NotFound)?.version)
    }

    async fn submit(&self, letter: LetterId, on: Date) -> Result<(), Fault> {
        let version = self.version(letter).await?;
        self.services.submit_letter(self.at(on), &self.crew.clerk, letter, version).await
    }

    /// Signed by as many of the chain as there are in `who`.
    async fn sign(&self, letter: LetterId, on: Date, who: &[&Actor]) -> Result<(), Fault> {
        self.submit(letter, on).await?;
        for actor in who {
            let version = self.version(letter).await?;
            let secrecy = actor.officer.signs(Role::SecrecyReviewer, None).is_some();
            let words = if secrecy { "经审查不涉及国家秘密，可以发出" } else { "" };
            self.services.review_letter(self.at(on), actor, letter, (version, true), words).await?;
        }
        Ok(())
    }

    async fn serve(&self, letter: LetterId, on: Date, way: ServiceWay, proof: &str) -> Result<(), Fault> {
        let version = self.version(letter).await?;
        let service = LetterService { way, on, proof: proof.to_owned() };
        self.services.serve_letter(self.at(on), &self.crew.clerk, letter, version, &service, None).await
    }

    /// A reply with its whole chain, served by e-mail.
    async fn reply(
        &self,
        id: ApplicationId,
        on: Date,
        outcome: Outcome,
        facts: &[(&str, &str)],
        withheld: &[(&str, &str, &str)],
    ) -> Result<(), Fault> {
        let letter =
            self.letter(id, on, &NewLetter::Reply(outcome), |content| filled(content, facts, withheld)).await?;
        if facts.iter().any(|(_, value)| value.contains("附件")) {
            let upload = Upload {
                name: "提供的信息.txt".to_owned(), bytes: "演示内容：虚构。".as_bytes().to_vec()
            };
            let version = self.version(letter).await?;
            self.services.attach_to_letter(self.at(on), &self.crew.clerk, letter, version, &upload).await?;
        }
        let crew = self.crew;
        self.sign(letter, on, &[&crew.office_head, &crew.secrecy, &crew.leader]).await?;
        self.serve(letter, on, ServiceWay::Email, "shenqing@example.cn").await
    }
}

fn filled(content: LetterContent, facts: &[(&str, &str)], withheld: &[(&str, &str, &str)]) -> LetterContent {
    let mut all: BTreeMap<String, String> = content.facts.clone();
    all.extend(facts.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    let withheld = withheld
        .iter()
        .map(|(what, ground, reason)| WithheldPart {
            what: (*what).to_owned(),
            ground: (*ground).to_owned(),
            reason: (*reason).to_owned(),
        })
        .collect();
    LetterContent { facts: all, withheld, ..content }
}

impl Services {
    /// The applications of an agency of the demonstration.
    pub(super) async fn demo_cases(&self, now: Timestamp, agency: AgencyId, crew: &CaseCrew) -> Result<(), Fault> {
        let today = clock::local_date(now);
        let teller = Teller { services: self, crew, agency, now, today };
        teller.waiting().await?;
        teller.under_way().await?;
        teller.ended().await
    }
}

impl Teller<'_> {
    /// What came in, and what waits for the applicant.
    async fn waiting(&self) -> Result<(), Fault> {
        self.came(Channel::Online, self.today, form(0, "2025年度示例区本级预算执行审计结果报告", "download")).await?;
        self.came(Channel::Email, self.back(1), form(3, "近三年政府投资审计项目数量的统计", "email")).await?;
        let unclear = self.came(Channel::InPerson, self.back(6), form(5, "审计材料", "mail")).await?;
        let on = self.back(4);
        let items = [("补正事项", "请写明所需审计材料对应的被审计单位、项目名称或者年度。")];
        let letter = self.letter(unclear, on, &NewLetter::Plain(LetterKind::L02), |c| filled(c, &items, &[])).await?;
        self.sign(letter, on, &[&self.crew.office_head]).await?;
        self.serve(letter, on, ServiceWay::Post, "XA10000000111").await
    }

    /// What is being handled.
    async fn under_way(&self) -> Result<(), Fault> {
        let (services, crew) = (self.services, self.crew);
        let fresh = self.received(self.back(3), form(1, "示例小学改扩建工程竣工决算审计报告", "download")).await?;
        let words = NoteText {
            systems: "公文管理系统、审计项目档案".to_owned(),
            keywords: "示例小学、竣工决算".to_owned(),
            period: "2022年至今".to_owned(),
            by: "李经办".to_owned(),
            ..NoteText::default()
        };
        services.add_note(self.at(self.back(2)), &crew.clerk, fresh, (NoteKind::Search, self.back(2)), &words).await?;
        let near =
            self.came(Channel::MailSigned, self.back(18), form(2, "2024年度政府采购审计调查报告", "mail")).await?;
        let version = services.opened_view(self.at(self.back(17)), near).await?.record.version;
        let given = (None, Some(crew.drafter.id()), Some(self.back(2)));
        services.assign_application(self.at(self.back(17)), &crew.clerk, near, version, given).await?;
        self.received(self.back(22), form(0, "示例路养护经费专项审计的整改情况", "email")).await?;
        // A third party is asked.
        let asked = self.received(self.back(9), form(2, "示例大桥工程结算审计报告", "download")).await?;
        let party = Party {
            name: "示例路桥工程有限公司".to_owned(),
            address: "示例市工业路8号".to_owned(),
            contact: "陈某某 000-00000031".to_owned(),
            ..Party::default()
        };
        let on = self.back(7);
        let facts =
            [("征求事项", "示例大桥工程结算审计报告"), ("涉及理由", "报告载有施工单位的报价明细，可能属于商业秘密")];
        let new = NewLetter::Ask(ConsultationKind::ThirdParty, party);
        let letter = self.letter(asked, on, &new, |content| filled(content, &facts, &[])).await?;
        self.sign(letter, on, &[&crew.office_head]).await?;
        self.serve(letter, on, ServiceWay::Post, "XA10000000222").await?;
        let got = Event::ConsultationReceived { id: ConsultationId(1), on: self.back(5) };
        self.step(asked, got, "").await?;
        // Extended.
        let longer = self.received(self.back(19), form(3, "2020年至2025年审计项目计划及调整文件", "email")).await?;
        let on = self.back(3);
        let facts = [("延期理由", "所涉文件跨越六个年度，需要逐件审查"), ("延期工作日数", "15")];
        let letter = self.letter(longer, on, &NewLetter::Plain(LetterKind::L04), |c| filled(c, &facts, &[])).await?;
        self.sign(letter, on, &[&crew.office_head]).await?;
        self.serve(letter, on, ServiceWay::Email, "shenqing@example.cn").await?;
        // A reply is being signed, another is signed and not served.
        for (age, title, signed) in [(12, "2024年度内部审计指导工作总结", 1), (14, "2025年审计职业培训计划", 3)]
        {
            let id = self.received(self.back(age), form(1, title, "download")).await?;
            let place = [("获取途径", "本机关网站“法定主动公开内容”，按标题检索")];
            let outcome = Outcome::GrantedAlreadyPublic;
            let letter = self.letter(id, self.back(2), &NewLetter::Reply(outcome), |c| filled(c, &place, &[])).await?;
            let chain = [&crew.office_head, &crew.secrecy, &crew.leader];
            self.sign(letter, self.back(2), chain.get(..signed).unwrap_or(&chain)).await?;
        }
        Ok(())
    }

    /// What has ended.
    async fn ended(&self) -> Result<(), Fault> {
        let open = self.received(self.back(60), form(4, "示例区困难群众救助补助资金审计结果", "email")).await?;
        self.reply(open, self.back(48), Outcome::GrantedProvided, &[("提供方式", "随本答复书附件提供")], &[]).await?;
        let same = self.received(self.back(50), form(1, "示例区困难群众救助补助资金审计结果", "email")).await?;
        self.reply(same, self.back(40), Outcome::GrantedProvided, &[("提供方式", "随本答复书附件提供")], &[]).await?;
        let part = self.received(self.back(70), form(2, "示例产业园基础设施项目审计报告", "download")).await?;
        let party = Party {
            name: "示例园区建设有限公司".to_owned(),
            address: "示例市园区路1号".to_owned(),
            ..Party::default()
        };
        let on = self.back(66);
        let facts = [("征求事项", "示例产业园基础设施项目审计报告"), ("涉及理由", "载有合同单价，可能属于商业秘密")];
        let new = NewLetter::Ask(ConsultationKind::ThirdParty, party);
        let letter = self.letter(part, on, &new, |content| filled(content, &facts, &[])).await?;
        self.sign(letter, on, &[&self.crew.office_head]).await?;
        self.serve(letter, on, ServiceWay::Post, "XA10000000333").await?;
        let got = Event::ConsultationReceived { id: ConsultationId(1), on: self.back(64) };
        self.step(part, got, "").await?;
        let answered = Answered {
            number: 1,
            on: self.back(58),
            answer: Answer::Objected,
            words: "合同单价属于本公司的经营信息，公开会影响后续投标；其余部分同意公开".to_owned(),
            agreed_part: "合同单价以外的部分".to_owned(),
        };
        let at = self.at(self.back(58));
        let version = self.services.opened_view(at, part).await?.record.version;
        self.services.note_answer(at, &self.crew.clerk, part, version, &answered, None).await?;
        let withheld = [("合同单价明细", "third_party_rights", "属于第三方的商业秘密，公开会损害其合法权益")];
        let facts = [("公开部分", "审计报告正文（附件，合同单价已遮盖）")];
        self.reply(part, self.back(50), Outcome::Partial, &facts, &withheld).await?;
        let none = self.received(self.back(45), form(5, "示例区1998年审计工作会议纪要", "mail")).await?;
        let facts = [
            ("检索范围", "公文管理系统、档案室1995—2000年卷宗"),
            ("检索关键词", "审计工作会议、纪要"),
            ("检索时间段", "1995年至2000年"),
            ("检索人", "李经办"),
            ("检索日期", &self.back(38).to_string()),
        ];
        self.reply(none, self.back(35), Outcome::NotExist, &facts, &[]).await?;
        let inner = self.received(self.back(42), form(0, "审计业务会议的讨论记录", "download")).await?;
        let facts = [
            ("过程性种类", "讨论记录"),
            ("理由", "该记录是审计结论形成以前的内部讨论，公开会影响参会人员充分发表意见"),
        ];
        self.reply(inner, self.back(33), Outcome::ProcessInfo, &facts, &[]).await?;
        let other = self.received(self.back(30), form(1, "示例街道房屋征收补偿方案", "email")).await?;
        let facts = [
            ("理由", "该信息由示例区住房和城乡建设局制作"),
            ("负责机关", "示例区住房和城乡建设局"),
            ("负责机关联系方式", "000-00000041"),
        ];
        self.reply(other, self.back(27), Outcome::NotThisOrgan, &facts, &[]).await?;
        let back = self.received(self.back(25), form(3, "政府审计标准解读材料", "email")).await?;
        let at = self.at(self.back(23));
        let version = self.services.opened_view(at, back).await?.record.version;
        let event = Event::Withdrawn { on: self.back(23) };
        let words = "已经从网站取得所需材料，撤回申请";
        self.services.note_said(at, &self.crew.clerk, back, version, (event, NoteKind::Withdrawal), words).await
    }
}
