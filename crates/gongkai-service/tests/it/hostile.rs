//! Hostile and unsuitable files: a message in Chinese, never a panic, never a guess.

use std::io::{Cursor, Write};

use gongkai_service::report::{read_bytes, report_from_json};
use zip::write::SimpleFileOptions;

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The refusal, which must be in Chinese and say something to do.
fn refusal(name: &str, bytes: &[u8]) -> String {
    let message = read_bytes(name, bytes).expect_err(name).to_string();
    assert!(message.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).count() >= 6, "{name}: {message}");
    message
}

#[test]
fn a_zip_bomb_is_refused_by_its_unpacked_size() {
    let zeros = vec![b' '; 120 << 20];
    let bomb = archive(&[("word/document.xml", &zeros)]);
    assert!(bomb.len() < 1 << 20);
    assert!(refusal("a.docx", &bomb).contains("超过上限"));
    let bomb = archive(&[("xl/workbook.xml", b"<workbook/>"), ("xl/sharedStrings.xml", &zeros)]);
    assert!(refusal("a.xlsx", &bomb).contains("超过上限"));
}

#[test]
fn entities_are_never_expanded() {
    let xml = br#"<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY x SYSTEM "file:///etc/passwd">]>
<w:document xmlns:w="x"><w:body><w:p><w:r><w:t>&c;&x;</w:t></w:r></w:p></w:body></w:document>"#;
    let message = refusal("a.docx", &archive(&[("word/document.xml", xml)]));
    assert!(!message.contains("root:"));
}

#[test]
fn deep_nesting_ends_in_a_message() {
    let mut xml = String::from("<w:document xmlns:w=\"x\"><w:body>");
    xml.push_str(&"<w:tbl><w:tr><w:tc>".repeat(10_000));
    refusal("a.docx", &archive(&[("word/document.xml", xml.as_bytes())]));
    refusal("a.html", "<table><tr><td>".repeat(10_000).as_bytes());
    refusal("a.html", "<div><span>".repeat(10_000).as_bytes());
    refusal("a.json", "[".repeat(100_000).as_bytes());
    refusal("a.json", format!("{{\"schema\":\"gongkai.report/1\",\"a\":{}", "[".repeat(100_000)).as_bytes());
}

#[test]
fn a_pdf_whose_objects_point_in_circles_ends_in_a_message() {
    let pdf = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources 5 0 R>>endobj\n4 0 obj<</Length 4 0 R/Filter 4 0 R>>stream\nBT ET\nendstream endobj\n5 0 obj<</XObject<</X 5 0 R>>/Font 5 0 R>>endobj\ntrailer<</Root 1 0 R/Prev 0>>\nstartxref\n0\n%%EOF";
    refusal("a.pdf", pdf);
}

#[test]
fn files_of_other_kinds_are_named() {
    for (name, bytes, word) in [
        ("a.pdf", &b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], "图片"),
        ("a.docx", b"\xff\xd8\xff\xe0\0\x10JFIF", "图片"),
        ("a.doc", b"{\\rtf1\\ansi hello}", "RTF"),
        ("a.docx", b"Rar!\x1a\x07\0", "RAR"),
        ("a.txt", b"\x7fELF\x02\x01\x01\0\0\0\0\0", "程序"),
        ("a.docx", b"PK\x03\x04", "损坏"),
        ("a.pdf", b"%PDF-1.7\ntruncated", "损坏"),
        ("a.txt", b"", "空"),
        ("a.txt", b"   \n\n  ", "文字"),
        ("a.txt", "今天天气很好，适合出门散步。".as_bytes(), "不是年度报告"),
        ("a.json", b"{}", "schema"),
    ] {
        let message = refusal(name, bytes);
        assert!(message.contains(word), "{name}: {message}");
    }
    let ofd = archive(&[("OFD.xml", b"<OFD/>")]);
    assert!(refusal("a.ofd", &ofd).contains("OFD"));
}

#[test]
fn encrypted_files_are_said_to_be_encrypted() {
    let mut compound = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    compound.create_stream("/EncryptedPackage").unwrap().write_all(b"secret").unwrap();
    compound.create_stream("/EncryptionInfo").unwrap().write_all(b"info").unwrap();
    compound.flush().unwrap();
    let bytes = compound.into_inner().into_inner();
    assert!(refusal("a.docx", &bytes).contains("加密"));
    let mut compound = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    let mut word = vec![0_u8; 1024];
    word[..2].copy_from_slice(&0xa5ec_u16.to_le_bytes());
    word[0x0a..0x0c].copy_from_slice(&0x0100_u16.to_le_bytes());
    compound.create_stream("/WordDocument").unwrap().write_all(&word).unwrap();
    compound.flush().unwrap();
    assert!(refusal("a.doc", &compound.into_inner().into_inner()).contains("加密"));
}

#[test]
fn a_wrong_suffix_is_read_by_content_and_said() {
    let text = std::fs::read(super::fixtures::folder().join("formats/sample.docx")).unwrap();
    let read = read_bytes("sample.pdf", &text).unwrap();
    assert_eq!(read.source.format, "docx");
    assert!(read.report.notices.iter().any(|n| n.message.contains("后缀")));
}

#[test]
fn too_much_text_is_refused_before_it_is_worked_on() {
    let long = "规章 0 0 0\n".repeat(400_000);
    assert!(refusal("a.txt", long.as_bytes()).contains("超过上限"));
    let wide = "公开".repeat(3_000_000);
    assert!(refusal("a.txt", wide.as_bytes()).contains("超过上限"));
    let mut large = vec![b'a'; 101 << 20];
    large[0] = b'%';
    assert!(refusal("a.pdf", &large).contains("超过上限"));
}

#[test]
fn wrong_json_is_told_by_its_path() {
    for (text, word) in [
        (r#"{"schema":"gongkai.report/2"}"#, "gongkai.report/1"),
        (r#"{"schema":"gongkai.report/1","year":"2023"}"#, "year"),
        (r#"{"schema":"gongkai.report/1","year":99999}"#, "year"),
        (
            r#"{"schema":"gongkai.report/1","tables":{"applications":{"granted":{"totals":1}}}}"#,
            "applications.granted.totals",
        ),
        (
            r#"{"schema":"gongkai.report/1","tables":{"applications":{"granted":{"total":"1"}}}}"#,
            "applications.granted.total",
        ),
        (r#"{"schema":"gongkai.report/1","period":{"from":"2023-02-30"}}"#, "2023-02-30"),
        (r#"{"schema":"gongkai.report/1","sections":[{"title":"一"}]}"#, "sections[0]"),
        (r#"{"schema":"gongkai.report/1",}"#, "第1行"),
    ] {
        let message = report_from_json(text).unwrap_err();
        assert!(message.contains(word), "{message}");
    }
}
