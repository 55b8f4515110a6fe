//! `gongkai deadline`, `calendar`, `fee` as an officer types them.

use crate::run::{Folder, code, gongkai, json, messages};

fn out(arguments: &[&str]) -> String {
    let output = gongkai(arguments);
    assert_eq!(code(&output), 0, "{}", messages(&output));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_deadline_is_explained_day_by_day() {
    let text = out(&["deadline", "--received", "2025-09-08", "--explain"]);
    for line in [
        "2025年10月11日（周六，国庆节调休上班）",
        "2025-09-08 周一  第0天  收到之日不计入",
        "2025-09-28 周日  第15天  国庆节调休上班",
        "2025-10-01 周三  不计  国庆节、中秋节放假",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    let value = json(&gongkai(&["deadline", "--received", "2025-09-08", "--explain", "--format", "json"]));
    assert_eq!((&value["due"], &value["provisional"]), (&"2025-10-11".into(), &false.into()));
    let days = value["days"].as_array().unwrap();
    assert_eq!(days.iter().filter(|day| day["counts"] == true).count(), 20);
    assert_eq!(days.last().unwrap()["date"], "2025-10-11");
    assert!(days.iter().all(|day| day["why"].as_str().is_some_and(|why| !why.is_empty())));
    let brief = json(&gongkai(&["deadline", "--received", "2025-09-08", "--format", "json"]));
    assert!(brief.get("days").is_none());
}

#[test]
fn excluded_time_is_a_union_and_an_unannounced_year_is_provisional() {
    let due = |more: &[&str]| {
        let mut arguments = vec!["deadline", "--received", "2025-03-03", "--format", "json"];
        arguments.extend(more);
        let output = gongkai(&arguments);
        assert_eq!(code(&output), 0, "{}", messages(&output));
        json(&output)["due"].as_str().unwrap().to_owned()
    };
    let plain = due(&[]);
    let once = due(&["--excluded", "2025-03-10..2025-03-17"]);
    let twice = due(&["--excluded", "2025-03-10..2025-03-14", "--excluded", "2025-03-12..2025-03-17"]);
    assert!(plain < once);
    assert_eq!(once, twice, "overlaps are joined");
    let far = json(&gongkai(&["deadline", "--received", "2027-09-08", "--format", "json"]));
    assert_eq!(far["provisional"], true);
}

#[test]
fn what_cannot_be_is_refused_with_a_sentence_and_the_article() {
    for (arguments, said) in [
        (vec!["deadline", "--received", "2025-02-30"], "没有“2025-02-30”这一天"),
        (vec!["deadline", "--received", "昨天"], "请写成2025-09-08的样子"),
        (vec!["deadline", "--received", "2025-09-08", "--extend", "21"], "第三十三条第二款"),
        (vec!["deadline", "--received", "2025-09-08", "--excluded", "2025-09-10..2025-09-05"], "结束早于开始"),
        (vec!["deadline", "--received", "2025-09-08", "--excluded", "2025-09-01..2025-09-05"], "第三十三条"),
        (vec!["deadline", "--received", "2025-09-08", "--days", "0"], "1"),
        (vec!["deadline", "--received", "1999-09-08"], "2008"),
        (vec!["calendar", "1900"], "2008年至2099年"),
        (vec!["fee", "--nth", "0"], "件数从1起"),
        (vec!["fee"], "--nth"),
        (vec!["fee", "--nth", "1", "--pages", "2"], "冲突"),
        (vec!["calendar", "2025", "--plan", "没有的文件.txt"], "读不了"),
    ] {
        let output = gongkai(&arguments);
        assert_eq!(code(&output), 2, "{arguments:?}");
        assert!(messages(&output).contains(said), "{arguments:?}: {}", messages(&output));
        assert!(output.stdout.is_empty(), "{arguments:?}: nothing on standard output");
    }
}

#[test]
fn a_year_and_a_fee_are_given_as_the_contract_says() {
    let year = json(&gongkai(&["calendar", "2025", "--format", "json"]));
    assert_eq!((&year["year"], &year["status"]), (&2025.into(), &"official".into()));
    let days = year["workdays"].as_array().unwrap();
    assert_eq!((days.len(), &days[0]), (248, &"2025-01-02".into()));
    assert_eq!(json(&gongkai(&["calendar", "2031", "--format", "json"]))["status"], "provisional");
    for (arguments, yuan) in [
        (vec!["fee", "--nth", "10"], 0),
        (vec!["fee", "--nth", "11"], 100),
        (vec!["fee", "--nth", "11", "12"], 200),
        (vec!["fee", "--nth", "31"], 200),
        (vec!["fee", "--pages", "30"], 0),
        (vec!["fee", "--pages", "201"], 2740),
    ] {
        let mut arguments = arguments.clone();
        arguments.extend(["--format", "json"]);
        assert_eq!(json(&gongkai(&arguments))["yuan"], yuan, "{arguments:?}");
    }
}

#[test]
fn a_new_notice_is_a_file_and_moves_the_dates() {
    let folder = Folder::new("plan");
    let plan = folder.file(
        "2028.txt",
        "年份 2028\n依据 国务院办公厅关于2028年部分节假日安排的通知（示例）\n公布 2027-11-01\n放假 2028-01-01..2028-01-03 元旦\n上班 2028-01-08 元旦\n".as_bytes(),
    );
    let with = gongkai(&["calendar", "2028", "--plan", &plan, "--format", "json"]);
    assert_eq!(code(&with), 0, "{}", messages(&with));
    let value = json(&with);
    assert_eq!(value["status"], "official");
    let days = value["workdays"].as_array().unwrap();
    assert!(days.contains(&"2028-01-08".into()) && !days.contains(&"2028-01-03".into()));
    let wrong = folder.file("wrong.txt", "年份 2028\n放假 2028-01-40 元旦\n".as_bytes());
    let refused = gongkai(&["calendar", "2028", "--plan", &wrong]);
    assert_eq!(code(&refused), 2);
    assert!(messages(&refused).contains("wrong.txt") && messages(&refused).contains('2'), "{}", messages(&refused));
}
