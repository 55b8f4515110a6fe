//! The annual report out of the work: the end that a case is counted with, how many cases there are of each kind, the ledger of table 2,
//! the reports of each year, what was added to their figures.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DatabaseBackend};

use super::m20261125_000006_application::{column, maybe};

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        "m20261129_000012_annual"
    }
}

fn counts() -> TableCreateStatement {
    Table::create()
        .table(Alias::new("register_count"))
        .col(column("id").uuid().primary_key())
        .col(column("unit_id").uuid())
        .col(column("register").string_len(20))
        .col(column("kind").string_len(40))
        .col(column("result").string_len(40))
        .col(column("began").integer())
        .col(column("ended").integer())
        .col(column("timely").integer())
        .col(column("amount").big_integer())
        .take()
}

fn ledger() -> TableCreateStatement {
    Table::create()
        .table(Alias::new("ledger_entry"))
        .col(column("id").uuid().primary_key())
        .col(column("unit_id").uuid())
        .col(maybe("section_id").uuid())
        .col(column("year").integer())
        .col(maybe("month").integer())
        .col(column("item").string_len(40))
        .col(column("field").string_len(40))
        .col(column("value").string_len(40))
        .col(column("source").string_len(400))
        .col(column("origin").string_len(20))
        .col(maybe("officer_id").uuid())
        .col(column("at").big_integer())
        .col(maybe("void_at").big_integer())
        .col(maybe("void_by").uuid())
        .col(column("void_reason").string_len(400))
        .take()
}

fn reports() -> TableCreateStatement {
    Table::create()
        .table(Alias::new("annual_report"))
        .col(column("id").uuid().primary_key())
        .col(column("unit_id").uuid())
        .col(column("year").integer())
        .col(column("number").integer())
        .col(column("reason").text())
        .col(column("text").text())
        .col(column("explained").text())
        .col(maybe("publication_id").uuid())
        .col(maybe("edition_id").uuid())
        .col(column("reported").text())
        .col(maybe("fixed_at").big_integer())
        .col(maybe("fixed_by").uuid())
        .col(maybe("submitted_at").big_integer())
        .col(maybe("submitted_by").uuid())
        .col(column("created_at").big_integer())
        .col(maybe("created_by").uuid())
        .col(column("version").integer())
        .take()
}

fn adjustments() -> TableCreateStatement {
    Table::create()
        .table(Alias::new("report_adjustment"))
        .col(column("id").uuid().primary_key())
        .col(column("unit_id").uuid())
        .col(column("year").integer())
        .col(column("cell").string_len(100))
        .col(column("amount").string_len(40))
        .col(column("reason").text())
        .col(column("paper").string_len(400))
        .col(column("officer_id").uuid())
        .col(column("at").big_integer())
        .col(maybe("void_at").big_integer())
        .col(maybe("void_by").uuid())
        .col(column("void_reason").text())
        .take()
}

/// The first end of an application that was reopened by order, out of its steps.
const FIRST_END: &str = "FROM application_step s WHERE s.application_id = application.id \
AND s.kind IN ('replied', 'registered', 'withdrawn', 'correction_lapsed', 'fee_lapsed') \
ORDER BY s.on_day, s.position LIMIT 1";

/// What each kind of end is counted as.
const OUTCOME: &str = "CASE s.kind WHEN 'withdrawn' THEN 'withdrawn' WHEN 'correction_lapsed' THEN 'correction_abandoned' \
WHEN 'fee_lapsed' THEN 'fee_unpaid' ELSE s.word END";

/// How many of each kind there are now.
fn filled(postgres: bool) -> [String; 2] {
    let id = if postgres { "gen_random_uuid()" } else { "randomblob(16)" };
    let year = |column: &str| {
        if postgres {
            format!("CAST(EXTRACT(YEAR FROM {column}) AS INTEGER)")
        } else {
            format!("CAST(strftime('%Y', {column}) AS INTEGER)")
        }
    };
    let ended = |column: &str| format!("COALESCE({}, 0)", year(column));
    let into = "INSERT INTO register_count (id, unit_id, register, kind, result, began, ended, timely, amount) ";
    [
        format!(
            "{into}SELECT {id}, unit_id, 'application', kind, result, began, ended, timely, amount FROM (SELECT unit_id, kind, \
             COALESCE(counted_outcome, '') AS result, {} AS began, {} AS ended, CASE WHEN counted_late IS NULL THEN 0 WHEN counted_late THEN 2 ELSE 1 END AS timely, \
             COUNT(*) AS amount FROM application WHERE received_on IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6) AS one",
            year("received_on"),
            ended("counted_on")
        ),
        format!(
            "{into}SELECT {id}, unit_id, 'dispute', kind, result, began, ended, 0, amount FROM (SELECT unit_id, kind, \
             result, {} AS began, {} AS ended, COUNT(*) AS amount FROM dispute WHERE co_defendant = {} \
             GROUP BY 1, 2, 3, 4, 5) AS one",
            year("filed_on"),
            ended("decided_on"),
            if postgres { "FALSE" } else { "0" }
        ),
    ]
}

/// Fills in what follows from the rest: the end that a case is counted with, where it is not kept; and the counts, anew.
pub(crate) async fn derive<C: ConnectionTrait>(on: &C) -> Result<(), DbErr> {
    if on.get_database_backend() == DatabaseBackend::Postgres {
        // Nobody changes a case between the counting and what it replaces; on SQLite there is one writer anyway.
        on.execute_unprepared("LOCK TABLE application, dispute, register_count IN SHARE ROW EXCLUSIVE MODE").await?;
    }
    on.execute_unprepared(
        "UPDATE application SET counted_on = concluded_on, counted_outcome = outcome \
         WHERE counted_on IS NULL AND concluded_on IS NOT NULL",
    )
    .await?;
    on.execute_unprepared(&format!(
        "UPDATE application SET counted_on = (SELECT s.on_day {FIRST_END}), counted_outcome = (SELECT {OUTCOME} \
         {FIRST_END}) WHERE id IN (SELECT application_id FROM application_step WHERE kind = 'reopened')"
    ))
    .await?;
    on.execute_unprepared("DELETE FROM register_count").await?;
    for statement in filled(on.get_database_backend() == DatabaseBackend::Postgres) {
        on.execute_unprepared(&statement).await?;
    }
    Ok(())
}

/// Table, index, columns.
const INDEXES: [(&str, &str, &str); 6] = [
    ("register_count", "register_count_by_unit", "unit_id, began"),
    ("ledger_entry", "ledger_entry_by_year", "unit_id, year"),
    ("report_adjustment", "report_adjustment_by_year", "unit_id, year"),
    ("application", "application_counted", "unit_id, counted_outcome, counted_on, id"),
    ("dispute", "dispute_counted", "unit_id, kind, filed_on"),
    ("edition", "edition_by_node", "unit_id, catalog_node, state"),
];

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [counts(), ledger(), reports(), adjustments()] {
            manager.create_table(table).await?;
        }
        for added in [
            maybe("counted_on").date().take(),
            maybe("counted_outcome").string_len(40).take(),
            maybe("counted_late").boolean().take(),
        ] {
            let alter = Table::alter().table(Alias::new("application")).add_column(added).take();
            manager.alter_table(alter).await?;
        }
        let on = manager.get_connection();
        derive(on).await?;
        for (table, name, columns) in INDEXES {
            on.execute_unprepared(&format!("CREATE INDEX {name} ON {table} ({columns})")).await?;
        }
        on.execute_unprepared("CREATE UNIQUE INDEX annual_report_once ON annual_report (unit_id, year, number)")
            .await?;
        on.execute_unprepared("CREATE INDEX annual_report_by_edition ON annual_report (edition_id)").await?;
        on.execute_unprepared("CREATE INDEX annual_report_by_publication ON annual_report (publication_id)").await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let on = manager.get_connection();
        for (table, name, _) in INDEXES {
            if matches!(table, "application" | "dispute" | "edition") {
                on.execute_unprepared(&format!("DROP INDEX {name}")).await?;
            }
        }
        for name in ["counted_on", "counted_outcome", "counted_late"] {
            let alter = Table::alter().table(Alias::new("application")).drop_column(Alias::new(name)).take();
            manager.alter_table(alter).await?;
        }
        for table in ["report_adjustment", "annual_report", "ledger_entry", "register_count"] {
            manager.drop_table(Table::drop().table(Alias::new(table)).take()).await?;
        }
        Ok(())
    }
}
