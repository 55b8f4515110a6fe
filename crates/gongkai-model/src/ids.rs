//! Identities as types, so that none is taken for another.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                Uuid::from_str(text).map(Self)
            }
        }
    )*};
}

ids! {
    /// An agency, the supervising office, or a section of one.
    AgencyId;
    /// A person with an account.
    OfficerId;
    /// A publication: the identity that keeps its index number through all editions.
    PublicationId;
    /// One version of a publication.
    EditionId;
    /// An application for information.
    ApplicationId;
    /// A letter of an application.
    LetterId;
    /// A finding of the checks before publication.
    HitId;
    /// A signed-in browser.
    SessionId;
}
