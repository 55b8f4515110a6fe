//! A due date day by day: why each day counts or does not.

use gongkai_calendar::{Calendar, OutOfRange};
use jiff::civil::Date;

use super::{Consultation, ConsultationKind, Timeline};

/// A day of a reply period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExplainedDay {
    /// The day.
    pub date: Date,
    /// Whether it counts.
    pub counts: bool,
    /// Which working day of the period it is, where it counts.
    pub number: Option<u32>,
    /// Why, in Chinese.
    pub why: String,
}

fn whom(kind: ConsultationKind) -> &'static str {
    match kind {
        ConsultationKind::ThirdParty => "第三方",
        ConsultationKind::JointMaker => "共同制作机关",
        ConsultationKind::OtherOrgan => "其他机关",
    }
}

impl Timeline {
    /// Every day after the start of the running clock up to the due day, with its reason; empty where none runs, also where a paper
    /// or a letter has set the day.
    ///
    /// # Errors
    /// A date outside the calendar.
    pub fn explain(&self, today: Date, calendar: &Calendar) -> Result<Vec<ExplainedDay>, super::Refusal> {
        if self.state != super::State::Running {
            return Ok(Vec::new());
        }
        let (Some(start), Some(due)) = (self.clock_start, self.due(today, calendar)?) else { return Ok(Vec::new()) };
        Ok(self.explained(start, due.on, today, calendar)?)
    }

    fn explained(
        &self,
        start: Date,
        due: Date,
        today: Date,
        calendar: &Calendar,
    ) -> Result<Vec<ExplainedDay>, OutOfRange> {
        let mut number = 0;
        let days = calendar.explain(start, due, &self.pauses(today))?;
        Ok(days
            .into_iter()
            .map(|day| {
                let mut why = day.day.reason();
                if day.paused
                    && let Some(consultation) = self.pausing(day.date, today)
                {
                    let end = match (consultation.closed, consultation.limit) {
                        (Some((on, _)), _) => format!("{on}结束"),
                        (None, Some(limit)) if limit < today => format!("{limit}期满，尚未登记结束"),
                        (None, _) => "尚未结束".to_owned(),
                    };
                    why.push_str(&format!(
                        "；征求{}意见（{}发出，{end}），不计入期限（条例第三十三条第三款）",
                        whom(consultation.kind),
                        consultation.sent
                    ));
                }
                if day.provisional {
                    why.push_str("；没有该年的放假安排，按法定节假日和周末计算");
                }
                number += u32::from(day.counts);
                ExplainedDay { date: day.date, counts: day.counts, number: day.counts.then_some(number), why }
            })
            .collect())
    }

    fn pausing(&self, day: Date, today: Date) -> Option<&Consultation> {
        self.consultations
            .iter()
            .filter(|consultation| !consultation.without_effect)
            .find(|consultation| consultation.sent < day && day <= consultation.end(today))
    }
}
