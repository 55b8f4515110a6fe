//! Annual reports of the demonstration: out of the ledger, through the same acts as in the office.

use gongkai_model::publication::{Attribute, Decision, SecrecyOpinion};
use jiff::Timestamp;
use jiff::civil::Date;

use super::agency::Crew;
use crate::platform::annual::ReportText;
use crate::platform::services::Services;
use crate::platform::{Fault, clock};

/// What people say in a report that no fact says.
pub(super) struct Said<'a> {
    /// The part on supervision and safeguards.
    pub(super) safeguards: &'a str,
    /// Section five.
    pub(super) problems: &'a str,
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

/// A moment some days after a day.
fn later(on: Date, days: i64, hour: i8) -> Result<Timestamp, Fault> {
    let day = on.saturating_add(jiff::Span::new().days(days));
    clock::at_local(day.at(hour, 0, 0, 0)).ok_or_else(|| Fault::Failed("日期".to_owned()))
}

impl Services {
    /// Makes the report of a year on a day after it: zeros for what did not happen, the text, four signatures, publication.
    pub(super) async fn demo_report(&self, on: Date, crew: &Crew, year: i16, said: &Said<'_>) -> Result<(), Fault> {
        let clerk = &crew.clerk;
        self.enter_zeros(later(on, 0, 9)?, clerk, year).await?;
        let page = self.report_page(later(on, 0, 10)?, clerk, clerk.agency(), year).await?;
        let text = ReportText {
            overview: filled(&page.text.overview, said.safeguards),
            problems: said.problems.to_owned(),
            other: filled(&page.text.other, "没有其他需要报告的事项。"),
            ..page.text
        };
        self.save_report(later(on, 0, 10)?, clerk, year, 0, text).await?;
        Box::pin(self.demo_sent(on, crew, year)).await
    }

    /// A report that was given back is corrected: section five anew, the signatures again.
    pub(super) async fn demo_correction(
        &self,
        on: Date,
        crew: &Crew,
        year: i16,
        (reason, problems): (&str, &str),
    ) -> Result<(), Fault> {
        let clerk = &crew.clerk;
        self.correct_report(later(on, 0, 9)?, clerk, year, reason).await?;
        let page = self.report_page(later(on, 0, 9)?, clerk, clerk.agency(), year).await?;
        let version = page.report.as_ref().map_or(0, |one| one.version);
        let text = ReportText { problems: problems.to_owned(), ..page.text };
        self.save_report(later(on, 0, 10)?, clerk, year, version, text).await?;
        Box::pin(self.demo_sent(on, crew, year)).await
    }

    /// Fixed, signed four times, sent to the supervising office, published, looked at. A government sends its report nowhere.
    async fn demo_sent(&self, on: Date, crew: &Crew, year: i16) -> Result<(), Fault> {
        let clerk = &crew.clerk;
        let version = self.store.annual_reports(clerk.agency(), year).await?.last().map_or(0, |one| one.version);
        let edition = self.fix_report(later(on, 0, 11)?, clerk, year, version).await?;
        let seen = self.store.edition(edition).await?.ok_or(Fault::NotFound)?.edition.content;
        for (hour, who) in [(14, &crew.head), (15, &crew.secrecy), (16, &crew.leader), (17, &crew.principal)] {
            let decision = if hour == 15 {
                Decision::secrecy(SecrecyOpinion::public(), Attribute::Proactive, "不涉密，可以公开")
            } else {
                Decision::passed("数据与台账一致，同意")
            };
            self.review(later(on, 0, hour)?, who, edition, decision, &seen).await?;
        }
        if !self.directory().is_government(clerk.agency()) {
            self.submit_report(later(on, 1, 9)?, clerk, year).await?;
        }
        self.publish(later(on, 1, 9)?, &crew.publisher, edition).await?;
        self.inspect(later(on, 2, 10)?, &crew.checker, edition, true, "").await
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
