//! Reminders by electronic mail: all of a person's notices in one message, in the hours that are set. A server that does not answer is
//! tried again, ever more seldom; nothing is lost meanwhile, and the settings page says so.

use std::collections::BTreeMap;

use gongkai_calendar::Calendar;
use gongkai_model::ids::OfficerId;
use gongkai_store::Notice;
use jiff::{SignedDuration, Timestamp};
use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

use super::services::Services;
use super::{Fault, MailHours, clock};

/// How mail goes out.
#[derive(Clone)]
pub struct MailSettings {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl std::fmt::Debug for MailSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The address of the server may hold a password.
        write!(f, "MailSettings(from {})", self.from)
    }
}

/// How long a server may take.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(20);
/// The first and the longest wait after a failure.
const FIRST: i64 = 5;
const LONGEST: i64 = 6 * 60;

impl MailSettings {
    /// From the address of a server, such as `smtps://user:password@mail.example.cn:465`, and of the sender.
    ///
    /// # Errors
    /// Either is no address.
    pub fn new(url: &str, from: &str) -> Result<Self, String> {
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(|_error| {
            "邮件服务器的地址写成 smtps://用户:密码@主机:465 或者 smtp://主机:25 的样子（密码里的特殊字符用百分号编码）".to_owned()
        })?;
        let from = from.parse().map_err(|_error| format!("发件地址“{from}”写成 gongkai@example.gov.cn 的样子"))?;
        Ok(Self { transport: builder.timeout(Some(PATIENCE)).build(), from })
    }
}

/// Where the mail stands, for the settings page and for operators.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MailState {
    /// Whether a server is set.
    pub set: bool,
    /// How many notices wait to be sent.
    pub waiting: u64,
    /// Why the last attempt failed; empty where it did not.
    pub fault: String,
}

/// Whether mail goes out at a moment.
fn is_time(hours: MailHours, calendar: &Calendar, now: Timestamp) -> bool {
    let here = clock::local(now);
    (hours.from..hours.until).contains(&here.hour())
        && (!hours.workdays || calendar.is_workday(here.date()).unwrap_or(true))
}

fn body(notices: &[Notice], site: &str) -> String {
    let mut text = String::new();
    for (at, one) in (1..).zip(notices) {
        text.push_str(&format!("{at}. {}\n   {site}{}\n", one.text, one.link));
    }
    text.push_str("\n登录工作台“待办”办理。这封邮件由系统自动发出，请不要回复。\n");
    text
}

impl Services {
    /// Sets the server; once a process.
    pub fn set_mail(&self, settings: MailSettings) {
        // Set twice, the first stays.
        let _first: Result<(), MailSettings> = self.mail.set(settings);
    }

    /// Where the mail stands.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn mail_state(&self) -> Result<MailState, Fault> {
        let (waiting, fault) = self.store.mail_backlog().await?;
        Ok(MailState { set: self.mail.get().is_some(), waiting, fault })
    }

    /// Sends what is due. Gives how many messages went out.
    ///
    /// # Errors
    /// The database does not answer; a server that does not is no error.
    pub async fn send_mail(&self, now: Timestamp) -> Result<usize, Fault> {
        let Some(mail) = self.mail.get() else { return Ok(0) };
        let hours = self.directory().site.mail;
        if !is_time(hours, &self.calendar(), now) {
            return Ok(0);
        }
        let today = clock::at_local(clock::local_date(now).at(0, 0, 0, 0)).unwrap_or(now);
        let tomorrow = today.checked_add(SignedDuration::from_hours(24)).unwrap_or(Timestamp::MAX);
        let lease = now.checked_add(SignedDuration::from_mins(FIRST)).unwrap_or(now);
        let tx = self.store.begin().await?;
        let farthest = now.checked_add(SignedDuration::from_mins(LONGEST + FIRST)).unwrap_or(now);
        let due = tx.claim_mail(now, (lease, farthest), 200).await?;
        tx.commit().await?;
        let mut by_person: BTreeMap<OfficerId, Vec<Notice>> = BTreeMap::new();
        for one in due {
            by_person.entry(one.officer).or_default().push(one);
        }
        if hours.digest {
            // Who had a message today has the rest tomorrow: what was claimed is looked at again when the lease is over.
            let had = self.store.mailed_between(today, tomorrow).await?;
            by_person.retain(|officer, _| !had.contains(officer));
        }
        let site = self.directory().site.address.trim_end_matches('/').to_owned();
        let mut sent = 0;
        for (officer, notices) in by_person {
            let address = self.store.account(officer).await?.filter(|one| !one.disabled).and_then(|one| one.mail);
            let outcome = match address {
                Some(address) => self.send_one(mail, &address, &notices, &site).await,
                None => Ok(false),
            };
            let tx = self.store.begin().await?;
            for one in &notices {
                let (state, again, fault) = match &outcome {
                    Ok(true) => ("sent", now, ""),
                    Ok(false) => ("none", now, ""),
                    Err(fault) => {
                        let wait = (FIRST << one.attempts.clamp(0, 10)).min(LONGEST);
                        let again = now.checked_add(SignedDuration::from_mins(wait)).unwrap_or(now);
                        ("waiting", again, fault.as_str())
                    }
                };
                tx.note_mail(one.id, state, again, fault).await?;
            }
            tx.commit().await?;
            sent += usize::from(outcome == Ok(true));
        }
        Ok(sent)
    }

    async fn send_one(
        &self,
        mail: &MailSettings,
        address: &str,
        notices: &[Notice],
        site: &str,
    ) -> Result<bool, String> {
        let to: Mailbox = address.parse().map_err(|_error| "收件地址不对".to_owned())?;
        let message = Message::builder()
            .from(mail.from.clone())
            .to(to)
            .subject(format!("政府信息公开提醒：{}件", notices.len()))
            .header(ContentType::TEXT_PLAIN)
            .body(body(notices, site))
            .map_err(|error| format!("邮件没有写成：{error}"))?;
        match mail.transport.send(message).await {
            Ok(_response) => Ok(true),
            Err(error) => {
                tracing::warn!(%error, "邮件没有发出，稍后再试");
                Err(error.to_string().chars().take(300).collect())
            }
        }
    }
}
