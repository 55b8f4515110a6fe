//! Plain text, Markdown and CSV in any of the encodings that are met.

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use gongkai_manuscript::{Block, Cell, Manuscript, Paragraph, Place, Table};

use crate::limits::Meter;
use crate::{Error, Limits};

/// Tells the encoding: a mark at the start, the pattern of zeros of UTF-16, valid UTF-8, else GB18030.
fn encoding(bytes: &[u8]) -> (&'static Encoding, usize) {
    if let Some((encoding, size)) = Encoding::for_bom(bytes) {
        return (encoding, size);
    }
    let sample = bytes.get(..bytes.len().min(4096)).unwrap_or(&[]);
    // UTF-16 without a mark: nearly every pair has a high byte of Han characters, of ASCII or of Chinese marks.
    let share = |high: usize| {
        let likely = |byte: &u8| matches!(byte, 0 | 0x20 | 0x30 | 0x4e..=0x9f | 0xff);
        sample.iter().skip(high).step_by(2).filter(|byte| likely(byte)).count() * 2 * 100 / sample.len().max(1)
    };
    if sample.len() >= 8 && sample.contains(&0) && share(0).max(share(1)) >= 95 {
        return if share(1) >= share(0) { (UTF_16LE, 0) } else { (UTF_16BE, 0) };
    }
    // A cut within the last character does not make it another encoding.
    match std::str::from_utf8(bytes) {
        Ok(_) => (UTF_8, 0),
        Err(error) if error.error_len().is_none() && bytes.len() - error.valid_up_to() < 4 => (UTF_8, 0),
        Err(error) => {
            let good = error.valid_up_to();
            // Mostly UTF-8 with a broken byte: still UTF-8.
            let (text, _) = UTF_8.decode_without_bom_handling(bytes);
            let lost = text.matches('\u{fffd}').count();
            let (other, _) = GB18030.decode_without_bom_handling(bytes);
            let lost_other = other.matches('\u{fffd}').count();
            let han = |text: &str| text.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).count();
            if good > 64 && lost * 50 < text.chars().count() && lost <= lost_other.max(3) && han(&text) > 0 {
                (UTF_8, 0)
            } else {
                (GB18030, 0)
            }
        }
    }
}

/// The text of some bytes.
///
/// # Errors
/// The bytes are no text.
pub fn decode(bytes: &[u8]) -> Result<String, Error> {
    let (encoding, skip) = encoding(bytes);
    let (text, _) = encoding.decode_without_bom_handling(bytes.get(skip..).unwrap_or(&[]));
    let total = text.chars().count();
    let strange = text
        .chars()
        .filter(|c| {
            *c == '\u{fffd}'
                || c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}' | '\u{b}' | '\u{7}' | '\u{1a}')
        })
        .count();
    if strange * 20 > total + 40 {
        return Err(Error::Unsupported("内容不是文字"));
    }
    Ok(text.into_owned())
}

type Read = Result<(Manuscript, Vec<String>), Error>;

/// Reads plain text line by line; form feeds end pages.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Read {
    if bytes.len() > limits.characters.saturating_mul(4) {
        return Err(Error::TooLarge { what: "文字", limit: crate::limits::CHARACTERS.to_owned() });
    }
    let text = decode(bytes)?;
    let mut meter = Meter::new(limits);
    let mut blocks = Vec::new();
    let mut notices = Vec::new();
    let lost = text.matches('\u{fffd}').count();
    if lost > 0 {
        notices.push(format!("有{lost}个字符无法识别，可能是编码损坏"));
    }
    for (number, line) in (1_u32..).zip(text.replace("\r\n", "\n").replace('\r', "\n").split('\n')) {
        for (page, part) in line.split('\u{c}').enumerate() {
            if page > 0 {
                blocks.push(Block::PageBreak);
            }
            meter.take(part)?;
            let part: String = part.chars().filter(|c| !c.is_control() || *c == '\t').collect();
            blocks.push(Block::Paragraph(Paragraph::new(part, Place::Line(number))));
        }
    }
    if !text.chars().any(char::is_alphanumeric) {
        return Err(Error::NoText);
    }
    Ok((Manuscript { blocks }, notices))
}

/// Reads CSV as one table; rows of one cell become text.
pub(crate) fn read_csv(bytes: &[u8], limits: &Limits) -> Read {
    if bytes.len() > limits.characters.saturating_mul(4) {
        return Err(Error::TooLarge { what: "文字", limit: crate::limits::CHARACTERS.to_owned() });
    }
    let text = decode(bytes)?;
    let separator =
        if text.lines().next().is_some_and(|line| line.contains('\t') && !line.contains(',')) { b'\t' } else { b',' };
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
    let mut meter = Meter::new(limits);
    let mut table = Table::default();
    for (row, record) in reader.records().enumerate() {
        let record = record.map_err(|_error| Error::Broken(format!("CSV 第{}行无法读取", row + 1)))?;
        let line = record.position().map_or(0, csv::Position::line);
        for (column, field) in record.iter().enumerate() {
            meter.take(field)?;
            table.cells.push(Cell::new(row, column, field, Place::Line(u32::try_from(line).unwrap_or(0))));
        }
    }
    if table.cells.is_empty() {
        return Err(Error::NoText);
    }
    Ok((Manuscript { blocks: vec![Block::Table(table)] }, Vec::new()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "示例市示例局2023年政府信息公开工作年度报告\n规章 0";

    #[test]
    fn every_encoding_gives_the_same_text() {
        let gb = GB18030.encode(TEXT).0.into_owned();
        let le: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let with = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
        for bytes in [
            TEXT.as_bytes().to_vec(),
            with(b"\xef\xbb\xbf", TEXT.as_bytes()),
            gb,
            le.clone(),
            be.clone(),
            with(b"\xff\xfe", &le),
            with(b"\xfe\xff", &be),
        ] {
            assert_eq!(decode(&bytes).unwrap(), TEXT);
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        let bytes: Vec<u8> = (0..4000_u32).map(|n| u8::try_from((n * 7919 + n * n) % 256).unwrap()).collect();
        assert!(decode(&bytes).is_err());
    }
}
