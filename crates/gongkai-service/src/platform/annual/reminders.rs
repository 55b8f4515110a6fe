//! Reminders of the report that is due: to each agency by the day its supervising office wants it, to a government by the day of the law
//! (条例 第四十九条).

use std::collections::BTreeMap;

use gongkai_law::annual_report_due;
use gongkai_model::ids::AgencyId;
use gongkai_model::org::UnitKind;
use gongkai_store::ReceiptState;
use jiff::civil::Date;

use crate::platform::Fault;
use crate::platform::services::Services;

/// For how many days after its day a report that has not come is told of: who joins the platform in autumn hears nothing of January.
const TOLD: i64 = 60;

impl Services {
    /// The agencies whose report of the year that is over is still to come, each with its day.
    pub(in crate::platform) async fn reports_to_come(
        &self,
        today: Date,
    ) -> Result<(i16, BTreeMap<AgencyId, Date>), Fault> {
        let year = today.year() - 1;
        let (Ok((wanted, _)), Ok((_, government))) =
            (self.report_due(year), annual_report_due(year, true, &self.calendar()))
        else {
            return Ok((year, BTreeMap::new()));
        };
        let near = |day: Date| today <= day.saturating_add(jiff::Span::new().days(TOLD));
        let mut out = BTreeMap::new();
        if near(wanted) {
            let exempt = self.exempt(year).await?;
            let lines = self.store.receipt_lines(year).await?;
            let there: std::collections::BTreeSet<AgencyId> =
                lines.iter().filter(|one| one.state != ReceiptState::Returned).map(|one| one.agency).collect();
            for (agency, _, known) in self.expected(year) {
                if known && !there.contains(&agency) && !exempt.contains_key(&agency) {
                    out.insert(agency, wanted);
                }
            }
        }
        if near(government) {
            let offices: Vec<AgencyId> = self
                .directory()
                .open_agencies()
                .filter(|one| one.kind == UnitKind::SupervisingOffice)
                .map(|one| one.id)
                .collect();
            for office in offices {
                if self.public_report(office, year).await?.is_none() {
                    out.insert(office, government);
                }
            }
        }
        Ok((year, out))
    }
}
