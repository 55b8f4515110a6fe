//! What is public: lists, counts, notices of withdrawal, the numbers of changes.

use gongkai_model::ids::{AgencyId, EditionId, PublicationId};
use jiff::Timestamp;
use jiff::civil::Date;
use sea_orm::sea_query::JoinType;
use sea_orm::{ColumnTrait, Condition, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::Error;
use crate::entity::publication::{edition, public_change, publication};
use crate::store::{On, Store};
use crate::time::{day, micros, moment};

/// Which public items to list, the latest first.
#[derive(Debug, Clone, Default)]
pub struct PublicFilter {
    /// The agency; all where none is given.
    pub agency: Option<AgencyId>,
    /// The leaf of the catalogue.
    pub node: Option<String>,
    /// Only those published before this, for the next page.
    pub before: Option<(Timestamp, EditionId)>,
    /// How many at most.
    pub limit: u64,
}

/// A public item in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicRow {
    /// The version.
    pub edition: EditionId,
    /// The publication.
    pub publication: PublicationId,
    /// The agency.
    pub agency: AgencyId,
    /// Which version it is.
    pub number: i32,
    /// 索引号.
    pub index_no: String,
    /// 标题.
    pub title: String,
    /// 发文字号.
    pub doc_no: Option<String>,
    /// 组配分类.
    pub catalog_node: String,
    /// 主题分类.
    pub theme: String,
    /// 体裁分类.
    pub genre: String,
    /// 有效性.
    pub validity: Option<String>,
    /// 成文日期.
    pub formed_on: Date,
    /// When this version became public.
    pub published_at: Timestamp,
    /// When the item first became public.
    pub first_published_at: Timestamp,
    /// 内容概述.
    pub summary: String,
}

/// What stands where an item was withdrawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tombstone {
    /// The agency.
    pub agency: AgencyId,
    /// 索引号.
    pub index_no: String,
    /// When it was withdrawn.
    pub withdrawn_at: Timestamp,
    /// Why, for the public.
    pub reason: String,
}

#[derive(FromQueryResult)]
struct PublicLine {
    id: Uuid,
    publication_id: Uuid,
    unit_id: Uuid,
    number: i32,
    title: String,
    doc_no: Option<String>,
    catalog_node: String,
    theme: String,
    genre: String,
    validity: Option<String>,
    formed_on: chrono::NaiveDate,
    published_at: Option<i64>,
    summary: String,
    state: String,
    attribute: String,
    index_no: Option<String>,
    first_published_at: Option<i64>,
}

#[derive(FromQueryResult)]
struct CountLine {
    unit_id: Uuid,
    catalog_node: String,
    items: i64,
    latest: Option<i64>,
}

impl PublicLine {
    fn row(self) -> Result<PublicRow, Error> {
        let broken = || Error::Broken(format!("edition {}", self.id));
        Ok(PublicRow {
            edition: EditionId(self.id),
            publication: PublicationId(self.publication_id),
            agency: AgencyId(self.unit_id),
            number: self.number,
            published_at: moment(self.published_at.ok_or_else(broken)?)?,
            first_published_at: moment(self.first_published_at.ok_or_else(broken)?)?,
            index_no: self.index_no.unwrap_or_default(),
            title: self.title,
            doc_no: self.doc_no,
            catalog_node: self.catalog_node,
            theme: self.theme,
            genre: self.genre,
            validity: self.validity,
            formed_on: day(self.formed_on)?,
            summary: self.summary,
        })
    }
}

impl Store {
    fn public_query() -> sea_orm::Select<edition::Entity> {
        use edition::Column as C;
        Self::line_query().filter(C::State.eq("published")).filter(C::Attribute.eq("proactive"))
    }

    /// The columns of a line, of whatever state.
    fn line_query() -> sea_orm::Select<edition::Entity> {
        use edition::Column as C;
        let mut query = edition::Entity::find().select_only();
        for column in [
            C::Id,
            C::PublicationId,
            C::UnitId,
            C::Number,
            C::Title,
            C::DocNo,
            C::CatalogNode,
            C::Theme,
            C::Genre,
            C::Validity,
            C::FormedOn,
            C::PublishedAt,
            C::Summary,
            C::State,
            C::Attribute,
        ] {
            query = query.column(column);
        }
        query.column(publication::Column::IndexNo).column(publication::Column::FirstPublishedAt).join(
            JoinType::InnerJoin,
            edition::Entity::belongs_to(publication::Entity).from(C::PublicationId).to(publication::Column::Id).into(),
        )
    }

    /// Public items, the latest first. Costs the same whatever the number of items.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn public_list(&self, filter: &PublicFilter) -> Result<Vec<PublicRow>, Error> {
        use edition::Column as C;
        let mut query = Self::public_query();
        if let Some(agency) = filter.agency {
            query = query.filter(C::UnitId.eq(agency.0));
        }
        if let Some(node) = &filter.node {
            query = query.filter(C::CatalogNode.eq(node.as_str()));
        }
        if let Some((at, id)) = filter.before {
            query = query.filter(
                Condition::any()
                    .add(C::PublishedAt.lt(micros(at)))
                    .add(Condition::all().add(C::PublishedAt.eq(micros(at))).add(C::Id.lt(id.0))),
            );
        }
        query
            .order_by_desc(C::PublishedAt)
            .order_by_desc(C::Id)
            .limit(filter.limit)
            .into_model::<PublicLine>()
            .all(self.connection())
            .await?
            .into_iter()
            .map(PublicLine::row)
            .collect()
    }

    /// Where every so-manieth public item stands in the list, the first one left out: for maps in parts.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn public_starts(&self, every: u64) -> Result<Vec<(Timestamp, EditionId)>, Error> {
        use edition::Column as C;
        let mut out = Vec::new();
        let mut at = every;
        loop {
            let row: Option<(Uuid, i64)> = edition::Entity::find()
                .select_only()
                .column(C::Id)
                .column(C::PublishedAt)
                .filter(C::State.eq("published"))
                .filter(C::Attribute.eq("proactive"))
                .order_by_desc(C::PublishedAt)
                .order_by_desc(C::Id)
                .offset(at.saturating_sub(1))
                .limit(1)
                .into_tuple()
                .one(self.connection())
                .await?;
            let Some((id, published)) = row else { return Ok(out) };
            out.push((moment(published)?, EditionId(id)));
            at += every;
        }
    }

    /// The public items among these publications, in no order.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn public_rows(&self, ids: &[PublicationId]) -> Result<Vec<PublicRow>, Error> {
        // Which of the versions is public is looked at here: asked for in the query, it makes SQLite walk through
        // everything that is public instead of looking these up.
        Self::line_query()
            .filter(edition::Column::PublicationId.is_in(ids.iter().map(|id| id.0)))
            .into_model::<PublicLine>()
            .all(self.connection())
            .await?
            .into_iter()
            .filter(|line| line.state == "published" && line.attribute == "proactive")
            .map(PublicLine::row)
            .collect()
    }

    /// The public items that explain a publication.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn explaining(&self, id: PublicationId) -> Result<Vec<PublicRow>, Error> {
        Self::public_query()
            .filter(edition::Column::Explains.eq(id.0))
            .limit(20)
            .into_model::<PublicLine>()
            .all(self.connection())
            .await?
            .into_iter()
            .map(PublicLine::row)
            .collect()
    }

    /// How many items are public in each agency and leaf, and when the latest became public.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn public_counts(&self) -> Result<Vec<(AgencyId, String, u64, Timestamp)>, Error> {
        use edition::Column as C;
        let lines = edition::Entity::find()
            .select_only()
            .column(C::UnitId)
            .column(C::CatalogNode)
            .column_as(C::Id.count(), "items")
            .column_as(C::PublishedAt.max(), "latest")
            .filter(C::State.eq("published"))
            .filter(C::Attribute.eq("proactive"))
            .group_by(C::UnitId)
            .group_by(C::CatalogNode)
            .into_model::<CountLine>()
            .all(self.connection())
            .await?;
        lines
            .into_iter()
            .map(|line| {
                let items = u64::try_from(line.items).map_err(|_negative| Error::Broken("count".to_owned()))?;
                Ok((AgencyId(line.unit_id), line.catalog_node, items, moment(line.latest.unwrap_or_default())?))
            })
            .collect()
    }

    /// What stands where a publication was withdrawn.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn tombstone(&self, id: PublicationId) -> Result<Option<Tombstone>, Error> {
        let Some(publication) = self.publication(id).await? else { return Ok(None) };
        let row = edition::Entity::find()
            .filter(edition::Column::PublicationId.eq(id.0))
            .filter(edition::Column::State.eq("withdrawn"))
            .order_by_desc(edition::Column::Number)
            .one(self.connection())
            .await?;
        row.map(|row| {
            Ok(Tombstone {
                agency: publication.agency,
                index_no: publication.index_no.clone().unwrap_or_default(),
                withdrawn_at: moment(row.withdrawn_at.unwrap_or_default())?,
                reason: row.withdrawn_reason,
            })
        })
        .transpose()
    }

    /// The number of the last change for the public; 0 where there was none.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn last_change(&self) -> Result<i64, Error> {
        let last: Option<(i64,)> = public_change::Entity::find()
            .select_only()
            .column(public_change::Column::Sequence)
            .order_by_desc(public_change::Column::Sequence)
            .limit(1)
            .into_tuple()
            .one(self.connection())
            .await?;
        Ok(last.map_or(0, |(last,)| last))
    }

    /// Which publications changed for the public after a number, in order, at most `limit`.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn changes_after(&self, sequence: i64, limit: u64) -> Result<Vec<(i64, PublicationId)>, Error> {
        let rows = public_change::Entity::find()
            .filter(public_change::Column::Sequence.gt(sequence))
            .order_by_asc(public_change::Column::Sequence)
            .limit(limit)
            .all(self.connection())
            .await?;
        Ok(rows.into_iter().map(|row| (row.sequence, PublicationId(row.publication_id))).collect())
    }
}
