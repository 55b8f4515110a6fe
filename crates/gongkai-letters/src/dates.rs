//! Dates that contradict each other: receipt, notice, letter, service and limits stand in one order.

use gongkai_law::{Calendar, Length, LetterKind, Term, clock};
use jiff::civil::Date;

use crate::{Fact, LetterRequest, Value};

/// A day with the name it is told by.
type Named = (&'static str, Option<Date>);

/// What is wrong with the dates of a letter; both days are named.
pub(crate) fn check(request: &LetterRequest, calendar: &Calendar) -> Result<(), String> {
    let dates = Dates { request, calendar };
    dates.common()?;
    dates.own()
}

struct Dates<'r> {
    request: &'r LetterRequest,
    calendar: &'r Calendar,
}

impl Dates<'_> {
    fn of(&self, fact: Fact) -> Named {
        let day = match self.request.facts.get(&fact) {
            Some(Value::Date(day)) => Some(*day),
            Some(Value::Text(_) | Value::List(_)) | None => None,
        };
        (fact.name(), day)
    }

    fn served(&self) -> Named {
        ("送达日期", Some(self.request.served))
    }

    /// The day on which a term of working days ends; `None` where the days off are not announced yet.
    fn end(&self, from: Named, days: u32) -> Option<Date> {
        let from = from.1?;
        let end = Length::WorkDays(days).end(from, self.calendar).ok()?;
        (!self.calendar.is_provisional(from, end)).then_some(end)
    }

    /// Receipt, then the letter, then its service.
    fn common(&self) -> Result<(), String> {
        let (received, formed) = (self.of(Fact::ReceivedOn), self.of(Fact::FormedOn));
        not_after(received, formed)?;
        not_after(received, self.served())?;
        not_after(formed, self.served())
    }

    /// A step of the past: not before receipt, not after the letter.
    fn past(&self, fact: Fact) -> Result<(), String> {
        not_after(self.of(Fact::ReceivedOn), self.of(fact))?;
        not_after(self.of(fact), self.of(Fact::FormedOn))
    }

    /// A limit that the letter sets: after its service.
    fn limit(&self, fact: Fact) -> Result<(), String> {
        before(self.served(), self.of(fact))
    }

    /// A limit that has passed when the letter is written.
    fn lapsed(&self, fact: Fact) -> Result<(), String> {
        before(self.of(fact), self.of(Fact::FormedOn))
    }

    fn own(&self) -> Result<(), String> {
        use LetterKind as L;
        match self.request.kind {
            L::L01 => {
                let (received, due) = (self.of(Fact::ReceivedOn), self.of(Fact::ReplyDue));
                before(received, due)?;
                let latest = self.end(received, clock::REPLY_DAYS);
                not_after(due, ("自收到日期起20个工作日的最后一日", latest))
            }
            L::L02 => self.limit(Fact::CorrectionDue),
            L::L03 => {
                self.past(Fact::CorrectionNotifiedOn)?;
                before(self.of(Fact::CorrectionNotifiedOn), self.of(Fact::CorrectionDue))?;
                self.lapsed(Fact::CorrectionDue)
            }
            L::L04 => self.extension(),
            L::L06 => self.limit(Fact::AnswerDue),
            L::L07 => self.past(Fact::ConsultationSentOn),
            L::L09 => self.limit(Fact::ReasonDue),
            L::L10 => self.limit(Fact::NewReplyDue),
            L::L13 => not_after(self.of(Fact::FormedOn), self.of(Fact::DisclosedOn)),
            L::L16 => self.past(Fact::SearchedOn),
            L::L18 => not_after(self.of(Fact::EarlierRepliedOn), self.of(Fact::FormedOn)),
            L::L21 => self.past(Fact::CorrectionNotifiedOn),
            L::L27 => {
                self.past(Fact::FeeNotifiedOn)?;
                let (notice, due) = (self.of(Fact::FeeNotifiedOn), self.of(Fact::FeeDue));
                before(notice, due)?;
                let law = self.end(notice, clock::REPLY_DAYS);
                not_after(("收费通知次日起20个工作日的最后一日", law), due)
                    .map_err(|error| format!("{error}（{}）", Term::FeePayment.article()))?;
                self.lapsed(Fact::FeeDue)
            }
            L::L30 => self.past(Fact::WithdrawnOn),
            L::L31 => not_after(self.served(), self.of(Fact::AssistanceDue)),
            _ => Ok(()),
        }
    }

    /// One to twenty working days, agreed to before the letter, told before the first due day (条例 第三十三条第二款).
    fn extension(&self) -> Result<(), String> {
        let article = Term::Reply.article();
        let written = self.request.facts.get(&Fact::ExtensionDays).map(Value::inline).unwrap_or_default();
        let days = written.trim().parse::<u32>().ok().filter(|days| (1..=clock::MOST_EXTENSION).contains(days));
        let Some(days) = days else {
            return Err(format!("延期工作日数“{written}”不成立：延长的期限最短1个、最长20个工作日（{article}）"));
        };
        self.past(Fact::ApprovedOn)?;
        let (received, due) = (self.of(Fact::ReceivedOn), self.of(Fact::NewReplyDue));
        before(self.served(), due)?;
        let told = self.end(self.served(), days);
        if let (Some(told), Some(due)) = (told, due.1)
            && told > due
        {
            return Err(format!(
                "新答复期限{}减去{days}个工作日早于送达日期{}：延期应在原答复期限届满以前告知（{article}）",
                due, self.request.served
            ));
        }
        let earliest = self.end(received, clock::REPLY_DAYS + days);
        not_after(("自收到日期起20个工作日再延期的最后一日", earliest), due)
            .map_err(|error| format!("{error}（{article}）"))
    }
}

fn not_after(first: Named, second: Named) -> Result<(), String> {
    order(first, second, |first, second| first <= second, "晚于")
}

fn before(first: Named, second: Named) -> Result<(), String> {
    order(first, second, |first, second| first < second, "不早于")
}

fn order(first: Named, second: Named, fits: fn(Date, Date) -> bool, wrong: &str) -> Result<(), String> {
    match (first.1, second.1) {
        (Some(day), Some(other)) if !fits(day, other) => {
            Err(format!("{}{day}{wrong}{}{other}，请核对两个日期", first.0, second.0))
        }
        _ => Ok(()),
    }
}
