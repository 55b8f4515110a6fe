//! The units as the pages know them: names of today, faces, settings.

use std::collections::BTreeMap;

use gongkai_model::ids::AgencyId;
use gongkai_model::org::{Unit, UnitKind};
use gongkai_model::publication::Chain;
use gongkai_store::UnitRecord;
use jiff::civil::Date;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::Fault;

/// What an agency sets for itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AgencySettings {
    /// The roles of the chain of reviews, separated by spaces.
    pub chain: String,
    /// How many items are planned for each month.
    pub monthly: u16,
    /// Within how many working days the steps left out on the urgent way sign afterwards.
    pub urgent_days: u16,
    /// The codes of the optional branches of the catalogue it has.
    pub branches: Vec<String>,
    /// Leaves it has no business with: the note and its day.
    pub notes: BTreeMap<String, String>,
    /// Numbers of its own that may be published.
    pub contacts: Vec<String>,
    /// Hosts that may be linked to.
    pub hosts: Vec<String>,
    /// 办公地址.
    pub address: String,
    /// 办公时间.
    pub hours: String,
    /// 联系电话.
    pub phone: String,
    /// 网站标识码.
    pub site_code: String,
    /// 复议机关, as letters name it (复议法 第二十四条).
    pub reconsideration_organ: String,
    /// 上一级主管部门: letters served before 2024 name it.
    pub superior_department: String,
    /// Where reconsideration is applied for through the internet (复议法 第二十二条第二款).
    pub online_channel: String,
    /// 管辖法院.
    pub court: String,
    /// The pattern of 文号 of letters, such as `示公开答〔{年份}〕{序号}号`.
    pub letter_series: String,
    /// How the information processing fee is paid.
    pub fee_way: String,
    /// Working days given for a correction (条例 第三十条: a reasonable period).
    pub correction_days: u16,
    /// For a supervising office: what its government is called in the government's report; blank for its own name without 办公室.
    pub government: String,
    /// How many years after its end the personal data of a case are kept.
    pub keep_years: u16,
}

impl Default for AgencySettings {
    fn default() -> Self {
        Self {
            chain: Chain::default().codes(),
            monthly: 8,
            urgent_days: 3,
            branches: Vec::new(),
            notes: BTreeMap::new(),
            contacts: Vec::new(),
            hosts: Vec::new(),
            address: String::new(),
            hours: String::new(),
            phone: String::new(),
            site_code: String::new(),
            reconsideration_organ: String::new(),
            superior_department: String::new(),
            online_channel: String::new(),
            court: String::new(),
            letter_series: String::new(),
            fee_way: String::new(),
            correction_days: 10,
            government: String::new(),
            keep_years: 10,
        }
    }
}

impl AgencySettings {
    /// The chain; it was looked at when the settings were kept and when they were read.
    pub fn chain(&self) -> Chain {
        Chain::from_codes(&self.chain).unwrap_or_default()
    }
}

/// What was stored as JSON. A value that cannot be read is never taken for an empty one: what it held would be lost with the
/// next change.
pub(super) fn read<T: DeserializeOwned>(text: &str) -> Result<T, Fault> {
    serde_json::from_str(text).map_err(|error| Fault::Failed(format!("设置已损坏：{error}。请从备份恢复")))
}

/// What the whole installation sets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(default)]
pub struct SiteSettings {
    /// 网站名称; the name of the top unit where it is empty.
    pub name: String,
    /// The address under which the public reaches it, such as `https://example.gov.cn`.
    pub address: String,
    /// 网站标识码.
    pub site_code: String,
    /// ICP 备案.
    pub icp: String,
    /// 公安备案.
    pub police: String,
    /// 主办单位; the name of the site where it is empty.
    pub sponsor: String,
    /// 主办单位联系方式.
    pub contact: String,
    /// The page of the 党政机关网站标识, which the registration gives.
    pub party_mark: String,
    /// The page of 我为政府网站找错 for this site.
    pub error_report: String,
    /// 错敏词: lines of severity, wrong and right, separated by tabs.
    pub terms: String,
    /// When reminders go out by mail.
    pub mail: MailHours,
    /// By which day of the year annual reports are wanted, as `01-26`; blank for the last working day by law.
    pub report_day: String,
}

impl SiteSettings {
    /// The day of a year by which annual reports are wanted; none where the office set none.
    pub fn report_day(&self, year: i16) -> Option<Date> {
        let (month, day) = self.report_day.split_once('-')?;
        Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
    }
}

/// When reminders go out by mail, in the time of the country. In the office they show at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MailHours {
    /// The first hour, 0 to 23.
    pub from: i8,
    /// The hour in which no more goes out, 1 to 24, after the first.
    pub until: i8,
    /// On working days only.
    pub workdays: bool,
    /// One message a day for each person at most: what comes later waits for the next day.
    pub digest: bool,
}

impl Default for MailHours {
    fn default() -> Self {
        Self { from: 8, until: 20, workdays: true, digest: false }
    }
}

/// A unit as pages show it.
#[derive(Debug, Clone)]
pub struct Agency {
    /// The identity.
    pub id: AgencyId,
    /// The code in addresses and index numbers.
    pub code: String,
    /// What it is.
    pub kind: UnitKind,
    /// The name of today.
    pub name: String,
    /// The unit above.
    pub parent: Option<AgencyId>,
    /// The unit that took over.
    pub successor: Option<AgencyId>,
    /// The day from which it is no more.
    pub closed_on: Option<Date>,
    /// Whether that day has come.
    pub is_closed: bool,
    /// Its settings.
    pub settings: AgencySettings,
    /// The unit with all its names.
    pub unit: Unit,
    /// For conflicts.
    pub version: i32,
}

/// All units.
#[derive(Debug, Clone, Default)]
pub struct Directory {
    all: BTreeMap<AgencyId, Agency>,
    order: Vec<AgencyId>,
    /// What the whole installation sets.
    pub site: SiteSettings,
}

impl Directory {
    pub(super) fn new(records: Vec<UnitRecord>, site: SiteSettings, today: Date) -> Result<Self, Fault> {
        let mut out = Self { site, ..Self::default() };
        for record in records {
            let id = record.unit.id;
            let settings: AgencySettings = read(&record.settings)?;
            Chain::from_codes(&settings.chain)
                .map_err(|refusal| Fault::Failed(format!("“{}”的审核链已损坏：{refusal}", record.unit.code)))?;
            out.order.push(id);
            out.all.insert(
                id,
                Agency {
                    id,
                    code: record.unit.code.clone(),
                    kind: record.unit.kind,
                    name: record.unit.name_on(today).to_owned(),
                    parent: record.unit.parent,
                    successor: record.successor,
                    closed_on: record.unit.closed_on,
                    is_closed: record.unit.closed_on.is_some_and(|day| day <= today),
                    settings,
                    unit: record.unit,
                    version: record.version,
                },
            );
        }
        Ok(out)
    }

    /// A unit by its identity.
    pub fn get(&self, id: AgencyId) -> Option<&Agency> {
        self.all.get(&id)
    }

    /// A unit by its code.
    pub fn by_code(&self, code: &str) -> Option<&Agency> {
        self.all.values().find(|agency| agency.code.eq_ignore_ascii_case(code))
    }

    /// The name of a unit today.
    pub fn name(&self, id: AgencyId) -> &str {
        self.get(id).map_or("", |agency| agency.name.as_str())
    }

    /// All units, in order.
    pub fn units(&self) -> impl Iterator<Item = &Agency> {
        self.order.iter().filter_map(|id| self.all.get(id))
    }

    /// The units that publish in their own name, in order; those that are no more included.
    pub fn agencies(&self) -> impl Iterator<Item = &Agency> {
        self.units().filter(|agency| agency.kind != UnitKind::Section)
    }

    /// Their identities.
    pub fn agency_ids(&self) -> Vec<AgencyId> {
        self.agencies().map(|agency| agency.id).collect()
    }

    /// The units that publish in their own name today.
    pub fn open_agencies(&self) -> impl Iterator<Item = &Agency> {
        self.agencies().filter(|agency| !agency.is_closed)
    }

    /// Who answers for an agency: itself, or after its end the one that took over, and so on.
    pub fn answering(&self, id: AgencyId) -> AgencyId {
        let mut at = id;
        // A ring of successors is broken off.
        for _ in 0..self.order.len() {
            match self.get(at) {
                Some(one) if one.is_closed && one.successor.is_some_and(|next| next != at) => {
                    at = one.successor.unwrap_or(at);
                }
                _ => break,
            }
        }
        at
    }

    /// The agencies that an agency has taken over, those before them included.
    pub fn predecessors(&self, id: AgencyId) -> impl Iterator<Item = &Agency> {
        self.agencies().filter(move |one| one.is_closed && one.id != id && self.answering(one.id) == id)
    }

    /// The sections of an agency.
    pub fn sections(&self, id: AgencyId) -> impl Iterator<Item = &Agency> {
        self.units().filter(move |unit| unit.kind == UnitKind::Section && unit.parent == Some(id))
    }

    /// Whether a unit reports for its government: the supervising office does (条例 第四十九条第二款).
    pub fn is_government(&self, id: AgencyId) -> bool {
        self.get(id).is_some_and(|one| one.kind == UnitKind::SupervisingOffice)
    }

    /// What the government of a supervising office is called: as the office set it, else `示例区人民政府` of `示例区人民政府办公室`.
    pub fn government_name(&self, office: AgencyId) -> String {
        let Some(one) = self.get(office) else { return String::new() };
        if !one.settings.government.is_empty() {
            return one.settings.government.clone();
        }
        let bare = ["办公厅", "办公室"].iter().find_map(|end| one.name.strip_suffix(end));
        bare.unwrap_or(&one.name).to_owned()
    }

    /// The name of the site.
    pub fn site_name(&self) -> String {
        if !self.site.name.is_empty() {
            return self.site.name.clone();
        }
        let top = self.units().find(|unit| unit.parent.is_none());
        top.map_or_else(|| "政府信息公开".to_owned(), |unit| format!("{}政府信息公开", unit.name))
    }
}
