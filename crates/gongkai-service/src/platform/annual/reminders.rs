//! Reminders of the report that is due: to each agency by the day its supervising office wants it, to a government by the day of the law
//! (条例 第四十九条).

use gongkai_law::annual_report_due;
use gongkai_model::ids::AgencyId;
use gongkai_model::officer::Act;
use gongkai_store::ReceiptState;
use jiff::civil::Date;

use crate::platform::Fault;
use crate::platform::desk::{Desk, Task, urgency, working_days};
use crate::platform::services::{Actor, Services};
use crate::platform::supervision::has_to_report;

/// For how many days after its day a report that has not come is told of: who joins the platform in autumn hears nothing of January.
const TOLD: i64 = 60;

impl Services {
    /// What is to be done about annual reports: the office makes its own in time, the supervising office looks at those that came.
    pub(in crate::platform) async fn report_tasks(
        &self,
        today: Date,
        actor: &Actor,
        desk: &mut Desk,
    ) -> Result<(), Fault> {
        let (agency, year) = (actor.agency(), today.year() - 1);
        let task = |title: String, act: &str, due: Option<Date>, link: String| {
            let left = due.and_then(|due| working_days(&self.calendar(), today, due));
            Task {
                edition: None,
                link,
                title,
                about: "年度报告".to_owned(),
                act: act.to_owned(),
                due,
                left,
                urgency: urgency(today, due, left),
                basis: if due.is_some() { "条例第四十九条" } else { "条例第四十七条" }.to_owned(),
            }
        };
        if actor.may(Act::Supervise, agency) {
            let waiting = self.store.receipts_waiting(year).await?;
            if waiting > 0 {
                let link = format!("/office/reports?year={year}");
                desk.mine.push(task(format!("{waiting}个机关的{year}年度报告"), "审定或者退回", None, link));
            }
        }
        if actor.may(Act::Handle, agency)
            && let Some((due, act)) = self.report_to_come(today, agency).await?
        {
            let link = format!("/office/report?year={year}&part=way");
            desk.mine.push(task(format!("{year}年度报告"), act, Some(due), link));
        }
        Ok(())
    }

    /// The day of an agency's report of the year that is over where it is still to come, and what is to be done; none where nothing is.
    pub(in crate::platform) async fn report_to_come(
        &self,
        today: Date,
        agency: AgencyId,
    ) -> Result<Option<(Date, &'static str)>, Fault> {
        let year = today.year() - 1;
        let near = |day: Date| today <= day.saturating_add(jiff::Span::new().days(TOLD));
        if self.directory().is_government(agency) {
            let Ok((_, due)) = annual_report_due(year, true, &self.calendar()) else { return Ok(None) };
            let to_come = near(due) && self.public_report(agency, year).await?.is_none();
            return Ok(to_come.then_some((due, "汇总、编写、签发和公开")));
        }
        let Ok((due, _)) = self.report_due(year) else { return Ok(None) };
        let known = self.directory().get(agency).and_then(|one| has_to_report(one, year)).unwrap_or(false);
        if !near(due) || !known || self.exempt(year).await?.contains_key(&agency) {
            return Ok(None);
        }
        Ok(match self.fate_of_report(agency, year).await?.map(|one| one.line.state) {
            None => Some((due, "编制、送审、报送和公开")),
            Some(ReceiptState::Returned) => Some((due, "主管部门退回：修改后重新报送")),
            Some(_) => None,
        })
    }
}
