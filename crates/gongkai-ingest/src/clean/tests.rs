use std::io::{Cursor, Write};

use super::*;
use crate::{HiddenKind, hidden, ingest};

fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        out.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(content.as_bytes()).unwrap();
    }
    out.finish().unwrap().into_inner()
}

fn kinds(bytes: &[u8], format: Format) -> Vec<HiddenKind> {
    hidden(bytes, format, &Limits::default()).unwrap().into_iter().map(|one| one.kind).collect()
}

fn text(bytes: &[u8]) -> String {
    let read = ingest(bytes, None, &Limits::default()).unwrap();
    let mut out: String =
        read.manuscript.paragraphs().map(|paragraph| format!("{}\n", paragraph.text)).collect::<Vec<_>>().concat();
    for table in read.manuscript.tables() {
        out.push_str(&table.cells.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join("|"));
    }
    out
}

const WORD: &str = r#"<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body><w:p><w:r><w:t>保留的文字</w:t></w:r><w:del w:id="1" w:author="张三"><w:r><w:delText>删去的文字</w:delText></w:r></w:del><w:ins w:id="2" w:author="张三"><w:r><w:t>，加入的文字</w:t></w:r></w:ins><w:commentRangeStart w:id="0"/><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏的文字</w:t></w:r><w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r><w:r><w:t>&amp;完。</w:t></w:r></w:p><w:tbl><w:tr><w:trPr><w:del w:id="3" w:author="张三"/></w:trPr><w:tc><w:p><w:r><w:t>删去的行</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>留下的行</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>"#;

#[test]
fn a_word_file_keeps_its_form_and_loses_what_does_not_show() {
    let dirty = packed(&[
        (
            "[Content_Types].xml",
            r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="a"/><Override PartName="/word/comments.xml" ContentType="b"/></Types>"#,
        ),
        ("word/document.xml", WORD),
        (
            "word/comments.xml",
            r#"<w:comments xmlns:w="w"><w:comment w:id="0" w:author="李四"><w:p/></w:comment></w:comments>"#,
        ),
        (
            "word/_rels/document.xml.rels",
            r#"<Relationships xmlns="r"><Relationship Id="rId1" Type="t" Target="comments.xml"/><Relationship Id="rId2" Type="t" Target="styles.xml"/><Relationship Id="rId3" Type="t" Target="embeddings/book.xlsx"/></Relationships>"#,
        ),
        ("word/embeddings/book.xlsx", "内部数据"),
        (
            "docProps/core.xml",
            r#"<cp:coreProperties xmlns:dc="d" xmlns:cp="c"><dc:creator>张三</dc:creator></cp:coreProperties>"#,
        ),
    ]);
    assert_eq!(
        kinds(&dirty, Format::Docx),
        [
            HiddenKind::Revisions,
            HiddenKind::Comments,
            HiddenKind::HiddenText,
            HiddenKind::Authors,
            HiddenKind::Embedded
        ]
    );
    let Ok(Clean::File(copy)) = clean(&dirty, Some(Format::Docx), &Limits::default()) else { panic!("no copy") };
    assert_eq!(kinds(&copy, Format::Docx), []);
    let text = text(&copy);
    assert!(text.contains("保留的文字，加入的文字&完。") && text.contains("留下的行"), "{text}");
    assert!(!text.contains("删去") && !text.contains("隐藏"), "{text}");
    let raw = String::from_utf8_lossy(&copy);
    assert!(!raw.contains("comments.xml") && !raw.contains("embeddings"), "no part and no link is left");
    let mut archive = crate::archive::Archive::open(&copy, &Limits::default()).unwrap();
    for name in archive.names() {
        let part = archive.part(&name).unwrap().unwrap();
        let part = String::from_utf8_lossy(&part);
        assert!(!part.contains("张三") && !part.contains("李四") && !part.contains("comments"), "{name}: {part}");
    }
}

#[test]
fn a_workbook_is_read_without_hidden_rows_and_columns() {
    let sheet = r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cols><col min="2" max="2" hidden="1"/></cols><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>项目</t></is></c><c r="B1" t="inlineStr"><is><t>身份证号</t></is></c><c r="C1" t="inlineStr"><is><t>金额</t></is></c></row><row r="2" hidden="1"><c r="A2" t="inlineStr"><is><t>藏起的行</t></is></c></row><row r="3"><c r="A3" t="inlineStr"><is><t>补助</t></is></c><c r="B3" t="inlineStr"><is><t>内部编号</t></is></c><c r="C3"><v>300</v></c></row></sheetData></worksheet>"#;
    let book = packed(&[
        ("[Content_Types].xml", r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#),
        (
            "_rels/.rels",
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
        ),
        (
            "xl/workbook.xml",
            r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="公示" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
        ),
        (
            "xl/_rels/workbook.xml.rels",
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
        ),
        ("xl/worksheets/sheet1.xml", sheet),
    ]);
    assert!(kinds(&book, Format::Xlsx).contains(&HiddenKind::HiddenText));
    let Ok(Clean::Content { manuscript, .. }) = clean(&book, Some(Format::Xlsx), &Limits::default()) else {
        panic!("no copy")
    };
    let cells: Vec<String> =
        manuscript.tables().flat_map(|table| table.cells.iter().map(|cell| cell.text.clone())).collect();
    assert!(cells.contains(&"补助".to_owned()) && cells.contains(&"300".to_owned()), "{cells:?}");
    assert!(!cells.iter().any(|text| text.contains("藏") || text.contains("号")), "{cells:?}");
}

/// 公开前检查 D12: text under drawn boxes, text in the colour of the paper; white writing on dark ground shows.
#[test]
fn text_under_a_box_is_found_and_not_copied() {
    let covered = include_bytes!("../../../../fixtures/hidden/covered.pdf").as_slice();
    assert!(text(covered).contains("11010519491231002X"), "the number can be copied from below the box");
    let found = kinds(covered, Format::Pdf);
    assert!(found.contains(&HiddenKind::Covered) && found.contains(&HiddenKind::HiddenText), "{found:?}");
    let Ok(Clean::Content { manuscript, .. }) = clean(covered, Some(Format::Pdf), &Limits::default()) else {
        panic!("no copy")
    };
    let all = format!("{manuscript:?}");
    assert!(!all.contains("11010519491231002X") && !all.contains("白色的字"), "{all}");
    assert!(all.contains("序号") && all.contains("示例人") && all.contains("现予公示"), "{all}");
}

#[test]
fn a_plain_pdf_has_nothing_covered() {
    for (name, bytes) in [
        ("sample.pdf", include_bytes!("../../../../fixtures/formats/sample.pdf").as_slice()),
        ("libreoffice.pdf", include_bytes!("../../../../fixtures/formats/libreoffice.pdf").as_slice()),
    ] {
        let found = kinds(bytes, Format::Pdf);
        assert!(!found.contains(&HiddenKind::Covered) && !found.contains(&HiddenKind::HiddenText), "{name}: {found:?}");
    }
}

#[test]
fn pictures_lose_their_remarks() {
    let mut jpeg = vec![0xff, 0xd8, 0xff, 0xe1, 0, 30];
    jpeg.extend_from_slice(b"Exif\0\0II*\0\x08\0\0\0\x01\0\x25\x88\x04\0\x01\0\0\0\0\0\0\0");
    jpeg.extend_from_slice(&[0xff, 0xdb, 0, 4, 1, 2, 0xff, 0xda, 0, 2, 9, 9, 0xff, 0xd9]);
    assert!(has_location(&jpeg));
    let copy = without_notes(&jpeg).unwrap();
    assert_eq!(copy, [0xff, 0xd8, 0xff, 0xdb, 0, 4, 1, 2, 0xff, 0xda, 0, 2, 9, 9, 0xff, 0xd9]);
    assert!(without_notes(b"GIF89a").is_none() && without_notes(&[0xff, 0xd8, 0xff]).is_none());
}
