//! Why something cannot be set.

/// A refusal, in words for the person who asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Characters that no font has.
    #[error("以下字符在已安装的字体中都没有：{0}。请在字体目录中放入收字更全的字体（例如 Noto Serif CJK SC），再试")]
    MissingCharacters(String),
    /// There is no font for Chinese.
    #[error("没有找到中文字体。请安装 fonts-noto-cjk，或用 --fonts 指定字体目录")]
    NoFonts,
    /// More paragraphs than any report has.
    #[error("正文有{0}段，超过一万段，不像一份年度报告，没有排版。请确认文件是否正确")]
    TooLong(usize),
    /// The typesetter refused; a fault of the program.
    #[error("排版失败：{0}")]
    Typesetting(String),
    /// Writing the file format failed; a fault of the program.
    #[error("生成文件失败：{0}")]
    Writing(String),
}
