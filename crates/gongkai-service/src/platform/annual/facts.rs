//! What is measured beside the tables for the text of the report: publications, re-assessments, fees, replies in time.

use std::collections::BTreeMap;

use gongkai_law::LetterKind;
use gongkai_law::clock::Event;
use gongkai_manuscript::{Block, Manuscript};
use gongkai_model::application::WithheldState;
use gongkai_model::ids::AgencyId;
use gongkai_model::publication::{Channel, catalog};
use gongkai_report::bound;
use gongkai_report::draft::Measured;
use gongkai_store::Counted;
use jiff::Timestamp;
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::figures::Figures;
use crate::platform::services::Services;
use crate::platform::{Fault, clock};

/// What the letter that asks for a fee calls the amount.
const AMOUNT: &str = "应缴金额：";

/// The first and the last day of a year.
pub(super) fn whole(year: i16) -> Result<(Date, Date), Fault> {
    let wide = |_wide| Fault::Failed("年度".to_owned());
    Ok((Date::new(year, 1, 1).map_err(wide)?, Date::new(year, 12, 31).map_err(wide)?))
}

/// The least of the counts of the months of a year that are over.
fn least(months: &[u32; 12], year: i16, today: Date) -> u32 {
    let over = if today.year() > year { 12 } else { usize::try_from(today.month() - 1).unwrap_or(0) };
    months.iter().take(over).copied().min().unwrap_or(0)
}

/// The amount that a letter states; none where its words were rewritten.
fn amount(letter: &Manuscript) -> Option<Decimal> {
    letter.blocks.iter().find_map(|block| {
        let text = match block {
            Block::Title(text) | Block::Heading(_, text) | Block::Paragraph(text) | Block::Line(_, text) => &text.text,
            Block::Table(_) | Block::PageBreak => return None,
        };
        let (_, after) = text.split_once(AMOUNT)?;
        let (number, _) = after.split_once('元')?;
        gongkai_report::value::digits(number.trim())
    })
}

/// The first moment of a period and the first after it.
pub(super) fn moments(now: Timestamp, (first, last): (Date, Date)) -> (Timestamp, Timestamp) {
    let midnight = |day: Date| clock::at_local(day.at(0, 0, 0, 0)).unwrap_or(now);
    (midnight(first), midnight(last.tomorrow().unwrap_or(last)))
}

/// What entered the register of what is withheld, and what was looked at again.
pub(super) fn withheld(entered: u64, reviews: &[(WithheldState, u64)]) -> [Measured; 3] {
    let reviewed: u64 = reviews.iter().map(|(_, many)| many).sum();
    let opened: u64 =
        reviews.iter().filter(|(state, _)| *state == WithheldState::ToPublish).map(|(_, many)| many).sum();
    let one = |name, value: u64, what| Measured { name, value: Decimal::from(value), what };
    [
        one("新增不公开", entered, "本年进入不予公开台账的信息"),
        one("重新评估", reviewed, "本年对不公开的信息重新评估的次数（条例第十八条）"),
        one("转为公开", opened, "其中转为主动公开的"),
    ]
}

/// Applications that ended in time, and late.
pub(super) fn in_time((in_time, late): (i64, i64)) -> [Measured; 2] {
    let one = |name, value: i64, what| Measured { name, value: Decimal::from(value), what };
    [
        one("按期办结", in_time, "本年办结、没有超过法定期限的申请（以前台账导入的不知道，不计）"),
        one("逾期办结", late, "本年办结、超过法定期限的申请"),
    ]
}

impl Services {
    /// Everything that is measured beside the tables, for a year as it stands now.
    pub(super) async fn measured(&self, now: Timestamp, agency: AgencyId, year: i16) -> Result<Vec<Measured>, Fault> {
        if self.directory().is_government(agency) {
            return self.measured_of_all(now, year).await;
        }
        let (first, last) = whole(year)?;
        let (from, until) = moments(now, (first, last));
        let units = self.reporting_units(agency, year);
        let (rows, counted, public, (entered, reviews), fees) = tokio::try_join!(
            async { Ok::<_, Fault>(self.store.published_within(&units, from, until).await?) },
            self.counted(agency, year),
            async { Ok::<_, Fault>(self.store.public_before(Some(&units), until.min(now)).await?) },
            async { Ok::<_, Fault>(self.store.withheld_within(Some(&units), (first, last)).await?) },
            async { Ok::<_, Fault>(self.store.letters_served(Some(&units), LetterKind::L08, (first, last)).await?) },
        )?;
        let mut months = [0_u32; 12];
        let count = |test: &dyn Fn(&gongkai_store::PublishedRow) -> bool| rows.iter().filter(|row| test(row)).count();
        let through = |channel: Channel| move |row: &gongkai_store::PublishedRow| row.channels.contains(&channel);
        let told = [Channel::Website, Channel::WeChat, Channel::Weibo];
        let figures = [
            ("主动公开", count(&|_| true), "本年第一次公开的信息"),
            // What has no channel noted stands on the website.
            (
                "网站公开",
                count(&|row| row.channels.is_empty() || row.channels.contains(&Channel::Website)),
                "其中登记了政府网站渠道的",
            ),
            ("微信公开", count(&through(Channel::WeChat)), "其中登记了政务微信渠道的"),
            ("微博公开", count(&through(Channel::Weibo)), "其中登记了政务微博渠道的"),
            ("其他渠道公开", count(&|row| row.channels.iter().any(|one| !told.contains(one))), "其中登记了其他渠道的"),
            ("政策解读", count(&|row| row.node == catalog::EXPLANATIONS), "本年第一次公开的政策解读"),
            (
                "经三级审核",
                count(&|row| row.signed.is_some_and(|steps| steps >= 3)),
                "经审核链三步以上签署（含保密审查）后公开的信息",
            ),
        ];
        let mut out: Vec<Measured> = figures
            .into_iter()
            .map(|(name, value, what)| Measured { name, value: Decimal::from(value), what })
            .collect();
        for row in &rows {
            let month = usize::try_from(clock::local_date(row.at).month() - 1).unwrap_or(0);
            if let Some(place) = months.get_mut(month) {
                *place += 1;
            }
        }
        let mut add = |name: &'static str, value: Decimal, what: &'static str| out.push(Measured { name, value, what });
        add("每月最少公开", Decimal::from(least(&months, year, clock::local_date(now))), "公开最少的那个月的条数");
        add("现有公开", Decimal::from(public), "到年底（本年到今天）公开着的信息");
        out.extend(withheld(entered, &reviews));
        let ended = |in_time: bool| {
            counted
                .iter()
                .filter(|(kind, _)| {
                    matches!(kind, Counted::Application(_, _, Some((_, end)), Some(known)) if *end == year && *known == in_time)
                })
                .map(|(_, many)| *many)
                .sum::<i64>()
        };
        out.extend(in_time((ended(true), ended(false))));
        self.measured_fees(&fees, last, &mut out).await?;
        Ok(out)
    }

    /// Notices of fees, what they come to, what was paid (section six, 年报格式2021). An amount that cannot be read is left out, and with it
    /// the sum.
    pub(super) async fn measured_fees(
        &self,
        fees: &[gongkai_store::LetterRecord],
        until: Date,
        out: &mut Vec<Measured>,
    ) -> Result<(), Fault> {
        let (mut total, mut paid, mut known) = (Decimal::ZERO, Decimal::ZERO, true);
        let ids: Vec<_> = fees.iter().map(|letter| letter.application).collect();
        let events = self.store.events_of(&ids).await?;
        for letter in fees {
            // The text of a case that was erased is gone: what it came to is not known any more.
            let text = match self.signed_text(letter).await {
                Ok(text) => Some(text),
                Err(Fault::NotFound) => None,
                Err(fault) => return Err(fault),
            };
            let Some(yuan) = text.as_ref().and_then(amount) else {
                known = false;
                continue;
            };
            total = total.saturating_add(yuan);
            let done = events.get(&letter.application).is_some_and(|events| {
                // After the notice, and before the year is over.
                let asked = letter.served_on.unwrap_or(until);
                let paid = |event: &Event| matches!(event, Event::FeePaid { on } if (asked..=until).contains(on));
                events.iter().any(paid)
            });
            if done {
                paid = paid.saturating_add(yuan);
            }
        }
        out.push(Measured {
            name: "收费通知", value: Decimal::from(fees.len()), what: "本年送达的信息处理费收费通知"
        });
        if known {
            out.push(Measured { name: "收费通知金额", value: total, what: "收费通知的总金额（元）" });
            out.push(Measured {
                name: "实收信息处理费", value: paid, what: "其中本年内已经缴纳的（元）"
            });
        }
        Ok(())
    }
}

/// Every name that the text of a report may use, with what it says.
pub(super) fn values(figures: &Figures, measured: &[Measured]) -> BTreeMap<String, String> {
    let mut out: BTreeMap<String, String> = bound::named(figures.edition, &figures.adjusted)
        .into_iter()
        .map(|(name, value)| (name, value.normalize().to_string()))
        .collect();
    out.extend(measured.iter().map(|one| (one.name.to_owned(), one.value.normalize().to_string())));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_month_is_of_those_that_are_over() {
        let mut months = [10_u32; 12];
        months[10] = 2;
        months[11] = 0;
        let day = |text: &str| text.parse::<Date>().unwrap();
        assert_eq!(least(&months, 2026, day("2026-11-29")), 10);
        assert_eq!(least(&months, 2026, day("2026-12-05")), 2);
        assert_eq!(least(&months, 2025, day("2026-11-29")), 0);
        assert_eq!(least(&months, 2026, day("2026-01-05")), 0);
    }

    #[test]
    fn the_amount_stands_in_the_letter() {
        let letter = |text: &str| gongkai_manuscript::marked::parse(text);
        assert_eq!(amount(&letter("您好：\n应缴金额：4700元。\n")), Some(Decimal::from(4700)));
        assert_eq!(amount(&letter("请缴费四千七百元。")), None);
    }
}
