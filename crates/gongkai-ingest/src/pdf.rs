//! PDF: glyphs and ruling lines of each page, put together to paragraphs and tables.

mod flow;
mod grid;
mod page;
mod radical;
mod sight;

use gongkai_manuscript::Manuscript;
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, interpret_page};
use hayro_syntax::{LoadPdfError, Pdf};
use kurbo::{Affine, Rect};

use self::page::PageContent;
use crate::{Error, Limits};

/// Opens a PDF.
pub(crate) fn open(bytes: &[u8]) -> Result<Pdf, Error> {
    Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(_) => Error::Encrypted,
        LoadPdfError::Invalid => Error::Broken("PDF 结构无法读取".to_owned()),
    })
}

/// What is drawn on each page.
fn drawn(pdf: &Pdf, limits: &Limits) -> Result<Vec<PageContent>, Error> {
    let count = pdf.pages().len();
    if count == 0 {
        return Err(Error::Broken("PDF 没有页面".to_owned()));
    }
    if count > limits.pages {
        return Err(Error::TooLarge { what: "页数", limit: format!("{}页", limits.pages) });
    }
    let cache = InterpreterCache::new();
    let mut pages: Vec<PageContent> = Vec::with_capacity(count);
    let mut glyphs = 0_usize;
    for page in pdf.pages().iter() {
        let (width, height) = page.render_dimensions();
        let mut content = PageContent::new(height);
        let mut context = Context::new(
            Affine::IDENTITY,
            Rect::new(0.0, 0.0, f64::from(width), f64::from(height)),
            &cache,
            pdf.xref(),
            InterpreterSettings::default(),
        );
        interpret_page(page, &mut context, &mut content);
        glyphs += content.glyphs.len();
        if glyphs > limits.characters {
            return Err(Error::TooLarge { what: "文字", limit: crate::limits::CHARACTERS.to_owned() });
        }
        pages.push(content);
    }
    Ok(pages)
}

/// Reads a PDF.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<(Manuscript, Vec<String>), Error> {
    let mut pages = drawn(&open(bytes)?, limits)?;
    let glyphs: usize = pages.iter().map(|page| page.glyphs.len()).sum();
    let mut notices = Vec::new();
    let pictures = pages.iter().filter(|page| page.images > 0 && page.glyphs.len() < 12).count();
    if glyphs < 24 && pictures > 0 {
        return Err(Error::PicturesOnly);
    }
    if glyphs == 0 {
        return Err(Error::NoText);
    }
    if pictures > 0 {
        notices.push(format!("有{pictures}页是图片，其中的文字没有读取"));
    }
    let hidden = pages.iter().filter(|page| page.invisible * 2 > page.glyphs.len() && page.images > 0).count();
    if hidden > 0 {
        notices.push(format!("有{hidden}页是扫描件加识别文字，读出的数可能有误，请与原件核对"));
    }
    let unmapped: usize = pages.iter().map(|page| page.unmapped).sum();
    if unmapped > 0 {
        notices.push(format!("有{unmapped}个字符在 PDF 中没有对应的文字，未读取"));
    }
    let blocks = flow::blocks(&mut pages, limits)?;
    Ok((Manuscript { blocks }, notices))
}

/// Reads what a reader of a PDF sees, and how many pictures there are: nothing under boxes, nothing in white on white.
pub(crate) fn read_shown(bytes: &[u8], limits: &Limits) -> Result<(Manuscript, usize), Error> {
    let mut pages = drawn(&open(bytes)?, limits)?;
    for page in &mut pages {
        page.glyphs.retain(|glyph| !glyph.covered && !glyph.unseen);
    }
    let pictures = pages.iter().map(|page| page.images).sum();
    if pages.iter().all(|page| page.glyphs.is_empty()) {
        return Err(if pictures > 0 { Error::PicturesOnly } else { Error::NoText });
    }
    Ok((Manuscript { blocks: flow::blocks(&mut pages, limits)? }, pictures))
}

/// How many runs of text lie under drawn boxes, and how many characters were drawn so that nobody sees them. The text that
/// a recognition of characters laid behind a scanned picture is not counted: the picture shows it.
pub(crate) fn unshown(pdf: &Pdf, limits: &Limits) -> Result<(usize, usize), Error> {
    let (mut covered, mut unseen) = (0_usize, 0_usize);
    for page in drawn(pdf, limits)? {
        let solid = |text: &str| text.chars().any(|c| !c.is_whitespace());
        let mut before = false;
        for glyph in page.glyphs.iter().filter(|glyph| solid(&glyph.text)) {
            covered += usize::from(glyph.covered && !before);
            before = glyph.covered;
            unseen += usize::from(glyph.unseen && !glyph.covered && page.images == 0);
        }
    }
    Ok((covered, unseen))
}
