//! Consultations E6–E8: opened, received, closed.

use gongkai_calendar::Calendar;
use jiff::civil::Date;

use super::{Consultation, State, Timeline};
use crate::clock::{Answer, ConsultationId, ConsultationKind, Irregularity, Refusal};
use crate::{Article, Term};

impl Timeline {
    pub(super) fn consult(
        &mut self,
        id: ConsultationId,
        kind: ConsultationKind,
        sent: Date,
        limit: Option<Date>,
        calendar: &Calendar,
    ) -> Result<(), Refusal> {
        let article = match kind {
            ConsultationKind::ThirdParty => Article::regulation(32),
            ConsultationKind::JointMaker => Article::regulation(34),
            ConsultationKind::OtherOrgan => Article::regulation(33).paragraph(3),
        };
        // A day that a letter or a paper has set stays; whom the law wants asked can be asked all the same.
        let set = match self.state {
            State::Delayed { until: day } | State::Reopened { due: day } => Some(day),
            State::Arrived
            | State::Running
            | State::AwaitingCorrection { .. }
            | State::AwaitingFee { .. }
            | State::Concluded { .. } => self.running("征求意见", article).map(|_start| None)?,
        };
        if self.consultations.iter().any(|consultation| consultation.id == id) {
            return Err(Refusal::new(format!("第{}次征求意见已经登记", id.0), article, "同一次征求意见只登记一次"));
        }
        if let Some(limit) = limit.filter(|limit| *limit < sent) {
            return Err(Refusal::new(format!("答复意见的期限{limit}早于发出日{sent}"), article, "核对两个日期"));
        }
        if kind != ConsultationKind::OtherOrgan && limit.is_some() {
            return Err(Refusal::new(
                "第三方和共同制作机关的答复期限由条例规定",
                article,
                "不填期限；登记对方收到的日期后自动算出15个工作日",
            ));
        }
        let due = match set {
            Some(day) => day,
            None => self.due_before(sent, calendar)?,
        };
        let without_effect = sent > due;
        if without_effect {
            self.irregularities.push(Irregularity::LateConsultation { due });
        }
        self.third_party_consulted |= kind == ConsultationKind::ThirdParty;
        self.consultations.push(Consultation { id, kind, sent, limit, closed: None, without_effect });
        Ok(())
    }

    fn open_consultation(&mut self, id: ConsultationId, event: &str) -> Result<&mut Consultation, Refusal> {
        let article = Article::regulation(33).paragraph(3);
        // A consultation stays open while a correction, a fee or a put-off reply is awaited, and can end in each.
        match self.state {
            State::Running
            | State::AwaitingCorrection { .. }
            | State::AwaitingFee { .. }
            | State::Delayed { .. }
            | State::Reopened { .. } => {}
            State::Arrived | State::Concluded { .. } => {
                return Err(self.wrong_state(event, article, "核对已登记的步骤"));
            }
        }
        match self.consultations.iter_mut().find(|consultation| consultation.id == id) {
            None => Err(Refusal::new(format!("没有第{}次征求意见", id.0), article, "先登记发出征求意见书")),
            Some(consultation) if consultation.closed.is_some() => {
                Err(Refusal::new(format!("第{}次征求意见已经结束", id.0), article, "核对编号"))
            }
            Some(consultation) => Ok(consultation),
        }
    }

    pub(super) fn consultation_received(
        &mut self,
        id: ConsultationId,
        on: Date,
        calendar: &Calendar,
    ) -> Result<(), Refusal> {
        let consultation = self.open_consultation(id, "对方收到征求意见书")?;
        let term = match consultation.kind {
            ConsultationKind::ThirdParty => Term::ThirdPartyAnswer,
            ConsultationKind::JointMaker => Term::JointMakerAnswer,
            ConsultationKind::OtherOrgan => {
                // A receipt after the limit would leave no day on which the consultation could end.
                return match consultation.limit.filter(|limit| on > *limit) {
                    None => Ok(()),
                    Some(limit) => Err(Refusal::new(
                        format!("对方收到征求意见函的日期{on}晚于函中的期限{limit}"),
                        Article::regulation(33).paragraph(3),
                        format!("按逾期未答复于{limit}结束；仍需要意见的，另行发函"),
                    )),
                };
            }
        };
        if consultation.limit.is_some() {
            return Err(Refusal::new(
                format!("第{}次征求意见的收到日期已经登记", id.0),
                term.article(),
                "同一次征求意见只登记一次收到日期",
            ));
        }
        consultation.limit = Some(term.due(on, calendar)?);
        Ok(())
    }

    pub(super) fn close_consultation(&mut self, id: ConsultationId, on: Date, answer: Answer) -> Result<(), Refusal> {
        let article = Article::regulation(33).paragraph(3);
        let in_time = self.in_time;
        let consultation = self.open_consultation(id, "征求意见结束")?;
        match (answer, consultation.limit) {
            (Answer::Silent, None) => {
                return Err(Refusal::new(
                    "不知道对方何时收到征求意见书，不能认定逾期未答复",
                    article,
                    "先登记对方收到的日期；不再等待的，登记撤回征求意见",
                ));
            }
            (Answer::Silent, Some(limit)) if on != limit && !in_time => {
                return Err(Refusal::new(
                    format!("逾期未答复的，征求意见在期满日{limit}结束，不是{on}"),
                    article,
                    format!("结束日期登记为{limit}"),
                ));
            }
            (Answer::Agreed | Answer::Objected | Answer::Cancelled, Some(limit)) if on > limit && !in_time => {
                return Err(Refusal::new(
                    format!("期限{limit}届满后收到的意见不再扣除时间"),
                    article,
                    format!("按逾期未答复于{limit}结束；意见可以作为参考"),
                ));
            }
            (Answer::Silent | Answer::Agreed | Answer::Objected | Answer::Cancelled, _) => {}
        }
        consultation.closed = Some((on, answer));
        Ok(())
    }
}
