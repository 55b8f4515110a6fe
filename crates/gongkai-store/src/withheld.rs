//! The register of what is withheld, and its reviews (条例 第十八条).

use gongkai_model::application::{Outcome, WithheldState};
use gongkai_model::ids::{AgencyId, ApplicationId, LetterId, OfficerId};
use jiff::Timestamp;
use jiff::civil::Date;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, JoinType, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::Error;
use crate::entity::dispute::{withheld, withheld_review};
use crate::store::{On, Store, Tx, among};
use crate::time::{day, maybe_day, maybe_row_day, micros, moment, row_day};

/// Something that was withheld.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithheldRecord {
    /// Its identity.
    pub id: Uuid,
    /// The organ.
    pub agency: AgencyId,
    /// The application it was withheld from.
    pub application: ApplicationId,
    /// The letter that said so; none where it was made elsewhere.
    pub letter: Option<LetterId>,
    /// The ground.
    pub ground: Outcome,
    /// What it is, without its content.
    pub subject: String,
    /// When it was decided.
    pub decided_on: Date,
    /// When the ground may end: the term of a secret, of a process.
    pub hint_on: Option<Date>,
    /// When it is to be looked at again.
    pub next_review_on: Date,
    /// Where it stands.
    pub state: WithheldState,
    /// By when it is to be public, where it was decided so.
    pub publish_by: Option<Date>,
    /// The number of its last change.
    pub version: i32,
}

/// A review of something withheld.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithheldReview {
    /// The day.
    pub on: Date,
    /// What was decided.
    pub result: WithheldState,
    /// Why.
    pub reason: String,
    /// By whom.
    pub officer: OfficerId,
    /// When it was noted.
    pub at: Timestamp,
}

fn broken(what: &str) -> Error {
    Error::Broken(format!("withheld {what}"))
}

fn record(row: withheld::Model) -> Result<WithheldRecord, Error> {
    Ok(WithheldRecord {
        id: row.id,
        agency: AgencyId(row.unit_id),
        application: ApplicationId(row.application_id),
        letter: row.letter_id.map(LetterId),
        ground: Outcome::parse(&row.ground).ok_or_else(|| broken(&row.ground))?,
        subject: row.subject,
        decided_on: day(row.decided_on)?,
        hint_on: maybe_day(row.hint_on)?,
        next_review_on: day(row.next_review_on)?,
        state: WithheldState::from_code(&row.state).ok_or_else(|| broken(&row.state))?,
        publish_by: maybe_day(row.publish_by)?,
        version: row.version,
    })
}

fn active(one: &WithheldRecord) -> Result<withheld::ActiveModel, Error> {
    Ok(withheld::ActiveModel {
        id: Set(one.id),
        unit_id: Set(one.agency.0),
        application_id: Set(one.application.0),
        letter_id: Set(one.letter.map(|id| id.0)),
        ground: Set(one.ground.code().to_owned()),
        subject: Set(one.subject.clone()),
        decided_on: Set(row_day(one.decided_on)?),
        hint_on: Set(maybe_row_day(one.hint_on)?),
        next_review_on: Set(row_day(one.next_review_on)?),
        state: Set(one.state.code().to_owned()),
        publish_by: Set(maybe_row_day(one.publish_by)?),
        version: Set(one.version),
    })
}

impl Store {
    /// Something withheld, by its identity.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn withheld_one(&self, id: Uuid) -> Result<Option<WithheldRecord>, Error> {
        withheld::Entity::find_by_id(id).one(self.connection()).await?.map(record).transpose()
    }

    /// The register of an agency in a state, by the day of the next review, at most `limit`; up to a day where one is named.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn withheld(
        &self,
        agency: AgencyId,
        state: WithheldState,
        up_to: Option<Date>,
        limit: u64,
    ) -> Result<Vec<WithheldRecord>, Error> {
        let mut query = withheld::Entity::find()
            .filter(withheld::Column::UnitId.eq(agency.0))
            .filter(withheld::Column::State.eq(state.code()));
        if let Some(day) = up_to {
            query = query.filter(withheld::Column::NextReviewOn.lte(row_day(day)?));
        }
        query
            .order_by_asc(withheld::Column::NextReviewOn)
            .limit(limit)
            .all(self.connection())
            .await?
            .into_iter()
            .map(record)
            .collect()
    }

    /// What came into the register of an agency within a time, and how often what was there was looked at again, by result.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn withheld_within(
        &self,
        units: Option<&[AgencyId]>,
        (from, to): (Date, Date),
    ) -> Result<(u64, Vec<(WithheldState, u64)>), Error> {
        use withheld::Column as C;
        let entered = withheld::Entity::find()
            .filter(among(C::UnitId, units))
            .filter(C::DecidedOn.between(row_day(from)?, row_day(to)?))
            .count(self.connection())
            .await?;
        let reviews: Vec<(String, i64)> = withheld_review::Entity::find()
            .select_only()
            .column(withheld_review::Column::Result)
            .column_as(withheld_review::Column::Position.count(), "many")
            .join(
                JoinType::InnerJoin,
                withheld_review::Entity::belongs_to(withheld::Entity)
                    .from(withheld_review::Column::WithheldId)
                    .to(C::Id)
                    .into(),
            )
            .filter(among(C::UnitId, units))
            .filter(withheld_review::Column::OnDay.between(row_day(from)?, row_day(to)?))
            .group_by(withheld_review::Column::Result)
            .into_tuple()
            .all(self.connection())
            .await?;
        let reviews = reviews
            .into_iter()
            .map(|(code, many)| {
                let state = WithheldState::from_code(&code).ok_or_else(|| broken(&code))?;
                Ok((state, u64::try_from(many).unwrap_or(0)))
            })
            .collect::<Result<_, Error>>()?;
        Ok((entered, reviews))
    }

    /// The reviews of something withheld, in order.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn withheld_reviews(&self, id: Uuid) -> Result<Vec<WithheldReview>, Error> {
        withheld_review::Entity::find()
            .filter(withheld_review::Column::WithheldId.eq(id))
            .order_by_asc(withheld_review::Column::Position)
            .all(self.connection())
            .await?
            .into_iter()
            .map(|row| {
                Ok(WithheldReview {
                    on: day(row.on_day)?,
                    result: WithheldState::from_code(&row.result).ok_or_else(|| broken(&row.result))?,
                    reason: row.reason,
                    officer: OfficerId(row.officer_id),
                    at: moment(row.at)?,
                })
            })
            .collect()
    }
}

impl Tx {
    /// Adds something to the register.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn insert_withheld_many(&self, all: &[WithheldRecord]) -> Result<(), Error> {
        for some in all.chunks(400) {
            let rows = some.iter().map(active).collect::<Result<Vec<_>, _>>()?;
            withheld::Entity::insert_many(rows).exec_without_returning(self.connection()).await?;
        }
        Ok(())
    }

    /// What an application had withheld before is withheld by its new reply, or not any more.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn replace_withheld(&self, id: ApplicationId) -> Result<(), Error> {
        withheld::Entity::update_many()
            .col_expr(withheld::Column::State, Expr::value(WithheldState::Replaced.code()))
            .col_expr(withheld::Column::Version, Expr::col(withheld::Column::Version).add(1))
            .filter(withheld::Column::ApplicationId.eq(id.0))
            .filter(withheld::Column::State.is_in([WithheldState::Kept.code(), WithheldState::OnRequest.code()]))
            .exec(self.connection())
            .await?;
        Ok(())
    }

    /// Changes something in the register, with a review where there was one.
    ///
    /// # Errors
    /// [`Error::Conflict`]: somebody else changed it.
    pub async fn update_withheld(&self, one: &WithheldRecord, review: Option<&WithheldReview>) -> Result<(), Error> {
        let mut row = active(one)?;
        row.version = Set(one.version + 1);
        let done = withheld::Entity::update_many()
            .set(row)
            .filter(withheld::Column::Id.eq(one.id))
            .filter(withheld::Column::Version.eq(one.version))
            .exec(self.connection())
            .await?;
        if done.rows_affected != 1 {
            return Err(Error::Conflict);
        }
        if let Some(review) = review {
            let row = withheld_review::ActiveModel {
                withheld_id: Set(one.id),
                // One review a change, so that no place is taken twice.
                position: Set(one.version),
                on_day: Set(row_day(review.on)?),
                result: Set(review.result.code().to_owned()),
                reason: Set(review.reason.clone()),
                officer_id: Set(review.officer.0),
                at: Set(micros(review.at)),
            };
            withheld_review::Entity::insert(row).exec_without_returning(self.connection()).await?;
        }
        Ok(())
    }
}
