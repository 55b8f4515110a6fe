//! Settings by name as JSON, and counters.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseBackend, EntityTrait, QueryFilter, Statement};

use crate::Error;
use crate::entity::publication::serial as counter;
use crate::entity::system::setting;
use crate::store::{On, Store, Tx};

/// A setting with its version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// The value, as JSON.
    pub value: String,
    /// For [`Error::Conflict`]; 0 where it was never set.
    pub version: i32,
}

pub(crate) async fn serial(on: &impl On, name: &str) -> Result<i64, Error> {
    Ok(counter::Entity::find_by_id(name.to_owned()).one(on.connection()).await?.map_or(0, |row| row.last))
}

async fn get(on: &impl On, name: &str) -> Result<Option<Setting>, Error> {
    let row = setting::Entity::find_by_id(name.to_owned()).one(on.connection()).await?;
    Ok(row.map(|row| Setting { value: row.value, version: row.version }))
}

impl Store {
    /// A number that rises with every change of a setting.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn settings_version(&self) -> Result<i64, Error> {
        use sea_orm::{EntityTrait, QuerySelect};
        let versions: Vec<i32> = setting::Entity::find()
            .select_only()
            .column(setting::Column::Version)
            .into_tuple()
            .all(self.connection())
            .await?;
        Ok(versions.into_iter().map(i64::from).sum())
    }

    /// A setting by name.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn setting(&self, name: &str) -> Result<Option<Setting>, Error> {
        get(self, name).await
    }
}

impl Tx {
    /// A setting by name.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn setting(&self, name: &str) -> Result<Option<Setting>, Error> {
        get(self, name).await
    }

    /// Keeps a setting. `version` is that which was read, 0 where there was none.
    ///
    /// # Errors
    /// It was changed meanwhile.
    pub async fn put_setting(&self, name: &str, value: &str, version: i32) -> Result<(), Error> {
        if version == 0 {
            let row =
                setting::ActiveModel { name: Set(name.to_owned()), value: Set(value.to_owned()), version: Set(1) };
            return match row.insert(self.connection()).await.map_err(Error::from) {
                Ok(_row) => Ok(()),
                Err(Error::Duplicate(_)) => Err(Error::Conflict),
                Err(other) => Err(other),
            };
        }
        let done = setting::Entity::update_many()
            .col_expr(setting::Column::Value, Expr::value(value))
            .col_expr(setting::Column::Version, Expr::col(setting::Column::Version).add(1))
            .filter(setting::Column::Name.eq(name))
            .filter(setting::Column::Version.eq(version))
            .exec(self.connection())
            .await?;
        if done.rows_affected == 1 { Ok(()) } else { Err(Error::Conflict) }
    }

    /// The next number of a counter, from 1; no number twice, and none is lost when the transaction is undone.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn next_serial(&self, name: &str) -> Result<i64, Error> {
        self.next_serials(name, 1).await
    }

    /// Takes several numbers of a counter; gives the last of them.
    ///
    /// # Errors
    /// The database refuses.
    pub(crate) async fn next_serials(&self, name: &str, many: i64) -> Result<i64, Error> {
        let mut statement = counting(self.connection().get_database_backend(), name, many);
        statement.sql.push_str(" RETURNING last");
        let row = self.connection().query_one_raw(statement).await?.ok_or_else(|| Error::Broken(name.to_owned()))?;
        Ok(row.try_get("", "last")?)
    }
}

/// The statement that moves a counter on.
pub(crate) fn counting(backend: DatabaseBackend, name: &str, many: i64) -> Statement {
    let places = if backend == DatabaseBackend::Postgres { "($1, $2)" } else { "(?, ?)" };
    let sql = format!(
        "INSERT INTO serial (name, last) VALUES {places} \
         ON CONFLICT (name) DO UPDATE SET last = serial.last + excluded.last"
    );
    Statement::from_sql_and_values(backend, sql, [name.into(), many.into()])
}
