//! Word files: revisions accepted; comments, hidden text, names and embedded files taken out. The form stays.

use std::io::{Cursor, Write};

use crate::archive::Archive;
use crate::docx_sight::{TINY, is_white};
use crate::xml::{Element, Node, parse, write};
use crate::{Error, Limits};

/// The copy of a Word file.
pub(super) fn clean(bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, Error> {
    let mut archive = Archive::open(bytes, limits)?;
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::with_capacity(bytes.len())));
    let options = zip::write::SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    let failed = || Error::Broken("清洁副本无法写出".to_owned());
    for name in archive.names() {
        if name.ends_with('/') || goes(&name) {
            continue;
        }
        let Some(content) = archive.part(&name)? else { continue };
        let lower = name.to_ascii_lowercase();
        let suffix = lower.rsplit('.').next().unwrap_or("");
        let content = if let Some(plain) = super::properties::plain(&lower) {
            plain.as_bytes().to_vec()
        } else if suffix == "rels" || lower == "[content_types].xml" {
            let mut tree = parse(&crate::text::decode(&content)?)?;
            unlink(&mut tree);
            write(&tree)?
        } else if lower.starts_with("word/") && suffix == "xml" {
            let tree = parse(&crate::text::decode(&content)?)?;
            write(&shown(tree, false))?
        } else if lower.contains("/media/") {
            super::without_notes(&content).unwrap_or(content)
        } else {
            content
        };
        out.start_file(&name, options).map_err(|_error| failed())?;
        out.write_all(&content).map_err(|_error| failed())?;
    }
    Ok(out.finish().map_err(|_error| failed())?.into_inner())
}

/// Parts that are left out whole.
fn goes(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let file = lower.rsplit('/').next().unwrap_or("");
    lower.contains("/embeddings/")
        || lower.starts_with("customxml/")
        || lower.starts_with("docprops/thumbnail")
        || lower.ends_with("vbaproject.bin")
        || lower.ends_with("vbadata.xml")
        || !crate::hidden::is_ordinary(&lower)
        || lower.starts_with("word/") && (file.starts_with("comments") || file == "people.xml")
}

/// Takes the links to parts that are left out from a list of relationships or content types.
fn unlink(nodes: &mut Vec<Node>) {
    nodes.retain_mut(|node| {
        let Node::Element(element) = node else { return true };
        let target = element.attribute("Target").or_else(|| element.attribute("PartName")).unwrap_or_default();
        let path = target.trim_start_matches('/').trim_start_matches("../");
        let inside = if path.contains('/') { path.to_owned() } else { format!("word/{path}") };
        if !target.is_empty() && (goes(&inside) || goes(&format!("/{path}"))) {
            return false;
        }
        unlink(&mut element.children);
        true
    });
}

fn is_on(element: &Element) -> bool {
    !matches!(element.attribute("val").as_deref(), Some("0" | "false" | "off" | "none"))
}

/// A run that nobody sees: hidden, too small to read, or white where nothing is filled.
fn is_hidden_run(run: &Element, filled: bool) -> bool {
    let Some(format) = run.child("rPr") else { return false };
    let told = |name: &str| format.child(name).and_then(|one| one.attribute("val")).unwrap_or_default();
    let tiny = told("sz").parse::<u32>().is_ok_and(|size| size <= TINY);
    let white = is_white(&told("color")) && !filled && !is_filled(run);
    format.child("vanish").is_some_and(is_on) || tiny || white
}

/// Whether an element has a ground of its own.
fn is_filled(element: &Element) -> bool {
    let Some(format) = element.child(&format!("{}Pr", element.name())) else { return false };
    let shade = format.child("shd").and_then(|one| one.attribute("fill")).unwrap_or_default();
    !matches!(shade.to_ascii_uppercase().as_str(), "" | "AUTO" | "FFFFFF")
        || format.child("tblStyle").is_some()
        || format.child("highlight").is_some()
}

/// Elements that go with all that stands in them.
const GONE: &[&str] = &[
    // Revisions.
    "del",
    "moveFrom",
    "delText",
    "delInstrText",
    "rPrChange",
    "pPrChange",
    "sectPrChange",
    "tblPrChange",
    "tblPrExChange",
    "tblGridChange",
    "tcPrChange",
    "trPrChange",
    "numberingChange",
    "cellIns",
    "cellDel",
    "cellMerge",
    "moveFromRangeStart",
    "moveFromRangeEnd",
    "moveToRangeStart",
    "moveToRangeEnd",
    "customXmlInsRangeStart",
    "customXmlInsRangeEnd",
    "customXmlDelRangeStart",
    "customXmlDelRangeEnd",
    "customXmlMoveFromRangeStart",
    "customXmlMoveFromRangeEnd",
    "customXmlMoveToRangeStart",
    "customXmlMoveToRangeEnd",
    // Comments.
    "commentRangeStart",
    "commentRangeEnd",
    "commentReference",
    "annotationRef",
    // Marks of hidden text on paragraphs and styles; the text of a hidden run goes with its run.
    "vanish",
    "specVanish",
    "webHidden",
    // Embedded files, data and scripts; their picture stays.
    "OLEObject",
    "control",
    "altChunk",
    "externalData",
    "dataBinding",
    // Remarks of the program.
    "rsids",
    "trackRevisions",
    "docVars",
    "attachedTemplate",
];

/// What shows: deletions gone, insertions as if they had always stood there.
fn shown(nodes: Vec<Node>, filled: bool) -> Vec<Node> {
    let mut out = Vec::with_capacity(nodes.len());
    for node in nodes {
        let mut element = match node {
            Node::Other(event) => {
                out.push(Node::Other(event));
                continue;
            }
            Node::Element(element) => element,
        };
        match element.name().as_str() {
            // Insertions stand as if they had always stood there.
            "ins" | "moveTo" => out.extend(shown(element.children, filled)),
            "tr" if element.child("trPr").is_some_and(|format| format.child("del").is_some()) => {}
            "r" if is_hidden_run(&element, filled) => {}
            name if GONE.contains(&name) => {}
            _ => {
                let filled = filled || is_filled(&element);
                element.children = shown(element.children, filled);
                out.push(Node::Element(element));
            }
        }
    }
    out
}
