//! Wording of an office: taken where it is sound, refused with line and reason where it is not.

use gongkai_law::{Calendar, LetterKind};
use gongkai_letters::{Templates, compose, sample_requests};

const NOTICE: &str = "主送 {申请人}\n{收到日期}，我局收到您以{渠道}提出的申请（{登记编号}）：{申请内容}。\n请补正：\n{补正事项}\n依照{条款}，请于{补正期限}前补正。\n@联系\n";

#[test]
fn an_office_words_a_letter_its_own_way() {
    let templates = Templates::with(&[("L02", NOTICE), ("联系", "咨询电话：{联系方式}\n")]).unwrap();
    let request = sample_requests().into_iter().find(|request| request.kind == LetterKind::L02).unwrap();
    let composed = compose(&templates, &request, Calendar::official()).unwrap();
    let text: Vec<&str> = composed.manuscript.paragraphs().map(|p| p.text.as_str()).collect();
    assert!(text.iter().any(|line| line.starts_with("2026年2月2日，我局收到您")), "{text:?}");
    assert!(text.iter().any(|line| line.starts_with("咨询电话：")), "{text:?}");
}

#[test]
fn a_template_that_leaves_out_what_the_law_wants_is_refused() {
    let longer = format!("{NOTICE}@救济\n");
    let cases = [
        ("L02", NOTICE.replace("{补正期限}", "月底"), 0, "没有写补正期限"),
        ("L02", NOTICE.replace("依照{条款}，", ""), 0, "没有写条款"),
        ("L02", NOTICE.replace("{登记编号}", "{编号}"), 2, "没有“编号”这一项"),
        ("L02", NOTICE.replace("{渠道}", "{渠道"), 2, "没有结束"),
        ("L02", NOTICE.replace("请补正", "]请补正"), 3, "前面没有开始"),
        ("L02", NOTICE.replace("请补正：", "[渠道|请补正"), 3, "没有结束"),
        ("L02", NOTICE.replace("@联系", "@结尾"), 6, "没有“结尾”这一部分"),
        ("L02", longer, 0, "程序性文书不写@救济"),
        ("L16", NOTICE.to_owned(), 0, "没有写检索范围"),
        ("L99", NOTICE.to_owned(), 0, "没有这个模板"),
    ];
    for (name, text, line, part) in cases {
        let error = Templates::with(&[(name, &text)]).unwrap_err();
        assert_eq!(error.line, line, "{error}");
        assert!(error.to_string().contains(part), "{error}");
    }
    // A fact that stands only where another is given is not sure to be printed.
    let unsure = NOTICE.replace("{补正期限}", "[网上渠道|{补正期限}]");
    assert!(Templates::with(&[("L02", &unsure)]).unwrap_err().to_string().contains("补正期限"));
}
