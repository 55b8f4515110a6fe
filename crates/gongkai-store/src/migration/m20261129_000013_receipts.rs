//! The reports that the supervising office has received, and what it decided about what the checks found.

use sea_orm_migration::prelude::*;

use super::m20261125_000006_application::{column, maybe};

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        "m20261129_000013_receipts"
    }
}

/// The figures that lists and comparisons over years ask for.
const KEY: [&str; 10] = [
    "new_received",
    "carried_in",
    "concluded",
    "carried_out",
    "granted",
    "partial",
    "denied",
    "unable",
    "disputes",
    "overturned",
];

fn receipts() -> TableCreateStatement {
    let mut table = Table::create()
        .table(Alias::new("report_receipt"))
        .col(column("id").uuid().primary_key())
        .col(column("unit_id").uuid())
        .col(column("year").integer())
        .col(column("number").integer())
        .col(column("source").string_len(20))
        .col(column("report").string_len(64))
        .col(column("file_name").string_len(200))
        .col(maybe("file_hash").string_len(64))
        .col(column("state").string_len(20))
        .col(column("reason").text())
        .col(column("arrived_at").big_integer())
        .col(column("arrived_on").date())
        .col(maybe("arrived_by").uuid())
        .col(maybe("decided_at").big_integer())
        .col(maybe("decided_by").uuid())
        .col(column("errors").integer())
        .col(column("warnings").integer())
        .col(column("findings").text())
        .col(column("explained").text())
        .col(column("cells").text())
        .take();
    for name in KEY {
        table.col(maybe(name).big_integer());
    }
    table.col(column("version").integer()).take()
}

fn verdicts() -> TableCreateStatement {
    Table::create()
        .table(Alias::new("report_verdict"))
        .col(column("unit_id").uuid())
        .col(column("year").integer())
        .col(column("fingerprint").string_len(64))
        .col(column("verdict").string_len(20))
        .col(column("reason").text())
        .col(column("officer_id").uuid())
        .col(column("at").big_integer())
        .primary_key(Index::create().col(Alias::new("unit_id")).col(Alias::new("year")).col(Alias::new("fingerprint")))
        .take()
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [receipts(), verdicts()] {
            manager.create_table(table).await?;
        }
        let on = manager.get_connection();
        for sql in [
            "CREATE UNIQUE INDEX report_receipt_once ON report_receipt (unit_id, year, number)",
            "CREATE UNIQUE INDEX report_receipt_current ON report_receipt (year, unit_id) WHERE state <> 'replaced'",
        ] {
            on.execute_unprepared(sql).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["report_verdict", "report_receipt"] {
            manager.drop_table(Table::drop().table(Alias::new(table)).take()).await?;
        }
        Ok(())
    }
}
