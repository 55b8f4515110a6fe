//! An agency of the demonstration: its people, its settings and guide, items at every stage of their way, the reports of the years that are over.

use gongkai_model::ids::{AgencyId, EditionId, OfficerId, PublicationId};
use gongkai_model::officer::Role;
use gongkai_model::publication::{Attribute, Decision, SecrecyOpinion, SecrecyResult};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};
use uuid::Uuid;

use super::texts::{Piece, pieces};
use super::{annual, cases, columns, stop};
use crate::platform::directory::AgencySettings;
use crate::platform::draft::{DraftInput, NewDraft};
use crate::platform::file::Upload;
use crate::platform::guide::Guide;
use crate::platform::services::{Actor, Services};
use crate::platform::{Fault, clock};

/// What the numbers of an agency's letters begin with.
fn prefix_name(prefix: &str) -> &'static str {
    match prefix {
        "sj" => "示审",
        "cz" => "示财",
        "jy" => "示教",
        _ => "示政办",
    }
}

/// The people of an agency.
pub(super) struct Crew {
    pub(super) drafter: Actor,
    pub(super) head: Actor,
    pub(super) secrecy: Actor,
    pub(super) leader: Actor,
    pub(super) publisher: Actor,
    pub(super) checker: Actor,
    pub(super) administrator: Actor,
    pub(super) principal: Actor,
    pub(super) clerk: Actor,
    pub(super) office_head: Actor,
}

impl Crew {
    /// A staff in the order of the accounts.
    pub(super) fn of(staff: &[Actor]) -> Option<Self> {
        let [drafter, head, secrecy, leader, publisher, administrator, checker, principal, clerk, office_head] = staff
        else {
            return None;
        };
        Some(Self {
            drafter: drafter.clone(),
            head: head.clone(),
            secrecy: secrecy.clone(),
            leader: leader.clone(),
            publisher: publisher.clone(),
            checker: checker.clone(),
            administrator: administrator.clone(),
            principal: principal.clone(),
            clerk: clerk.clone(),
            office_head: office_head.clone(),
        })
    }
}

/// Some days before another.
pub(super) fn days_before(day: Date, days: i64) -> Date {
    day.checked_sub(days.days()).unwrap_or(day)
}

impl Services {
    /// An agency with its settings, its guide, its items, its reports; the audit bureau with an earlier site and its cases.
    pub(super) async fn demo_agency(
        &self,
        start: Timestamp,
        now: Timestamp,
        agency: AgencyId,
        (name, prefix): (&str, &str),
        staff: &[OfficerId],
    ) -> Result<Crew, Fault> {
        let mut actors = Vec::new();
        for id in staff {
            actors.push(self.demo_actor(start, *id).await?);
        }
        let crew = Crew::of(&actors).ok_or(Fault::NotFound)?;
        let directory = self.directory();
        let version = directory.get(agency).map_or(1, |one| one.version);
        let settings = AgencySettings {
            address: "示例区示例路1号".to_owned(),
            hours: "工作日 8:30—12:00，14:00—18:00".to_owned(),
            phone: "000-00000000".to_owned(),
            site_code: "0000000001".to_owned(),
            reconsideration_organ: "示例区人民政府".to_owned(),
            online_channel: "https://fuyi.shili.example".to_owned(),
            court: "示例区人民法院".to_owned(),
            letter_series: format!("{}公开〔{{年份}}〕{{序号}}号", prefix_name(prefix)),
            fee_way: "凭缴款通知到示例银行缴入示例区财政非税收入账户".to_owned(),
            ..AgencySettings::default()
        };
        let notes = columns::notes(prefix, clock::local_date(start));
        self.set_agency(start, &crew.administrator, agency, version, &settings).await?;
        let phone = "000-00000000";
        let guide = Guide {
            classes: format!("{name}主动公开的政府信息，按《政府信息公开条例》第二十条分为十五类，见“法定主动公开内容”。"),
            arrangement: "每条信息有索引号、名称、内容概述、成文日期，按目录和发布日期编排。".to_owned(),
            access: "在本网站查阅、检索、下载；也可以到区档案馆、区图书馆的政府信息查阅场所查阅。".to_owned(),
            office: format!("{name}办公室"),
            address: settings.address.clone(),
            hours: settings.hours.clone(),
            phone: phone.to_owned(),
            fax: "000-00000001".to_owned(),
            online: "电子邮箱 gongkai@shili.example".to_owned(),
            apply: "公民、法人和其他组织可以当面、邮寄、传真或者发送电子邮件提出申请，写明姓名或名称、身份证明、联系方式，所需信息的名称、文号或者便于查询的其他特征，以及获取的方式和途径。".to_owned(),
            flow: "提出申请：当面、邮寄、传真或者电子邮件\n登记，内容不明确的7个工作日内一次告知补正\n审查，涉及第三方的书面征求意见\n20个工作日内答复，需要延长的不超过20个工作日\n不服的，申请行政复议或者提起行政诉讼".to_owned(),
            fees: "不收取费用。申请的数量、频次明显超过合理范围的，按国务院办公厅规定收取信息处理费。".to_owned(),
            remedy: "认为本机关在政府信息公开工作中侵犯合法权益的，可以向上一级行政机关或者政府信息公开工作主管部门投诉、举报，也可以依法申请行政复议或者提起行政诉讼。".to_owned(),
            reviewed_on: String::new(),
        };
        self.demo_guide(start, &crew, guide, notes).await?;
        let today = clock::local_date(now);
        for piece in pieces(name, prefix, today) {
            self.demo_piece(&crew, now, &piece).await.map_err(|fault| stop(&fault))?;
        }
        let code = self.directory().get(agency).map(|one| one.code.clone()).unwrap_or_default();
        if prefix == "sj" {
            self.demo_history(now, &code, name).await?;
        }
        // The government reports after its agencies.
        if prefix != "zf" {
            Box::pin(self.demo_reports(today, prefix, &crew)).await?;
        }
        if prefix == "sj" {
            let people = cases::CaseCrew {
                clerk: crew.clerk.clone(),
                office_head: crew.office_head.clone(),
                secrecy: crew.secrecy.clone(),
                leader: crew.leader.clone(),
                drafter: crew.drafter.clone(),
            };
            Box::pin(self.demo_cases(now, agency, &people)).await.map_err(|fault| stop(&fault))?;
        }
        Ok(crew)
    }

    /// The reports of the years that are over: two of the bureau that brought its register with it, one of the others.
    async fn demo_reports(&self, today: Date, prefix: &str, crew: &Crew) -> Result<(), Fault> {
        const PROBLEMS: [&str; 2] = [
            "存在的主要问题：一是政策解读形式单一，多为文字。二是部分申请的补正告知不够具体。\n改进情况：增加图表和案例解读；补正告知书列明需要补正的内容和办法。",
            "存在的主要问题：一是个别科室提供公开信息不及时。二是历史文件的有效性标注不全。\n改进情况：上年提出的解读形式单一问题，已对重点文件配发图表；补正告知统一使用范本，因补正退回的申请减少。",
        ];
        let years: &[i16] = if prefix == "sj" { &[2, 1] } else { &[1] };
        for back in years {
            let on = Date::new(today.year() + 1 - back, 1, 12).unwrap_or(today);
            if days_before(today, 5) <= on {
                continue;
            }
            let said = annual::Said {
                safeguards: "分管领导负责政府信息公开工作，办公室是政府信息公开工作机构。全年组织培训1次，没有发生责任追究情形。",
                problems: PROBLEMS.get(usize::from(*back == 1)).copied().unwrap_or_default(),
            };
            Box::pin(self.demo_report(on, crew, today.year() - back, &said)).await.map_err(|fault| stop(&fault))?;
        }
        Ok(())
    }

    /// The guide goes the way of everything that becomes public.
    async fn demo_guide(
        &self,
        now: Timestamp,
        crew: &Crew,
        guide: Guide,
        notes: std::collections::BTreeMap<String, String>,
    ) -> Result<(), Fault> {
        self.propose_guide(now, &crew.drafter, 0, guide, notes).await?;
        for (version, who) in [(1, &crew.head), (2, &crew.secrecy), (3, &crew.leader)] {
            let decision = if who.holds(Role::SecrecyReviewer) {
                Decision::secrecy(SecrecyOpinion::public(), Attribute::Proactive, "")
            } else {
                Decision::passed("")
            };
            self.sign_guide(now, who, version, decision).await?;
        }
        Ok(())
    }

    pub(super) async fn demo_piece(&self, crew: &Crew, now: Timestamp, piece: &Piece) -> Result<(), Fault> {
        // The day of drafting, at nine in the morning; every step an hour later.
        let first = clock::at_local(piece.formed_on.at(9, 0, 0, 0)).unwrap_or(now);
        let at = |hours: i64| first.checked_add(SignedDuration::from_hours(hours)).unwrap_or(now).min(now);
        let id = PublicationId(Uuid::now_v7());
        let edition =
            self.create(at(0), &crew.drafter, id, NewDraft::Text(format!("{}\n{}", piece.title, piece.body))).await?;
        self.save(at(1), &crew.drafter, edition, 1, &piece.input()).await?;
        if let Some((name, table)) = piece.attachment {
            let manuscript = gongkai_manuscript::marked::parse(table);
            let bytes = gongkai_typeset::xlsx(&manuscript, "清单").map_err(|error| Fault::Failed(error.to_string()))?;
            self.attach(at(1), &crew.drafter, edition, Upload { name: name.to_owned(), bytes }).await?;
        }
        self.demo_way(crew, edition, piece, &at).await
    }

    /// As far along the way as the piece has come.
    async fn demo_way(
        &self,
        crew: &Crew,
        edition: EditionId,
        piece: &Piece,
        at: &(dyn Fn(i64) -> Timestamp + Sync),
    ) -> Result<(), Fault> {
        if piece.steps == 0 {
            return Ok(());
        }
        let record = self.store.edition(edition).await?.ok_or(Fault::NotFound)?;
        self.submit(at(2), &crew.drafter, edition, record.version, "").await?;
        let seen = record.edition.content.clone();
        for (hours, who, comment) in
            [(26, &crew.head, "属实"), (27, &crew.secrecy, "不涉密，可以公开"), (28, &crew.leader, "同意公开")]
                .into_iter()
                .take(piece.steps)
        {
            if piece.returned && hours == 27 {
                let words = "第二段的数字与决算不一致，请核对";
                return self.review(at(hours), who, edition, Decision::returned(words), &seen).await;
            }
            let decision = if hours == 27 && record.metadata.attribute == Attribute::Withheld {
                let basis = "《政府信息公开条例》第十六条第一款";
                let opinion = SecrecyOpinion::new(SecrecyResult::NotPublic, basis, Vec::new())?;
                Decision::secrecy(opinion, record.metadata.attribute, "属于内部事务信息")
            } else if hours == 27 {
                Decision::secrecy(SecrecyOpinion::public(), record.metadata.attribute, comment)
            } else {
                Decision::passed(comment)
            };
            self.review(at(hours), who, edition, decision, &seen).await?;
        }
        if piece.steps < 4 {
            return Ok(());
        }
        self.publish(at(30 + piece.later), &crew.publisher, edition).await?;
        // The checker is two days behind.
        let looked = at(78 + piece.later);
        if looked < at(1_000_000) {
            self.inspect(looked, &crew.checker, edition, true, "").await?;
        }
        let Some(reason) = piece.withdrawn else { return Ok(()) };
        self.withdraw(at(60), &crew.leader, edition, reason).await
    }
}

impl Piece {
    fn overview(&self) -> String {
        let found = crate::platform::draft::overview(&self.body);
        if found.is_empty() { format!("{}。", self.title) } else { found }
    }

    fn input(&self) -> DraftInput {
        DraftInput {
            title: self.title.clone(),
            doc_no: self.doc_no.clone(),
            formed_on: self.formed_on.to_string(),
            theme: self.theme.to_owned(),
            genre: self.genre.to_owned(),
            catalog_node: self.node.to_owned(),
            attribute: self.attribute.to_owned(),
            attribute_reason: self.attribute_reason.to_owned(),
            ground: if self.attribute == "proactive" { String::new() } else { "internal_affairs".to_owned() },
            validity: self.validity.to_owned(),
            summary: if self.summary.is_empty() { self.overview() } else { self.summary.clone() },
            channels: self.channels.to_owned(),
            body: self.body.clone(),
            ..DraftInput::default()
        }
    }
}
