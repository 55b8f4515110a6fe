//! The commands on reports as a user runs them: exit codes, what goes where, bad files among good ones.

use serde_json::Value;

use crate::run::{Folder, code, fixture, gongkai, json, messages};

fn spoilt() -> String {
    std::fs::read_to_string(fixture("layouts/pipe_row.txt"))
        .unwrap()
        .replace("(一)予以公开 | 4 |", "(一)予以公开 | 40 |")
}

#[test]
fn one_file_is_an_object_and_several_are_an_array() {
    let one = gongkai(&["report", "read", &fixture("formats/sample.pdf")]);
    assert_eq!(code(&one), 0);
    let value = json(&one);
    assert_eq!(value["schema"], "gongkai.report/1");
    assert_eq!(value["tables"]["applications"]["denied.process_info"]["total"], 1);
    assert_eq!(value["places"]["applications.granted.business"]["page"], 2);
    assert_eq!(value["tables"]["proactive"]["fees"]["amount_10k_yuan"].to_string(), "26.55");
    let two = gongkai(&["report", "read", &fixture("formats/sample.docx"), &fixture("formats/sample.xls")]);
    assert_eq!(json(&two).as_array().unwrap().len(), 2);
}

#[test]
fn exit_codes_tell_clean_faulty_and_unreadable_apart() {
    let folder = Folder::new("codes");
    let wrong = folder.file("wrong.txt", spoilt().as_bytes());
    let broken = folder.file("broken.pdf", b"%PDF-1.7\nnothing");
    assert_eq!(code(&gongkai(&["report", "check", &fixture("formats/sample.html")])), 0);
    let faulty = gongkai(&["report", "check", &wrong, "--format", "json"]);
    assert_eq!(code(&faulty), 1);
    let findings = &json(&faulty)["reports"][0]["findings"];
    assert_eq!(findings[0]["culprit"], "applications.granted.natural_person");
    assert_eq!(json(&faulty)["summary"]["errors"], 2);
    let unreadable = gongkai(&["report", "check", &broken]);
    assert_eq!(code(&unreadable), 2);
    assert!(messages(&unreadable).contains("损坏"), "{}", messages(&unreadable));
    assert_eq!(code(&gongkai(&["report", "read", "/no/such/file.txt"])), 2);
    assert_eq!(code(&gongkai(&["report", "read"])), 2);
    assert_eq!(code(&gongkai(&["report", "check", &wrong, "--format", "yaml"])), 2);
}

#[test]
fn strict_makes_a_warning_an_exit_of_one() {
    let folder = Folder::new("strict");
    let text = std::fs::read_to_string(fixture("layouts/pipe_row.txt")).unwrap();
    let warned = folder.file("w.txt", text.replace("〔2021〕30号", "〔2019〕60号").as_bytes());
    assert_eq!(code(&gongkai(&["report", "check", &warned])), 0);
    assert_eq!(code(&gongkai(&["report", "check", &warned, "--strict"])), 1);
}

#[test]
fn a_bad_file_never_stops_the_others() {
    let folder = Folder::new("batch");
    folder.file("a.txt", &std::fs::read(fixture("layouts/pipe_row.txt")).unwrap());
    folder.file("b.docx", b"PK\x03\x04 not a zip");
    folder.file("c.txt", spoilt().as_bytes());
    let checked = gongkai(&["report", "check", &folder.path(""), "--format", "json"]);
    assert_eq!(code(&checked), 2);
    let value = json(&checked);
    assert_eq!(value["summary"]["files"], 3);
    assert_eq!(value["summary"]["unreadable"], 1);
    assert_eq!(value["summary"]["errors"], 2);
    let table = gongkai(&["report", "check", &folder.path("*.txt"), "--format", "csv"]);
    assert!(String::from_utf8_lossy(&table.stdout).lines().count() >= 3);
}

#[test]
fn a_huge_file_is_refused_without_being_read() {
    let folder = Folder::new("huge");
    let path = folder.path("huge.pdf");
    let file = std::fs::File::create(&path).unwrap();
    file.set_len(200 << 20).unwrap();
    let refused = gongkai(&["report", "read", &path]);
    assert_eq!(code(&refused), 2);
    assert!(messages(&refused).contains("超过上限"), "{}", messages(&refused));
}

#[test]
fn a_result_never_overwrites_what_it_was_read_from() {
    let folder = Folder::new("over");
    let text = std::fs::read(fixture("layouts/pipe_row.txt")).unwrap();
    let (one, two) = (folder.file("x.md", &text), folder.file("y.html", &text));
    let same = folder.path("./x.md");
    for arguments in [
        vec!["report", "render", &one, "--to", &same],
        vec!["report", "compare", &one, &two, "--to", &two],
        vec!["report", "aggregate", &one, &two, "--to", &two],
    ] {
        let refused = gongkai(&arguments);
        assert_eq!(code(&refused), 2, "{arguments:?}");
        assert!(messages(&refused).contains("覆盖"), "{}", messages(&refused));
    }
    assert!([one, two].iter().all(|path| std::fs::read(path).unwrap() == text));
}

#[test]
fn an_empty_workbook_is_read_as_the_form_it_is() {
    let folder = Folder::new("empty");
    for (edition, year) in [("2021", "2025"), ("2019", "2020")] {
        let form = folder.path(&format!("{edition}.xlsx"));
        let made =
            ["report", "template", "--edition", edition, "--year", year, "--agency", "示例市示例局", "--to", &form];
        assert_eq!(code(&gongkai(&made)), 0);
        let read = json(&gongkai(&["report", "read", &form]));
        let notices = read["notices"].as_array().unwrap();
        assert!(!notices.is_empty());
        for notice in notices {
            assert_eq!(notice["code"], "value_blank");
            assert!(notice["place"].as_str().unwrap().starts_with("工作表"), "{notice}");
        }
    }
}

#[test]
fn of_two_reports_of_one_agency_the_right_one_is_summed() {
    let folder = Folder::new("twice");
    let wrong = folder.file("a.txt", spoilt().as_bytes());
    let right = folder.file("b.txt", &std::fs::read(fixture("layouts/pipe_row.txt")).unwrap());
    let sum = folder.path("sum.json");
    let summed = gongkai(&["report", "aggregate", &wrong, &right, "--to", &sum]);
    assert_eq!(code(&summed), 1);
    assert!(String::from_utf8_lossy(&summed.stdout).contains("b.txt，这一份未计入"));
    let value: Value = serde_json::from_slice(&std::fs::read(&sum).unwrap()).unwrap();
    assert_eq!(value["cells"]["applications.granted.natural_person"]["value"], 4);
    let broken = folder.file("c.docx", b"PK\x03\x04 not a zip");
    let failed = gongkai(&["report", "aggregate", &right, &broken, "--to", &sum]);
    assert_eq!(code(&failed), 2);
    assert!(!messages(&failed).to_ascii_lowercase().contains("invalid"), "{}", messages(&failed));
    assert_eq!(code(&gongkai(&["report", "read", "/dev/null"])), 2);
}

#[test]
fn a_form_is_made_filled_set_compared_and_summed() {
    let folder = Folder::new("way");
    let form = folder.path("form.docx");
    assert_eq!(
        code(&gongkai(&[
            "report",
            "template",
            "--edition",
            "2021",
            "--year",
            "2025",
            "--agency",
            "示例市示例局",
            "--to",
            &form
        ])),
        0
    );
    let read = json(&gongkai(&["report", "read", &form]));
    assert_eq!((read["year"].as_i64(), read["agency"].as_str()), (Some(2025), Some("示例市示例局")));
    assert_eq!(read["tables"]["applications"]["granted"]["total"], Value::Null);
    for suffix in ["docx", "html", "xlsx", "md", "csv", "json"] {
        let to = folder.path(&format!("out.{suffix}"));
        assert_eq!(code(&gongkai(&["report", "render", &fixture("formats/sample.doc"), "--to", &to])), 0, "{suffix}");
        assert_eq!(code(&gongkai(&["report", "check", &to])), 0, "{suffix}");
    }
    assert_eq!(
        code(&gongkai(&["report", "render", &fixture("formats/sample.doc"), "--to", &folder.path("out.odt")])),
        2
    );
    let other = folder.file("other.txt", spoilt().replace("示例市示例局", "示例市另一局").as_bytes());
    let compared = gongkai(&["report", "compare", &other, &fixture("formats/sample.md"), "--format", "json"]);
    let changed = json(&compared)["cells"].as_array().unwrap().iter().filter(|row| row["same"] == false).count();
    assert_eq!(changed, 1);
    let sum = folder.path("sum.json");
    let names = folder.file("names.txt", "示例市示例局\n示例市另一局\n示例市未报局\n".as_bytes());
    let summed =
        gongkai(&["report", "aggregate", &other, &fixture("formats/sample.md"), "--agencies", &names, "--to", &sum]);
    assert_eq!(code(&summed), 1);
    let value: Value = serde_json::from_slice(&std::fs::read(&sum).unwrap()).unwrap();
    assert_eq!(value["cells"]["applications.new_received.total"]["value"], 24);
    assert_eq!(value["cells"]["applications.granted.natural_person"]["from"].as_array().unwrap().len(), 2);
    assert_eq!(value["missing"][0], "示例市未报局");
    assert_eq!(value["failing"][0]["agency"], "示例市另一局");
}

#[test]
fn help_speaks_chinese_and_names_every_command() {
    let help = gongkai(&["report", "--help"]);
    assert_eq!(code(&help), 0);
    let text = String::from_utf8_lossy(&help.stdout).into_owned();
    for word in ["用法", "read", "check", "compare", "aggregate", "render", "template"] {
        assert!(text.contains(word), "{word}: {text}");
    }
    assert!(!text.contains("Usage") && !text.contains("Print help"), "{text}");
}
