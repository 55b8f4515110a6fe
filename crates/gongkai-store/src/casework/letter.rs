//! Letters and who signed them.

use gongkai_model::application::{LetterKind, Outcome};
use gongkai_model::ids::{AgencyId, ApplicationId, LetterId, OfficerId};
use gongkai_model::officer::Role;
use jiff::Timestamp;
use jiff::civil::Date;
use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{broken, small};
use crate::Error;
use crate::entity::casework::{case_letter, case_signature};
use crate::store::{On, Store, Tx, among};
use crate::time::{maybe_day, maybe_row_day, micros, moment, row_day};

/// How far a letter is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LetterState {
    /// It is written.
    Draft,
    /// It waits for signatures.
    InReview,
    /// It is signed and has its number; it was not sent yet.
    Signed,
    /// It was served.
    Served,
    /// It was thrown away before it was sent.
    Void,
}

impl LetterState {
    const ALL: [Self; 5] = [Self::Draft, Self::InReview, Self::Signed, Self::Served, Self::Void];

    /// The code that is stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::InReview => "in_review",
            Self::Signed => "signed",
            Self::Served => "served",
            Self::Void => "void",
        }
    }

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Draft => "起草中",
            Self::InReview => "审核中",
            Self::Signed => "已签发，待送达",
            Self::Served => "已送达",
            Self::Void => "已作废",
        }
    }
}

/// A letter of an application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterRecord {
    /// Its identity.
    pub id: LetterId,
    /// The application it belongs to.
    pub application: ApplicationId,
    /// The organ.
    pub agency: AgencyId,
    /// Which of the application's letters it is, from 1.
    pub position: u16,
    /// Which letter of the law.
    pub kind: LetterKind,
    /// How far it is.
    pub state: LetterState,
    /// The roles that sign it, in order.
    pub chain: Vec<Role>,
    /// How often it was submitted.
    pub round: u16,
    /// 文号, once it is signed.
    pub number: Option<String>,
    /// The letter that this one is a copy of: one that answers several applications together.
    pub joined_to: Option<LetterId>,
    /// The consultation it opens, or tells of.
    pub consultation: Option<u16>,
    /// The outcome it tells.
    pub outcome: Option<Outcome>,
    /// Its facts, sealed.
    pub sealed: String,
    /// Its text as it was signed, sealed.
    pub text: Option<String>,
    /// The hash of what is signed.
    pub hash: String,
    /// 成文日期: the day of the last signature.
    pub formed_on: Option<Date>,
    /// The day of service.
    pub served_on: Option<Date>,
    /// The code of the way of service.
    pub service: Option<String>,
    /// The proof of service, sealed; empty where there is none.
    pub proof: String,
    /// Who began it.
    pub author: OfficerId,
    /// Everybody who has written in it.
    pub writers: Vec<OfficerId>,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When it was last touched.
    pub updated_at: Timestamp,
    /// The number of its last change.
    pub version: i32,
}

/// A signature under a letter, or its return.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterSignature {
    /// Which submission it belongs to.
    pub round: u16,
    /// The role.
    pub role: Role,
    /// Who.
    pub officer: OfficerId,
    /// For whom, where somebody stands in.
    pub standing_for: Option<OfficerId>,
    /// Whether it was approved, not returned.
    pub approved: bool,
    /// The words, sealed.
    pub comment: String,
    /// The hash that was signed.
    pub hash: String,
    /// When.
    pub at: Timestamp,
}

fn record(row: case_letter::Model) -> Result<LetterRecord, Error> {
    let state = LetterState::ALL.into_iter().find(|state| state.code() == row.state);
    let chain: Option<Vec<Role>> = row.chain.split_whitespace().map(Role::from_code).collect();
    let outcome = match &row.outcome {
        Some(code) => Some(Outcome::parse(code).ok_or_else(|| broken(code))?),
        None => None,
    };
    Ok(LetterRecord {
        id: LetterId(row.id),
        application: ApplicationId(row.application_id),
        agency: AgencyId(row.unit_id),
        position: small(row.position)?,
        kind: LetterKind::parse(&row.kind).ok_or_else(|| broken(&row.kind))?,
        state: state.ok_or_else(|| broken(&row.state))?,
        chain: chain.ok_or_else(|| broken(&row.chain))?,
        round: small(row.round)?,
        number: row.number,
        joined_to: row.joined_to.map(LetterId),
        consultation: row.consultation.map(small).transpose()?,
        outcome,
        sealed: row.sealed,
        text: row.text,
        hash: row.hash,
        formed_on: maybe_day(row.formed_on)?,
        served_on: maybe_day(row.served_on)?,
        service: row.service,
        proof: row.proof,
        author: OfficerId(row.author_id),
        writers: row.writers.split_whitespace().filter_map(|id| id.parse().ok()).collect(),
        created_at: moment(row.created_at)?,
        updated_at: moment(row.updated_at)?,
        version: row.version,
    })
}

fn active(one: &LetterRecord) -> Result<case_letter::ActiveModel, Error> {
    let chain: Vec<&str> = one.chain.iter().map(|role| role.code()).collect();
    Ok(case_letter::ActiveModel {
        id: Set(one.id.0),
        application_id: Set(one.application.0),
        unit_id: Set(one.agency.0),
        position: Set(i32::from(one.position)),
        kind: Set(one.kind.code().to_owned()),
        state: Set(one.state.code().to_owned()),
        chain: Set(chain.join(" ")),
        round: Set(i32::from(one.round)),
        number: Set(one.number.clone()),
        joined_to: Set(one.joined_to.map(|id| id.0)),
        consultation: Set(one.consultation.map(i32::from)),
        outcome: Set(one.outcome.map(|outcome| outcome.code().to_owned())),
        sealed: Set(one.sealed.clone()),
        text: Set(one.text.clone()),
        hash: Set(one.hash.clone()),
        formed_on: Set(maybe_row_day(one.formed_on)?),
        served_on: Set(maybe_row_day(one.served_on)?),
        service: Set(one.service.clone()),
        proof: Set(one.proof.clone()),
        author_id: Set(one.author.0),
        writers: Set(one.writers.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")),
        created_at: Set(micros(one.created_at)),
        updated_at: Set(micros(one.updated_at)),
        version: Set(one.version),
    })
}

fn signature(row: case_signature::Model) -> Result<LetterSignature, Error> {
    Ok(LetterSignature {
        round: small(row.round)?,
        role: Role::from_code(&row.role).ok_or_else(|| broken(&row.role))?,
        officer: OfficerId(row.officer_id),
        standing_for: row.standing_for.map(OfficerId),
        approved: row.approved,
        comment: row.comment,
        hash: row.hash,
        at: moment(row.at)?,
    })
}

async fn one(on: &impl On, id: LetterId) -> Result<Option<LetterRecord>, Error> {
    case_letter::Entity::find_by_id(id.0).one(on.connection()).await?.map(record).transpose()
}

async fn of(on: &impl On, id: ApplicationId) -> Result<Vec<LetterRecord>, Error> {
    case_letter::Entity::find()
        .filter(case_letter::Column::ApplicationId.eq(id.0))
        .order_by_asc(case_letter::Column::Position)
        .all(on.connection())
        .await?
        .into_iter()
        .map(record)
        .collect()
}

async fn signed(on: &impl On, id: LetterId) -> Result<Vec<LetterSignature>, Error> {
    case_signature::Entity::find()
        .filter(case_signature::Column::LetterId.eq(id.0))
        .order_by_asc(case_signature::Column::Position)
        .all(on.connection())
        .await?
        .into_iter()
        .map(signature)
        .collect()
}

macro_rules! reading {
    ($($of:ty),*) => {$(
        impl $of {
            /// A letter by its identity.
            ///
            /// # Errors
            /// The database does not answer.
            pub async fn letter(&self, id: LetterId) -> Result<Option<LetterRecord>, Error> {
                one(self, id).await
            }

            /// The letters of an application, in the order in which they were begun.
            ///
            /// # Errors
            /// The database does not answer.
            pub async fn letters(&self, id: ApplicationId) -> Result<Vec<LetterRecord>, Error> {
                of(self, id).await
            }

            /// Who signed a letter, or returned it, in order.
            ///
            /// # Errors
            /// The database does not answer.
            pub async fn letter_signatures(&self, id: LetterId) -> Result<Vec<LetterSignature>, Error> {
                signed(self, id).await
            }
        }
    )*};
}

reading!(Store, Tx);

impl Store {
    /// Letters of a kind that an agency has served within a time, copies left out.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn letters_served(
        &self,
        units: Option<&[AgencyId]>,
        kind: LetterKind,
        (from, to): (Date, Date),
    ) -> Result<Vec<LetterRecord>, Error> {
        use case_letter::Column as C;
        let found = case_letter::Entity::find()
            .filter(among(C::UnitId, units))
            .filter(C::Kind.eq(kind.code()))
            .filter(C::State.eq(LetterState::Served.code()))
            .filter(C::JoinedTo.is_null())
            .filter(C::ServedOn.between(row_day(from)?, row_day(to)?))
            .order_by_asc(C::ServedOn);
        found.all(self.connection()).await?.into_iter().map(record).collect()
    }

    /// Letters of an agency that are under way in a state, the longest waiting first.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn letters_in(
        &self,
        agency: AgencyId,
        state: LetterState,
        limit: u64,
    ) -> Result<Vec<LetterRecord>, Error> {
        case_letter::Entity::find()
            .filter(case_letter::Column::UnitId.eq(agency.0))
            .filter(case_letter::Column::State.eq(state.code()))
            .order_by_asc(case_letter::Column::UpdatedAt)
            .limit(limit)
            .all(self.connection())
            .await?
            .into_iter()
            .map(record)
            .collect()
    }
}

impl Tx {
    /// Adds a letter.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn insert_letter(&self, one: &LetterRecord) -> Result<(), Error> {
        case_letter::Entity::insert(active(one)?).exec_without_returning(self.connection()).await?;
        Ok(())
    }

    /// Changes a letter whose number of changes is still that of the record; it rises by one.
    ///
    /// # Errors
    /// [`Error::Conflict`]: somebody else changed it. [`Error::Duplicate`]: its 文号 is taken.
    pub async fn update_letter(&self, one: &LetterRecord) -> Result<(), Error> {
        let mut row = active(one)?;
        row.version = Set(one.version + 1);
        let done = case_letter::Entity::update_many()
            .set(row)
            .filter(case_letter::Column::Id.eq(one.id.0))
            .filter(case_letter::Column::Version.eq(one.version))
            .exec(self.connection())
            .await?;
        if done.rows_affected == 1 { Ok(()) } else { Err(Error::Conflict) }
    }

    /// Adds a signature after those there are.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn insert_letter_signature(&self, id: LetterId, one: &LetterSignature) -> Result<(), Error> {
        let there = signed(self, id).await?.len();
        case_signature::ActiveModel {
            letter_id: Set(id.0),
            position: Set(i32::try_from(there + 1).map_err(|_many| broken("signatures"))?),
            round: Set(i32::from(one.round)),
            role: Set(one.role.code().to_owned()),
            officer_id: Set(one.officer.0),
            standing_for: Set(one.standing_for.map(|id| id.0)),
            approved: Set(one.approved),
            comment: Set(one.comment.clone()),
            hash: Set(one.hash.clone()),
            at: Set(micros(one.at)),
        }
        .insert(self.connection())
        .await?;
        Ok(())
    }
}
