//! 发布后核查: the checker compares the page with what was approved.

use gongkai_model::Refusal;
use gongkai_model::ids::EditionId;
use gongkai_model::officer::{Act, Role};
use gongkai_model::publication::State;
use gongkai_store::PageCheck;
use jiff::{SignedDuration, Timestamp};

use super::desk::{Desk, Task, Urgency};
use super::services::{Actor, Services};
use super::{Fault, text};

/// For how long after publication a look is asked for.
const ASKED_FOR: SignedDuration = SignedDuration::from_hours(24 * 60);

impl Services {
    /// Records what the checker found of a page. The program compares hashes itself: a page that no longer holds what was
    /// signed cannot be confirmed.
    ///
    /// # Errors
    /// It is not public; the checker wrote it; nothing is said about what is wrong.
    pub async fn inspect(
        &self,
        now: Timestamp,
        actor: &Actor,
        id: EditionId,
        right: bool,
        note: &str,
    ) -> Result<(), Fault> {
        let record = self.store.edition(id).await?.ok_or(Fault::NotFound)?;
        actor.need(Act::Review(Role::Checker), record.agency)?;
        if !matches!(record.edition.state, State::Published { .. }) {
            return Err(Refusal::new(
                format!("{}，没有可以核查的页面", record.edition.state.label()),
                "刷新页面查看现在的状态",
            )
            .into());
        }
        if record.edition.authors.contains(&actor.id()) {
            return Err(Refusal::new("起草人不能核查自己起草的内容", "请其他核查员核查").into());
        }
        let note = note.trim();
        if !right && note.chars().count() < 4 {
            return Err(Fault::field("note", "写明页面与审定文本哪里不一致"));
        }
        if right && !self.shows_what_was_signed(&record).await? {
            return Err(Refusal::new("公开的内容与签署的不是同一份", "记为不一致，并请分管领导撤下")
                .by("《政府信息公开条例》第十七条")
                .into());
        }
        let tx = self.store.begin().await?;
        let check = PageCheck { edition: id, officer: actor.id(), at: now, right, note: note.to_owned() };
        tx.put_page_check(&check).await?;
        let verdict = if right { "right" } else { "wrong" };
        let detail = format!("verdict={verdict}\ncontent={}", record.edition.content);
        self.record(&tx, now, actor, "edition.inspect", &id.to_string(), &detail).await?;
        Ok(tx.commit().await?)
    }

    /// Whether what is public now has the hash that was signed.
    pub(super) async fn shows_what_was_signed(&self, record: &gongkai_store::EditionRecord) -> Result<bool, Fault> {
        let files = self.store.attachments(record.id).await?;
        let content = text::content_hash(&record.metadata, &record.extras, &record.body, &files);
        Ok(content == record.edition.content)
    }

    /// Pages to look at, for checkers; pages found wrong, for those who can take them down or mend them.
    pub(super) async fn inspections(&self, now: Timestamp, actor: &Actor, desk: &mut Desk) -> Result<(), Fault> {
        let agency = actor.agency();
        let task = |row: gongkai_store::DeskRow, act: &str, urgency: Urgency| Task {
            edition: Some(row.id),
            link: format!("/office/editions/{}", row.id),
            title: row.title,
            about: "已发布".to_owned(),
            act: act.to_owned(),
            due: None,
            left: None,
            urgency,
            basis: String::new(),
        };
        if actor.may(Act::Review(Role::Checker), agency) {
            let since = now.checked_sub(ASKED_FOR).unwrap_or(now);
            for row in self.store.unchecked(agency, since).await? {
                if !super::desk::wrote(&row, actor.id()) {
                    desk.mine.push(task(row, "核查页面与审定文本是否一致", Urgency::Later));
                }
            }
        }
        for row in self.store.found_wrong(agency).await? {
            let mine = actor.may(Act::Withdraw, agency) || super::desk::wrote(&row, actor.id());
            let task = task(row, "核查发现不一致：撤下，或修改后重新发布", Urgency::Today);
            if mine { desk.mine.push(task) } else { desk.others.push(task) }
        }
        Ok(())
    }
}
