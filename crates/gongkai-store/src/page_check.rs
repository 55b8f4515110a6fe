//! 发布后核查: whether a page shows what was approved.

use gongkai_model::ids::{AgencyId, EditionId, OfficerId};
use jiff::Timestamp;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::entity::publication::{edition, page_check};
use crate::store::{On, Store, Tx};
use crate::time::{micros, moment};
use crate::{DeskFilter, DeskRow, Error};

/// What the checker found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageCheck {
    /// The version whose page was looked at.
    pub edition: EditionId,
    /// Who looked.
    pub officer: OfficerId,
    /// When.
    pub at: Timestamp,
    /// Whether the page shows what was approved.
    pub right: bool,
    /// What is wrong; empty where nothing is.
    pub note: String,
}

impl Tx {
    /// Keeps what the checker found; the latest look holds.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn put_page_check(&self, one: &PageCheck) -> Result<(), Error> {
        use page_check::Column as C;
        let row = page_check::ActiveModel {
            edition_id: Set(one.edition.0),
            officer_id: Set(one.officer.0),
            checked_at: Set(micros(one.at)),
            verdict: Set(if one.right { "right" } else { "wrong" }.to_owned()),
            note: Set(one.note.clone()),
        };
        let again = OnConflict::column(C::EditionId)
            .update_columns([C::OfficerId, C::CheckedAt, C::Verdict, C::Note])
            .to_owned();
        page_check::Entity::insert(row).on_conflict(again).exec_without_returning(self.connection()).await?;
        Ok(())
    }
}

impl Store {
    /// What the checker found of a version.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn page_check(&self, id: EditionId) -> Result<Option<PageCheck>, Error> {
        let Some(row) = page_check::Entity::find_by_id(id.0).one(self.connection()).await? else { return Ok(None) };
        Ok(Some(PageCheck {
            edition: id,
            officer: OfficerId(row.officer_id),
            at: moment(row.checked_at)?,
            right: row.verdict == "right",
            note: row.note,
        }))
    }

    /// What an agency has published here since a moment and nobody has checked, the oldest first. What was imported is not
    /// among it.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn unchecked(&self, agency: AgencyId, since: Timestamp) -> Result<Vec<DeskRow>, Error> {
        use edition::Column as C;
        let checked = Query::select()
            .expr(Expr::value(1))
            .from(page_check::Entity)
            .and_where(Expr::col((page_check::Entity, page_check::Column::EditionId)).equals((edition::Entity, C::Id)))
            .take();
        let ids: Vec<Uuid> = edition::Entity::find()
            .select_only()
            .column(C::Id)
            .filter(C::UnitId.eq(agency.0))
            .filter(C::State.eq("published"))
            .filter(C::Attribute.eq("proactive"))
            .filter(C::PublishedAt.gte(micros(since)))
            .filter(C::SubmittedAt.is_not_null())
            .filter(Expr::exists(checked).not())
            .order_by_asc(C::PublishedAt)
            .limit(100)
            .into_tuple()
            .all(self.connection())
            .await?;
        self.listed(agency, ids).await
    }

    /// What is public of an agency although the checker found it wrong.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn found_wrong(&self, agency: AgencyId) -> Result<Vec<DeskRow>, Error> {
        let wrong: Vec<Uuid> = page_check::Entity::find()
            .select_only()
            .column(page_check::Column::EditionId)
            .filter(page_check::Column::Verdict.eq("wrong"))
            .order_by_desc(page_check::Column::CheckedAt)
            .limit(1_000)
            .into_tuple()
            .all(self.connection())
            .await?;
        let rows = self.listed(agency, wrong).await?;
        Ok(rows.into_iter().filter(|row| row.state == "published").collect())
    }

    async fn listed(&self, agency: AgencyId, only: Vec<Uuid>) -> Result<Vec<DeskRow>, Error> {
        if only.is_empty() {
            return Ok(Vec::new());
        }
        self.desk(&DeskFilter { agency: Some(agency), only, limit: 100, ..DeskFilter::default() }).await
    }
}
