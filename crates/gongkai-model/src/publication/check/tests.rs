use gongkai_manuscript::{Cell, Paragraph, Place, Table};

use super::*;

fn found(text: &str) -> Vec<(&'static str, Weight)> {
    scan_text(text, &Settings::default()).iter().map(|hit| (hit.detector.code(), hit.weight)).collect()
}

#[test]
fn d1_identity_numbers_block_in_every_spelling() {
    for text in [
        "身份证号11010519491231002X",
        "身份证号１１０１０５１９４９１２３１００２Ｘ。",
        "（110105 19491231 002X）",
        "11010519491231002x",
    ] {
        assert_eq!(found(text), [("D1", Weight::Block)], "{text}");
    }
    for text in ["110105194912310021", "11010519491331002X", "x11010519491231002X9"] {
        assert!(!found(text).contains(&("D1", Weight::Block)), "{text}");
    }
}

#[test]
fn d7_credit_codes_are_no_identity_numbers_and_no_cards() {
    assert!(is_credit_code("91350100M000100Y43") && !is_credit_code("91350100M000100Y44"));
    assert_eq!(found("统一社会信用代码91350100M000100Y43"), []);
}

#[test]
fn d2_to_d6_numbers_of_persons() {
    assert_eq!(found("证号110105491231002"), [("D2", Weight::Warn)]);
    assert_eq!(found("手机13800001234"), [("D3", Weight::Block)]);
    assert_eq!(found("手机 138 0000 1234"), [("D3", Weight::Block)]);
    assert_eq!(found("电话022-12345678"), [("D4", Weight::Info)]);
    assert_eq!(found("卡号4111111111111111"), [("D5", Weight::Block)]);
    assert_eq!(found("卡号4111 1111 1111 1111"), [("D5", Weight::Block)]);
    assert_eq!(found("护照号E12345678"), [("D6", Weight::Block)]);
    assert_eq!(found("型号G12345678"), [("D6", Weight::Warn)]);
    let own = Settings { contacts: vec!["13800001234".to_owned()], ..Settings::default() };
    assert!(scan_text("值班手机13800001234", &own).is_empty());
}

#[test]
fn d8_d9_other_personal_data() {
    for text in [
        "邮箱zhangsan@example.com",
        "QQ：123456789",
        "车牌津A12345",
        "住示例花园3号楼2单元501室",
        "张三，男，汉族，1980年3月2日出生",
    ] {
        assert!(found(text).contains(&("D8", Weight::Warn)), "{text}");
    }
    assert_eq!(found("邮箱sljbgs@example.gov.cn"), []);
    assert_eq!(found("附有患者病历"), [("D9", Weight::Warn)]);
}

#[test]
fn d10_secret_marks_block_and_nothing_is_repeated() {
    for text in ["机密★5年", "秘密 ★ 1年", "绝密★长期", "机　密☆会议开始前"] {
        let hits = scan_text(text, &Settings::default());
        assert_eq!(hits.len(), 1, "{text}");
        assert!(hits[0].blocks() && hits[0].around.is_empty(), "{text}");
    }
    let manuscript = Manuscript { blocks: vec![Block::Paragraph(Paragraph::new("机 密", Place::None))] };
    assert!(scan("标题", &manuscript, &Settings::default())[0].blocks());
    assert_eq!(found("开展保密教育，学习国家秘密的范围"), []);
    let read = |text: &str| gongkai_manuscript::marked::parse(text);
    for text in [
        "| 机密 | 示审〔2026〕77号 |",
        "（秘密）",
        "【机密】",
        "密级：机密",
        "机密⭐5年",
        "机密\t第1页",
        "秘密1年",
        "机 密",
    ] {
        assert!(has_secret_mark(&read(text)), "{text}");
        assert!(
            scan("", &read(text), &Settings::default()).iter().any(|hit| hit.detector == Detector::SecretMark),
            "{text}"
        );
    }
    let late = format!("{}秘密\n", "段落。\n".repeat(40));
    assert!(has_secret_mark(&read(&late)) && scan("", &read(&late), &Settings::default())[0].blocks());
    for text in ["保守国家秘密", "机密文件的管理", "商业秘密", "秘密举报", "第1页"] {
        assert!(!has_secret_mark(&read(text)) && !is_secret_mark(text), "{text}");
    }
    assert!(is_secret_mark("机密★5年通知.docx") && is_secret_mark("秘密★1年"));
}

#[test]
fn d11_internal_marks_block_but_a_public_consultation_may_show_its_draft() {
    assert_eq!(found("内部资料，注意保存"), [("D11", Weight::Block), ("D11", Weight::Block)]);
    assert_eq!(found("关于公开征求《办法（征求意见稿）》意见的公告"), [("D11", Weight::Warn)]);
}

#[test]
fn d14_terms_are_data() {
    let terms = Terms::parse("# 示例词库 第1版\n一般\t按装\t安装\n严重\t示例错误用语\t示例正确说法\n").unwrap();
    let settings = Settings { terms, ..Settings::default() };
    let hits = scan_text("按装设备，示例错误用语", &settings);
    assert_eq!(hits.iter().map(|hit| hit.weight).collect::<Vec<_>>(), [Weight::Warn, Weight::Block]);
    assert!(Terms::parse("一般\t按装").unwrap_err().contains("第1行"));
}

#[test]
fn d15_links_out_of_government_sites_are_named() {
    assert_eq!(found("见https://www.example.gov.cn/a"), []);
    assert_eq!(found("见https://www.example.com/a和http://t.cn/x"), [("D15", Weight::Warn), ("D15", Weight::Warn)]);
}

#[test]
fn no_hit_repeats_a_whole_number() {
    let text = "张三11010519491231002X，手机13800001234，卡4111111111111111，邮箱zhangsan@example.com";
    for hit in scan_text(text, &Settings::default()) {
        for secret in ["11010519491231002X", "13800001234", "4111111111111111", "zhangsan@example.com"] {
            assert!(!hit.shown.contains(secret) && !hit.around.contains(secret), "{hit:?}");
        }
    }
}

#[test]
fn tables_are_scanned_cell_by_cell() {
    let mut table = Table::default();
    table.cells.push(Cell::new(0, 0, "姓名", Place::None));
    table.cells.push(Cell::new(0, 1, "13800001234", Place::None));
    let manuscript = Manuscript { blocks: vec![Block::Table(table)] };
    let hits = scan("名单", &manuscript, &Settings::default());
    assert_eq!((hits.len(), hits[0].piece), (1, 2));
}
