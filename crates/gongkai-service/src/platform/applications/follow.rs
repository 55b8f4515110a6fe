//! What an applicant sees with the code of the application: how it stands and until when, nothing about anybody.

use gongkai_model::application::QueryCode;
use gongkai_store::Standing;
use jiff::Timestamp;
use jiff::civil::Date;

use super::standing;
use crate::platform::services::Services;
use crate::platform::{Fault, clock, secret};

/// How an application stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Following {
    /// Its number; none until receipt is confirmed.
    pub registration_no: Option<String>,
    /// The name of the organ.
    pub organ: String,
    /// The name of the state.
    pub state: &'static str,
    /// Days and terms.
    pub standing: Standing,
    /// What has happened: the day, and what it is called.
    pub steps: Vec<(Date, &'static str)>,
}

impl Services {
    /// How the application stands that a code opens.
    ///
    /// # Errors
    /// There is none.
    pub async fn follow_application(&self, now: Timestamp, typed: &str) -> Result<Following, Fault> {
        let code = QueryCode::typed(typed).ok_or(Fault::NotFound)?;
        let hash = secret::hash(code.plain());
        let record = self.store.application_by_code(&hash).await?.ok_or(Fault::NotFound)?;
        let noted = self.store.steps(record.id).await?;
        let history = standing::history(&record, &noted)?;
        let (_, stands) = standing::of(&history, clock::local_date(now))?;
        Ok(Following {
            registration_no: record.registration_no,
            organ: self.directory().name(record.agency).to_owned(),
            state: standing::label(&stands.state),
            steps: history.events().iter().map(|event| (event.date(), event.label())).collect(),
            standing: stands,
        })
    }
}
