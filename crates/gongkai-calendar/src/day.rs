//! What a day is.

/// Why a day is worked or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Day {
    /// Monday to Friday, nothing else said.
    Workday,
    /// Saturday or Sunday, nothing else said.
    Weekend,
    /// A day off by a notice or by the statute; the name of the holiday.
    Holiday(String),
    /// A weekend day that is worked in exchange (调休上班); the name of the holiday.
    MakeUp(String),
}

impl Day {
    /// Whether the day counts as a working day.
    pub fn is_worked(&self) -> bool {
        match self {
            Self::Workday | Self::MakeUp(_) => true,
            Self::Weekend | Self::Holiday(_) => false,
        }
    }

    /// The reason in Chinese, e.g. `春节放假`.
    pub fn reason(&self) -> String {
        match self {
            Self::Workday => "工作日".to_owned(),
            Self::Weekend => "周末".to_owned(),
            Self::Holiday(name) => format!("{name}放假"),
            Self::MakeUp(name) => format!("{name}调休上班"),
        }
    }
}
