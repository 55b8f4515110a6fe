//! Editions: the value of the model with what stands beside it in a row.

use std::collections::BTreeMap;

use gongkai_model::ids::{AgencyId, EditionId, OfficerId, PublicationId};
use gongkai_model::publication::{Channel, Edition, Metadata, SecrecyOpinion, Signature};
use jiff::Timestamp;
use jiff::civil::Date;
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, Iterable, QueryFilter, QueryOrder, QuerySelect, QueryTrait, UpdateMany,
};

use crate::Error;
use crate::entity::publication::{edition, signature};
use crate::group::Change;
use crate::store::{On, Store, Tx};
use crate::time::{maybe_row_day, micros};

mod row;

use row::{active, record, sign, verdict_code};

/// What an edition carries beside metadata and text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Extras {
    /// What changed against the edition before, for the public.
    pub change_note: String,
    /// When what is public is to be looked at again.
    pub review_by: Option<Date>,
    /// 实施日期.
    pub effective_on: Option<Date>,
    /// 废止日期.
    pub repealed_on: Option<Date>,
    /// Where it is to appear.
    pub channels: Vec<Channel>,
    /// The day from which the term of publication counts, where that is not 成文日期: the day of the change (条例
    /// 第二十六条), for budgets and accounts the day of approval (预算法 第十四条).
    pub counts_from: Option<Date>,
    /// The publication that this one explains (政策解读).
    pub explains: Option<PublicationId>,
}

/// A version of a publication with its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditionRecord {
    /// The identity of the version.
    pub id: EditionId,
    /// The publication it is a version of.
    pub publication: PublicationId,
    /// The agency.
    pub agency: AgencyId,
    /// The section whose person began it (拟稿单位).
    pub section: Option<AgencyId>,
    /// Its number, from 1.
    pub number: i32,
    /// State, chain, signatures.
    pub edition: Edition,
    /// Title and the other elements.
    pub metadata: Metadata,
    /// What stands beside them.
    pub extras: Extras,
    /// The text as marked text.
    pub body: String,
    /// When it was first submitted.
    pub submitted_at: Option<Timestamp>,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// When it became public, kept when it was withdrawn or replaced.
    pub published_at: Option<Timestamp>,
    /// For [`Error::Conflict`].
    pub version: i32,
    /// Whether text or files carry a mark of a national secret that nobody has cleared.
    pub secret_mark: bool,
    /// Whether the author asks the head of the section or the secrecy reviewer to decide about findings.
    pub help_wanted: bool,
    /// When and why it was withdrawn; kept when a later edition takes its place.
    pub withdrawn: Option<(Timestamp, String)>,
}

async fn signatures(on: &impl On, id: uuid::Uuid) -> Result<Vec<Signature>, Error> {
    signature::Entity::find()
        .filter(signature::Column::EditionId.eq(id))
        .order_by_asc(signature::Column::Position)
        .all(on.connection())
        .await?
        .into_iter()
        .map(sign)
        .collect()
}

async fn by_id(on: &impl On, id: EditionId) -> Result<Option<EditionRecord>, Error> {
    let Some(row) = edition::Entity::find_by_id(id.0).one(on.connection()).await? else { return Ok(None) };
    // What was never submitted has no signatures.
    let signatures = if row.round == 0 { Vec::new() } else { signatures(on, row.id).await? };
    record(row, signatures).map(Some)
}

async fn of_publication(on: &impl On, id: PublicationId) -> Result<Vec<EditionRecord>, Error> {
    let rows = edition::Entity::find()
        .filter(edition::Column::PublicationId.eq(id.0))
        .order_by_desc(edition::Column::Number)
        .all(on.connection())
        .await?;
    let mut out = Vec::with_capacity(rows.len());
    for row in rows {
        let signatures = signatures(on, row.id).await?;
        out.push(record(row, signatures)?);
    }
    Ok(out)
}

impl Store {
    /// A version by its identity.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn edition(&self, id: EditionId) -> Result<Option<EditionRecord>, Error> {
        by_id(self, id).await
    }

    /// All versions of a publication, the latest first.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn editions(&self, id: PublicationId) -> Result<Vec<EditionRecord>, Error> {
        of_publication(self, id).await
    }

    /// Every version after an identity, in the order of identities, at most `limit`; without signatures.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn every_edition(&self, after: Option<EditionId>, limit: u64) -> Result<Vec<EditionRecord>, Error> {
        let mut query = edition::Entity::find().order_by_asc(edition::Column::Id).limit(limit);
        if let Some(after) = after {
            query = query.filter(edition::Column::Id.gt(after.0));
        }
        query.all(self.connection()).await?.into_iter().map(|row| record(row, Vec::new())).collect()
    }

    /// What keeps a draft that gains no signature: columns that stay as they are, and the indexes over them, are left alone.
    ///
    /// # Errors
    /// A value does not fit its column.
    pub fn draft_change(&self, before: &EditionRecord, record: &EditionRecord) -> Result<Change, Error> {
        let (mut model, known) = (active(record)?, active(before)?);
        for column in edition::Column::iter() {
            if model.get(column).into_value() == known.get(column).into_value() {
                model.not_set(column);
            }
        }
        let backend = self.connection().get_database_backend();
        Ok(Change::new(vec![changing(model, record).build(backend)]))
    }

    /// The last signature of each of some versions, where it gave back: who, and why.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn returned(&self, ids: &[EditionId]) -> Result<BTreeMap<EditionId, (OfficerId, String)>, Error> {
        let rows = signature::Entity::find()
            .filter(signature::Column::EditionId.is_in(ids.iter().map(|id| id.0)))
            .order_by_asc(signature::Column::Position)
            .all(self.connection())
            .await?;
        let mut out = BTreeMap::new();
        for row in rows {
            let id = EditionId(row.edition_id);
            if row.verdict == "returned" {
                out.insert(id, (OfficerId(row.officer_id), row.comment));
            } else {
                out.remove(&id);
            }
        }
        Ok(out)
    }

    /// The signatures of some versions, in order.
    ///
    /// # Errors
    /// The database does not answer; a row cannot be read.
    pub async fn signatures_of(&self, ids: &[EditionId]) -> Result<BTreeMap<EditionId, Vec<Signature>>, Error> {
        let rows = signature::Entity::find()
            .filter(signature::Column::EditionId.is_in(ids.iter().map(|id| id.0)))
            .order_by_asc(signature::Column::Position)
            .all(self.connection())
            .await?;
        let mut out: BTreeMap<EditionId, Vec<Signature>> = BTreeMap::new();
        for row in rows {
            out.entry(EditionId(row.edition_id)).or_default().push(sign(row)?);
        }
        Ok(out)
    }

    /// The version that is public, without its signatures.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn public_edition(&self, id: PublicationId) -> Result<Option<EditionRecord>, Error> {
        let row = edition::Entity::find()
            .filter(edition::Column::PublicationId.eq(id.0))
            .filter(edition::Column::State.eq("published"))
            .filter(edition::Column::Attribute.eq("proactive"))
            .one(self.connection())
            .await?;
        row.map(|row| record(row, Vec::new())).transpose()
    }
}

impl Tx {
    /// A version by its identity.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn edition(&self, id: EditionId) -> Result<Option<EditionRecord>, Error> {
        by_id(self, id).await
    }

    /// All versions of a publication, the latest first.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn editions(&self, id: PublicationId) -> Result<Vec<EditionRecord>, Error> {
        of_publication(self, id).await
    }

    /// Adds a version.
    ///
    /// # Errors
    /// The publication has a version of this number.
    pub async fn insert_edition(&self, record: &EditionRecord) -> Result<(), Error> {
        let mut model = active(record)?;
        model.id = Set(record.id.0);
        model.version = Set(1);
        edition::Entity::insert(model).exec_without_returning(self.connection()).await?;
        self.insert_signatures(record, 0).await
    }

    /// Keeps a version and the signatures it has gained.
    ///
    /// # Errors
    /// It was changed since it was read.
    pub async fn update_edition(&self, record: &EditionRecord) -> Result<(), Error> {
        let done = changing(active(record)?, record).exec(self.connection()).await?;
        if done.rows_affected != 1 {
            return Err(Error::Conflict);
        }
        // Signatures are only ever added: where the value has none, there are none to look for.
        let known = if record.edition.signatures.is_empty() { 0 } else { signatures(self, record.id.0).await?.len() };
        self.insert_signatures(record, known).await
    }

    /// Sets the day on which what is settled is to be looked at again; no change of its content.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn set_review_by(&self, id: EditionId, day: Option<Date>) -> Result<(), Error> {
        edition::Entity::update_many()
            .col_expr(edition::Column::ReviewBy, Expr::value(maybe_row_day(day)?))
            .filter(edition::Column::Id.eq(id.0))
            .exec(self.connection())
            .await?;
        Ok(())
    }

    /// Empties what reviewers wrote beside their signatures on a version; that they signed stays.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn clear_comments(&self, id: EditionId) -> Result<(), Error> {
        signature::Entity::update_many()
            .col_expr(signature::Column::Comment, Expr::value(""))
            .col_expr(signature::Column::Basis, Expr::value(""))
            .filter(signature::Column::EditionId.eq(id.0))
            .exec(self.connection())
            .await?;
        Ok(())
    }

    /// Notes whether the author of a version asks for a decision; no change of its content.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn set_help_wanted(&self, id: EditionId, wanted: bool) -> Result<(), Error> {
        edition::Entity::update_many()
            .col_expr(edition::Column::HelpWanted, Expr::value(wanted))
            .filter(edition::Column::Id.eq(id.0))
            .exec(self.connection())
            .await?;
        Ok(())
    }

    /// Notes whether a version carries a mark of a national secret that nobody has cleared; no change of its content, but one of
    /// its number: whoever was saving meanwhile has to look again.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn set_secret_mark(&self, id: EditionId, carries: bool) -> Result<(), Error> {
        edition::Entity::update_many()
            .col_expr(edition::Column::SecretMark, Expr::value(carries))
            .col_expr(edition::Column::Version, Expr::col(edition::Column::Version).add(1))
            .filter(edition::Column::Id.eq(id.0))
            .filter(edition::Column::SecretMark.ne(carries))
            .exec(self.connection())
            .await?;
        Ok(())
    }

    async fn insert_signatures(&self, record: &EditionRecord, known: usize) -> Result<(), Error> {
        for (at, one) in record.edition.signatures.iter().enumerate().skip(known) {
            let small = |number: usize| i32::try_from(number).map_err(|_wide| Error::Broken("signature".to_owned()));
            signature::ActiveModel {
                edition_id: Set(record.id.0),
                position: Set(small(at)?),
                round: Set(i32::try_from(one.round).map_err(|_wide| Error::Broken("round".to_owned()))?),
                step: Set(small(one.step)?),
                role: Set(one.role.code().to_owned()),
                officer_id: Set(one.officer.0),
                standing_for: Set(one.standing_for.map(|id| id.0)),
                signed_at: Set(micros(one.at)),
                verdict: Set(verdict_code(one.verdict).to_owned()),
                comment: Set(one.comment.clone()),
                content: Set(one.content.clone()),
                secrecy: Set(one.secrecy.as_ref().map(|said| said.result.code().to_owned()).unwrap_or_default()),
                basis: Set(one.secrecy.as_ref().map(|said| said.basis.clone()).unwrap_or_default()),
                concerns: Set(one.secrecy.as_ref().map(SecrecyOpinion::concern_codes).unwrap_or_default()),
            }
            .insert(self.connection())
            .await?;
        }
        Ok(())
    }
}

/// The statement that writes columns of a version, where it still is what was read.
fn changing(mut model: edition::ActiveModel, record: &EditionRecord) -> UpdateMany<edition::Entity> {
    model.id = NotSet;
    edition::Entity::update_many()
        .set(model)
        .col_expr(edition::Column::Version, Expr::col(edition::Column::Version).add(1))
        .filter(edition::Column::Id.eq(record.id.0))
        .filter(edition::Column::Version.eq(record.version))
}
