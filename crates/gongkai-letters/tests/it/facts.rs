//! Facts that contradict each other or the law: refused, and named.

use gongkai_law::{Calendar, LetterKind};
use gongkai_letters::{Fact, LetterError, LetterRequest, Templates, Value, compose, sample_requests};
use jiff::civil::{Date, date};

fn request(code: &str) -> LetterRequest {
    let kind = LetterKind::parse(code).unwrap();
    sample_requests().into_iter().find(|request| request.kind == kind).unwrap()
}

fn with(code: &str, facts: &[(Fact, Value)]) -> LetterRequest {
    let mut request = request(code);
    request.facts.extend(facts.iter().cloned());
    request
}

fn text(words: &str) -> Value {
    Value::Text(words.to_owned())
}

fn day(year: i16, month: i8, day: i8) -> Value {
    Value::Date(date(year, month, day))
}

fn make(request: &LetterRequest) -> Result<String, LetterError> {
    let composed = compose(&Templates::standard().unwrap(), request, Calendar::official())?;
    let lines: Vec<&str> = composed.manuscript.paragraphs().map(|paragraph| paragraph.text.as_str()).collect();
    Ok(lines.join("\n"))
}

fn made(request: &LetterRequest) -> String {
    make(request).unwrap()
}

/// Refused, and every part is in the message.
fn refused(request: &LetterRequest, parts: &[&str]) {
    let error = make(request).unwrap_err().to_string();
    for part in parts {
        assert!(error.contains(part), "{part}: {error}");
    }
}

#[test]
fn dates_out_of_order_are_refused_and_both_are_named() {
    use Fact as F;
    for (code, fact, value, parts) in [
        ("L02", F::CorrectionDue, day(2026, 1, 30), ["送达日期2026-02-06", "补正期限2026-01-30"]),
        ("L03", F::CorrectionNotifiedOn, day(2026, 1, 30), ["收到日期2026-02-02", "补正告知日期2026-01-30"]),
        ("L03", F::CorrectionDue, day(2026, 3, 2), ["补正期限2026-03-02", "成文日期2026-03-02"]),
        ("L06", F::AnswerDue, day(2026, 2, 9), ["送达日期2026-02-09", "答复时限2026-02-09"]),
        ("L07", F::ConsultationSentOn, day(2026, 1, 9), ["收到日期2026-02-02", "征求发出日期2026-01-09"]),
        ("L10", F::NewReplyDue, day(2026, 3, 5), ["送达日期2026-03-05", "新答复期限2026-03-05"]),
        ("L13", F::DisclosedOn, day(2026, 3, 6), ["成文日期2026-03-09", "公开日期2026-03-06"]),
        ("L16", F::SearchedOn, day(2026, 1, 6), ["收到日期2026-02-02", "检索日期2026-01-06"]),
        ("L18", F::EarlierRepliedOn, day(2026, 5, 6), ["原答复日期2026-05-06", "成文日期2026-03-05"]),
        ("L30", F::WithdrawnOn, day(2026, 2, 14), ["撤回日期2026-02-14", "成文日期2026-02-13"]),
        ("L16", F::ReceivedOn, day(2026, 3, 6), ["收到日期2026-03-06", "成文日期2026-03-05"]),
        ("L16", F::FormedOn, day(2026, 3, 6), ["成文日期2026-03-06", "送达日期2026-03-05"]),
    ] {
        refused(&with(code, &[(fact, value)]), &parts);
    }
}

#[test]
fn article_31_the_receipt_promises_no_later_reply_than_the_law_and_cites_its_channel() {
    refused(&with("L01", &[(Fact::ReplyDue, day(2026, 3, 9))]), &["答复期限2026-03-09", "2026-03-06"]);
    for (channel, item) in [("当面", "第一项"), ("挂号信", "第二项"), ("平常信函", "第二项"), ("互联网", "第三项")]
    {
        let receipt = made(&with("L01", &[(Fact::Channel, text(channel))]));
        assert!(receipt.contains(&format!("第三十一条{item}、第四十五条")), "{receipt}");
    }
    refused(&with("L01", &[(Fact::Channel, text("托人带话"))]), &["第三十一条", "当面提交"]);
}

#[test]
fn article_33_an_extension_is_of_one_to_twenty_days_and_told_before_the_first_due_day() {
    for days in ["30", "21", "0", "若干"] {
        refused(&with("L04", &[(Fact::ExtensionDays, text(days))]), &["最长20个工作日", "第三十三条第二款", days]);
    }
    refused(&with("L04", &[(Fact::NewReplyDue, day(2026, 1, 9))]), &["送达日期2026-03-05", "新答复期限2026-01-09"]);
    refused(&with("L04", &[(Fact::NewReplyDue, day(2026, 4, 2))]), &["2026-04-03", "新答复期限2026-04-02"]);
    refused(&with("L04", &[(Fact::ApprovedOn, day(2026, 3, 6))]), &["负责人同意日期2026-03-06", "成文日期2026-03-05"]);
    let mut late = request("L04");
    late.served = date(2026, 3, 9);
    refused(&late, &["新答复期限2026-04-03", "送达日期2026-03-09"]);
    // A consultation had moved the first due day: a later day is possible.
    made(&with("L04", &[(Fact::NewReplyDue, day(2026, 4, 24))]));
}

#[test]
fn fee_measures_article_6_twenty_working_days_to_pay_have_passed() {
    refused(&with("L27", &[(Fact::FeeDue, day(2026, 2, 6))]), &["2026-03-11", "缴费期限2026-02-06", "第六条"]);
    let on = |served: Date| {
        let mut letter = with("L27", &[(Fact::FormedOn, Value::Date(served))]);
        letter.served = served;
        letter
    };
    refused(&on(date(2026, 3, 11)), &["缴费期限2026-03-11", "成文日期2026-03-11"]);
    made(&on(date(2026, 3, 12)));
}

#[test]
fn fee_measures_articles_3_to_5_one_way_and_the_amount_it_gives() {
    let pages = made(&request("L08"));
    assert!(pages.contains("第五条") && !pages.contains("第四条"), "{pages}");
    assert!(pages.contains("应缴金额：4700元。") && pages.contains("第31—100页70页×10元＝700元"), "{pages}");
    let by_piece = |amount: &str| {
        let mut notice = with(
            "L08",
            &[(Fact::FeeMode, text("按件计收")), (Fact::FeeOrdinal, text("31")), (Fact::FeeAmount, text(amount))],
        );
        notice.facts.remove(&Fact::FeePages);
        notice
    };
    let pieces = made(&by_piece("200"));
    assert!(
        pieces.contains("第四条") && !pieces.contains("第五条") && pieces.contains("应缴金额：200元。"),
        "{pieces}"
    );
    refused(&by_piece("300元"), &["“300元”", "应是200元", "第四条"]);
    let mut both = by_piece("200元");
    both.facts.insert(Fact::FeePages, text("250"));
    refused(&both, &["按件计收的，不填收费页数", "第三条"]);
    refused(&with("L08", &[(Fact::FeePages, text("30"))]), &["不用缴费"]);
    refused(&with("L08", &[(Fact::FeePages, text("许多"))]), &["“收费页数”应是一个数"]);
    refused(&with("L08", &[(Fact::FeeMode, text("按件和按页"))]), &["按件计收、按量计收"]);
    refused(&with("L08", &[(Fact::FeeStandard, text("每页50元"))]), &["“收费标准”由系统写出"]);
}

#[test]
fn article_34_a_co_maker_has_the_limit_of_the_law_and_no_other() {
    let joint = |yes: &str| with("L06", &[(Fact::JointMaking, text(yes))]);
    let no = made(&joint("否"));
    assert!(no.contains("以前（含当日）函复") && !no.contains("视为同意公开"), "{no}");
    refused(&joint("是"), &["不填答复时限", "第三十四条"]);
    refused(&joint("也许"), &["“也许”", "是、否"]);
    let mut none = joint("否");
    none.facts.remove(&Fact::AnswerDue);
    refused(&none, &["缺少共同制作，或者答复时限"]);
}

#[test]
fn article_14_only_a_law_or_an_administrative_regulation_forbids() {
    let basis = |words: &str| with("L15b", &[(Fact::ProhibitingProvision, text(words))]);
    for good in [
        "《中华人民共和国税收征收管理法》第八条",
        "《中华人民共和国保守国家秘密法实施条例（2024年修订）》第十条和《中华人民共和国民法典》第一千零三十二条",
        "《统计调查项目管理办法》（国务院令第1号）第三条",
    ] {
        made(&basis(good));
    }
    for bad in
        ["《某某管理办法》第三条", "《关于某事的通知》第一条", "《示例市信息公开规定》第五条", "《工作细则》第二条"]
    {
        refused(&basis(bad), &["不是法律、行政法规", "条例第十四条"]);
    }
    refused(&basis("《中华人民共和国税收征收管理法》"), &["没有写到第几条"]);
    refused(&basis("有关规定"), &["书名号"]);
}

#[test]
fn articles_14_and_16_the_ground_is_one_of_those_the_law_names() {
    for (code, fact, good, bad) in [
        ("L15c", Fact::EndangeredInterest, "公共安全、社会稳定", "机关形象"),
        ("L15e", Fact::InternalKind, "后勤管理", "领导意见"),
        ("L15f", Fact::ProcessKind, "讨论记录", "会议通知"),
    ] {
        assert!(made(&with(code, &[(fact, text(good))])).contains(good));
        refused(&with(code, &[(fact, text(bad))]), &[bad, fact.choices()[0]]);
    }
}

#[test]
fn article_36_item_2_gives_the_information_or_says_how_where_and_when() {
    let mut told = request("L11");
    told.facts.remove(&Fact::ProvisionWay);
    refused(&told, &["缺少提供方式，或者获取途径和获取时间"]);
    told.facts.insert(Fact::AccessWay, text("到示例市示例局档案室查阅"));
    told.facts.insert(Fact::AccessTime, text("工作日上午"));
    let letter = made(&told);
    assert!(letter.contains("方式、途径和时间告知如下：到示例市示例局档案室查阅；时间：工作日上午。"), "{letter}");
    assert!(!letter.contains("现以"), "{letter}");
}

#[test]
fn article_36_item_5_the_organ_is_named_with_its_contact() {
    let letter = made(&request("L17"));
    assert!(letter.contains("示例市住房和城乡建设局咨询或者申请公开（联系方式：022-87654321）"), "{letter}");
    let mut without = request("L17");
    without.facts.remove(&Fact::ResponsibleOrganContact);
    refused(&without, &["缺少负责机关联系方式"]);
    without.facts.remove(&Fact::ResponsibleOrgan);
    made(&without);
}

#[test]
fn article_41_a_refusal_to_rectify_gives_its_reason_and_a_referral_its_organ() {
    let decided = |decision: &str, facts: &[(Fact, Value)]| {
        let mut letter = with("L29", &[(Fact::RectificationDecision, text(decision))]);
        letter.facts.remove(&Fact::RectificationResult);
        letter.facts.extend(facts.iter().cloned());
        letter
    };
    refused(&decided("予以更正", &[]), &["缺少更正结果"]);
    refused(&decided("不予更正", &[]), &["缺少理由"]);
    refused(&decided("转送有权更正的机关", &[]), &["缺少负责机关"]);
    refused(&decided("再议", &[]), &["予以更正、不予更正"]);
    let letter = made(&decided("不予更正", &[(Fact::Reason, text("没有证据证明记录不准确"))]));
    assert!(letter.contains("本机关决定不予更正。理由：没有证据证明记录不准确。"), "{letter}");
}

#[test]
fn the_letters_of_articles_2_35_39_and_the_archives_say_what_they_decide() {
    for (code, part) in [
        ("L09", "说明下列事项：短期内提出大量申请的原因"),
        ("L23", "本机关不予处理"),
        ("L25", "参照《中华人民共和国政府信息公开条例》第二条、第三十八条的规定"),
        ("L28", "依照国办公开办函〔2019〕14号第四项、《中华人民共和国档案法》的规定"),
        ("L13", "如对本决定不服，可以自收到本决定之日起60日内"),
        ("L16", "如对本答复不服"),
        ("L02", "请在2026年2月27日以前（含当日）补正"),
        ("L02", "一次性告知全部补正内容"),
    ] {
        let letter = made(&request(code));
        assert!(letter.contains(part), "{code}: {letter}");
    }
    // A limit that is told includes its day.
    for code in ["L01", "L02", "L06", "L09", "L10", "L31"] {
        let letter = made(&request(code));
        assert!(letter.contains("日以前（含当日）") && !letter.contains("日前"), "{code}: {letter}");
    }
    let both = made(&request("L14"));
    assert_eq!(both.matches("网上渠道：https://fy.example.gov.cn").count(), 2, "{both}");
}

#[test]
fn article_32_the_applicant_is_not_told_who_the_third_party_is() {
    let named = |fact: Fact| {
        with("L15d", &[(fact, text("某某有限公司")), (Fact::ConsultationResult, text("某某有限公司不同意公开"))])
    };
    for fact in [Fact::ThirdParty, Fact::Recipient] {
        assert!(matches!(make(&named(fact)), Err(LetterError::Reveals(_))), "{fact:?}");
    }
    made(&with("L15d", &[(Fact::ThirdParty, text("某某有限公司"))]));
}
