//! The editions of an agency as the office lists them, without the texts.

use gongkai_model::ids::{AgencyId, EditionId, PublicationId};
use jiff::Timestamp;
use jiff::civil::Date;
use sea_orm::sea_query::{Expr, ExprTrait, Func};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::Error;
use crate::entity::publication::{edition, publication};
use crate::store::{On, Store};
use crate::time::{day, maybe_moment, micros, moment};

/// Which of an agency's editions to list.
#[derive(Debug, Clone, Default)]
pub struct DeskFilter {
    /// The agency; all where none is given.
    pub agency: Option<AgencyId>,
    /// The codes of states; all where none is given.
    pub states: Vec<&'static str>,
    /// The codes of states to leave out: where nearly all are wanted, the order of the index serves.
    pub without: Vec<&'static str>,
    /// The section whose people began them; all where none is given.
    pub section: Option<AgencyId>,
    /// Words of the title.
    pub title: String,
    /// Leaves out what is kept apart: whoever may not see its title may not find it by its title either.
    pub without_apart: bool,
    /// Only these; all where none is given.
    pub only: Vec<Uuid>,
    /// Only those changed before this, for the next page.
    pub before: Option<(Timestamp, EditionId)>,
    /// How many at most.
    pub limit: u64,
}

/// An edition in an office list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskRow {
    /// The version.
    pub id: EditionId,
    /// The publication.
    pub publication: PublicationId,
    /// The agency.
    pub agency: AgencyId,
    /// The section whose person began it.
    pub section: Option<AgencyId>,
    /// Its number, from 1.
    pub number: i32,
    /// The title.
    pub title: String,
    /// The code of its state.
    pub state: String,
    /// The step that is open, from 0; less where none is.
    pub step: i32,
    /// The codes of the chain.
    pub chain: String,
    /// Who wrote in it.
    pub authors: String,
    /// Whether it is on the urgent way.
    pub urgent: bool,
    /// Whether every step of the urgent way has signed.
    pub urgent_settled: bool,
    /// 公开属性.
    pub attribute: String,
    /// 组配分类.
    pub catalog_node: String,
    /// 成文日期.
    pub formed_on: Date,
    /// The day from which the term counts, where that is another.
    pub counts_from: Option<Date>,
    /// Whether it carries a mark of a national secret that nobody has cleared.
    pub secret_mark: bool,
    /// Whether the author asks for a decision about findings.
    pub help_wanted: bool,
    /// How often it was submitted.
    pub round: i32,
    /// When what is public is to be looked at again.
    pub review_by: Option<Date>,
    /// When it is to become public.
    pub publish_at: Option<Timestamp>,
    /// When it became public.
    pub published_at: Option<Timestamp>,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// For [`Error::Conflict`].
    pub version: i32,
}

/// Something on its way, as its term sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnderWay {
    /// The agency.
    pub agency: AgencyId,
    /// Whether it is to be public.
    pub proactive: bool,
    /// 组配分类.
    pub catalog_node: String,
    /// 成文日期.
    pub formed_on: Date,
    /// The day from which the term counts, where that is another.
    pub counts_from: Option<Date>,
}

#[derive(FromQueryResult)]
struct DeskLine {
    id: Uuid,
    publication_id: Uuid,
    unit_id: Uuid,
    section_id: Option<Uuid>,
    number: i32,
    title: String,
    state: String,
    step: i32,
    chain: String,
    authors: String,
    urgent_reason: String,
    urgent_settled: bool,
    attribute: String,
    catalog_node: String,
    formed_on: chrono::NaiveDate,
    counts_from: Option<chrono::NaiveDate>,
    secret_mark: bool,
    help_wanted: bool,
    round: i32,
    review_by: Option<chrono::NaiveDate>,
    publish_at: Option<i64>,
    published_at: Option<i64>,
    updated_at: i64,
    version: i32,
}

impl Store {
    /// Editions of an agency without their texts, the latest changed first.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn desk(&self, filter: &DeskFilter) -> Result<Vec<DeskRow>, Error> {
        if filter.states.len() < 2 || !filter.only.is_empty() {
            return Self::desk_rows(Self::desk_query(filter).all(self.connection()).await?);
        }
        // State by state: asked for several at once, the database would walk through everything in the order of the last change.
        let mut rows = Vec::new();
        for state in &filter.states {
            let one = DeskFilter { states: vec![state], ..filter.clone() };
            rows.extend(Self::desk_rows(Self::desk_query(&one).all(self.connection()).await?)?);
        }
        rows.sort_by_key(|row| std::cmp::Reverse((row.updated_at, row.id)));
        rows.truncate(usize::try_from(filter.limit).unwrap_or(usize::MAX));
        Ok(rows)
    }

    fn desk_query(filter: &DeskFilter) -> sea_orm::Selector<sea_orm::SelectModel<DeskLine>> {
        use edition::Column as C;
        let mut query = edition::Entity::find().select_only();
        for column in [
            C::Id,
            C::PublicationId,
            C::UnitId,
            C::SectionId,
            C::Number,
            C::Title,
            C::State,
            C::Step,
            C::Chain,
            C::Authors,
            C::UrgentReason,
            C::UrgentSettled,
            C::Attribute,
            C::CatalogNode,
            C::FormedOn,
            C::CountsFrom,
            C::SecretMark,
            C::HelpWanted,
            C::Round,
            C::ReviewBy,
            C::PublishAt,
            C::PublishedAt,
            C::UpdatedAt,
            C::Version,
        ] {
            query = query.column(column);
        }
        if let Some(agency) = filter.agency {
            query = query.filter(C::UnitId.eq(agency.0));
        }
        if !filter.states.is_empty() {
            query = query.filter(C::State.is_in(filter.states.iter().copied()));
        }
        if !filter.without.is_empty() {
            query = query.filter(C::State.is_not_in(filter.without.iter().copied()));
        }
        if let Some(section) = filter.section {
            query = query.filter(C::SectionId.eq(section.0));
        }
        if !filter.only.is_empty() {
            query = query.filter(C::Id.is_in(filter.only.iter().copied()));
        }
        if filter.without_apart {
            query = query.filter(C::SecretMark.eq(false));
        }
        for word in filter.title.split_whitespace() {
            // Both databases then take Latin letters alike.
            let like = format!("%{}%", word.to_lowercase());
            query = query.filter(Expr::expr(Func::lower(Expr::col(C::Title))).like(like));
        }
        if let Some((at, id)) = filter.before {
            query = query.filter(
                Condition::any()
                    .add(C::UpdatedAt.lt(micros(at)))
                    .add(Condition::all().add(C::UpdatedAt.eq(micros(at))).add(C::Id.lt(id.0))),
            );
        }
        query.order_by_desc(C::UpdatedAt).order_by_desc(C::Id).limit(filter.limit).into_model::<DeskLine>()
    }

    fn desk_rows(lines: Vec<DeskLine>) -> Result<Vec<DeskRow>, Error> {
        lines
            .into_iter()
            .map(|line| {
                Ok(DeskRow {
                    id: EditionId(line.id),
                    publication: PublicationId(line.publication_id),
                    agency: AgencyId(line.unit_id),
                    section: line.section_id.map(AgencyId),
                    number: line.number,
                    title: line.title,
                    state: line.state,
                    step: line.step,
                    chain: line.chain,
                    authors: line.authors,
                    urgent: !line.urgent_reason.is_empty(),
                    urgent_settled: line.urgent_settled,
                    attribute: line.attribute,
                    catalog_node: line.catalog_node,
                    formed_on: day(line.formed_on)?,
                    counts_from: line.counts_from.map(day).transpose()?,
                    secret_mark: line.secret_mark,
                    help_wanted: line.help_wanted,
                    round: line.round,
                    review_by: line.review_by.map(day).transpose()?,
                    publish_at: maybe_moment(line.publish_at)?,
                    published_at: maybe_moment(line.published_at)?,
                    updated_at: moment(line.updated_at)?,
                    version: line.version,
                })
            })
            .collect()
    }

    /// What an agency published on the urgent way and has not signed through, and what is due to be looked at again.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn unsettled(&self, agency: AgencyId, today: Date) -> Result<Vec<DeskRow>, Error> {
        use edition::Column as C;
        let today = crate::time::row_day(today)?;
        // Each has an index of its own; the state is looked at among the few that are found.
        let of = || edition::Entity::find().select_only().column(C::Id).filter(C::UnitId.eq(agency.0)).limit(500);
        let urgent = of().filter(C::UrgentSettled.eq(false)).into_tuple().all(self.connection());
        let again = of().filter(C::ReviewBy.lte(today)).order_by_asc(C::ReviewBy).into_tuple().all(self.connection());
        let (urgent, again): (Vec<Uuid>, Vec<Uuid>) = tokio::try_join!(urgent, again)?;
        let only: Vec<Uuid> = urgent.into_iter().chain(again).collect();
        if only.is_empty() {
            return Ok(Vec::new());
        }
        let states = vec!["published", "closed"];
        self.desk(&DeskFilter { agency: Some(agency), states, only, limit: 500, ..DeskFilter::default() }).await
    }

    /// The titles of versions, by the identity of the version and of its publication; of what is kept apart none.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn titles(&self, ids: &[Uuid]) -> Result<Vec<(EditionId, PublicationId, String)>, Error> {
        use edition::Column as C;
        let of = |column: C| {
            edition::Entity::find()
                .select_only()
                .column(C::Id)
                .column(C::PublicationId)
                .column(C::Title)
                .filter(column.is_in(ids.iter().copied()))
                .filter(C::SecretMark.eq(false))
                .order_by_asc(C::Number)
                .into_tuple::<(Uuid, Uuid, String)>()
                .all(self.connection())
        };
        let (own, whole) = tokio::try_join!(of(C::Id), of(C::PublicationId))?;
        Ok(own.into_iter().chain(whole).map(|(id, of, title)| (EditionId(id), PublicationId(of), title)).collect())
    }

    /// What is on its way in all agencies: what the terms count from, and nothing else.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn under_way(&self) -> Result<Vec<UnderWay>, Error> {
        use edition::Column as C;
        type Line = (Uuid, String, String, chrono::NaiveDate, Option<chrono::NaiveDate>);
        let lines: Vec<Line> = edition::Entity::find()
            .select_only()
            .column(C::UnitId)
            .column(C::Attribute)
            .column(C::CatalogNode)
            .column(C::FormedOn)
            .column(C::CountsFrom)
            .filter(C::State.is_in(["draft", "in_review", "approved"]))
            .into_tuple()
            .all(self.connection())
            .await?;
        lines
            .into_iter()
            .map(|(unit, attribute, catalog_node, formed_on, counts_from)| {
                Ok(UnderWay {
                    agency: AgencyId(unit),
                    proactive: attribute == "proactive",
                    catalog_node,
                    formed_on: day(formed_on)?,
                    counts_from: counts_from.map(day).transpose()?,
                })
            })
            .collect()
    }

    /// How many items of an agency first became public between two moments.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn published_between(&self, agency: AgencyId, from: Timestamp, until: Timestamp) -> Result<u64, Error> {
        Ok(publication::Entity::find()
            .filter(publication::Column::UnitId.eq(agency.0))
            .filter(publication::Column::FirstPublishedAt.between(micros(from), micros(until)))
            .count(self.connection())
            .await?)
    }
}
