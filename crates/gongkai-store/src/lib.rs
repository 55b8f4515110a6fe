#![doc = include_str!("../README.md")]

mod api_token;
mod audit;
mod blob;
mod dump;
mod edition;
mod entity;
mod error;
mod group;
mod job;
mod migration;
mod officer;
mod page_check;
mod publication;
mod session;
mod setting;
mod store;
mod time;
mod unit;

pub use api_token::ApiToken;
pub use blob::{BlobHash, Blobs};
pub use dump::{Line, TABLES};
pub use edition::{EditionRecord, Extras};
pub use error::Error;
pub use group::{AuditEntry, Change};
pub use job::Job;
pub use officer::{Account, RoleRecord};
pub use page_check::PageCheck;
pub use publication::{
    Attachment, DeskFilter, DeskRow, DispositionRecord, PublicFilter, PublicRow, Publication, Tombstone,
};
pub use session::{OneTimeLink, Session};
pub use setting::Setting;
pub use store::{On, Settings, Store, Tx};
pub use unit::UnitRecord;
