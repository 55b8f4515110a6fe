//! New years and overlays as text, and what is wrong with a bad one.

use gongkai_calendar::{Calendar, Plan, Status};
use jiff::civil::date;

const NEXT: &str = "年份 2027\n依据 某通知\n公布 2026-11-10\n放假 2027-01-01..2027-01-03 元旦\n上班 2027-01-30 春节\n放假 2027-02-05..2027-02-11 春节\n";

#[test]
fn a_new_year_is_added_as_a_text() {
    let calendar = Calendar::with_plans(&[NEXT]).unwrap();
    assert_eq!(calendar.status(2027), Ok(Status::Official));
    assert_eq!(calendar.status(2028), Ok(Status::Provisional));
    assert!(calendar.is_workday(date(2027, 1, 30)).unwrap());
    assert!(!calendar.is_workday(date(2027, 2, 11)).unwrap());
    // What the notice does not name is worked: statutory days are no longer added.
    assert!(calendar.is_workday(date(2027, 5, 3)).unwrap());
    assert_ne!(calendar.version(), Calendar::official().version());
}

#[test]
fn a_year_given_again_replaces_the_one_built_in() {
    let calendar = Calendar::with_plans(&["年份 2026\n依据 更正后的通知\n放假 2026-01-01 元旦\n"]).unwrap();
    assert!(calendar.is_workday(date(2026, 10, 1)).unwrap());
    assert_eq!(calendar.sources(2026), ["更正后的通知"]);
    assert!(!calendar.is_workday(date(2025, 10, 1)).unwrap());
}

#[test]
fn an_overlay_of_a_place_adds_days_off() {
    let overlay = "地区 某某自治区\n依据 某某自治区少数民族习惯节日放假办法\n放假 2026-03-20 开斋节\n";
    let calendar = Calendar::with_plans(&[overlay]).unwrap();
    assert!(!calendar.is_workday(date(2026, 3, 20)).unwrap());
    assert_eq!(calendar.status(2026), Ok(Status::Official));
}

#[test]
fn a_bad_plan_says_which_line_and_why() {
    for (text, line, part) in [
        ("", 1, "没有写年份"),
        ("年份 2027\n", 1, "没有写依据"),
        ("年份 2027\n放假 2027-01-01 元旦\n", 2, "先写依据"),
        ("年份 2027\n依据 甲\n放假 2027-02-30 春节\n", 3, "不是日期"),
        ("年份 2027\n依据 甲\n放假 2027-01-03..2027-01-01 元旦\n", 3, "结束早于开始"),
        ("年份 2027\n依据 甲\n放假 2027-01-01..2027-12-31 元旦\n", 3, "超过一个月"),
        ("年份 2027\n依据 甲\n上班 2027-01-04 元旦\n", 3, "不是周六或周日"),
        ("年份 2027\n依据 甲\n放假 2027-01-02 元旦\n上班 2027-01-02 元旦\n", 4, "既写放假又写上班"),
        ("年份 2027\n依据 甲\n放假 2027-01-02 元旦\n放假 2027-01-02 元旦\n", 4, "写了两次"),
        ("年份 2027\n依据 甲\n放假 2030-01-02 元旦\n", 3, "不在这一年"),
        ("年份 2027\n依据 甲\n放假 2027-01-01\n", 3, "节日名称"),
        ("年份 1999\n", 1, "不在日历范围"),
        ("年份 2027\n地区 甲\n依据 乙\n放假 2027-01-01 元旦\n", 4, "只能写一个"),
        ("休息 2027-01-01\n", 1, "不认识"),
    ] {
        let error = Plan::parse(text).unwrap_err();
        assert_eq!(error.line, line, "{text}: {error}");
        assert!(error.to_string().contains(part), "{text}: {error}");
    }
    let (index, _) = Calendar::with_plans(&[NEXT, "年份 x"]).unwrap_err();
    assert_eq!(index, 1);
}
