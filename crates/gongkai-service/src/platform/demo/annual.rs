//! Annual reports of the demonstration: out of the ledger, through the same acts as in the office.

use gongkai_model::publication::{Attribute, Decision, SecrecyOpinion};
use jiff::Timestamp;
use jiff::civil::Date;

use super::Crew;
use crate::platform::annual::ReportText;
use crate::platform::services::{Actor, Services};
use crate::platform::{Fault, clock};

/// What people say in a report that no fact says.
pub(super) struct Said<'a> {
    /// The part on supervision and safeguards.
    pub(super) safeguards: &'a str,
    /// Section five.
    pub(super) problems: &'a str,
}

/// Who makes and signs a report.
pub(super) struct ReportCrew<'a> {
    pub(super) clerk: &'a Actor,
    pub(super) principal: &'a Actor,
    pub(super) others: &'a Crew,
}

/// The open places of a text, filled.
fn filled(text: &str, with: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('【') {
        out.push_str(before);
        out.push_str(with);
        rest = after.split_once('】').map_or("", |(_, behind)| behind);
    }
    out.push_str(rest);
    out
}

impl Services {
    /// Makes the report of a year on a day after it: zeros for what did not happen, the text, four signatures, publication.
    pub(super) async fn demo_report(
        &self,
        on: Date,
        crew: &ReportCrew<'_>,
        year: i16,
        said: &Said<'_>,
    ) -> Result<(), Fault> {
        let at = |day: i64, hour: i8| -> Result<Timestamp, Fault> {
            let day = on.saturating_add(jiff::Span::new().days(day));
            clock::at_local(day.at(hour, 0, 0, 0)).ok_or_else(|| Fault::Failed("日期".to_owned()))
        };
        let clerk = crew.clerk;
        self.enter_zeros(at(0, 9)?, clerk, year).await?;
        let page = self.report_page(at(0, 10)?, clerk, clerk.agency(), year).await?;
        let text = ReportText {
            overview: filled(&page.text.overview, said.safeguards),
            problems: said.problems.to_owned(),
            other: filled(&page.text.other, "没有其他需要报告的事项。"),
            ..page.text
        };
        self.save_report(at(0, 10)?, clerk, year, 0, text).await?;
        let edition = self.fix_report(at(0, 11)?, clerk, year, 1).await?;
        let seen = self.store.edition(edition).await?.ok_or(Fault::NotFound)?.edition.content;
        let others = crew.others;
        for (hour, who) in [(14, &others.head), (15, &others.secrecy), (16, &others.leader), (17, crew.principal)] {
            let decision = if hour == 15 {
                Decision::secrecy(SecrecyOpinion::public(), Attribute::Proactive, "不涉密，可以公开")
            } else {
                Decision::passed("数据与台账一致，同意")
            };
            self.review(at(0, hour)?, who, edition, decision, &seen).await?;
        }
        self.submit_report(at(1, 9)?, clerk, year).await?;
        self.publish(at(1, 9)?, &others.publisher, edition).await?;
        self.inspect(at(2, 10)?, &others.checker, edition, true, "").await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_open_place_is_filled() {
        assert_eq!(filled("一【甲】二【乙】三", "。"), "一。二。三");
    }
}
