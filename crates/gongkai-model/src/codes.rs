//! Closed sets of words that are stored by code and shown by label.

/// An enumeration whose values have a code, which is stored, and the official word, which is shown.
macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $code:literal, $label:literal;)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name { $($(#[$variant_doc])* $variant,)* }

        impl $name {
            /// Every value, in the official order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The code that is stored.
            pub fn code(self) -> &'static str { match self { $(Self::$variant => $code,)* } }

            /// The value with this code.
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)* _ => None }
            }

            /// The official word.
            pub fn label(self) -> &'static str { match self { $(Self::$variant => $label,)* } }
        }
    };
}

pub(crate) use codes;
