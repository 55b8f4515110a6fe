//! A look at an old workbook before it is opened: how large its sheets claim to be, and whether it is encrypted.

use crate::{Error, Limits};

fn too_large() -> Error {
    Error::TooLarge { what: "工作表范围", limit: "一百二十万个单元格".to_owned() }
}

/// The cells that a DIMENSIONS record claims: rows and columns from the first to one past the last. The reader makes
/// room for them before it has seen one.
fn claimed(body: &[u8]) -> Option<usize> {
    let word =
        |i: usize| body.get(i..i + 2).and_then(|b| b.try_into().ok()).map(|b| usize::from(u16::from_le_bytes(b)));
    let long = |i: usize| {
        let bytes = body.get(i..i + 4).and_then(|b| b.try_into().ok())?;
        usize::try_from(u32::from_le_bytes(bytes)).ok()
    };
    let (rows, columns) = if body.len() == 10 {
        ((word(0)?, word(2)?), (word(4)?, word(6)?))
    } else {
        ((long(0)?, long(4)?), (word(8)?, word(10)?))
    };
    if rows.1 == 0 || columns.1 == 0 {
        return Some(1);
    }
    // A first column behind the last is taken as the first of all.
    let first = if columns.0 > 0xff || columns.1 < columns.0 { 0 } else { columns.0 };
    if rows.1 < rows.0 {
        return None;
    }
    Some((rows.1 - rows.0 + 1).saturating_mul(columns.1 - first + 1))
}

/// Refuses workbooks that are encrypted, whose cells span more than the limits allow, or whose list of sheets points
/// into the middle of a record.
pub(crate) fn check(stream: &[u8], limits: &Limits) -> Result<(), Error> {
    let mut at = 0_usize;
    let (mut begins, mut listed) = (Vec::new(), Vec::new());
    let (mut rows, mut columns) = ((u16::MAX, 0_u16), (u16::MAX, 0_u16));
    while let Some(head) = stream.get(at..at.saturating_add(4)) {
        let field = |i: usize| head.get(i..i + 2).and_then(|b| b.try_into().ok()).map_or(0, u16::from_le_bytes);
        let (kind, length) = (field(0), usize::from(field(2)));
        let body = stream.get(at + 4..(at + 4).saturating_add(length)).unwrap_or(&[]);
        let word = |i: usize| body.get(i..i + 2).and_then(|b| b.try_into().ok()).map(u16::from_le_bytes);
        match kind {
            // FILEPASS
            0x002f => return Err(Error::Encrypted),
            // BOF of a sheet: a new rectangle begins.
            0x0809 | 0x0409 | 0x0209 => {
                begins.push(at);
                rows = (u16::MAX, 0);
                columns = (u16::MAX, 0);
            }
            // DIMENSIONS
            0x0200 if claimed(body).is_none_or(|area| area > limits.pieces.saturating_mul(40)) => {
                return Err(too_large());
            }
            // BOUNDSHEET
            0x0085 => listed.extend(
                body.get(..4).and_then(|b| b.try_into().ok()).and_then(|b| usize::try_from(u32::from_le_bytes(b)).ok()),
            ),
            // Records of cells begin with row and column.
            0x00fd | 0x0203 | 0x0204 | 0x0006 | 0x0205 | 0x027e | 0x00bd | 0x00be | 0x0201 | 0x0406 | 0x0206 => {
                if let (Some(row), Some(column)) = (word(0), word(2)) {
                    rows = (rows.0.min(row), rows.1.max(row));
                    columns = (columns.0.min(column), columns.1.max(column));
                    let area = (usize::from(rows.1 - rows.0) + 1) * (usize::from(columns.1 - columns.0) + 1);
                    if area > limits.pieces.saturating_mul(40) {
                        return Err(too_large());
                    }
                }
            }
            _ => {}
        }
        at = at.saturating_add(4).saturating_add(length);
    }
    if listed.iter().any(|place| begins.binary_search(place).is_err()) {
        return Err(Error::Broken("工作表目录指向的位置没有工作表".to_owned()));
    }
    Ok(())
}
