//! What kind of file some bytes are.

use crate::Error;

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown, read as text.
    Markdown,
    /// Comma separated values.
    Csv,
    /// A web page.
    Html,
    /// Office Open XML text.
    Docx,
    /// Word 97–2003, also WPS.
    Doc,
    /// Office Open XML workbook.
    Xlsx,
    /// Excel 97–2003.
    Xls,
    /// Portable document format.
    Pdf,
    /// Data of this program.
    Json,
}

impl Format {
    /// The code used in files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Markdown => "md",
            Self::Csv => "csv",
            Self::Html => "html",
            Self::Docx => "docx",
            Self::Doc => "doc",
            Self::Xlsx => "xlsx",
            Self::Xls => "xls",
            Self::Pdf => "pdf",
            Self::Json => "json",
        }
    }

    /// The name for a reader.
    pub fn label(self) -> &'static str {
        match self {
            Self::Text => "纯文本",
            Self::Markdown => "Markdown",
            Self::Csv => "CSV",
            Self::Html => "网页",
            Self::Docx => "Word 文档（docx）",
            Self::Doc => "Word 97-2003 文档（doc）",
            Self::Xlsx => "Excel 工作簿（xlsx）",
            Self::Xls => "Excel 97-2003 工作簿（xls）",
            Self::Pdf => "PDF",
            Self::Json => "JSON",
        }
    }

    /// Whether a file of this kind is usually named with `suffix`.
    pub(crate) fn fits_suffix(self, suffix: &str) -> bool {
        let suffix = suffix.to_ascii_lowercase();
        let usual: &[&str] = match self {
            Self::Text | Self::Markdown => &["txt", "md", "markdown", "text", "csv", "tsv"],
            Self::Csv => &["csv", "tsv", "txt"],
            Self::Html => &["html", "htm", "xhtml", "shtml", "jsp", "php", "aspx"],
            Self::Docx => &["docx", "docm", "wps", "dotx"],
            Self::Doc => &["doc", "wps", "dot", "wpt"],
            Self::Xlsx => &["xlsx", "xlsm", "et"],
            Self::Xls => &["xls", "et"],
            Self::Pdf => &["pdf"],
            Self::Json => &["json"],
        };
        usual.contains(&suffix.as_str())
    }
}

fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}

/// Tells the kind of a file by its content; `suffix` only chooses between kinds of text.
///
/// # Errors
/// Names the kinds that are known but not supported, and encrypted files.
pub fn sniff(bytes: &[u8], suffix: Option<&str>) -> Result<Format, Error> {
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or(&[]);
    if head.starts_with(b"%PDF-") || contains(head.get(..head.len().min(1024)).unwrap_or(&[]), b"%PDF-") {
        return Ok(Format::Pdf);
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return crate::archive::kind(bytes);
    }
    if head.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return crate::doc::kind(bytes);
    }
    for (magic, name) in [
        (&b"\x89PNG"[..], "图片"),
        (b"\xff\xd8\xff", "图片"),
        (b"GIF8", "图片"),
        (b"II*\0", "图片"),
        (b"MM\0*", "图片"),
        (b"BM", "图片"),
        (b"{\\rtf", "RTF 文档，请用 Word 或 WPS 另存为 docx"),
        (b"Rar!", "RAR 压缩包，请先解压"),
        (b"7z\xbc\xaf", "7z 压缩包，请先解压"),
        (b"\x1f\x8b", "压缩包，请先解压"),
        (b"\x7fELF", "程序"),
        (b"MZ", "程序"),
        (b"MIME-Version:", "MHT 网页，请用浏览器另存为 html"),
    ] {
        let binary = head.starts_with(magic) && (magic.len() > 2 || contains(head, b"\0"));
        if binary {
            return Err(Error::Unsupported(name));
        }
    }
    let text = crate::text::decode(head).ok();
    let suffix = suffix.map(str::to_ascii_lowercase);
    let start = text.as_deref().unwrap_or("").trim_start_matches('\u{feff}').trim_start();
    let lower: String = start.chars().take(2048).collect::<String>().to_ascii_lowercase();
    let tagged = ["<!doctype html", "<html", "<head", "<body", "<table", "<div", "<meta", "<p>", "<p ", "<?xml"]
        .iter()
        .any(|tag| lower.contains(tag));
    match suffix.as_deref() {
        Some("json") => return Ok(Format::Json),
        Some("html" | "htm" | "shtml" | "xhtml") => return Ok(Format::Html),
        Some("csv" | "tsv") if !tagged => return Ok(Format::Csv),
        Some("md" | "markdown") if !lower.starts_with("<!doctype") && !lower.starts_with("<html") => {
            return Ok(Format::Markdown);
        }
        _ => {}
    }
    if start.starts_with('{') && start.contains("gongkai.report") {
        return Ok(Format::Json);
    }
    if tagged {
        return Ok(Format::Html);
    }
    // Whether the rest is text at all is found out by decoding it.
    Ok(Format::Text)
}
