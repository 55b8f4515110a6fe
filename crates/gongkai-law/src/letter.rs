//! The letters of an application by their numbers.

use crate::{Article, Instrument};

/// A letter L01–L32.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the numbers of the letters; `title` and `when` say what each is")]
pub enum LetterKind {
    L01,
    L02,
    L03,
    L04,
    L05,
    L06,
    L07,
    L08,
    L09,
    L10,
    L11,
    L12,
    L13,
    L14,
    L15a,
    L15b,
    L15c,
    L15d,
    L15e,
    L15f,
    L15g,
    L16,
    L17,
    L18,
    L19,
    L20,
    L21,
    L22,
    L23,
    L24,
    L25,
    L26,
    L27,
    L28,
    L29,
    L30,
    L31,
    L32,
}

/// Number, title, whether it carries a remedy paragraph of its own, articles it always cites.
struct Row(LetterKind, &'static str, &'static str, bool, &'static [Article]);

const fn r(number: u16) -> Article {
    Article::regulation(number)
}

const ROWS: [Row; 38] = {
    use LetterKind as L;
    [
        Row(L::L01, "L01", "政府信息公开申请登记回执", false, &[r(31), r(45)]),
        Row(L::L02, "L02", "政府信息公开申请补正告知书", false, &[r(29), r(30)]),
        Row(L::L03, "L03", "政府信息公开申请不再处理告知书", true, &[r(30)]),
        Row(L::L04, "L04", "政府信息公开申请延期答复告知书", false, &[r(33).paragraph(2)]),
        Row(L::L05, "L05", "政府信息公开第三方意见征询书", false, &[r(15), r(32)]),
        Row(L::L06, "L06", "政府信息公开征求意见函", false, &[r(11), r(33).paragraph(3), r(34)]),
        Row(L::L07, "L07", "政府信息公开征求意见情况告知书", false, &[r(33).paragraph(3)]),
        Row(
            L::L08,
            "L08",
            "政府信息公开信息处理费收费通知书",
            false,
            &[
                r(42),
                Article::of(Instrument::FeeMeasures, 3),
                Article::of(Instrument::FeeMeasures, 4),
                Article::of(Instrument::FeeMeasures, 5),
                Article::of(Instrument::FeeMeasures, 6),
            ],
        ),
        Row(L::L09, "L09", "政府信息公开申请说明理由告知书", false, &[r(35)]),
        Row(L::L10, "L10", "政府信息公开申请延迟答复告知书", false, &[r(35)]),
        Row(L::L11, "L11", "政府信息公开申请答复书（予以公开）", true, &[r(36).item(2), r(40)]),
        Row(L::L12, "L12", "政府信息公开申请答复书（已主动公开）", true, &[r(36).item(1)]),
        Row(L::L13, "L13", "政府信息公开决定告知书（第三方）", true, &[r(32)]),
        Row(L::L14, "L14", "政府信息公开申请答复书（部分公开）", true, &[r(37)]),
        Row(L::L15a, "L15a", "政府信息不予公开告知书（国家秘密）", true, &[r(14), r(36).item(3)]),
        Row(L::L15b, "L15b", "政府信息不予公开告知书（法律、行政法规禁止公开）", true, &[r(14), r(36).item(3)]),
        Row(L::L15c, "L15c", "政府信息不予公开告知书（三安全一稳定）", true, &[r(14), r(36).item(3)]),
        Row(L::L15d, "L15d", "政府信息不予公开告知书（第三方合法权益）", true, &[r(15), r(32), r(36).item(3)]),
        Row(L::L15e, "L15e", "政府信息不予公开告知书（内部事务信息）", true, &[r(16).paragraph(1), r(36).item(3)]),
        Row(L::L15f, "L15f", "政府信息不予公开告知书（过程性信息）", true, &[r(16).paragraph(2), r(36).item(3)]),
        Row(L::L15g, "L15g", "政府信息不予公开告知书（行政执法案卷）", true, &[r(16).paragraph(2), r(36).item(3)]),
        Row(L::L16, "L16", "政府信息不存在告知书", true, &[r(36).item(4)]),
        Row(L::L17, "L17", "非本机关负责公开告知书", true, &[r(10), r(36).item(5)]),
        Row(L::L18, "L18", "政府信息公开申请不予重复处理告知书", true, &[r(36).item(6)]),
        Row(L::L19, "L19", "行政查询事项告知书", true, &[r(36).item(7)]),
        Row(L::L20, "L20", "政府信息无法提供告知书（需加工、分析）", true, &[r(38)]),
        Row(L::L21, "L21", "政府信息无法提供告知书（补正后仍不明确）", true, &[r(30)]),
        Row(L::L22, "L22", "政府信息公开申请不予处理告知书（信访、投诉、举报）", true, &[r(39).paragraph(1)]),
        Row(L::L23, "L23", "政府信息公开申请不予处理告知书（公开出版物）", true, &[r(39).paragraph(2)]),
        Row(L::L24, "L24", "政府信息公开申请不予处理告知书（大量反复申请）", true, &[r(35)]),
        Row(L::L25, "L25", "政府信息公开申请不予处理告知书（确认或重新出具）", true, &[r(2), r(38)]),
        Row(L::L26, "L26", "非政府信息告知书", true, &[r(2)]),
        Row(
            L::L27,
            "L27",
            "政府信息公开申请不再处理告知书（逾期未缴费）",
            true,
            &[r(42), Article::of(Instrument::FeeMeasures, 6)],
        ),
        Row(
            L::L28,
            "L28",
            "政府信息已移交国家档案馆告知书",
            true,
            &[
                Article::of(Instrument::ReorganisationInterpretation, 0).item(4),
                Article::of(Instrument::ArchivesLaw, 0),
            ],
        ),
        Row(L::L29, "L29", "政府信息更正答复书", true, &[r(41)]),
        Row(L::L30, "L30", "政府信息公开申请撤回确认书", false, &[]),
        Row(L::L31, "L31", "政府信息公开协办函", false, &[r(45)]),
        Row(L::L32, "L32", "转为主动公开建议答复书", false, &[r(44).paragraph(2)]),
    ]
};

impl LetterKind {
    /// Whether it goes to the applicant; the others go to those who are asked, or stay inside.
    pub fn goes_to_applicant(self) -> bool {
        !matches!(self, Self::L05 | Self::L06 | Self::L13 | Self::L31)
    }

    /// Every letter, in the order of the numbers.
    pub const ALL: [Self; 38] = {
        let mut all = [Self::L01; 38];
        let mut i = 0;
        while i < ROWS.len() {
            #[expect(clippy::indexing_slicing, reason = "constants of one length, checked when compiled")]
            {
                all[i] = ROWS[i].0;
            }
            i += 1;
        }
        all
    };

    fn row(self) -> &'static Row {
        // The table names every letter once; a test goes through all.
        ROWS.iter().find(|row| row.0 == self).unwrap_or(&ROWS[0])
    }

    /// Its number: `L15a`.
    pub fn code(self) -> &'static str {
        self.row().1
    }

    /// The letter of a number.
    pub fn parse(code: &str) -> Option<Self> {
        ROWS.iter().find(|row| row.1 == code).map(|row| row.0)
    }

    /// Its title.
    pub fn title(self) -> &'static str {
        self.row().2
    }

    /// Whether it disposes of something and so must name the remedy.
    pub fn has_remedy(self) -> bool {
        self.row().3
    }

    /// The articles it always cites.
    pub fn articles(self) -> &'static [Article] {
        self.row().4
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Outcome, Remedy};

    #[test]
    fn every_letter_is_in_the_table_under_its_own_number() {
        for (letter, row) in LetterKind::ALL.into_iter().zip(&ROWS) {
            assert_eq!(format!("{letter:?}"), row.1);
            assert_eq!(LetterKind::parse(letter.code()), Some(letter));
        }
    }

    #[test]
    fn letters_of_outcomes_name_a_remedy_where_the_outcome_has_one() {
        for outcome in Outcome::ALL {
            let Some(letter) = outcome.letter() else { continue };
            assert_eq!(letter.has_remedy(), outcome.remedy(&[]) != Remedy::None, "{outcome:?}");
            for article in outcome.articles() {
                assert!(letter.articles().contains(&article), "{outcome:?} {article}");
            }
        }
    }

    #[test]
    fn an_outcome_of_another_kind_is_not_told_as_no_government_information() {
        let without: Vec<Outcome> = Outcome::ALL.into_iter().filter(|outcome| outcome.letter().is_none()).collect();
        assert_eq!(without, [Outcome::OtherReason]);
    }

    #[test]
    fn letters_that_leave_the_application_open_name_no_remedy() {
        for code in ["L01", "L02", "L04", "L05", "L06", "L07", "L08", "L09", "L10", "L31", "L32"] {
            assert!(!LetterKind::parse(code).unwrap().has_remedy(), "{code}");
        }
    }
}
