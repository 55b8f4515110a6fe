//! Every row of every table as a line of JSON: what a backup holds. Either database reads what the other wrote.

use sea_orm::{
    ActiveModelTrait, EntityTrait, IntoActiveModel, Iterable, PaginatorTrait, PrimaryKeyToColumn, QueryOrder,
};

use crate::Error;
use crate::entity::annual::{
    annual_report, ledger_entry, register_count, report_adjustment, report_receipt, report_verdict,
};
use crate::entity::application::{application, application_move, application_step};
use crate::entity::casework::{
    application_draft, apply_tally, case_consultation, case_letter, case_note, case_paper, case_signature,
};
use crate::entity::dispute::{dispute, notice, withheld, withheld_review};
use crate::entity::people::{api_token, officer, officer_role, unit, unit_name};
use crate::entity::publication::{
    attachment, disposition, edition, page_check, public_change, publication, serial, signature,
};
use crate::entity::system::{audit, job, setting};
use crate::store::{On, Tx};

/// A row: its table and its columns.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Line {
    /// The table.
    pub table: String,
    /// The columns by name.
    pub row: serde_json::Value,
}

fn unreadable(error: &serde_json::Error) -> Error {
    Error::Broken(error.to_string())
}

macro_rules! tables {
    ($($name:ident)*) => {
        /// The tables, in the order in which they are written and read. Sessions and links are not kept.
        pub const TABLES: &[&str] = &[$(stringify!($name)),*];

        impl Tx {
            /// One page of a table, from 0; empty after the last.
            ///
            /// # Errors
            /// The database does not answer, or there is no such table.
            pub async fn dump(&self, table: &str, page: u64) -> Result<Vec<Line>, Error> {
                match table {
                    $(stringify!($name) => {
                        let mut query = $name::Entity::find();
                        for key in <$name::Entity as EntityTrait>::PrimaryKey::iter() {
                            query = query.order_by_asc(key.into_column());
                        }
                        let rows = query.paginate(self.connection(), 500).fetch_page(page).await?;
                        rows.into_iter()
                            .map(|row| {
                                let row = serde_json::to_value(row).map_err(|error| unreadable(&error))?;
                                Ok(Line { table: table.to_owned(), row })
                            })
                            .collect()
                    })*
                    other => Err(Error::Broken(other.to_owned())),
                }
            }

            /// Puts a row back.
            ///
            /// # Errors
            /// It does not fit, or exists.
            pub async fn load(&self, line: Line) -> Result<(), Error> {
                match line.table.as_str() {
                    $(stringify!($name) => {
                        let row: $name::Model = serde_json::from_value(line.row).map_err(|error| unreadable(&error))?;
                        row.into_active_model().reset_all().insert(self.connection()).await?;
                        Ok(())
                    })*
                    other => Err(Error::Broken(other.to_owned())),
                }
            }

            /// How many rows a table has.
            ///
            /// # Errors
            /// The database does not answer, or there is no such table.
            pub async fn row_count(&self, table: &str) -> Result<u64, Error> {
                match table {
                    $(stringify!($name) => Ok($name::Entity::find().count(self.connection()).await?),)*
                    other => Err(Error::Broken(other.to_owned())),
                }
            }
        }
    };
}

tables! {
    unit unit_name officer officer_role api_token publication edition signature attachment disposition page_check
    public_change serial job audit setting application application_step
    case_letter case_signature case_paper case_note case_consultation application_draft apply_tally
    dispute withheld withheld_review notice application_move
    register_count ledger_entry annual_report report_adjustment report_receipt report_verdict
}
