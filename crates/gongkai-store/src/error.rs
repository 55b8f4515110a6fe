//! Why something could not be kept or found.

/// A failure of storing or reading.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Somebody else changed the row since it was read.
    #[error("内容已被他人改动")]
    Conflict,
    /// A name, number or code that must be unique is taken.
    #[error("已经存在：{0}")]
    Duplicate(String),
    /// What is stored does not read back as a value.
    #[error("数据库中的记录读不出来：{0}")]
    Broken(String),
    /// The database failed.
    #[error("数据库出错：{0}")]
    Database(String),
    /// A file could not be written or read.
    #[error("文件存取出错：{0}")]
    File(String),
}

impl From<sea_orm::DbErr> for Error {
    fn from(error: sea_orm::DbErr) -> Self {
        match error.sql_err() {
            Some(sea_orm::SqlErr::UniqueConstraintViolation(what)) => Self::Duplicate(what),
            Some(_) | None => match error {
                sea_orm::DbErr::RecordNotUpdated => Self::Conflict,
                other => Self::Database(other.to_string()),
            },
        }
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Self::File(error.to_string())
    }
}
