//! The organisation tree: a supervising office, its agencies, their sections; names with the days they held.

use jiff::civil::Date;

use crate::Refusal;
use crate::ids::AgencyId;

/// What kind of unit it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum UnitKind {
    /// 政府信息公开工作主管部门: the office that supervises an area (条例 第三条).
    SupervisingOffice,
    /// An agency that publishes in its own name.
    Agency,
    /// A section within an agency (科室).
    Section,
}

impl UnitKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::SupervisingOffice, Self::Agency, Self::Section];

    /// The code that is stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::SupervisingOffice => "supervising_office",
            Self::Agency => "agency",
            Self::Section => "section",
        }
    }

    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::SupervisingOffice => "政务公开主管部门",
            Self::Agency => "行政机关",
            Self::Section => "科室",
        }
    }
}

/// A unit of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Its identity: renames and mergers do not change it.
    pub id: AgencyId,
    /// Its code: short, stable, the front part of index numbers (组织机构代码 or 统一社会信用代码).
    pub code: String,
    /// What it is.
    pub kind: UnitKind,
    /// The unit above; `None` for the top.
    pub parent: Option<AgencyId>,
    /// Its names, the earliest first.
    pub names: Vec<Name>,
    /// The day from which it is no more; its history stays.
    pub closed_on: Option<Date>,
}

/// A name with the day from which it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// From this day.
    pub from: Date,
    /// The full standard name.
    pub text: String,
}

impl Unit {
    /// The name that held on a day: the last whose day has come, else the first.
    pub fn name_on(&self, day: Date) -> &str {
        self.names
            .iter()
            .rev()
            .find(|name| name.from <= day)
            .or(self.names.first())
            .map_or("", |name| name.text.as_str())
    }

    /// Takes a new name from a day on.
    ///
    /// # Errors
    /// The name is empty or too long, or a later name is already known.
    pub fn rename(&mut self, text: &str, from: Date) -> Result<(), Refusal> {
        let text = check_name(text)?;
        if let Some(last) = self.names.last()
            && from <= last.from
        {
            return Err(Refusal::new(
                format!("新名称的启用日期{from}不晚于现名称的{}", last.from),
                "请填写更名生效的日期",
            ));
        }
        self.names.push(Name { from, text });
        Ok(())
    }

    /// Takes back the last name, where its day has not come; gives it.
    ///
    /// # Errors
    /// The last name holds already.
    pub fn cancel_rename(&mut self, today: Date) -> Result<Option<Name>, Refusal> {
        if self.names.len() < 2 || self.names.last().is_none_or(|last| last.from <= today) {
            return Err(Refusal::new("没有待生效的更名", "已经生效的名称留在沿革里；写错了就再记录一次更名"));
        }
        Ok(self.names.pop())
    }
}

/// A name as it may be stored.
///
/// # Errors
/// It is empty, longer than sixty characters, or holds control characters.
pub fn check_name(text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    let length = text.chars().count();
    if !(2..=60).contains(&length) || text.chars().any(char::is_control) {
        return Err(Refusal::new("名称应为2至60个字", "请填写全称"));
    }
    Ok(text.to_owned())
}

/// A code as it may be stored: letters, digits and hyphens, 2 to 32.
///
/// # Errors
/// It has other characters or another length.
pub fn check_code(text: &str) -> Result<String, Refusal> {
    let text = text.trim().to_ascii_uppercase();
    let fits = (2..=32).contains(&text.len()) && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if fits {
        Ok(text)
    } else {
        Err(Refusal::new(
            format!("机构代码“{text}”不成立"),
            "用字母、数字和连字符，2至32位，例如组织机构代码或统一社会信用代码",
        ))
    }
}

/// A code as index numbers begin with: the nine characters of a 组织机构代码 without its hyphen, or the eighteen of a
/// 统一社会信用代码.
///
/// # Errors
/// It has another length, or a hyphen.
pub fn check_index_code(code: &str) -> Result<(), Refusal> {
    if matches!(code.len(), 9 | 18) && code.chars().all(|c| c.is_ascii_digit() || c.is_ascii_uppercase()) {
        return Ok(());
    }
    Err(Refusal::new(
        format!("机关代码“{code}”不能用作索引号的前段"),
        "用9位组织机构代码（不带连字符）或18位统一社会信用代码",
    ))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_renamed_agency_keeps_its_earlier_name_for_earlier_days() {
        let mut unit = Unit {
            id: AgencyId(Uuid::nil()),
            code: "000014349".to_owned(),
            kind: UnitKind::Agency,
            parent: None,
            names: vec![Name { from: date(2018, 1, 1), text: "示例区环境保护局".to_owned() }],
            closed_on: None,
        };
        unit.rename("示例区生态环境局", date(2019, 3, 1)).unwrap();
        assert_eq!(unit.name_on(date(2019, 2, 28)), "示例区环境保护局");
        assert_eq!(unit.name_on(date(2019, 3, 1)), "示例区生态环境局");
        assert!(unit.rename("示例区某局", date(2019, 3, 1)).is_err());
        assert!(unit.cancel_rename(date(2019, 3, 1)).is_err(), "a name that has held stays");
        assert_eq!(unit.cancel_rename(date(2019, 2, 28)).unwrap().unwrap().text, "示例区生态环境局");
        assert!(unit.cancel_rename(date(2017, 1, 1)).is_err(), "the first name stays");
        assert!(check_index_code("000014349").is_ok() && check_index_code("91350100M000100Y43").is_ok());
        assert!(check_index_code("00001434-9").is_err() && check_index_code("AB").is_err());
        assert!(check_code("x").is_err() && check_code("a/b").is_err());
    }
}
