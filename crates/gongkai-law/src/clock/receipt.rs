//! How an application came in, and from when the law counts it as received (条例 第三十一条).

use gongkai_calendar::{Calendar, OutOfRange, Pauses};
use jiff::civil::Date;

use super::{Irregularity, Refusal};
use crate::Article;

/// The way an application came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Channel {
    /// 当面提交.
    InPerson,
    /// 口头提出，由机关代为填写.
    Oral,
    /// 挂号信、特快专递等需签收的邮寄.
    MailSigned,
    /// 平常信函等无需签收的邮寄.
    MailOrdinary,
    /// 互联网渠道.
    Online,
    /// 传真.
    Fax,
    /// 电子邮件.
    Email,
}

impl Channel {
    /// Every channel.
    pub const ALL: [Self; 7] =
        [Self::InPerson, Self::Oral, Self::MailSigned, Self::MailOrdinary, Self::Online, Self::Fax, Self::Email];

    /// The code of files and interfaces.
    pub fn code(self) -> &'static str {
        match self {
            Self::InPerson => "in_person",
            Self::Oral => "oral",
            Self::MailSigned => "mail_signed",
            Self::MailOrdinary => "mail_ordinary",
            Self::Online => "online",
            Self::Fax => "fax",
            Self::Email => "email",
        }
    }

    /// The channel of a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.code() == code)
    }

    /// The channel that letters and registers name so: its label, its code or a word in common use.
    pub fn named(text: &str) -> Option<Self> {
        let text = text.trim();
        let common = match text {
            "当面" | "现场" => Some(Self::InPerson),
            "口头" => Some(Self::Oral),
            "挂号信" | "挂号" | "特快专递" | "邮政特快专递" | "EMS" => Some(Self::MailSigned),
            "平信" => Some(Self::MailOrdinary),
            "网上" | "网络" | "互联网渠道" => Some(Self::Online),
            _ => None,
        };
        common.or_else(|| Self::ALL.into_iter().find(|channel| channel.label() == text || channel.code() == text))
    }

    /// As letters name it.
    pub fn label(self) -> &'static str {
        match self {
            Self::InPerson => "当面提交",
            Self::Oral => "口头提出",
            Self::MailSigned => "邮寄（签收）",
            Self::MailOrdinary => "平常信函",
            Self::Online => "互联网",
            Self::Fax => "传真",
            Self::Email => "电子邮件",
        }
    }

    /// Whether receipt needs the applicant's confirmation beside the arrival.
    pub fn needs_confirmation(self) -> bool {
        match self {
            Self::InPerson | Self::Oral | Self::MailSigned => false,
            Self::MailOrdinary | Self::Online | Self::Fax | Self::Email => true,
        }
    }

    /// The item of 条例 第三十一条 that settles its day of receipt.
    pub fn article(self) -> Article {
        let item = match self {
            Self::InPerson | Self::Oral => 1,
            Self::MailSigned | Self::MailOrdinary => 2,
            Self::Online | Self::Fax | Self::Email => 3,
        };
        Article::regulation(31).item(item)
    }
}

/// An application that has come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arrival {
    /// The way.
    pub channel: Channel,
    /// The day it was submitted, signed for, or came in.
    pub on: Date,
}

impl Arrival {
    /// The day of receipt, given the day it was confirmed (E1): the day of arrival, or for channels that need it the
    /// day of confirmation.
    ///
    /// # Errors
    /// A confirmation before the arrival, or another day for a channel that needs none.
    pub fn receipt_date(self, confirmed: Date) -> Result<Date, Refusal> {
        let article = self.channel.article();
        if confirmed < self.on {
            return Err(Refusal::new(
                format!("确认收到的日期{confirmed}早于申请到达的日期{}", self.on),
                article,
                "核对两个日期",
            ));
        }
        if !self.channel.needs_confirmation() && confirmed != self.on {
            return Err(Refusal::new(
                format!("{}的申请，收到之日就是{}，不能另定为{confirmed}", self.channel.label(), self.on),
                article,
                "收到日期按提交或者签收之日登记，内部流转不改变日期",
            ));
        }
        Ok(confirmed)
    }

    /// By when receipt is to be confirmed: ordinary mail on the day it comes in, other ways within one working day.
    ///
    /// # Errors
    /// The day leaves the calendar.
    pub fn confirm_by(self, calendar: &Calendar) -> Result<Date, OutOfRange> {
        match self.channel {
            Channel::InPerson | Channel::Oral | Channel::MailSigned | Channel::MailOrdinary => Ok(self.on),
            Channel::Online | Channel::Fax | Channel::Email => calendar.add_workdays(self.on, 1, &Pauses::none()),
        }
    }

    /// A confirmation later than it must be.
    pub(super) fn irregularity(self, confirmed: Date, calendar: &Calendar) -> Result<Option<Irregularity>, OutOfRange> {
        let limit = self.confirm_by(calendar)?;
        Ok((confirmed > limit).then_some(Irregularity::LateConfirmation { limit }))
    }
}
