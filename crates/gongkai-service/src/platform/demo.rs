//! A fictitious district: the government with its supervising office, three agencies, a year of publications at every stage, an account for
//! every role. All content is invented.

use gongkai_model::Refusal;
use gongkai_model::ids::{AgencyId, EditionId, OfficerId, PublicationId};
use gongkai_model::officer::Role;
use gongkai_model::org::UnitKind;
use gongkai_model::publication::{Attribute, Decision, SecrecyOpinion, SecrecyResult, State};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};
use uuid::Uuid;

use super::directory::{AgencySettings, SiteSettings};
use super::draft::{DraftInput, NewDraft};
use super::file::Upload;
use super::guide::Guide;
use super::people::NewOfficer;
use super::services::{Actor, Services};
use super::{Fault, clock, secret};

mod annual;
mod cases;
mod columns;
mod history;
mod past;
mod supervised;
mod texts;

use texts::{Piece, pieces};

/// The password of every account of the demonstration.
pub const PASSWORD: &str = "gongkai-demo-2026";

/// The setting that says that the data are invented.
const MARK: &str = "demo";

/// An account of the demonstration: sign-in name, name, roles, agency.
pub type DemoAccount = (String, String, String, String);

const AGENCIES: [(&str, &str, &str); 3] =
    [("000000011", "示例区审计局", "sj"), ("000000012", "示例区财政局", "cz"), ("000000013", "示例区教育局", "jy")];

/// The bureau that tells the year 2019.
const PAST: (&str, &str, &str) = ("000000014", "示例新区审计局", "xs");

const PEOPLE: [(&str, &str, &str, &[Role]); 10] = [
    ("chengban", "李经办", "科员", &[Role::Drafter]),
    ("kezhang", "王科长", "办公室主任", &[Role::SectionHead]),
    ("baomi", "赵保密", "保密员", &[Role::SecrecyReviewer]),
    ("lingdao", "陈副局", "副局长", &[Role::DivisionLeader]),
    ("fabu", "周发布", "科员", &[Role::Publisher]),
    ("guanli", "吴管理", "信息员", &[Role::Administrator]),
    ("hecha", "何核查", "科员", &[Role::Checker]),
    ("juzhang", "林局长", "局长", &[Role::Principal]),
    ("shouli", "刘受理", "公开办科员", &[Role::DisclosureOfficer]),
    ("gongkaiban", "黄主任", "公开办主任", &[Role::DisclosureOfficeHead]),
];

/// What the numbers of an agency's letters begin with.
fn prefix_name(prefix: &str) -> &'static str {
    match prefix {
        "sj" => "示审",
        "cz" => "示财",
        "jy" => "示教",
        _ => "示政办",
    }
}

/// Nine in the morning of a day.
fn morning(year: i16, month: i8, day: i8) -> Option<Timestamp> {
    clock::at_local(Date::new(year, month, day).ok()?.at(9, 0, 0, 0))
}

/// Whether a refusal of the demonstration itself is worth stopping for.
fn stop(fault: &Fault) -> Fault {
    Fault::Failed(format!("演示数据：{fault}"))
}

impl Services {
    /// Fills an empty platform with the demonstration. Gives the accounts.
    ///
    /// # Errors
    /// It is not empty.
    pub async fn fill_demo(&self, now: Timestamp) -> Result<Vec<DemoAccount>, Fault> {
        if self.store.account_count().await? > 0 || self.directory().units().next().is_some() {
            return Err(Refusal::new("数据文件夹不是空的，演示数据只能放进空的文件夹", "换一个 --data").into());
        }
        let start = now.checked_sub(SignedDuration::from_hours(24 * 330)).unwrap_or(now);
        // Units and people are there before the first report they make.
        let founded = morning(clock::local_date(now).year() - 1, 1, 2).unwrap_or(start);
        let office = self
            .add_unit(founded, None, "000000001", "示例区人民政府办公室", UnitKind::SupervisingOffice, None)
            .await?;
        let hashed = secret::hash_password(PASSWORD.to_owned()).await?;
        let mut accounts = Vec::new();
        for (login, name, post, roles) in [
            ("admin", "郑管理", "区政务公开办", &[Role::Administrator][..]),
            ("jiandu", "孙监督", "区政务公开办", &[Role::Supervisor][..]),
            ("shenji", "钱审计", "区政务公开办", &[Role::Auditor][..]),
        ] {
            self.demo_officer(founded, (office, None), login, name, post, roles, &hashed, &mut accounts).await?;
        }
        let government = ("000000001", "示例区人民政府办公室", "zf");
        for (at, (code, name, prefix)) in AGENCIES.iter().chain([&government]).enumerate() {
            let agency = if *prefix == "zf" {
                office
            } else {
                self.add_unit(founded, None, code, name, UnitKind::Agency, Some(office)).await?
            };
            // The one who writes and the one who heads the section.
            let section = format!("{code}-01");
            let section = self.add_unit(founded, None, &section, "办公室", UnitKind::Section, Some(agency)).await?;
            let mut staff: Vec<OfficerId> = Vec::new();
            for (login, person, post, roles) in PEOPLE {
                let login = if at == 0 { login.to_owned() } else { format!("{prefix}.{login}") };
                let within = matches!(roles, [Role::Drafter | Role::SectionHead]).then_some(section);
                let place = (agency, within);
                staff.push(
                    self.demo_officer(founded, place, &login, person, post, roles, &hashed, &mut accounts).await?,
                );
            }
            self.demo_agency(start, now, agency, name, prefix, &staff).await?;
        }
        self.demo_bureau_of_2019(now, office, &hashed, &mut accounts).await?;
        let supervisor = self.store.accounts(Some(office)).await?.into_iter().find(|one| one.login == "jiandu");
        let supervisor = self.demo_actor(founded, supervisor.ok_or(Fault::NotFound)?.id).await?;
        self.demo_supervised(now, office, &supervisor).await?;
        self.demo_site(now, office).await?;
        let tx = self.store.begin().await?;
        tx.put_setting(MARK, "1", 0).await?;
        tx.commit().await?;
        self.follow().await?;
        Ok(accounts)
    }

    /// The bureau that tells an earlier year.
    async fn demo_bureau_of_2019(
        &self,
        now: Timestamp,
        office: AgencyId,
        hashed: &str,
        accounts: &mut Vec<DemoAccount>,
    ) -> Result<(), Fault> {
        let founded = morning(past::YEAR - 1, 12, 20).unwrap_or(now);
        let (code, name, prefix) = PAST;
        let agency = self.add_unit(founded, None, code, name, UnitKind::Agency, Some(office)).await?;
        let section = format!("{code}-01");
        let section = self.add_unit(founded, None, &section, "办公室", UnitKind::Section, Some(agency)).await?;
        let mut staff = Vec::new();
        for (login, person, post, roles) in PEOPLE {
            let within = matches!(roles, [Role::Drafter | Role::SectionHead]).then_some(section);
            let login = format!("{prefix}.{login}");
            let id =
                self.demo_officer(founded, (agency, within), &login, person, post, roles, hashed, accounts).await?;
            staff.push(self.demo_actor(founded, id).await?);
        }
        let crew = Crew::of(&staff).ok_or(Fault::NotFound)?;
        let [.., administrator, _, principal, clerk, _] = staff.as_slice() else { return Err(Fault::NotFound) };
        let who = past::PastCrew {
            crew,
            clerk: clerk.clone(),
            principal: principal.clone(),
            administrator: administrator.clone(),
        };
        Box::pin(self.demo_past(now, agency, name, &who)).await
    }

    /// Whether the data are those of the demonstration.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn is_demo(&self) -> Result<bool, Fault> {
        Ok(self.store.setting(MARK).await?.is_some())
    }

    #[expect(clippy::too_many_arguments, reason = "one line per person reads best")]
    async fn demo_officer(
        &self,
        now: Timestamp,
        (agency, section): (AgencyId, Option<AgencyId>),
        login: &str,
        name: &str,
        post: &str,
        roles: &[Role],
        password: &str,
        accounts: &mut Vec<DemoAccount>,
    ) -> Result<OfficerId, Fault> {
        let new = NewOfficer {
            login: login.to_owned(),
            name: name.to_owned(),
            post: post.to_owned(),
            section,
            roles: roles.to_vec(),
        };
        let tx = self.store.begin().await?;
        let id = self.insert_officer(&tx, now, agency, &new, Some(password.to_owned())).await?;
        tx.append_audit(now, "system", "officer.create", &id.to_string(), "demo=1").await?;
        tx.commit().await?;
        let words: Vec<&str> = roles.iter().map(|role| role.label()).collect();
        accounts.push((login.to_owned(), name.to_owned(), words.join("、"), self.directory().name(agency).to_owned()));
        Ok(id)
    }

    async fn demo_actor(&self, now: Timestamp, id: OfficerId) -> Result<Actor, Fault> {
        let account = self.store.account(id).await?.ok_or(Fault::NotFound)?;
        self.actor_of(&account, now).await
    }

    async fn demo_agency(
        &self,
        start: Timestamp,
        now: Timestamp,
        agency: AgencyId,
        name: &str,
        prefix: &str,
        staff: &[OfficerId],
    ) -> Result<(), Fault> {
        let mut actors = Vec::new();
        for id in staff {
            actors.push(self.demo_actor(start, *id).await?);
        }
        let crew = Crew::of(&actors).ok_or(Fault::NotFound)?;
        let [.., manager, _, principal, clerk, office_head] = actors.as_slice() else { return Err(Fault::NotFound) };
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
        self.set_agency(start, manager, agency, version, &settings).await?;
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
        self.demo_reports(today, prefix, &annual::ReportCrew { clerk, principal, others: &crew }).await?;
        if prefix == "sj" {
            let crew = cases::CaseCrew {
                clerk: clerk.clone(),
                office_head: office_head.clone(),
                secrecy: crew.secrecy,
                leader: crew.leader,
                drafter: crew.drafter,
            };
            Box::pin(self.demo_cases(now, agency, &crew)).await.map_err(|fault| stop(&fault))?;
        }
        Ok(())
    }

    /// The reports of the years that are over: two of the bureau that brought its register with it, one of the others.
    async fn demo_reports(&self, today: Date, prefix: &str, crew: &annual::ReportCrew<'_>) -> Result<(), Fault> {
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
            self.demo_report(on, crew, today.year() - back, &said).await.map_err(|fault| stop(&fault))?;
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

    async fn demo_piece(&self, crew: &Crew, now: Timestamp, piece: &Piece) -> Result<(), Fault> {
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

    async fn demo_site(&self, now: Timestamp, office: AgencyId) -> Result<(), Fault> {
        let accounts = self.store.accounts(Some(office)).await?;
        let administrator = accounts.iter().find(|one| one.login == "admin").ok_or(Fault::NotFound)?;
        let actor = self.demo_actor(now, administrator.id).await?;
        let site = SiteSettings {
            name: "示例区政府信息公开平台（演示）".to_owned(),
            site_code: "0000000000".to_owned(),
            icp: "演示用，无备案号".to_owned(),
            sponsor: "示例区人民政府办公室".to_owned(),
            contact: "000-00000000".to_owned(),
            party_mark: "https://mark.example/0000000000".to_owned(),
            error_report: "https://errors.example/?site_code=0000000000".to_owned(),
            terms: "# 错敏词示例\n一般\t截止目前\t截至目前\n一般\t报道处\t报到处\n".to_owned(),
            ..SiteSettings::default()
        };
        self.set_site(now, &actor, 0, &site).await
    }

    /// Whether every public item of the demonstration was signed through; for its test.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn unsigned_public(&self) -> Result<usize, Fault> {
        let page = self.list(None, None, "", 1_000).await?;
        let mut found = 0;
        for item in page.items {
            let record = self.store.edition(item.row.edition).await?.ok_or(Fault::NotFound)?;
            // What was brought in from an earlier site was reviewed there.
            let publication = self.store.publication(record.publication).await?;
            if publication.is_some_and(|one| one.imported_as.is_some()) {
                continue;
            }
            let complete = record.edition.holding().len() == record.edition.chain.steps().len();
            found += usize::from(!(complete && matches!(record.edition.state, State::Published { .. })));
        }
        Ok(found)
    }
}

/// The people of an agency.
struct Crew {
    drafter: Actor,
    head: Actor,
    secrecy: Actor,
    leader: Actor,
    publisher: Actor,
    checker: Actor,
}

impl Crew {
    /// Those of a staff who write, review, publish and check.
    fn of(staff: &[Actor]) -> Option<Self> {
        let [drafter, head, secrecy, leader, publisher, _, checker, ..] = staff else { return None };
        Some(Self {
            drafter: drafter.clone(),
            head: head.clone(),
            secrecy: secrecy.clone(),
            leader: leader.clone(),
            publisher: publisher.clone(),
            checker: checker.clone(),
        })
    }
}

/// Some days before another.
fn days_before(day: Date, days: i64) -> Date {
    day.checked_sub(days.days()).unwrap_or(day)
}

impl Piece {
    fn overview(&self) -> String {
        let found = super::draft::overview(&self.body);
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
