//! Why a file cannot be read, and what to do.

/// A refusal, in words for the person who gave the file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// No bytes.
    #[error("文件是空的。请检查是否下载完整")]
    Empty,
    /// Larger than the limits allow.
    #[error("{what}超过上限（{limit}）。请确认文件是否正确；确实这么大的，拆分或压缩图片后再试")]
    TooLarge {
        /// What is too large.
        what: &'static str,
        /// The limit in words.
        limit: String,
    },
    /// Protected by a password.
    #[error("文件已加密。请用原软件打开，去掉密码后另存再试")]
    Encrypted,
    /// Pages that are pictures.
    #[error("PDF 的每一页都是图片，没有可读取的文字。请使用原始的 Word 文件或网页，或先做文字识别")]
    PicturesOnly,
    /// Nothing to read in it.
    #[error("文件里没有文字。请确认文件是否正确")]
    NoText,
    /// A kind that is not supported.
    #[error("不支持这种文件：{0}。可以读取 txt、md、html、docx、doc、wps、xlsx、xls、csv、pdf 和 json")]
    Unsupported(&'static str),
    /// The content is damaged.
    #[error("文件已损坏或不完整：{0}。请重新下载，或用原软件打开后另存再试")]
    Broken(String),
}
