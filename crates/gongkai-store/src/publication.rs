//! Publications, and lists of their editions without the texts.

use gongkai_model::ids::{AgencyId, EditionId, OfficerId, PublicationId};
use gongkai_model::publication::check::Disposition;
use jiff::Timestamp;
use jiff::civil::Date;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, JoinType, OnConflict};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use uuid::Uuid;

use crate::entity::publication::{attachment, disposition, edition, public_change, publication};
use crate::store::{On, Store, Tx};
use crate::time::{day, maybe_moment, micros, moment};
use crate::{BlobHash, Error};

/// The identity that keeps its index number through all editions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// The identity.
    pub id: PublicationId,
    /// The agency.
    pub agency: AgencyId,
    /// 索引号, once it was given.
    pub index_no: Option<String>,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When it first became public; never changed.
    pub first_published_at: Option<Timestamp>,
    /// What names it in a file it was imported from.
    pub imported_as: Option<String>,
}

/// A file beside the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// The identity.
    pub id: Uuid,
    /// The version it belongs to.
    pub edition: EditionId,
    /// Its place, from 1.
    pub position: i32,
    /// The name people see.
    pub name: String,
    /// Its media type.
    pub media: String,
    /// Its content.
    pub hash: BlobHash,
    /// Its size.
    pub bytes: i64,
    /// Whether the public gets it; the file that a draft came from is kept for the office alone.
    pub public: bool,
    /// Its text as marked text, for the checks and the search; none where it has none.
    pub text: Option<BlobHash>,
    /// What it carries beside what shows, a line each; empty where nothing was found.
    pub hidden: String,
}

/// What an officer decided about a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DispositionRecord {
    /// What names the finding.
    pub fingerprint: String,
    /// The decision.
    pub disposition: Disposition,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub officer: OfficerId,
    /// When.
    pub at: Timestamp,
}

/// Which of an agency's editions to list.
#[derive(Debug, Clone, Default)]
pub struct DeskFilter {
    /// The agency; all where none is given.
    pub agency: Option<AgencyId>,
    /// The codes of states; all where none is given.
    pub states: Vec<&'static str>,
    /// Words of the title.
    pub title: String,
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
struct DeskLine {
    id: Uuid,
    publication_id: Uuid,
    unit_id: Uuid,
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
    review_by: Option<chrono::NaiveDate>,
    publish_at: Option<i64>,
    published_at: Option<i64>,
    updated_at: i64,
    version: i32,
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

fn value(row: publication::Model) -> Result<Publication, Error> {
    Ok(Publication {
        id: PublicationId(row.id),
        agency: AgencyId(row.unit_id),
        index_no: row.index_no,
        created_at: moment(row.created_at)?,
        first_published_at: maybe_moment(row.first_published_at)?,
        imported_as: row.imported_as,
    })
}

fn file(row: attachment::Model) -> Result<Attachment, Error> {
    Ok(Attachment {
        id: row.id,
        edition: EditionId(row.edition_id),
        position: row.position,
        name: row.name,
        media: row.media,
        hash: row.hash.parse()?,
        bytes: row.bytes,
        public: row.public,
        text: row.text_hash.map(|hash| hash.parse()).transpose()?,
        hidden: row.hidden,
    })
}

async fn one(on: &impl On, id: PublicationId) -> Result<Option<Publication>, Error> {
    publication::Entity::find_by_id(id.0).one(on.connection()).await?.map(value).transpose()
}

async fn files(on: &impl On, id: EditionId) -> Result<Vec<Attachment>, Error> {
    attachment::Entity::find()
        .filter(attachment::Column::EditionId.eq(id.0))
        .order_by_asc(attachment::Column::Position)
        .all(on.connection())
        .await?
        .into_iter()
        .map(file)
        .collect()
}

async fn settled(on: &impl On, id: PublicationId) -> Result<Vec<DispositionRecord>, Error> {
    disposition::Entity::find()
        .filter(disposition::Column::PublicationId.eq(id.0))
        .all(on.connection())
        .await?
        .into_iter()
        .map(|row| {
            Ok(DispositionRecord {
                disposition: Disposition::from_code(&row.verdict).ok_or_else(|| Error::Broken(row.verdict.clone()))?,
                fingerprint: row.fingerprint,
                reason: row.reason,
                officer: OfficerId(row.officer_id),
                at: moment(row.decided_at)?,
            })
        })
        .collect()
}

macro_rules! reading {
    ($($of:ty),*) => {$(
        impl $of {
            /// A publication by its identity.
            ///
            /// # Errors
            /// The database does not answer.
            pub async fn publication(&self, id: PublicationId) -> Result<Option<Publication>, Error> {
                one(self, id).await
            }

            /// The files of a version, in order.
            ///
            /// # Errors
            /// The database does not answer.
            pub async fn attachments(&self, id: EditionId) -> Result<Vec<Attachment>, Error> {
                files(self, id).await
            }

            /// What was decided about findings in a publication.
            ///
            /// # Errors
            /// The database does not answer.
            pub async fn dispositions(&self, id: PublicationId) -> Result<Vec<DispositionRecord>, Error> {
                settled(self, id).await
            }
        }
    )*};
}

reading!(Store, Tx);

impl Store {
    /// Editions of an agency without their texts, the latest changed first.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn desk(&self, filter: &DeskFilter) -> Result<Vec<DeskRow>, Error> {
        Self::desk_rows(Self::desk_query(filter).all(self.connection()).await?)
    }

    fn desk_query(filter: &DeskFilter) -> sea_orm::Selector<sea_orm::SelectModel<DeskLine>> {
        use edition::Column as C;
        let mut query = edition::Entity::find().select_only();
        for column in [
            C::Id,
            C::PublicationId,
            C::UnitId,
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
        if !filter.only.is_empty() {
            query = query.filter(C::Id.is_in(filter.only.iter().copied()));
        }
        for word in filter.title.split_whitespace() {
            query = query.filter(C::Title.contains(word));
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
                    review_by: line.review_by.map(day).transpose()?,
                    publish_at: maybe_moment(line.publish_at)?,
                    published_at: maybe_moment(line.published_at)?,
                    updated_at: moment(line.updated_at)?,
                    version: line.version,
                })
            })
            .collect()
    }

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

    /// The publication with an index number.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn publication_by_index(&self, index_no: &str) -> Result<Option<Publication>, Error> {
        publication::Entity::find()
            .filter(publication::Column::IndexNo.eq(index_no))
            .one(self.connection())
            .await?
            .map(value)
            .transpose()
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

    /// The files of several versions, in order.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn attachments_of(&self, editions: &[EditionId]) -> Result<Vec<Attachment>, Error> {
        attachment::Entity::find()
            .filter(attachment::Column::EditionId.is_in(editions.iter().map(|one| one.0)))
            .order_by_asc(attachment::Column::Position)
            .all(self.connection())
            .await?
            .into_iter()
            .map(file)
            .collect()
    }

    /// A file by its identity.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn attachment(&self, id: Uuid) -> Result<Option<Attachment>, Error> {
        attachment::Entity::find_by_id(id).one(self.connection()).await?.map(file).transpose()
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

impl Tx {
    /// Adds a publication.
    ///
    /// # Errors
    /// It exists, or was imported before.
    pub async fn insert_publication(&self, one: &Publication) -> Result<(), Error> {
        publication::ActiveModel {
            id: Set(one.id.0),
            unit_id: Set(one.agency.0),
            index_no: Set(one.index_no.clone()),
            created_at: Set(micros(one.created_at)),
            first_published_at: Set(one.first_published_at.map(micros)),
            imported_as: Set(one.imported_as.clone()),
        }
        .insert(self.connection())
        .await?;
        Ok(())
    }

    /// Gives a publication its number and its first day in public; neither is ever changed.
    ///
    /// # Errors
    /// It has them already, or the number is taken.
    pub async fn set_public(&self, id: PublicationId, index_no: &str, at: Timestamp) -> Result<(), Error> {
        let done = publication::Entity::update_many()
            .col_expr(publication::Column::IndexNo, Expr::value(index_no))
            .col_expr(publication::Column::FirstPublishedAt, Expr::value(micros(at)))
            .filter(publication::Column::Id.eq(id.0))
            .filter(publication::Column::FirstPublishedAt.is_null())
            .exec(self.connection())
            .await?;
        if done.rows_affected == 1 { Ok(()) } else { Err(Error::Conflict) }
    }

    /// Whether a publication of this agency was imported under this name.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn is_imported(&self, agency: AgencyId, imported_as: &str) -> Result<bool, Error> {
        let found = publication::Entity::find()
            .filter(publication::Column::UnitId.eq(agency.0))
            .filter(publication::Column::ImportedAs.eq(imported_as))
            .one(self.connection())
            .await?;
        Ok(found.is_some())
    }

    /// Tells followers that a publication changed for the public.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn note_change(&self, id: PublicationId, at: Timestamp) -> Result<i64, Error> {
        let sequence = self.next_serial("change").await?;
        let row = public_change::ActiveModel {
            sequence: Set(sequence),
            publication_id: Set(id.0),
            changed_at: Set(micros(at)),
        };
        public_change::Entity::insert(row).exec_without_returning(self.connection()).await?;
        Ok(sequence)
    }

    /// Adds a file to a version.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn insert_attachment(&self, one: &Attachment) -> Result<(), Error> {
        attachment::ActiveModel {
            id: Set(one.id),
            edition_id: Set(one.edition.0),
            position: Set(one.position),
            name: Set(one.name.clone()),
            media: Set(one.media.clone()),
            hash: Set(one.hash.as_str().to_owned()),
            bytes: Set(one.bytes),
            public: Set(one.public),
            text_hash: Set(one.text.as_ref().map(ToString::to_string)),
            hidden: Set(one.hidden.clone()),
        }
        .insert(self.connection())
        .await?;
        Ok(())
    }

    /// Takes a file off a version; its bytes stay.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn delete_attachment(&self, id: Uuid) -> Result<(), Error> {
        attachment::Entity::delete_by_id(id).exec(self.connection()).await?;
        Ok(())
    }

    /// Keeps what was decided about a finding; the latest decision holds.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn put_disposition(&self, id: PublicationId, one: &DispositionRecord) -> Result<(), Error> {
        let row = disposition::ActiveModel {
            publication_id: Set(id.0),
            fingerprint: Set(one.fingerprint.clone()),
            verdict: Set(one.disposition.code().to_owned()),
            reason: Set(one.reason.clone()),
            officer_id: Set(one.officer.0),
            decided_at: Set(micros(one.at)),
        };
        let again = OnConflict::columns([disposition::Column::PublicationId, disposition::Column::Fingerprint])
            .update_columns([
                disposition::Column::Verdict,
                disposition::Column::Reason,
                disposition::Column::OfficerId,
                disposition::Column::DecidedAt,
            ])
            .to_owned();
        disposition::Entity::insert(row).on_conflict(again).exec_without_returning(self.connection()).await?;
        Ok(())
    }

    /// Takes a decision about a finding back.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn delete_disposition(&self, id: PublicationId, fingerprint: &str) -> Result<(), Error> {
        disposition::Entity::delete_by_id((id.0, fingerprint.to_owned())).exec(self.connection()).await?;
        Ok(())
    }
}

impl Store {
    /// What an agency published on the urgent way and has not signed through, and what is due to be looked at again.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn unsettled(&self, agency: AgencyId, today: Date) -> Result<Vec<DeskRow>, Error> {
        use edition::Column as C;
        let today = crate::time::row_day(today)?;
        let ids: Vec<Uuid> = edition::Entity::find()
            .select_only()
            .column(C::Id)
            .filter(C::UnitId.eq(agency.0))
            .filter(C::State.eq("published"))
            .filter(Condition::any().add(C::UrgentSettled.eq(false)).add(C::ReviewBy.lte(today)))
            .limit(200)
            .into_tuple()
            .all(self.connection())
            .await?;
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let filter = DeskFilter { agency: Some(agency), only: ids, limit: 200, ..DeskFilter::default() };
        self.desk(&filter).await
    }

    /// How many items of an agency first became public between two moments.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn published_between(&self, agency: AgencyId, from: Timestamp, until: Timestamp) -> Result<u64, Error> {
        Ok(edition::Entity::find()
            .filter(edition::Column::UnitId.eq(agency.0))
            .filter(edition::Column::State.eq("published"))
            .filter(edition::Column::Attribute.eq("proactive"))
            .filter(edition::Column::PublishedAt.between(micros(from), micros(until)))
            .count(self.connection())
            .await?)
    }
}
