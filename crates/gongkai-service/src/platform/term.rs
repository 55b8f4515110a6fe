//! By when an item must be public.

use gongkai_calendar::Calendar;
use gongkai_law::Term;
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

/// The last day, counted from the day an item was formed; for budgets and accounts that is the day of approval.
pub(super) fn due(calendar: &Calendar, catalog_node: &str, formed_on: Date) -> Option<Date> {
    term(catalog_node).due(formed_on, calendar).ok()
}

/// The last day of an edition: from the day of the change or the approval where one is noted, else from 成文日期.
pub(super) fn due_of(calendar: &Calendar, record: &gongkai_store::EditionRecord) -> Option<Date> {
    due(calendar, &record.metadata.catalog_node, record.extras.counts_from.unwrap_or(record.metadata.formed_on))
}

/// Why by then, in a sentence.
pub(super) fn basis(catalog_node: &str) -> &'static str {
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
        assert_eq!(due(Calendar::official(), "A07-1", date(2026, 3, 2)), Some(date(2026, 3, 23)));
        assert_eq!(due(Calendar::official(), "A15-1", date(2026, 9, 18)), Some(date(2026, 10, 22)));
        assert!(basis("A07-2").contains("预算法") && basis("A01-2").contains("条例"));
    }
}
