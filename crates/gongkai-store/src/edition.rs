//! Editions: the value of the model with what stands beside it in a row.

use std::collections::BTreeMap;

use gongkai_model::ids::{AgencyId, EditionId, OfficerId, PublicationId};
use gongkai_model::officer::Role;
use gongkai_model::publication::{
    Attribute, Chain, Channel, Edition, Genre, Ground, Metadata, SecrecyOpinion, Signature, State, Validity, Verdict,
};
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
use crate::time::{day, maybe_day, maybe_moment, maybe_row_day, micros, moment, row_day};

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

fn verdict_code(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Passed => "passed",
        Verdict::Returned => "returned",
        Verdict::Referred => "referred",
    }
}

fn sign(row: signature::Model) -> Result<Signature, Error> {
    let broken = |what: &str| Error::Broken(what.to_owned());
    Ok(Signature {
        round: u32::try_from(row.round).map_err(|_negative| broken("round"))?,
        step: usize::try_from(row.step).map_err(|_negative| broken("step"))?,
        role: Role::from_code(&row.role).ok_or_else(|| broken(&row.role))?,
        officer: OfficerId(row.officer_id),
        standing_for: row.standing_for.map(OfficerId),
        at: moment(row.signed_at)?,
        verdict: match row.verdict.as_str() {
            "passed" => Verdict::Passed,
            "returned" => Verdict::Returned,
            "referred" => Verdict::Referred,
            other => return Err(broken(other)),
        },
        comment: row.comment,
        secrecy: if row.secrecy.is_empty() {
            None
        } else {
            let stored = SecrecyOpinion::stored(&row.secrecy, &row.basis, &row.concerns);
            Some(stored.ok_or_else(|| broken("secrecy"))?)
        },
        content: row.content,
    })
}

fn state(row: &edition::Model) -> Result<State, Error> {
    let broken = || Error::Broken(format!("edition {} {}", row.id, row.state));
    Ok(match row.state.as_str() {
        "draft" => State::Draft,
        "in_review" => State::InReview { step: usize::try_from(row.step).map_err(|_negative| broken())? },
        "approved" => State::Approved { publish_at: maybe_moment(row.publish_at)? },
        "published" => State::Published { at: moment(row.published_at.ok_or_else(broken)?)? },
        "superseded" => State::Superseded,
        "withdrawn" => {
            State::Withdrawn { at: moment(row.withdrawn_at.ok_or_else(broken)?)?, reason: row.withdrawn_reason.clone() }
        }
        "closed" => State::Closed,
        "discarded" => State::Discarded,
        _ => return Err(broken()),
    })
}

fn record(row: edition::Model, signatures: Vec<Signature>) -> Result<EditionRecord, Error> {
    let broken = |what: &str| Error::Broken(format!("edition {}: {what}", row.id));
    let state = state(&row)?;
    let authors = row
        .authors
        .split_whitespace()
        .map(|id| id.parse().map_err(|_not_an_id| broken("authors")))
        .collect::<Result<Vec<OfficerId>, Error>>()?;
    Ok(EditionRecord {
        id: EditionId(row.id),
        publication: PublicationId(row.publication_id),
        agency: AgencyId(row.unit_id),
        section: row.section_id.map(AgencyId),
        number: row.number,
        edition: Edition {
            authors,
            chain: Chain::from_codes(&row.chain).map_err(|_refused| broken("chain"))?,
            content: row.content,
            round: u32::try_from(row.round).map_err(|_negative| Error::Broken("round".to_owned()))?,
            urgent: row.urgent_reason,
            signatures,
            state,
        },
        metadata: Metadata {
            title: row.title,
            doc_no: row.doc_no,
            formed_on: day(row.formed_on)?,
            theme: row.theme,
            genre: Genre::from_code(&row.genre).ok_or_else(|| Error::Broken(row.genre.clone()))?,
            catalog_node: row.catalog_node,
            attribute: Attribute::from_code(&row.attribute).ok_or_else(|| Error::Broken(row.attribute.clone()))?,
            attribute_reason: row.attribute_reason,
            ground: row.ground.as_deref().and_then(Ground::from_code),
            validity: row.validity.as_deref().and_then(Validity::from_code),
            summary: row.summary,
            keywords: row.keywords,
        },
        extras: Extras {
            change_note: row.change_note,
            review_by: maybe_day(row.review_by)?,
            effective_on: maybe_day(row.effective_on)?,
            repealed_on: maybe_day(row.repealed_on)?,
            channels: row.channels.split(';').filter_map(Channel::from_code).collect(),
            counts_from: maybe_day(row.counts_from)?,
            explains: row.explains.map(PublicationId),
        },
        secret_mark: row.secret_mark,
        help_wanted: row.help_wanted,
        withdrawn: maybe_moment(row.withdrawn_at)?.map(|at| (at, row.withdrawn_reason)),
        body: row.body,
        submitted_at: maybe_moment(row.submitted_at)?,
        updated_at: moment(row.updated_at)?,
        published_at: maybe_moment(row.published_at)?,
        version: row.version,
    })
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

    /// How many signatures each of some versions has.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn signature_counts(&self, ids: &[EditionId]) -> Result<BTreeMap<EditionId, u64>, Error> {
        let rows: Vec<(uuid::Uuid, i64)> = signature::Entity::find()
            .select_only()
            .column(signature::Column::EditionId)
            .column_as(signature::Column::Position.count(), "count")
            .filter(signature::Column::EditionId.is_in(ids.iter().map(|id| id.0)))
            .group_by(signature::Column::EditionId)
            .into_tuple()
            .all(self.connection())
            .await?;
        Ok(rows.into_iter().map(|(id, count)| (EditionId(id), u64::try_from(count).unwrap_or(0))).collect())
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

    /// Notes whether a version carries a mark of a national secret that nobody has cleared; no change of its content.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn set_secret_mark(&self, id: EditionId, carries: bool) -> Result<(), Error> {
        edition::Entity::update_many()
            .col_expr(edition::Column::SecretMark, Expr::value(carries))
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

fn active(record: &EditionRecord) -> Result<edition::ActiveModel, Error> {
    let (edition, metadata, extras) = (&record.edition, &record.metadata, &record.extras);
    let step = match edition.state {
        State::InReview { step } => i32::try_from(step).map_err(|_wide| Error::Broken("step".to_owned()))?,
        State::Draft
        | State::Approved { .. }
        | State::Published { .. }
        | State::Superseded
        | State::Withdrawn { .. }
        | State::Closed
        | State::Discarded => -1,
    };
    let (withdrawn_at, withdrawn_reason) = match &edition.state {
        State::Withdrawn { at, reason } => (Some(micros(*at)), reason.clone()),
        State::InReview { .. }
        | State::Draft
        | State::Approved { .. }
        | State::Published { .. }
        | State::Superseded
        | State::Closed
        | State::Discarded => match &record.withdrawn {
            Some((at, reason)) => (Some(micros(*at)), reason.clone()),
            None => (None, String::new()),
        },
    };
    let publish_at = match edition.state {
        State::Approved { publish_at } => publish_at.map(micros),
        State::InReview { .. }
        | State::Draft
        | State::Published { .. }
        | State::Superseded
        | State::Withdrawn { .. }
        | State::Closed
        | State::Discarded => None,
    };
    Ok(edition::ActiveModel {
        id: NotSet,
        publication_id: Set(record.publication.0),
        unit_id: Set(record.agency.0),
        section_id: Set(record.section.map(|id| id.0)),
        number: Set(record.number),
        state: Set(edition.state.code().to_owned()),
        step: Set(step),
        publish_at: Set(publish_at),
        published_at: Set(record.published_at.map(micros)),
        withdrawn_at: Set(withdrawn_at),
        withdrawn_reason: Set(withdrawn_reason),
        authors: Set(edition.authors.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")),
        chain: Set(edition.chain.codes()),
        content: Set(edition.content.clone()),
        round: Set(i32::try_from(edition.round).map_err(|_wide| Error::Broken("round".to_owned()))?),
        change_note: Set(extras.change_note.clone()),
        urgent_reason: Set(edition.urgent.clone()),
        urgent_settled: Set(edition.urgent.is_empty() || edition.holding().len() == edition.chain.steps().len()),
        review_by: Set(maybe_row_day(extras.review_by)?),
        title: Set(metadata.title.clone()),
        doc_no: Set(metadata.doc_no.clone()),
        formed_on: Set(row_day(metadata.formed_on)?),
        theme: Set(metadata.theme.clone()),
        genre: Set(metadata.genre.code().to_owned()),
        catalog_node: Set(metadata.catalog_node.clone()),
        attribute: Set(metadata.attribute.code().to_owned()),
        attribute_reason: Set(metadata.attribute_reason.clone()),
        validity: Set(metadata.validity.map(|one| one.code().to_owned())),
        effective_on: Set(maybe_row_day(extras.effective_on)?),
        repealed_on: Set(maybe_row_day(extras.repealed_on)?),
        summary: Set(metadata.summary.clone()),
        keywords: Set(metadata.keywords.clone()),
        channels: Set(extras.channels.iter().map(|one| one.code()).collect::<Vec<_>>().join(";")),
        counts_from: Set(maybe_row_day(extras.counts_from)?),
        ground: Set(metadata.ground.map(|one| one.code().to_owned())),
        secret_mark: Set(record.secret_mark),
        help_wanted: Set(record.help_wanted),
        explains: Set(extras.explains.map(|id| id.0)),
        submitted_at: Set(record.submitted_at.map(micros)),
        updated_at: Set(micros(record.updated_at)),
        version: NotSet,
        body: Set(record.body.clone()),
    })
}
