//! The organisation tree.

use gongkai_model::ids::AgencyId;
use gongkai_model::org::{Name, Unit, UnitKind};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::Error;
use crate::entity::people::{unit, unit_name};
use crate::store::{On, Store, Tx};
use crate::time::{day, maybe_day, maybe_row_day, row_day};

/// A unit with what the platform knows beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitRecord {
    /// The unit.
    pub unit: Unit,
    /// The unit that took over, after a merger.
    pub successor: Option<AgencyId>,
    /// Its place among its sisters.
    pub position: i32,
    /// Its settings, as JSON.
    pub settings: String,
    /// For [`Error::Conflict`].
    pub version: i32,
}

fn record(row: unit::Model, names: &[unit_name::Model]) -> Result<UnitRecord, Error> {
    let names = names
        .iter()
        .filter(|name| name.unit_id == row.id)
        .map(|name| Ok(Name { from: day(name.from_on)?, text: name.name.clone() }))
        .collect::<Result<Vec<_>, Error>>()?;
    Ok(UnitRecord {
        unit: Unit {
            id: AgencyId(row.id),
            kind: UnitKind::from_code(&row.kind).ok_or_else(|| Error::Broken(row.kind.clone()))?,
            code: row.code,
            parent: row.parent_id.map(AgencyId),
            names,
            closed_on: maybe_day(row.closed_on)?,
        },
        successor: row.successor_id.map(AgencyId),
        position: row.position,
        settings: row.settings,
        version: row.version,
    })
}

/// All units, in order of their place and code.
pub(crate) async fn all(on: &impl On) -> Result<Vec<UnitRecord>, Error> {
    let names = unit_name::Entity::find().order_by_asc(unit_name::Column::FromOn).all(on.connection()).await?;
    let rows = unit::Entity::find()
        .order_by_asc(unit::Column::Position)
        .order_by_asc(unit::Column::Code)
        .all(on.connection())
        .await?;
    let mut by_unit = std::collections::BTreeMap::<uuid::Uuid, Vec<unit_name::Model>>::new();
    for name in names {
        by_unit.entry(name.unit_id).or_default().push(name);
    }
    rows.into_iter()
        .map(|row| {
            let names = by_unit.remove(&row.id).unwrap_or_default();
            record(row, &names)
        })
        .collect()
}

impl Store {
    /// All units, in order of their place and code.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn units(&self) -> Result<Vec<UnitRecord>, Error> {
        all(self).await
    }
}

impl Tx {
    /// All units, as this transaction sees them.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn units(&self) -> Result<Vec<UnitRecord>, Error> {
        all(self).await
    }

    /// Adds a unit with its names.
    ///
    /// # Errors
    /// The code is taken.
    pub async fn insert_unit(&self, record: &UnitRecord) -> Result<(), Error> {
        unit::ActiveModel {
            id: Set(record.unit.id.0),
            code: Set(record.unit.code.clone()),
            kind: Set(record.unit.kind.code().to_owned()),
            parent_id: Set(record.unit.parent.map(|id| id.0)),
            successor_id: Set(record.successor.map(|id| id.0)),
            closed_on: Set(maybe_row_day(record.unit.closed_on)?),
            position: Set(record.position),
            settings: Set(record.settings.clone()),
            version: Set(1),
        }
        .insert(self.connection())
        .await?;
        for name in &record.unit.names {
            self.insert_unit_name(record.unit.id, name).await?;
        }
        Ok(())
    }

    /// Adds a name with its day.
    ///
    /// # Errors
    /// A name of that day exists.
    pub async fn insert_unit_name(&self, id: AgencyId, name: &Name) -> Result<(), Error> {
        unit_name::ActiveModel { unit_id: Set(id.0), from_on: Set(row_day(name.from)?), name: Set(name.text.clone()) }
            .insert(self.connection())
            .await?;
        Ok(())
    }

    /// Takes a name away.
    ///
    /// # Errors
    /// There is none of that day.
    pub async fn delete_unit_name(&self, id: AgencyId, from: jiff::civil::Date) -> Result<(), Error> {
        let done = unit_name::Entity::delete_by_id((id.0, row_day(from)?)).exec(self.connection()).await?;
        if done.rows_affected == 1 { Ok(()) } else { Err(Error::Conflict) }
    }

    /// Keeps everything of a unit but its names.
    ///
    /// # Errors
    /// It was changed since `record` was read.
    pub async fn update_unit(&self, record: &UnitRecord) -> Result<(), Error> {
        let done = unit::Entity::update_many()
            .col_expr(unit::Column::Kind, Expr::value(record.unit.kind.code()))
            .col_expr(unit::Column::ParentId, Expr::value(record.unit.parent.map(|id| id.0)))
            .col_expr(unit::Column::SuccessorId, Expr::value(record.successor.map(|id| id.0)))
            .col_expr(unit::Column::ClosedOn, Expr::value(maybe_row_day(record.unit.closed_on)?))
            .col_expr(unit::Column::Position, Expr::value(record.position))
            .col_expr(unit::Column::Settings, Expr::value(record.settings.clone()))
            .col_expr(unit::Column::Version, Expr::col(unit::Column::Version).add(1))
            .filter(unit::Column::Id.eq(record.unit.id.0))
            .filter(unit::Column::Version.eq(record.version))
            .exec(self.connection())
            .await?;
        if done.rows_affected == 1 { Ok(()) } else { Err(Error::Conflict) }
    }
}
