//! A fictitious district: the government with its supervising office, three agencies, a year of publications at every stage, an account for
//! every role. All content is invented.

use gongkai_model::Refusal;
use gongkai_model::ids::{AgencyId, OfficerId};
use gongkai_model::officer::Role;
use gongkai_model::org::UnitKind;
use gongkai_model::publication::State;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::directory::SiteSettings;
use super::people::NewOfficer;
use super::services::{Actor, Services};
use super::{Fault, clock, secret};

mod agency;
mod annual;
mod cases;
mod columns;
mod history;
mod past;
mod supervised;
mod texts;

use agency::Crew;

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
        let mut crews = std::collections::BTreeMap::new();
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
            crews.insert(*prefix, Box::pin(self.demo_agency(start, now, agency, (name, prefix), &staff)).await?);
        }
        self.demo_bureau_of_2019(now, office, &hashed, &mut accounts).await?;
        let supervisor = self.store.accounts(Some(office)).await?.into_iter().find(|one| one.login == "jiandu");
        let supervisor = self.demo_actor(founded, supervisor.ok_or(Fault::NotFound)?.id).await?;
        Box::pin(self.demo_supervised(now, office, &supervisor, &crews)).await.map_err(|fault| stop(&fault))?;
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
        Box::pin(self.demo_past(now, agency, name, &crew)).await
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
