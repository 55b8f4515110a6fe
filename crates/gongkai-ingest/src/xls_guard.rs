//! A look at an old workbook before it is opened: how large its sheets claim to be, and whether it is encrypted.

use crate::{Error, Limits};

/// Refuses workbooks that are encrypted or whose cells span more than the limits allow.
pub(crate) fn check(stream: &[u8], limits: &Limits) -> Result<(), Error> {
    let mut at = 0_usize;
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
                rows = (u16::MAX, 0);
                columns = (u16::MAX, 0);
            }
            // Records of cells begin with row and column.
            0x00fd | 0x0203 | 0x0204 | 0x0006 | 0x0205 | 0x027e | 0x00bd | 0x00be | 0x0201 | 0x0406 | 0x0206 => {
                if let (Some(row), Some(column)) = (word(0), word(2)) {
                    rows = (rows.0.min(row), rows.1.max(row));
                    columns = (columns.0.min(column), columns.1.max(column));
                    let area = (usize::from(rows.1 - rows.0) + 1) * (usize::from(columns.1 - columns.0) + 1);
                    if area > limits.pieces.saturating_mul(40) {
                        return Err(Error::TooLarge {
                            what: "工作表范围", limit: "一百二十万个单元格".to_owned()
                        });
                    }
                }
            }
            _ => {}
        }
        at = at.saturating_add(4).saturating_add(length);
    }
    Ok(())
}
