//! Constant expressions, each compiled once, with a test that all of them compile.

/// Declares expressions of one file: `NAME = r"…";`.
macro_rules! patterns {
    ($($name:ident = $text:expr;)*) => {
        $(static $name: std::sync::LazyLock<Option<regex::Regex>> = std::sync::LazyLock::new(|| regex::Regex::new($text).ok());)*
        #[cfg(test)]
        #[test]
        fn every_pattern_compiles() {
            $(assert!($name.is_some(), stringify!($name));)*
        }
    };
}
