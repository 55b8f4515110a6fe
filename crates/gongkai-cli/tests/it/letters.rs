//! `gongkai letter` as an officer types it.

use crate::run::{Folder, code, gongkai, json, messages};

#[test]
fn every_letter_is_listed_with_its_facts() {
    let list = gongkai(&["letter", "list"]);
    assert_eq!(code(&list), 0);
    let text = String::from_utf8(list.stdout).unwrap();
    let kinds: Vec<&str> = text.lines().filter_map(|line| line.split_whitespace().next()).collect();
    for number in 1..=32 {
        assert!(kinds.iter().any(|kind| kind.starts_with(&format!("L{number:02}"))), "L{number:02}");
    }
    let facts = json(&gongkai(&["letter", "facts", "L02"]));
    assert!(facts["facts"]["补正事项"].is_array());
    assert_eq!((&facts["served"], &facts["facts"]["补正期限"]), (&"".into(), &"".into()), "nothing is filled in");
    let joint = json(&gongkai(&["letter", "facts", "L06"]));
    assert!(joint["说明"]["共同制作"].as_str().unwrap().starts_with("可不填"));
    assert_eq!(code(&gongkai(&["letter", "facts", "L99"])), 2);
}

#[test]
fn a_letter_names_what_is_missing_and_leaves_nothing_half_written() {
    let folder = Folder::new("letter");
    let to = folder.path("补正.docx");
    let facts = json(&gongkai(&["letter", "facts", "L02"]));
    let empty = folder.file("facts.json", facts.to_string().as_bytes());
    let refused = gongkai(&["letter", "make", "L02", "--facts", &empty, "--to", &to]);
    assert_eq!(code(&refused), 2);
    for name in ["送达日期", "机关名称", "申请人", "补正事项", "补正期限"] {
        assert!(messages(&refused).contains(name), "{}", messages(&refused));
    }
    assert!(!std::path::Path::new(&to).exists());
}

#[test]
fn a_letter_is_made_from_its_facts() {
    let folder = Folder::new("made");
    let mut facts = json(&gongkai(&["letter", "facts", "L02"]));
    let filled = [
        ("机关名称", "示例市示例局"),
        ("文号", "示例告〔2026〕第7号"),
        ("成文日期", "2026-03-02"),
        ("申请人", "张某"),
        ("收到日期", "2026-02-27"),
        ("渠道", "当面"),
        ("登记编号", "2026-0012"),
        ("申请内容", "示例路拓宽工程的资料"),
        ("联系方式", "022-12345678"),
        ("补正期限", "2026-03-30"),
    ];
    for (name, value) in filled {
        facts["facts"][name] = value.into();
    }
    facts["facts"]["补正事项"] = vec!["写明所需资料的名称或者文号"].into();
    facts["served"] = "2026-03-02".into();
    let given = folder.file("facts.json", facts.to_string().as_bytes());
    let to = folder.path("补正.md");
    let made = gongkai(&["letter", "make", "L02", "--facts", &given, "--to", &to]);
    assert_eq!(code(&made), 0, "{}", messages(&made));
    let text = std::fs::read_to_string(&to).unwrap();
    for words in ["示例告〔2026〕第7号", "张某", "写明所需资料的名称或者文号", "第三十条", "2026年3月2日"]
    {
        assert!(text.contains(words), "{words}\n{text}");
    }
    // A limit before receipt contradicts it: both days are named.
    facts["facts"]["补正期限"] = "2026-02-03".into();
    let given = folder.file("wrong.json", facts.to_string().as_bytes());
    let refused = gongkai(&["letter", "make", "L02", "--facts", &given, "--to", &to]);
    assert_eq!(code(&refused), 2);
    assert!(messages(&refused).contains("送达日期2026-03-02不早于补正期限2026-02-03"), "{}", messages(&refused));
}
