//! What is measured for the report of a government: over all agencies of the platform, and of the reports they sent (条例 第四十九条第二款).

use gongkai_law::LetterKind;
use gongkai_report::draft::Measured;
use gongkai_store::ReceiptState;
use jiff::Timestamp;
use rust_decimal::Decimal;

use super::facts::{in_time, moments, whole, withheld};
use crate::platform::Fault;
use crate::platform::services::Services;

impl Services {
    /// Everything that is measured beside the tables of a government's report, for a year as it stands now.
    pub(super) async fn measured_of_all(&self, now: Timestamp, year: i16) -> Result<Vec<Measured>, Fault> {
        let days = whole(year)?;
        let (from, until) = moments(now, days);
        let ((items, agencies), public, (entered, reviews), fees, replies) = tokio::try_join!(
            self.store.first_published(from, until),
            self.store.public_before(None, until.min(now)),
            self.store.withheld_within(None, days),
            self.store.letters_served(None, LetterKind::L08, days),
            self.store.replies_in_time(year),
        )?;
        let one = |name, value: u64, what| Measured { name, value: Decimal::from(value), what };
        let mut out = vec![
            one("主动公开", items, "平台上各机关本年第一次公开的信息"),
            one("主动公开机关", agencies, "其中有信息公开的机关"),
            one("现有公开", public, "到年底（本年到今天）各机关公开着的信息"),
        ];
        out.extend(withheld(entered, &reviews));
        let sum = |of: fn(&(i64, i64)) -> i64| replies.values().map(of).sum::<i64>();
        out.extend(in_time((sum(|one| one.0), sum(|one| one.1))));
        self.measured_fees(&fees, days.1, &mut out).await?;
        out.extend(self.measured_reports(year).await?);
        Ok(out)
    }

    /// How the agencies reported.
    async fn measured_reports(&self, year: i16) -> Result<[Measured; 5], Fault> {
        let due = self.report_due(year)?.1;
        let (lines, first, exempt, back) = tokio::try_join!(
            async { Ok::<_, Fault>(self.store.receipt_lines(year).await?) },
            async { Ok::<_, Fault>(self.store.first_arrivals(year).await?) },
            self.exempt(year),
            async { Ok::<_, Fault>(self.store.given_back(year).await?) },
        )?;
        let expected: Vec<_> = self
            .expected(year)
            .into_iter()
            .filter(|(id, _, _)| !exempt.contains_key(id))
            .map(|(id, _, _)| id)
            .collect();
        let when = |test: &dyn Fn(jiff::civil::Date) -> bool| {
            expected.iter().filter(|id| first.get(id).is_some_and(|day| test(*day))).count()
        };
        let summed = lines.iter().filter(|one| one.state != ReceiptState::Returned).count();
        let one = |name, value: usize, what| Measured { name, value: Decimal::from(value), what };
        Ok([
            one("应报机关", expected.len(), "应当报送年度报告的机关（不须报送的不计）"),
            one("按期报送", when(&|day| day <= due), "其中在法定期限（1月31日）以前报送的"),
            one("迟报", when(&|day| day > due), "其中迟于法定期限的"),
            one("退回修改", usize::try_from(back).unwrap_or(usize::MAX), "审核后退回的报告，几次退回的分别计算"),
            one("汇总报告", summed, "汇总进来的报告"),
        ])
    }
}
