//! Applications are found: by code, number, day, applicant, subject.

use gongkai_model::ids::{AgencyId, ApplicationId, OfficerId};
use jiff::civil::Date;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{ApplicationFilter, ApplicationRecord, record};
use crate::Error;
use crate::entity::application::application;
use crate::store::{On, Store};
use crate::time::{micros, row_day};

impl Store {
    /// Whether there is any application.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn has_applications(&self) -> Result<bool, Error> {
        let one = application::Entity::find().select_only().column(application::Column::Id).limit(1);
        Ok(one.into_tuple::<uuid::Uuid>().one(self.connection()).await?.is_some())
    }

    /// How many applications are open in each of some agencies, and how many of them are past their day. Asked by agency and state,
    /// what is concluded costs nothing.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn open_applications(
        &self,
        agencies: &[AgencyId],
        states: &[&'static str],
        today: Date,
    ) -> Result<std::collections::BTreeMap<AgencyId, (i64, i64)>, Error> {
        use application::Column as C;
        let counted = |query: sea_orm::Select<application::Entity>| {
            query
                .select_only()
                .column(C::UnitId)
                .column_as(C::Id.count(), "count")
                .group_by(C::UnitId)
                .into_tuple::<(uuid::Uuid, i64)>()
        };
        let mut out = std::collections::BTreeMap::new();
        for some in agencies.chunks(500) {
            let open = application::Entity::find()
                .filter(C::UnitId.is_in(some.iter().map(|one| one.0)))
                .filter(C::State.is_in(states.iter().copied()));
            for (unit, count) in counted(open.clone()).all(self.connection()).await? {
                out.insert(AgencyId(unit), (count, 0));
            }
            let answered = C::State.is_in(["running", "reopened", "delayed"]);
            let late = open.filter(C::DueOn.lt(row_day(today)?)).filter(answered);
            for (unit, count) in counted(late).all(self.connection()).await? {
                out.entry(AgencyId(unit)).or_insert((0, 0)).1 = count;
            }
        }
        Ok(out)
    }

    /// Applications of an agency that ended up to a day and still hold personal data, the longest ended first, at most `limit`.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn applications_ended_before(
        &self,
        agency: AgencyId,
        day: Date,
        limit: u64,
    ) -> Result<Vec<ApplicationId>, Error> {
        use application::Column as C;
        let found: Vec<uuid::Uuid> = application::Entity::find()
            .select_only()
            .column(C::Id)
            .filter(C::UnitId.eq(agency.0))
            .filter(C::ConcludedOn.lte(row_day(day)?))
            .filter(C::ErasedOn.is_null())
            .order_by_asc(C::ConcludedOn)
            .limit(limit)
            .into_tuple()
            .all(self.connection())
            .await?;
        Ok(found.into_iter().map(ApplicationId).collect())
    }

    /// The application that a code opens.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn application_by_code(&self, hash: &str) -> Result<Option<ApplicationRecord>, Error> {
        let found = application::Entity::find().filter(application::Column::QueryHash.eq(hash));
        found.one(self.connection()).await?.map(record).transpose()
    }

    /// Applications, the latest first. Each state is looked up by itself: what is rare is found without walking through what is not.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn applications(&self, filter: &ApplicationFilter) -> Result<Vec<ApplicationRecord>, Error> {
        use application::Column as C;
        let mut query = application::Entity::find();
        if let Some(agency) = filter.agency {
            query = query.filter(C::UnitId.eq(agency.0));
        }
        if let Some((at, id)) = filter.before {
            let at = micros(at);
            query = query.filter(C::ArrivedAt.lt(at).or(C::ArrivedAt.eq(at).and(C::Id.lt(id.0))));
        }
        query = query.order_by_desc(C::ArrivedAt).order_by_desc(C::Id).limit(filter.limit);
        let mut rows = Vec::new();
        if filter.states.is_empty() {
            rows = query.clone().all(self.connection()).await?;
        }
        for state in &filter.states {
            rows.extend(query.clone().filter(C::State.eq(*state)).all(self.connection()).await?);
        }
        rows.sort_by_key(|row| std::cmp::Reverse((row.arrived_at, row.id)));
        rows.truncate(usize::try_from(filter.limit).unwrap_or(usize::MAX));
        rows.into_iter().map(record).collect()
    }

    /// The earliest due in each of some states: each is looked up by itself, along an index.
    async fn by_state(
        &self,
        whose: &Expr,
        states: &[&'static str],
        limit: u64,
    ) -> Result<Vec<application::Model>, Error> {
        use application::Column as C;
        let mut out = Vec::new();
        for state in states {
            let found = application::Entity::find()
                .filter(whose.clone())
                .filter(C::State.eq(*state))
                .order_by_asc(C::DueOn)
                .limit(limit);
            out.extend(found.all(self.connection()).await?);
        }
        Ok(out)
    }

    /// What a person holds in some states, the earliest due first in each, at most `limit` of each.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn applications_held(
        &self,
        handler: OfficerId,
        states: &[&'static str],
        limit: u64,
    ) -> Result<Vec<ApplicationRecord>, Error> {
        let held = application::Column::HandlerId.eq(handler.0);
        self.by_state(&held, states, limit).await?.into_iter().map(record).collect()
    }

    /// Open applications of an agency by the day their reply is due, at most `limit`; those without a day last.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn applications_due(
        &self,
        agency: AgencyId,
        states: &[&'static str],
        limit: u64,
    ) -> Result<Vec<ApplicationRecord>, Error> {
        let mut out = self.by_state(&application::Column::UnitId.eq(agency.0), states, limit).await?;
        out.sort_by_key(|row| (row.due_on.is_none(), row.due_on, row.arrived_at));
        out.into_iter().map(record).collect()
    }

    /// Applications of an agency by their numbers, as many as there are.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn applications_numbered(
        &self,
        agency: AgencyId,
        numbers: &[&str],
    ) -> Result<Vec<ApplicationRecord>, Error> {
        let mut out = Vec::new();
        for some in numbers.chunks(400) {
            let found = application::Entity::find()
                .filter(application::Column::UnitId.eq(agency.0))
                .filter(application::Column::RegistrationNo.is_in(some.iter().copied()));
            for row in found.all(self.connection()).await? {
                out.push(record(row)?);
            }
        }
        Ok(out)
    }

    /// Applications that were given to somebody with a day of the organ's own, up to a day, and are still running.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn applications_within(&self, agency: AgencyId, day: Date) -> Result<Vec<ApplicationRecord>, Error> {
        use application::Column as C;
        let found = application::Entity::find()
            .filter(C::UnitId.eq(agency.0))
            .filter(C::State.is_in(["running", "reopened", "delayed"]))
            .filter(C::InternalDueOn.lte(row_day(day)?))
            .limit(5_000);
        found.all(self.connection()).await?.into_iter().map(record).collect()
    }

    /// Earlier applications of the same applicant to an agency, the latest first, at most `limit`.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn applications_of(
        &self,
        agency: AgencyId,
        identity_key: &str,
        limit: u64,
    ) -> Result<Vec<ApplicationRecord>, Error> {
        use application::Column as C;
        application::Entity::find()
            .filter(C::UnitId.eq(agency.0))
            .filter(C::IdentityKey.eq(identity_key))
            .order_by_desc(C::ArrivedOn)
            .limit(limit)
            .all(self.connection())
            .await?
            .into_iter()
            .map(record)
            .collect()
    }

    /// How many applications of the same applicant came to an agency since a day.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn count_applications_of(&self, agency: AgencyId, identity_key: &str, since: Date) -> Result<u64, Error> {
        use application::Column as C;
        let found = application::Entity::find()
            .filter(C::UnitId.eq(agency.0))
            .filter(C::IdentityKey.eq(identity_key))
            .filter(C::ArrivedOn.gte(row_day(since)?));
        Ok(found.count(self.connection()).await?)
    }

    /// Applications to an agency for the same information, the latest first, at most `limit`.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn applications_for(
        &self,
        agency: AgencyId,
        subject_key: &str,
        limit: u64,
    ) -> Result<Vec<ApplicationRecord>, Error> {
        use application::Column as C;
        let found = application::Entity::find()
            .filter(C::UnitId.eq(agency.0))
            .filter(C::SubjectKey.eq(subject_key))
            .order_by_desc(C::ArrivedOn)
            .limit(limit);
        found.all(self.connection()).await?.into_iter().map(record).collect()
    }
}
