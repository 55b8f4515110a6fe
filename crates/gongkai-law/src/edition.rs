//! Which edition of the official form a report year uses.

/// An edition of the annual report form with statutory tables.
///
/// `F2019` is 国办公开办函〔2019〕60号 (report years 2019 and 2020), `F2021` is
/// 国办公开办函〔2021〕30号 (report year 2021 onward).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edition {
    /// 年报格式2019（试行）.
    F2019,
    /// 年报格式2021.
    F2021,
}

impl Edition {
    /// The edition that the report of `year` must use; `None` before the 2019 revision of the Regulation.
    pub fn for_year(year: i16) -> Option<Self> {
        match year {
            ..=2018 => None,
            2019 | 2020 => Some(Self::F2019),
            2021.. => Some(Self::F2021),
        }
    }

    /// The code used in files and on the command line: `2019` or `2021`.
    pub fn code(self) -> &'static str {
        match self {
            Self::F2019 => "2019",
            Self::F2021 => "2021",
        }
    }

    /// The edition of a code; `None` for anything else.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "2019" => Some(Self::F2019),
            "2021" => Some(Self::F2021),
            _ => None,
        }
    }

    /// The document number of the notice that sets this edition.
    pub fn notice_number(self) -> &'static str {
        match self {
            Self::F2019 => "国办公开办函〔2019〕60号",
            Self::F2021 => "国办公开办函〔2021〕30号",
        }
    }

    /// The title of the notice that sets this edition.
    pub fn notice_title(self) -> &'static str {
        match self {
            Self::F2019 => "国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知",
            Self::F2021 => {
                "国务院办公厅政府信息与政务公开办公室关于印发《中华人民共和国政府信息公开工作年度报告格式》的通知"
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edition_follows_the_report_year() {
        assert_eq!(Edition::for_year(2018), None);
        assert_eq!(Edition::for_year(2019), Some(Edition::F2019));
        assert_eq!(Edition::for_year(2020), Some(Edition::F2019));
        assert_eq!(Edition::for_year(2021), Some(Edition::F2021));
        assert_eq!(Edition::for_year(2030), Some(Edition::F2021));
    }
}
