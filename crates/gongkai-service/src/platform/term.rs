//! By when an item must be public.

use gongkai_calendar::Calendar;
use gongkai_law::{Term, annual_report_due};
use gongkai_model::publication::catalog;
use jiff::civil::Date;

/// The term that holds for a leaf of the catalogue: budgets and accounts have their own (预算法 第十四条), everything else that
/// of the 条例 (第二十六条).
pub(super) fn term(catalog_node: &str) -> Term {
    if catalog_node.starts_with("A07-") { Term::BudgetPublication } else { Term::Publication }
}

/// Whether the term of a leaf may count from another day than that of the paper: budgets and accounts count from their approval.
pub(super) fn may_count_otherwise(catalog_node: &str) -> bool {
    catalog_node.starts_with("A07-") || catalog_node.starts_with("C04-")
}

/// The last day, counted from the day an item was formed or from the day of the change or the approval where one is noted. The annual report has
/// its own day, a government's a later one (条例 第四十九条); its corrections count like any change.
pub(super) fn due(
    calendar: &Calendar,
    government: bool,
    catalog_node: &str,
    (formed_on, counts_from): (Date, Option<Date>),
) -> Option<Date> {
    if catalog_node == catalog::ANNUAL_REPORTS && counts_from.is_none() {
        let due = annual_report_due(formed_on.year().checked_sub(1)?, government, calendar).ok()?;
        return Some(due.0);
    }
    term(catalog_node).due(counts_from.unwrap_or(formed_on), calendar).ok()
}

/// Why by then, in a sentence.
pub(super) fn basis(catalog_node: &str) -> &'static str {
    if catalog_node == catalog::ANNUAL_REPORTS {
        return "每年1月31日前报送、公开上一年的报告，本级政府的3月31日前公开（条例第四十九条）";
    }
    match term(catalog_node) {
        Term::BudgetPublication => "批准之日起20日内公开（预算法第十四条）",
        _ => "形成之日起20个工作日内公开（条例第二十六条）",
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn budget_law_article_14_budgets_have_twenty_days_of_the_calendar() {
        let of = |node, formed| due(Calendar::official(), false, node, (formed, None));
        assert_eq!(of("A07-1", date(2026, 3, 2)), Some(date(2026, 3, 23)));
        assert_eq!(of("A15-1", date(2026, 9, 18)), Some(date(2026, 10, 22)));
        let report = |government, from| {
            due(Calendar::official(), government, catalog::ANNUAL_REPORTS, (date(2026, 1, 15), from))
        };
        assert_eq!([report(false, None), report(true, None)], [Some(date(2026, 1, 31)), Some(date(2026, 3, 31))]);
        assert_eq!(report(false, Some(date(2026, 9, 18))), Some(date(2026, 10, 22)), "a correction");
        assert!(basis("A07-2").contains("预算法") && basis("A01-2").contains("条例"));
    }
}
