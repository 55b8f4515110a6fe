//! Why a step is not possible, for the person who tried it.

/// A step refused: what is wrong, the rule, the way out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what}{}{}", if basis.is_empty() { String::new() } else { format!("（{basis}）") }, if advice.is_empty() { String::new() } else { format!("。{advice}") })]
pub struct Refusal {
    /// What is wrong, in a sentence without its full stop.
    pub what: String,
    /// The instrument and article; empty where the rule is this product's own.
    pub basis: String,
    /// What to do instead; empty where nothing can be done.
    pub advice: String,
}

impl Refusal {
    /// A refusal without a basis in law.
    pub fn new(what: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { what: what.into(), basis: String::new(), advice: advice.into() }
    }

    /// With the instrument and article it follows from.
    #[must_use]
    pub fn by(mut self, basis: impl Into<String>) -> Self {
        self.basis = basis.into();
        self
    }
}
