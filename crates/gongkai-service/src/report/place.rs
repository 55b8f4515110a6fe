//! Places in files: as data, and in words.

use std::str::FromStr;

use gongkai_manuscript::{Bounds, Place};
use rust_decimal::Decimal;
use serde_json::{Map, Value};

use super::json::points;

pub(crate) fn place_to_json(place: &Place) -> Map<String, Value> {
    let mut map = Map::new();
    match place {
        Place::None => {}
        Place::Line(line) => {
            map.insert("line".into(), (*line).into());
        }
        Place::Page { page, bounds } => {
            map.insert("page".into(), (*page).into());
            let sides = [bounds.left, bounds.top, bounds.right, bounds.bottom];
            map.insert("bbox".into(), Value::Array(sides.into_iter().map(points).collect()));
        }
        Place::Sheet { sheet, cell } => {
            map.insert("sheet".into(), sheet.as_str().into());
            map.insert("cell".into(), cell.as_str().into());
        }
        Place::TableCell { table, row, column } => {
            map.insert("table".into(), (*table).into());
            map.insert("row".into(), (*row).into());
            map.insert("column".into(), (*column).into());
        }
        Place::Paragraph(paragraph) => {
            map.insert("paragraph".into(), (*paragraph).into());
        }
        Place::Json(path) => {
            map.insert("path".into(), path.as_str().into());
        }
    }
    map
}

pub(super) fn place_from_json(value: &Value) -> Place {
    let count = |key: &str| value.get(key).and_then(Value::as_u64).and_then(|n| u32::try_from(n).ok());
    let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    if let Some(line) = count("line") {
        return Place::Line(line);
    }
    if let (Some(page), Some(sides)) = (count("page"), value.get("bbox").and_then(Value::as_array)) {
        let side = |i: usize| -> i32 {
            let decimal = sides.get(i).and_then(|v| Decimal::from_str(&v.to_string()).ok()).unwrap_or_default();
            i32::try_from((decimal * Decimal::TEN).trunc().mantissa()).unwrap_or(0)
        };
        return Place::Page { page, bounds: Bounds { left: side(0), top: side(1), right: side(2), bottom: side(3) } };
    }
    if let (Some(sheet), Some(cell)) = (text("sheet"), text("cell")) {
        return Place::Sheet { sheet, cell };
    }
    if let (Some(table), Some(row), Some(column)) = (count("table"), count("row"), count("column")) {
        return Place::TableCell { table, row, column };
    }
    if let Some(paragraph) = count("paragraph") {
        return Place::Paragraph(paragraph);
    }
    text("path").map_or(Place::None, Place::Json)
}

/// The place in words, for findings and notices.
pub(crate) fn place_text(place: &Place) -> String {
    match place {
        Place::None => String::new(),
        Place::Line(line) => format!("第{line}行"),
        Place::Page { page, .. } => format!("第{page}页"),
        Place::Sheet { sheet, cell } => format!("工作表“{sheet}”{cell}"),
        Place::TableCell { table, row, column } => format!("第{table}个表格第{row}行第{column}列"),
        Place::Paragraph(paragraph) => format!("第{paragraph}段"),
        Place::Json(path) => path.clone(),
    }
}

/// The place that words of [`place_text`] name. The rectangle on a page is not among the words.
pub(super) fn place_from_text(text: &str) -> Place {
    let number = |text: Option<&str>| text.and_then(|text| text.parse::<u32>().ok());
    let within = |from: &str, to: &str| text.strip_prefix(from).and_then(|rest| rest.strip_suffix(to));
    if let Some((sheet, cell)) = text.strip_prefix("工作表“").and_then(|rest| rest.rsplit_once('”')) {
        return Place::Sheet { sheet: sheet.to_owned(), cell: cell.to_owned() };
    }
    if let Some((table, rest)) = within("第", "列").and_then(|rest| rest.split_once("个表格第"))
        && let Some((row, column)) = rest.split_once("行第")
        && let (Some(table), Some(row), Some(column)) = (number(Some(table)), number(Some(row)), number(Some(column)))
    {
        return Place::TableCell { table, row, column };
    }
    if let Some(page) = number(within("第", "页")) {
        return Place::Page { page, bounds: Bounds::default() };
    }
    if let Some(paragraph) = number(within("第", "段")) {
        return Place::Paragraph(paragraph);
    }
    match number(within("第", "行")) {
        Some(line) => Place::Line(line),
        None if text.is_empty() => Place::None,
        None => Place::Json(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_in_words_are_understood_again() {
        for place in [
            Place::None,
            Place::Line(7),
            Place::Page { page: 2, bounds: Bounds::default() },
            Place::Sheet { sheet: "“表”三".to_owned(), cell: "B7".to_owned() },
            Place::TableCell { table: 1, row: 2, column: 3 },
            Place::Paragraph(4),
            Place::Json("tables.x".to_owned()),
        ] {
            assert_eq!(place_from_text(&place_text(&place)), place);
        }
    }
}
