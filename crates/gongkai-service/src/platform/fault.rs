//! Why an act did not happen, for the face that shows it.

use gongkai_model::Refusal;

/// Why an act did not happen. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The step is not possible now.
    #[error("{0}")]
    Refused(#[from] Refusal),
    /// Fields are wrong: name of the field and what is wrong with it.
    #[error("{}", .0.iter().map(|(_, message)| message.as_str()).collect::<Vec<_>>().join("；"))]
    Invalid(Vec<(String, String)>),
    /// Somebody else changed it meanwhile.
    #[error("您打开之后，内容已被他人改动。请查看新的内容后再办理")]
    Conflict,
    /// There is no such thing, or not for this person.
    #[error("没有找到")]
    NotFound,
    /// The person has not the role.
    #[error("您没有办理这件事的权限。如确需办理，请联系本单位管理员")]
    Forbidden,
    /// Too many attempts.
    #[error("{0}")]
    TooOften(String),
    /// Something outside failed.
    #[error("系统出错，没有办成：{0}。请稍后再试；仍不行请联系系统管理员")]
    Failed(String),
}

impl From<gongkai_store::Error> for Fault {
    fn from(error: gongkai_store::Error) -> Self {
        match error {
            gongkai_store::Error::Conflict | gongkai_store::Error::Duplicate(_) => Self::Conflict,
            other => Self::Failed(other.to_string()),
        }
    }
}

impl From<gongkai_search::Error> for Fault {
    fn from(error: gongkai_search::Error) -> Self {
        Self::Failed(error.to_string())
    }
}

impl Fault {
    /// One field that is wrong.
    pub fn field(name: &str, message: impl Into<String>) -> Self {
        Self::Invalid(vec![(name.to_owned(), message.into())])
    }
}
