//! The rules and normative documents of an agency, for the figures of its annual report; how much became public, through which channels.

use std::collections::BTreeMap;

use gongkai_model::ids::{AgencyId, EditionId, PublicationId};
use gongkai_model::publication::{Channel, Validity};
use jiff::Timestamp;
use jiff::civil::Date;
use sea_orm::sea_query::{JoinType, Query};
use sea_orm::{
    ColumnTrait, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, RelationDef,
};
use uuid::Uuid;

use crate::Error;
use crate::entity::publication::{edition, publication};
use crate::store::{On, Store, among};
use crate::time::{day, maybe_day, maybe_moment, micros, moment};

/// A document that was signed, public or not: its latest version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentRow {
    /// The publication.
    pub publication: PublicationId,
    /// The version.
    pub edition: EditionId,
    /// 标题.
    pub title: String,
    /// 组配分类.
    pub node: String,
    /// 成文日期.
    pub formed_on: Date,
    /// 有效性.
    pub validity: Option<Validity>,
    /// The day it ceased to hold.
    pub repealed_on: Option<Date>,
    /// When it first became public.
    pub published_at: Option<Timestamp>,
    /// Whether it is public now.
    pub is_public: bool,
}

/// The states of a document that was signed: it is made, whether it is public or not.
const STANDING: [&str; 5] = ["approved", "published", "superseded", "withdrawn", "closed"];

#[derive(FromQueryResult)]
struct Line {
    id: Uuid,
    publication_id: Uuid,
    state: String,
    title: String,
    catalog_node: String,
    formed_on: sea_orm::prelude::Date,
    validity: Option<String>,
    repealed_on: Option<sea_orm::prelude::Date>,
    first_published_at: Option<i64>,
}

/// An item that became public within a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedRow {
    /// When it first became public.
    pub at: Timestamp,
    /// 组配分类.
    pub node: String,
    /// Its channels.
    pub channels: Vec<Channel>,
    /// How many signed it before it became public; none for what was brought in from an earlier site.
    pub signed: Option<usize>,
}

/// From a version to what it is a version of.
fn its_publication() -> RelationDef {
    edition::Entity::belongs_to(publication::Entity)
        .from(edition::Column::PublicationId)
        .to(publication::Column::Id)
        .into()
}

impl Store {
    /// The documents of some agencies under some leaves of the catalogue, each once, the latest first. Signed ones count before they are public.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn documents(&self, units: &[AgencyId], nodes: &[&str]) -> Result<Vec<DocumentRow>, Error> {
        use edition::Column as C;
        let under = Query::select()
            .column(C::PublicationId)
            .from(edition::Entity)
            .and_where(C::UnitId.is_in(units.iter().map(|one| one.0)))
            .and_where(C::CatalogNode.is_in(nodes.iter().copied()))
            .to_owned();
        let rows = edition::Entity::find()
            .select_only()
            .columns([
                C::Id,
                C::PublicationId,
                C::State,
                C::Title,
                C::CatalogNode,
                C::FormedOn,
                C::Validity,
                C::RepealedOn,
            ])
            .column(publication::Column::FirstPublishedAt)
            .join(JoinType::InnerJoin, its_publication())
            .filter(C::UnitId.is_in(units.iter().map(|one| one.0)))
            // Every version of what stood there once: the latest may stand elsewhere.
            .filter(C::PublicationId.in_subquery(under))
            .filter(C::State.is_in(STANDING))
            .order_by_asc(C::Number)
            .into_model::<Line>()
            .all(self.connection())
            .await?;
        // The latest version of each stands; it is public if that version is.
        let mut latest: BTreeMap<Uuid, Line> = BTreeMap::new();
        for row in rows {
            latest.insert(row.publication_id, row);
        }
        let mut out = Vec::with_capacity(latest.len());
        for row in latest.into_values().filter(|row| nodes.contains(&row.catalog_node.as_str())) {
            out.push(DocumentRow {
                publication: PublicationId(row.publication_id),
                edition: EditionId(row.id),
                title: row.title,
                node: row.catalog_node,
                formed_on: day(row.formed_on)?,
                validity: row.validity.as_deref().and_then(Validity::from_code),
                repealed_on: maybe_day(row.repealed_on)?,
                published_at: maybe_moment(row.first_published_at)?,
                is_public: row.state == "published",
            });
        }
        out.sort_by_key(|one| std::cmp::Reverse((one.formed_on, one.publication)));
        Ok(out)
    }

    /// What some agencies made public for the first time within a time, in order: each item once, as its latest public version says.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn published_within(
        &self,
        units: &[AgencyId],
        from: Timestamp,
        until: Timestamp,
    ) -> Result<Vec<PublishedRow>, Error> {
        use edition::Column as C;
        type Found = (Option<i64>, Option<String>, Uuid, String, String, String);
        let rows: Vec<Found> = edition::Entity::find()
            .select_only()
            .columns([publication::Column::FirstPublishedAt, publication::Column::ImportedAs])
            .columns([C::PublicationId, C::CatalogNode, C::Channels, C::Chain])
            .join(JoinType::InnerJoin, its_publication())
            .filter(C::UnitId.is_in(units.iter().map(|one| one.0)))
            .filter(publication::Column::UnitId.is_in(units.iter().map(|one| one.0)))
            .filter(publication::Column::FirstPublishedAt.gte(micros(from)))
            .filter(publication::Column::FirstPublishedAt.lt(micros(until)))
            .filter(C::State.is_in(["published", "superseded", "withdrawn"]))
            .order_by_asc(C::Number)
            .into_tuple()
            .all(self.connection())
            .await?;
        let mut latest: BTreeMap<Uuid, PublishedRow> = BTreeMap::new();
        for (at, imported, id, node, channels, chain) in rows {
            let Some(at) = at else { continue };
            let channels = channels.split(';').filter_map(Channel::from_code).collect();
            let signed = imported.is_none().then(|| chain.split_whitespace().count());
            latest.insert(id, PublishedRow { at: moment(at)?, node, channels, signed });
        }
        let mut out: Vec<PublishedRow> = latest.into_values().collect();
        out.sort_by_key(|one| one.at);
        Ok(out)
    }

    /// How many items of some agencies, or of all, are public that became so for the first time before a moment.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn public_before(&self, units: Option<&[AgencyId]>, until: Timestamp) -> Result<u64, Error> {
        use edition::Column as C;
        let counted = edition::Entity::find()
            .join(JoinType::InnerJoin, its_publication())
            .filter(among(C::UnitId, units))
            .filter(C::State.eq("published"))
            .filter(C::Attribute.eq("proactive"))
            .filter(publication::Column::FirstPublishedAt.lt(micros(until)))
            .count(self.connection());
        Ok(counted.await?)
    }

    /// How many items became public for the first time within a time, and of how many agencies they are.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn first_published(&self, from: Timestamp, until: Timestamp) -> Result<(u64, u64), Error> {
        use publication::Column as C;
        let rows: Vec<(Uuid, i64)> = publication::Entity::find()
            .select_only()
            .column(C::UnitId)
            .column_as(C::Id.count(), "many")
            .filter(C::FirstPublishedAt.gte(micros(from)))
            .filter(C::FirstPublishedAt.lt(micros(until)))
            .group_by(C::UnitId)
            .into_tuple()
            .all(self.connection())
            .await?;
        let many = rows.iter().map(|(_, many)| many.unsigned_abs()).sum();
        Ok((many, u64::try_from(rows.len()).unwrap_or(0)))
    }
}
