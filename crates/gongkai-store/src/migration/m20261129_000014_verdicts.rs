//! What was decided about findings is kept in order, nothing is overwritten; section five of each report stands beside its figures, and how many
//! errors are open.

use sea_orm_migration::prelude::*;

use super::m20261125_000006_application::column;

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        "m20261129_000014_verdicts"
    }
}

const COLUMNS: &str = "unit_id, year, fingerprint, at, verdict, reason, officer_id";

/// The table, with the columns that tell one row from another.
fn verdicts(name: &str, key: &[&'static str]) -> TableCreateStatement {
    let mut primary = Index::create();
    for one in key {
        primary.col(Alias::new(*one));
    }
    Table::create()
        .table(Alias::new(name))
        .col(column("unit_id").uuid())
        .col(column("year").integer())
        .col(column("fingerprint").string_len(64))
        .col(column("at").big_integer())
        .col(column("verdict").string_len(20))
        .col(column("reason").text())
        .col(column("officer_id").uuid())
        .primary_key(&mut primary)
        .take()
}

/// SQLite cannot change what tells rows apart: the table is made anew.
async fn anew(manager: &SchemaManager<'_>, key: &[&'static str], only: &str) -> Result<(), DbErr> {
    manager.create_table(verdicts("report_verdict_anew", key)).await?;
    let on = manager.get_connection();
    for sql in [
        format!("INSERT INTO report_verdict_anew ({COLUMNS}) SELECT {COLUMNS} FROM report_verdict AS one{only}"),
        "DROP TABLE report_verdict".to_owned(),
        "ALTER TABLE report_verdict_anew RENAME TO report_verdict".to_owned(),
    ] {
        on.execute_unprepared(&sql).await?;
    }
    Ok(())
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        anew(manager, &["unit_id", "year", "fingerprint", "at"], "").await?;
        let on = manager.get_connection();
        for sql in [
            "ALTER TABLE report_receipt ADD COLUMN open_errors INTEGER NOT NULL DEFAULT 0",
            "ALTER TABLE report_receipt ADD COLUMN problems TEXT",
            "UPDATE report_receipt SET open_errors = errors",
            // Sums over the years and the first arrivals are read from these alone: the rows themselves are wide.
            "CREATE INDEX report_receipt_sums ON report_receipt (year, state, new_received, carried_in, concluded, carried_out, \
             granted, partial, denied, unable, disputes, overturned)",
            "CREATE INDEX report_receipt_first ON report_receipt (year, unit_id, arrived_on)",
        ] {
            on.execute_unprepared(sql).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let on = manager.get_connection();
        for index in ["report_receipt_sums", "report_receipt_first"] {
            on.execute_unprepared(&format!("DROP INDEX {index}")).await?;
        }
        for column in ["problems", "open_errors"] {
            on.execute_unprepared(&format!("ALTER TABLE report_receipt DROP COLUMN {column}")).await?;
        }
        let last = " WHERE one.at = (SELECT MAX(other.at) FROM report_verdict AS other WHERE other.unit_id = one.unit_id \
                    AND other.year = one.year AND other.fingerprint = one.fingerprint)";
        anew(manager, &["unit_id", "year", "fingerprint"], last).await
    }
}
