//! What a file carries beside what a reader sees (D12): revisions, comments, hidden text, authors, hidden sheets,
//! embedded files. Looked for before a file is given to the public.

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::archive::Archive;
use crate::clean::has_location;
use crate::{Error, Format, Limits};

/// A kind of content that does not show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum HiddenKind {
    /// 修订痕迹.
    Revisions,
    /// 批注.
    Comments,
    /// Text marked as hidden, or hidden rows and columns.
    HiddenText,
    /// Hidden sheets.
    HiddenSheets,
    /// Author, last editor, company.
    Authors,
    /// Files within the file, macros.
    Embedded,
    /// Places in photographs.
    Location,
    /// Text of a PDF under a drawn box: it can be copied from below.
    Covered,
}

impl HiddenKind {
    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Revisions => "修订痕迹",
            Self::Comments => "批注",
            Self::HiddenText => "看不见的文字、隐藏的行列",
            Self::HiddenSheets => "隐藏工作表",
            Self::Authors => "作者、单位等文件属性",
            Self::Embedded => "嵌入的文件或宏",
            Self::Location => "照片中的拍摄位置",
            Self::Covered => "色块盖住的文字",
        }
    }

    /// How to be rid of it.
    pub fn advice(self) -> &'static str {
        match self {
            Self::Revisions => "在“审阅”里接受或拒绝全部修订，再保存",
            Self::Comments => "在“审阅”里删除全部批注，再保存",
            Self::HiddenText | Self::HiddenSheets => "取消隐藏，核对后删去或公开，再保存",
            Self::Authors => "用“检查文档”删除文档属性和个人信息，再保存",
            Self::Embedded => "删去嵌入的对象和宏，再保存",
            Self::Location => "用图片软件去掉位置信息后重新插入",
            Self::Covered => "盖住不等于删除，下面的文字仍能复制出来：在原稿里删去这些文字，再重新生成 PDF",
        }
    }
}

/// Something that does not show, and how often it occurs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hidden {
    /// Its kind.
    pub kind: HiddenKind,
    /// How often, at least 1.
    pub count: usize,
}

/// What a file carries beside what shows; empty where nothing was found.
///
/// # Errors
/// As for reading: broken, too large, encrypted.
pub fn hidden(bytes: &[u8], format: Format, limits: &Limits) -> Result<Vec<Hidden>, Error> {
    let look = || match format {
        Format::Docx => office(bytes, limits, "word/"),
        Format::Xlsx => office(bytes, limits, "xl/"),
        Format::Pdf => pdf(bytes, limits),
        Format::Doc | Format::Xls => Ok(vec![(HiddenKind::Authors, 1)]),
        Format::Html => crate::html::unseen(bytes),
        Format::Text | Format::Markdown | Format::Csv | Format::Json => Ok(Vec::new()),
    };
    let found = std::panic::catch_unwind(std::panic::AssertUnwindSafe(look))
        .map_err(|_panic| Error::Broken("内部结构异常".to_owned()))??;
    let mut out: Vec<Hidden> = Vec::new();
    for (kind, count) in found {
        match out.iter_mut().find(|one| one.kind == kind) {
            Some(one) => one.count = one.count.saturating_add(count),
            None if count > 0 => out.push(Hidden { kind, count }),
            None => {}
        }
    }
    out.sort_by_key(|one| one.kind);
    Ok(out)
}

type Counts = Vec<(HiddenKind, usize)>;

fn office(bytes: &[u8], limits: &Limits, home: &str) -> Result<Counts, Error> {
    let mut archive = Archive::open(bytes, limits)?;
    let mut out = Counts::new();
    for name in archive.names() {
        let lower = name.to_ascii_lowercase();
        let suffix = lower.rsplit('.').next().unwrap_or("");
        if lower.contains("/embeddings/") || lower.ends_with("vbaproject.bin") || !is_ordinary(&lower) {
            out.push((HiddenKind::Embedded, 1));
        } else if lower.contains("/media/") {
            if archive.part(&name)?.is_some_and(|photo| has_location(&photo)) {
                out.push((HiddenKind::Location, 1));
            }
        } else if suffix == "xml" && lower.starts_with(home) {
            if let Some(xml) = archive.text_part(&name)? {
                out.extend(marks(&xml, &lower));
                if lower == "word/document.xml" {
                    out.push((HiddenKind::HiddenText, crate::docx_sight::faint(&xml)));
                }
            }
        } else if matches!(lower.as_str(), "docprops/core.xml" | "docprops/app.xml") {
            if archive.text_part(&name)?.is_some_and(|xml| names_somebody(&xml)) {
                out.push((HiddenKind::Authors, 1));
            }
        } else if lower == "docprops/custom.xml" {
            if archive.text_part(&name)?.is_some_and(|xml| has_text(&xml)) {
                out.push((HiddenKind::Authors, 1));
            }
        } else if lower.starts_with("customxml/")
            && suffix == "xml"
            && archive.text_part(&name)?.is_some_and(|xml| has_text(&xml))
        {
            out.push((HiddenKind::Embedded, 1));
        }
    }
    if archive.has_more_than_its_parts() {
        out.push((HiddenKind::Embedded, 1));
    }
    Ok(out)
}

/// Whether a part is of a kind that Office files are made of; anything else was put in by hand.
pub(crate) fn is_ordinary(name: &str) -> bool {
    let suffix = name.rsplit('.').next().unwrap_or("");
    name.ends_with('/')
        || matches!(suffix, "xml" | "rels" | "vml" | "odttf" | "ttf" | "fntdata")
        || name.contains("/media/")
            && matches!(suffix, "jpg" | "jpeg" | "png" | "gif" | "bmp" | "tif" | "tiff" | "emf" | "wmf" | "svg")
        || name.starts_with("docprops/thumbnail.")
        || name.starts_with("xl/printersettings/") && suffix == "bin"
        || name.starts_with("word/printersettings/") && suffix == "bin"
}

/// Whether anything is written between the marks.
fn has_text(xml: &str) -> bool {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event() {
            Ok(Event::Text(text)) if !text.trim().is_empty() => return true,
            Ok(Event::CData(_)) => return true,
            Ok(Event::Eof) | Err(_) => return false,
            Ok(_) => {}
        }
    }
}

/// Marks in a part of an Office file.
fn marks(xml: &str, name: &str) -> Counts {
    let mut out = Counts::new();
    let mut reader = Reader::from_str(xml);
    let comments = name.contains("comments") && !name.contains("ids") && !name.contains("extended");
    while let Ok(event) = reader.read_event() {
        let (Event::Start(start) | Event::Empty(start)) = event else {
            if matches!(event, Event::Eof) {
                break;
            }
            continue;
        };
        let value = |key: &str| {
            let found = start.attributes().flatten().find(|one| one.key.local_name().as_ref() == key);
            found.map(|one| one.value.to_string())
        };
        let off = |value: Option<String>| matches!(value.as_deref(), Some("0" | "false" | "none"));
        match start.local_name().as_ref() {
            "ins" | "del" | "moveFrom" | "moveTo" | "rPrChange" | "pPrChange" if name.starts_with("word/") => {
                out.push((HiddenKind::Revisions, 1));
            }
            "comment" if comments => out.push((HiddenKind::Comments, 1)),
            "vanish" if name != "word/styles.xml" && !off(value("val")) => out.push((HiddenKind::HiddenText, 1)),
            "sheet" if matches!(value("state").as_deref(), Some("hidden" | "veryHidden")) => {
                out.push((HiddenKind::HiddenSheets, 1));
            }
            "row" | "col" if value("hidden").is_some() && !off(value("hidden")) => {
                out.push((HiddenKind::HiddenText, 1));
            }
            _ => {}
        }
    }
    out
}

/// Whether the properties of a file name a person or an office.
fn names_somebody(xml: &str) -> bool {
    let mut reader = Reader::from_str(xml);
    let mut of_person = false;
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(start) => {
                of_person = matches!(start.local_name().as_ref(), "creator" | "lastModifiedBy" | "Company" | "Manager");
            }
            Event::Text(text) if of_person && !text.trim().is_empty() => return true,
            Event::End(_) => of_person = false,
            Event::Eof => break,
            _ => {}
        }
    }
    false
}

fn pdf(bytes: &[u8], limits: &Limits) -> Result<Counts, Error> {
    use hayro_syntax::object::{Dict, Name, Object};
    let pdf = crate::pdf::open(bytes)?;
    let mut out = Counts::new();
    if pdf.metadata().author.as_ref().is_some_and(|author| !author.is_empty()) {
        out.push((HiddenKind::Authors, 1));
    }
    for object in pdf.objects() {
        let dict: Dict<'_> = match object {
            Object::Dict(dict) => dict,
            Object::Stream(stream) => stream.dict().clone(),
            _ => continue,
        };
        let name = |key: &str| dict.get::<Name<'_>>(key.as_bytes()).map(|name| name.as_ref().to_vec());
        match (name("Type").as_deref(), name("Subtype").as_deref()) {
            (Some(b"EmbeddedFile" | b"Filespec"), _) => out.push((HiddenKind::Embedded, 1)),
            (
                _,
                Some(
                    b"Text" | b"FreeText" | b"Popup" | b"Highlight" | b"StrikeOut" | b"Underline" | b"Squiggly"
                    | b"Ink" | b"Caret" | b"Redact" | b"Square" | b"FileAttachment",
                ),
            ) if dict.contains_key(b"Rect".as_slice()) => {
                out.push((HiddenKind::Comments, 1));
            }
            _ => {}
        }
        if name("S").as_deref() == Some(b"JavaScript") {
            out.push((HiddenKind::Embedded, 1));
        }
    }
    let (covered, unseen) = crate::pdf::unshown(&pdf, limits)?;
    out.push((HiddenKind::Covered, covered));
    out.push((HiddenKind::HiddenText, unseen));
    Ok(out)
}

/// What a picture carries beside what shows; empty where nothing was found, or where it is no picture.
pub fn hidden_in_picture(bytes: &[u8]) -> Vec<Hidden> {
    if has_location(bytes) { vec![Hidden { kind: HiddenKind::Location, count: 1 }] } else { Vec::new() }
}
