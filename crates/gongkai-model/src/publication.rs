//! What an agency publishes: the identity with its metadata, its editions, the chain of reviews, the checks before it.

pub mod catalog;
pub mod chain;
pub mod check;
pub mod edition;
pub mod freshness;
pub mod metadata;
pub mod secrecy;

pub use chain::{Chain, Step};
pub use edition::{Decision, Edition, Signature, State, Verdict};
pub use freshness::{Freshness, Tally};
pub use metadata::{Attribute, Channel, Genre, Ground, Metadata, Validity};
pub use secrecy::{Concern, SecrecyOpinion, SecrecyResult};
