//! Which provisions the code carries out, where, and the test that covers each.

use gongkai_law::{Article, Instrument as I};

/// A provision: article, what the software does, the crate it stands in, the test.
pub struct Provision {
    /// The article.
    pub article: Article,
    /// What the software does.
    pub rule: &'static str,
    /// The test that covers it.
    pub test: &'static str,
}

const fn p(article: Article, rule: &'static str, test: &'static str) -> Provision {
    Provision { article, rule, test }
}

const fn r(number: u16) -> Article {
    Article::regulation(number)
}

/// Every provision, by instrument and article.
pub const PROVISIONS: [Provision; 83] = [
    p(
        r(2),
        "不属于政府信息的申请按“其他处理”计数，文书L26",
        "letters_of_outcomes_name_a_remedy_where_the_outcome_has_one",
    ),
    p(
        r(10),
        "非本机关负责公开：文书L17写明理由，知道的写明负责机关和联系方式",
        "article_36_item_5_the_organ_is_named_with_its_contact",
    ),
    p(r(11), "征求其他机关意见的函L06", "articles_32_and_34_third_party_and_joint_maker_are_told_what_silence_means"),
    p(r(12), "公开指南的九项必填，经审核链后公开", "article_17_the_guide_goes_through_the_reviews_too"),
    p(
        r(17),
        "保密审查的四种结论决定去向：公开、退回删减、不予公开、报请确定",
        "article_17_the_conclusion_of_the_secrecy_review_decides_the_way",
    ),
    p(r(17), "删减后公开：先删减，再签署", "article_17_what_is_to_be_removed_is_removed_first"),
    p(r(16), "不予公开的审定后不进入公开页面", "article_16_what_is_withheld_is_settled_and_never_published"),
    p(r(19), "不主动公开的写明理由和依据", "article_19_what_is_not_published_needs_a_reason"),
    p(
        r(26),
        "信息变更之日起重新计算公开时限；成文日期不明的不能提交",
        "article_26_the_term_of_a_change_counts_from_its_own_day_and_a_day_that_is_not_known_is_asked_for",
    ),
    p(r(26), "超过公开时限的，主管部门看得到", "article_26_what_is_late_is_counted_for_the_supervising_office"),
    p(
        Article::of(I::SecretsLaw, 35),
        "带国家秘密标志的稿件暂停，只有保密审查员解除或清除",
        "secrets_law_article_35_only_the_secrecy_reviewer_ends_the_quarantine",
    ),
    p(
        r(14),
        "国家秘密、禁止公开、三安全一稳定：不予公开，应当先申请复议",
        "disclosure_interpretation_article_1_only_articles_14_15_16_bring_it",
    ),
    p(
        r(14),
        "禁止公开的依据是法律、行政法规，写到条；三安全一稳定写明哪一种",
        "article_14_only_a_law_or_an_administrative_regulation_forbids",
    ),
    p(
        r(16),
        "内部事务信息三种、过程性信息四种，写明哪一种",
        "articles_14_and_16_the_ground_is_one_of_those_the_law_names",
    ),
    p(
        r(15),
        "第三方合法权益：不予公开，应当先申请复议",
        "disclosure_interpretation_article_1_only_articles_14_15_16_bring_it",
    ),
    p(r(16).paragraph(1), "内部事务信息", "disclosure_interpretation_article_1_only_articles_14_15_16_bring_it"),
    p(
        r(16).paragraph(2),
        "过程性信息、行政执法案卷",
        "disclosure_interpretation_article_1_only_articles_14_15_16_bring_it",
    ),
    p(r(26), "主动公开：形成或者变更之日起20个工作日", "x10_publication_is_due_twenty_working_days_after_forming"),
    p(
        Article::of(I::BudgetLaw, 14),
        "部门预算、决算：批准之日起20日（自然日）内公开",
        "budget_law_article_14_a_budget_is_public_twenty_days_after_approval",
    ),
    p(
        Article::of(I::PenaltyLaw, 48),
        "公开的处罚决定变更、撤销的，3个工作日内撤回",
        "penalty_law_article_48_a_revoked_decision_is_withdrawn_in_three_working_days",
    ),
    p(r(29), "补正告知书逐项写明需要补正的内容", "articles_30_33_35_the_letters_say_what_the_law_wants_said"),
    p(
        r(30),
        "补正告知：7个工作日内，一次；期限从收到补正起重新计算；逾期视为放弃",
        "e2_article_30_one_notice_within_seven_working_days_voids_the_clock",
    ),
    p(r(30), "逾期补正须有正当理由", "e3_a_late_correction_needs_a_justified_reason"),
    p(r(30), "补正期限届满的次日起才能视为放弃", "e4_a_correction_lapses_only_after_its_last_day"),
    p(r(30), "补正后仍不明确，须先经过补正", "e5_still_unclear_needs_a_correction_before_it"),
    p(r(31).item(1), "当面提交，以提交之日为收到之日", "article_31_the_day_of_receipt_follows_the_channel"),
    p(r(31).item(2), "邮寄，以签收之日；平常信函，以当日确认之日", "x15_ordinary_mail_confirmed_the_same_day"),
    p(
        r(31).item(3),
        "互联网、传真，以双方确认之日",
        "x4_filed_on_a_saturday_confirmed_that_day_or_on_the_worked_sunday",
    ),
    p(r(32), "第三方15个工作日内提出意见，逾期由机关决定", "x6b_a_silent_third_party_ends_it_on_the_last_day"),
    p(
        r(32),
        "未征求第三方意见而以其权益为由不予公开，记录在案",
        "article_32_refusing_for_a_third_party_without_asking_it_is_recorded",
    ),
    p(r(33).paragraph(2), "自收到之日起20个工作日内答复", "x7_due_on_a_saturday_that_is_worked_and_extended"),
    p(
        r(33).paragraph(2),
        "延期一次，最长20个工作日，负责人同意，期限内告知",
        "e9_article_33_one_extension_of_at_most_twenty_days_approved_and_told_in_time",
    ),
    p(r(33).paragraph(3), "征求意见的时间不计入；重叠的只扣一次", "x9_overlapping_consultations_are_joined_not_added"),
    p(r(33).paragraph(3), "征求意见尚未结束，不能答复", "e15_a_reply_is_late_only_after_the_due_day"),
    p(r(32), "第三方逾期未答复的，扣除到期满日为止，不再后移", "x6b_waiting_longer_than_the_limit_moves_nothing"),
    p(r(32), "给申请人的文书不出现第三方的名称", "article_32_the_applicant_is_not_told_who_the_third_party_is"),
    p(
        r(33).paragraph(3),
        "补正、缴费、延迟答复期间，征求意见照样可以结束",
        "e8_a_consultation_can_end_while_a_fee_a_correction_or_a_delay_is_awaited",
    ),
    p(
        r(34),
        "共同制作机关15个工作日内提出意见，逾期视为同意",
        "x14_a_silent_joint_maker_agrees_after_fifteen_working_days",
    ),
    p(
        r(35),
        "大量反复申请：先要求说明理由，再不予处理或者延迟答复",
        "e13_article_35_a_reason_is_asked_for_before_refusing_or_putting_off",
    ),
    p(r(36).item(1), "已主动公开：告知方式、途径", "every_letter_is_made_with_its_articles_and_without_a_gap"),
    p(
        r(36).item(2),
        "可以公开：提供或者告知方式、途径和时间",
        "article_36_item_2_gives_the_information_or_says_how_where_and_when",
    ),
    p(r(36).item(3), "不予公开：说明理由", "a_letter_without_a_required_fact_is_refused_and_the_fact_named"),
    p(
        r(36).item(4),
        "信息不存在：写明检索情况；与非本机关负责公开同计一行",
        "two_replies_that_differ_in_law_share_a_row_and_2019_has_one_row_of_others",
    ),
    p(r(36).item(5), "不属于本机关负责公开", "article_36_item_5_the_organ_is_named_with_its_contact"),
    p(r(36).item(6), "重复申请：写明原答复的文号和日期", "articles_30_33_35_the_letters_say_what_the_law_wants_said"),
    p(
        r(36).item(7),
        "行政查询事项：计入不予公开第8行，但不需要复议前置",
        "disclosure_interpretation_article_1_only_articles_14_15_16_bring_it",
    ),
    p(
        r(37),
        "部分公开：逐部分写明理由，只计一行",
        "a_partial_disclosure_names_both_remedies_where_it_withholds_under_14_to_16",
    ),
    p(r(38), "没有现成信息、需要加工分析", "every_letter_is_made_with_its_articles_and_without_a_gap"),
    p(r(39).paragraph(1), "信访、投诉、举报", "every_letter_is_made_with_its_articles_and_without_a_gap"),
    p(r(39).paragraph(2), "公开出版物", "the_letters_of_articles_2_35_39_and_the_archives_say_what_they_decide"),
    p(r(40), "未按申请的形式提供，说明理由", "every_letter_is_made_with_its_articles_and_without_a_gap"),
    p(
        r(41),
        "更正政府信息的答复L29：不予更正的写明理由，转送的写明机关",
        "article_41_a_refusal_to_rectify_gives_its_reason_and_a_referral_its_organ",
    ),
    p(r(42), "不收费；明显超过合理范围的可以收信息处理费", "f1_ten_in_a_month_are_free"),
    p(
        r(44).paragraph(2),
        "转为主动公开的建议：答复结果和理由",
        "every_letter_is_made_with_its_articles_and_without_a_gap",
    ),
    p(r(45), "登记回执L01、协办函L31", "every_letter_is_made_with_its_articles_and_without_a_gap"),
    p(r(49), "年度报告：部门1月31日、政府3月31日", "article_49_departments_by_31_january_governments_by_31_march"),
    p(r(50), "年度报告的格式、勾稽、文字（全部规则见 rules.md）", "every_rule_finds_the_fault_it_is_made_for"),
    p(Article::of(I::FeeMeasures, 3), "按件或者按量，不能两种都收", "f8_the_organ_picks_piece_or_page_never_both"),
    p(Article::of(I::FeeMeasures, 4), "按件计收，当月累计，超额累进", "f3_forty_five_cost_5500_and_the_last_alone_300"),
    p(
        Article::of(I::FeeMeasures, 5),
        "按量计收，按单件申请的页数，超额累进",
        "f6_two_hundred_and_fifty_pages_cost_4700",
    ),
    p(
        Article::of(I::FeeMeasures, 6),
        "办理期限内通知；20个工作日内缴费；缴费后重新计算；逾期视为放弃",
        "e10_to_e12_the_fee_is_paid_within_twenty_working_days_or_the_application_lapses",
    ),
    p(
        Article::of(I::HolidayRules, 2),
        "没有放假通知的年份，按法定节假日和周末暂定",
        "article_2_of_the_holiday_rules_gives_thirteen_days_from_2025",
    ),
    p(Article::of(I::CivilCode, 201), "期限开始的当日不计入", "the_day_a_term_begins_does_not_count"),
    p(
        Article::of(I::CivilCode, 203),
        "按日、按月的期限，届满日是休假日的顺延",
        "natural_terms_end_on_a_working_day_and_months_keep_to_their_end",
    ),
    p(Article::of(I::ReconsiderationLaw, 20), "60日内申请复议", "x12_reconsideration_in_sixty_days_suit_in_six_months"),
    p(
        Article::of(I::ReconsiderationLaw, 22).paragraph(2),
        "通过互联网送达的，写明网上申请复议的渠道",
        "reconsideration_law_article_22_internet_service_names_an_online_way",
    ),
    p(
        Article::of(I::ReconsiderationLaw, 23).paragraph(1).item(4),
        "2024年1月1日起，不予公开应当先申请复议，并在文书中告知",
        "reconsideration_law_article_23_the_remedy_follows_the_day_of_service",
    ),
    p(
        Article::of(I::ReconsiderationLaw, 24),
        "2024年1月1日起复议机关为本级人民政府；以前可以选择上一级主管部门",
        "reconsideration_law_article_23_the_remedy_follows_the_day_of_service",
    ),
    p(Article::of(I::ReconsiderationLaw, 30), "不予受理的复议不计入表四", "table_4_counts_each_end_in_one_column"),
    p(
        Article::of(I::ReconsiderationLaw, 48),
        "普通程序10个工作日内答复",
        "x13_the_respondent_answers_in_ten_or_five_working_days",
    ),
    p(
        Article::of(I::ReconsiderationLaw, 54),
        "简易程序5个工作日内答复",
        "x13_the_respondent_answers_in_ten_or_five_working_days",
    ),
    p(
        Article::of(I::ReconsiderationLaw, 62),
        "复议决定：普通程序60日，可以延长30日；简易程序30日",
        "reconsideration_law_article_62_sixty_days_or_ninety_thirty_where_simplified",
    ),
    p(
        Article::of(I::ReconsiderationLaw, 70),
        "逾期不答复，视为没有证据，表四计入结果纠正",
        "table_4_counts_each_end_in_one_column",
    ),
    p(
        Article::of(I::ReconsiderationLaw, 76),
        "收到意见书，60日内反馈",
        "reconsideration_law_article_76_feedback_in_sixty_days",
    ),
    p(
        Article::of(I::LitigationLaw, 45),
        "对复议决定不服，15日内起诉",
        "litigation_law_article_45_fifteen_days_after_reconsideration",
    ),
    p(Article::of(I::LitigationLaw, 46), "6个月内起诉", "x12_reconsideration_in_sixty_days_suit_in_six_months"),
    p(
        Article::of(I::LitigationLaw, 67),
        "收到起诉状副本15日内答辩",
        "natural_terms_end_on_a_working_day_and_months_keep_to_their_end",
    ),
    p(
        Article::of(I::LitigationInterpretation, 66),
        "逾期不答复，答复期限届满之日起6个月内起诉",
        "silence_may_be_sued_for_six_months_from_the_end_of_the_reply_period",
    ),
    p(
        Article::of(I::DisclosureInterpretation, 2),
        "逾期不答复可以起诉",
        "silence_may_be_sued_for_six_months_from_the_end_of_the_reply_period",
    ),
    p(
        Article::of(I::DisclosureInterpretation, 1),
        "只有条例第十四、十五、十六条的不予公开需要复议前置",
        "disclosure_interpretation_article_1_only_articles_14_15_16_bring_it",
    ),
    p(
        Article::of(I::FillingNotes, 1),
        "复议机关作共同被告的，只由原行为机关计入表四",
        "a_suit_counts_where_it_takes_effect_and_only_for_the_original_organ",
    ),
    p(
        Article::of(I::Form2021, 2),
        "任何案件算出的表三、表四，每一列都平",
        "a_tally_of_any_cases_balances_in_every_column_and_edition",
    ),
    p(
        Article::of(I::ReorganisationInterpretation, 4),
        "已移交国家档案馆的，告知到档案馆查阅",
        "the_letters_of_articles_2_35_39_and_the_archives_say_what_they_decide",
    ),
];

/// The page of provisions, for `docs/law.md`.
pub fn page() -> String {
    let mut out = String::from(
        "# 法条与测试\n\n由 `cargo run -p xtask -- law` 从代码生成，不要手改。列出的测试都在代码中，测试核对。\n\n| 条款 | 软件怎么做 | 测试 |\n|---|---|---|\n",
    );
    for provision in &PROVISIONS {
        let article = match provision.article.instrument {
            // These are cited by their headings, not by numbered articles.
            I::FillingNotes | I::Form2021 | I::ReorganisationInterpretation => {
                provision.article.instrument.short_name().to_owned()
            }
            _ => provision.article.to_string(),
        };
        out.push_str(&format!("| {article} | {} | `{}` |\n", provision.rule, provision.test));
    }
    out
}
