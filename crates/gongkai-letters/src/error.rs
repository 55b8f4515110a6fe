//! Why a letter is not made.

/// Why a letter is not made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LetterError {
    /// Facts are missing.
    #[error("{0}不能生成：缺少{missing}", missing = .1.join("、"))]
    Missing(String, Vec<String>),
    /// A ground that withholds nothing.
    #[error(
        "“{0}”不是不予公开的理由。部分公开中不予公开的部分，依据条例第十四、十五、十六条，或者属于行政查询事项、不属于政府信息"
    )]
    Ground(&'static str),
    /// A fact that is filled with what it cannot be, or facts that contradict each other.
    #[error("{0}不能生成：{1}")]
    Contradiction(String, String),
    /// A word that must not be told.
    #[error("{0}中出现了不应透露的内容（第三方、申请人或者不予公开的内容）。请改写有关事实后再生成")]
    Reveals(String),
}
