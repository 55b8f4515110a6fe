//! Workbooks: hidden rows and columns taken out before the visible sheets are read.

use std::io::{Cursor, Write};

use crate::archive::Archive;
use crate::xml::{Element, Node, parse, write};
use crate::{Error, Limits};

/// How many pictures and charts a workbook holds.
pub(super) fn pictures(bytes: &[u8], limits: &Limits) -> Result<usize, Error> {
    let archive = Archive::open(bytes, limits)?;
    Ok(archive
        .names()
        .iter()
        .filter(|name| name.starts_with("xl/media/") || name.starts_with("xl/charts/chart"))
        .count())
}

/// The workbook without hidden rows and columns, to be read; not to be given away.
pub(super) fn shown(bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, Error> {
    let mut archive = Archive::open(bytes, limits)?;
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::with_capacity(bytes.len())));
    let options = zip::write::SimpleFileOptions::default();
    let failed = || Error::Broken("工作簿无法改写".to_owned());
    for name in archive.names() {
        if name.ends_with('/') {
            continue;
        }
        let Some(mut content) = archive.part(&name)? else { continue };
        if name.starts_with("xl/worksheets/") && name.rsplit('.').next() == Some("xml") {
            let mut tree = parse(&crate::text::decode(&content)?)?;
            let mut columns = Vec::new();
            hidden_columns(&tree, &mut columns);
            drop_hidden(&mut tree, &columns);
            content = write(&tree)?;
        }
        out.start_file(&name, options).map_err(|_error| failed())?;
        out.write_all(&content).map_err(|_error| failed())?;
    }
    Ok(out.finish().map_err(|_error| failed())?.into_inner())
}

fn is_hidden(element: &Element) -> bool {
    element.attribute("hidden").is_some_and(|value| !matches!(value.as_str(), "0" | "false"))
}

/// The first and last column of each hidden run, from 1.
fn hidden_columns(nodes: &[Node], out: &mut Vec<(u32, u32)>) {
    for node in nodes {
        let Node::Element(element) = node else { continue };
        match element.name().as_str() {
            "col" if is_hidden(element) => {
                let number = |name: &str| element.attribute(name).and_then(|text| text.parse().ok());
                if let (Some(from), Some(to)) = (number("min"), number("max")) {
                    out.push((from, to));
                }
            }
            "sheetData" => {}
            _ => hidden_columns(&element.children, out),
        }
    }
}

/// The column of a cell name such as `AB12`, from 1.
fn column(name: &str) -> Option<u32> {
    let mut out: u32 = 0;
    for letter in name.bytes().take_while(u8::is_ascii_alphabetic).take(4) {
        out = out.checked_mul(26)?.checked_add(u32::from(letter.to_ascii_uppercase() - b'A') + 1)?;
    }
    (out > 0).then_some(out)
}

fn drop_hidden(nodes: &mut Vec<Node>, columns: &[(u32, u32)]) {
    nodes.retain_mut(|node| {
        let Node::Element(element) = node else { return true };
        match element.name().as_str() {
            "row" if is_hidden(element) => return false,
            "c" => {
                let at = element.attribute("r").as_deref().and_then(column);
                return !at.is_some_and(|at| columns.iter().any(|(from, to)| (*from..=*to).contains(&at)));
            }
            _ => drop_hidden(&mut element.children, columns),
        }
        true
    });
}
