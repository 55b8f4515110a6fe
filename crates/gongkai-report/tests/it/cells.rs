//! A cell that cannot be read stays a cell: the others of its row keep their columns.

use gongkai_law::{ApplicantColumn as C, ApplicationRow as R, CellRef};
use gongkai_report::check::check;
use gongkai_report::render::render;
use gongkai_report::{Level, Subject, read};
use gongkai_testkit::{Layout, lay_out, lines, sample_report};

#[test]
fn a_cell_that_is_no_number_leaves_the_rest_of_its_row_alone() {
    let label = "1.本机关不掌握相关政府信息 | ";
    let text = lay_out(&render(&sample_report()), Layout::PipeRow);
    let printed = text.lines().find(|line| line.contains(label)).unwrap();
    let after = printed.split_once(label).unwrap().1;
    let (first, rest) = after.split_once(" | ").unwrap();
    assert_ne!(first, "0", "{printed}");
    for (odd, number, rules) in [
        ("99999999999999999999999", None, vec!["R073"]),
        ("3（注1）", None, vec!["R073"]),
        ("详见附件", None, vec!["R073"]),
        ("三", Some("3"), vec![]),
    ] {
        let spoilt = text
            .replace(printed, &printed.replace(&format!("{label}{first} | {rest}"), &format!("{label}{odd} | {rest}")));
        assert_ne!(spoilt, text);
        let report = read(&lines(&spoilt));
        let cell = |column| &report.cells[&CellRef::Application(R::UnableNotHeld, column)];
        assert_eq!(cell(C::NaturalPerson).value.map(|n| n.to_string()).as_deref(), number, "{odd}");
        if number.is_none() {
            assert_eq!(cell(C::NaturalPerson).raw, gongkai_report::fold::fold(odd));
        }
        assert!(C::ALL.iter().skip(1).all(|column| cell(*column).value.is_some()), "{odd}");
        let subject = Subject::new(&report);
        let found: Vec<&str> = check(&subject, None)
            .iter()
            .filter(|f| f.level == Level::Error && f.rule == "R073")
            .map(|f| f.rule)
            .collect();
        assert_eq!(found, rules, "{odd}");
    }
}
