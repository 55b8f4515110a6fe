//! Notices to people, and whether they went out by mail.

use std::collections::BTreeSet;

use gongkai_model::ids::OfficerId;
use jiff::Timestamp;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::Error;
use crate::entity::dispute::notice;
use crate::store::{On, Store, Tx};
use crate::time::{maybe_moment, micros, moment};

/// A notice to a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Its identity.
    pub id: Uuid,
    /// To whom.
    pub officer: OfficerId,
    /// What it is about, so that nothing is told twice.
    pub mark: String,
    /// What it says: no personal data.
    pub text: String,
    /// Where it leads.
    pub link: String,
    /// When it was made.
    pub at: Timestamp,
    /// When it was read.
    pub read_at: Option<Timestamp>,
    /// The code of where its mail stands: none, waiting, sent, failed.
    pub mail: String,
    /// How often the mail was tried.
    pub attempts: i32,
    /// When it is tried next.
    pub try_at: Timestamp,
    /// Why it did not go.
    pub fault: String,
}

fn read(row: notice::Model) -> Result<Notice, Error> {
    Ok(Notice {
        id: row.id,
        officer: OfficerId(row.officer_id),
        mark: row.mark,
        text: row.text,
        link: row.link,
        at: moment(row.at)?,
        read_at: maybe_moment(row.read_at)?,
        mail: row.mail,
        attempts: row.attempts,
        try_at: moment(row.try_at)?,
        fault: row.fault,
    })
}

impl Store {
    /// The notices of a person, the latest first, at most `limit`.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn notices(&self, officer: OfficerId, limit: u64) -> Result<Vec<Notice>, Error> {
        notice::Entity::find()
            .filter(notice::Column::OfficerId.eq(officer.0))
            .order_by_desc(notice::Column::At)
            .limit(limit)
            .all(self.connection())
            .await?
            .into_iter()
            .map(read)
            .collect()
    }

    /// How many notices wait to be mailed, and why the last one that was tried did not go.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn mail_backlog(&self) -> Result<(u64, String), Error> {
        let waiting = notice::Entity::find().filter(notice::Column::Mail.eq("waiting"));
        let count = waiting.clone().count(self.connection()).await?;
        let failed = waiting
            .filter(notice::Column::Fault.ne(""))
            .order_by_desc(notice::Column::TryAt)
            .limit(1)
            .one(self.connection())
            .await?;
        Ok((count, failed.map(|row| row.fault).unwrap_or_default()))
    }

    /// To whom mail went from a moment on, up to another.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn mailed_between(&self, from: Timestamp, until: Timestamp) -> Result<BTreeSet<OfficerId>, Error> {
        let found: Vec<Uuid> = notice::Entity::find()
            .select_only()
            .column(notice::Column::OfficerId)
            .distinct()
            .filter(notice::Column::Mail.eq("sent"))
            .filter(notice::Column::TryAt.gte(micros(from)))
            .filter(notice::Column::TryAt.lt(micros(until)))
            .into_tuple()
            .all(self.connection())
            .await?;
        Ok(found.into_iter().map(OfficerId).collect())
    }
}

impl Tx {
    /// Adds a notice, unless there is one of its mark. Gives whether it is new.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn insert_notice(&self, one: &Notice) -> Result<bool, Error> {
        let row = notice::ActiveModel {
            id: Set(one.id),
            officer_id: Set(one.officer.0),
            mark: Set(one.mark.clone()),
            text: Set(one.text.clone()),
            link: Set(one.link.clone()),
            at: Set(micros(one.at)),
            read_at: Set(one.read_at.map(micros)),
            mail: Set(one.mail.clone()),
            attempts: Set(one.attempts),
            try_at: Set(micros(one.try_at)),
            fault: Set(one.fault.clone()),
        };
        let again = OnConflict::column(notice::Column::Mark).do_nothing().to_owned();
        let done = notice::Entity::insert(row).on_conflict(again).exec_without_returning(self.connection()).await?;
        Ok(done == 1)
    }

    /// Adds a notice; one of the same mark says from now on what this one says, and is unread again.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn put_notice(&self, one: &Notice) -> Result<(), Error> {
        use notice::Column as C;
        if self.insert_notice(one).await? {
            return Ok(());
        }
        notice::Entity::update_many()
            .col_expr(C::Text, Expr::value(one.text.clone()))
            .col_expr(C::Link, Expr::value(one.link.clone()))
            .col_expr(C::At, Expr::value(micros(one.at)))
            .col_expr(C::ReadAt, Expr::value(None::<i64>))
            .col_expr(C::Mail, Expr::value(one.mail.clone()))
            .col_expr(C::Attempts, Expr::value(0))
            .col_expr(C::TryAt, Expr::value(micros(one.try_at)))
            .filter(C::Mark.eq(one.mark.clone()))
            .exec(self.connection())
            .await?;
        Ok(())
    }

    /// A notice of the same matter takes the place of the earlier ones of a person: its mark up to the second colon is the matter.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn supersede_notices(&self, one: &Notice, now: Timestamp) -> Result<(), Error> {
        let matter: Vec<&str> = one.mark.splitn(3, ':').take(2).collect();
        notice::Entity::update_many()
            .col_expr(notice::Column::ReadAt, Expr::value(micros(now)))
            .filter(notice::Column::OfficerId.eq(one.officer.0))
            .filter(notice::Column::Mark.starts_with(format!("{}:", matter.join(":"))))
            .filter(notice::Column::Id.ne(one.id))
            .filter(notice::Column::ReadAt.is_null())
            .exec(self.connection())
            .await?;
        Ok(())
    }

    /// Says that a person has read the notices.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn read_notices(&self, officer: OfficerId, now: Timestamp) -> Result<(), Error> {
        notice::Entity::update_many()
            .col_expr(notice::Column::ReadAt, Expr::value(micros(now)))
            .filter(notice::Column::OfficerId.eq(officer.0))
            .filter(notice::Column::ReadAt.is_null())
            .exec(self.connection())
            .await?;
        Ok(())
    }

    /// Notices whose mail is due, at most `limit`; nobody else gets them before `lease`. What waits for a moment after `farthest` was put
    /// off by a clock that has been set back since: it is due too.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn claim_mail(
        &self,
        now: Timestamp,
        (lease, farthest): (Timestamp, Timestamp),
        limit: u64,
    ) -> Result<Vec<Notice>, Error> {
        let tried = notice::Column::TryAt;
        let due = notice::Entity::find()
            .filter(notice::Column::Mail.eq("waiting"))
            .filter(tried.lte(micros(now)).or(tried.gt(micros(farthest))))
            .order_by_asc(notice::Column::TryAt)
            .limit(limit)
            .all(self.connection())
            .await?;
        let mut out = Vec::with_capacity(due.len());
        for row in due {
            let claimed = notice::Entity::update_many()
                .col_expr(notice::Column::TryAt, Expr::value(micros(lease)))
                .filter(notice::Column::Id.eq(row.id))
                .filter(notice::Column::TryAt.eq(row.try_at))
                .exec(self.connection())
                .await?;
            if claimed.rows_affected == 1 {
                out.push(read(row)?);
            }
        }
        Ok(out)
    }

    /// Notes what became of the mail of a notice: its state, when it is tried again, why it did not go.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn note_mail(&self, id: Uuid, mail: &str, try_at: Timestamp, fault: &str) -> Result<(), Error> {
        notice::Entity::update_many()
            .col_expr(notice::Column::Mail, Expr::value(mail))
            .col_expr(notice::Column::TryAt, Expr::value(micros(try_at)))
            .col_expr(notice::Column::Fault, Expr::value(fault))
            .col_expr(notice::Column::Attempts, Expr::col(notice::Column::Attempts).add(1))
            .filter(notice::Column::Id.eq(id))
            .exec(self.connection())
            .await?;
        Ok(())
    }
}
