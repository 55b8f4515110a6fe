#![doc = include_str!("../README.md")]

mod api_token;
mod application;
mod attachment;
mod audit;
mod blob;
mod casework;
mod desk;
mod disposition;
mod dispute;
mod dump;
mod edition;
mod entity;
mod error;
mod group;
mod job;
mod migration;
mod notice;
mod officer;
mod page_check;
mod public;
mod publication;
mod session;
mod setting;
mod store;
mod time;
mod unit;
mod withheld;

pub use api_token::ApiToken;
pub use application::{ApplicationFilter, ApplicationRecord, MoveRecord, NamedRow, Standing, StandingRow, StepRecord};
pub use attachment::Attachment;
pub use audit::AuditFilter;
pub use blob::{BlobHash, Blobs, Hold};
pub use casework::{
    ApplicationDraft, CaseNote, CasePaper, ConsultationRecord, LetterRecord, LetterSignature, LetterState,
};
pub use desk::{DeskFilter, DeskRow, UnderWay};
pub use disposition::DispositionRecord;
pub use dispute::DisputeRecord;
pub use dump::{Line, TABLES};
pub use edition::{EditionRecord, Extras};
pub use error::Error;
pub use group::{AuditEntry, Change};
pub use job::Job;
pub use notice::Notice;
pub use officer::{Account, RoleRecord};
pub use page_check::PageCheck;
pub use public::{PublicFilter, PublicRow, Tombstone};
pub use publication::Publication;
pub use session::{OneTimeLink, Session};
pub use setting::Setting;
pub use store::{On, Settings, Store, Tx};
pub use unit::UnitRecord;
pub use withheld::{WithheldRecord, WithheldReview};
