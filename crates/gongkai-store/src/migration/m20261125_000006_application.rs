//! Applications for information and their steps.

use sea_orm_migration::prelude::*;

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        "m20261125_000006_application"
    }
}

const APPLICATION: &str = "application";
const STEP: &str = "application_step";

pub(super) fn column(name: &'static str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).not_null().take()
}

pub(super) fn maybe(name: &'static str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).null().take()
}

fn applications() -> TableCreateStatement {
    Table::create()
        .table(Alias::new(APPLICATION))
        .col(column("id").uuid().primary_key())
        .col(column("unit_id").uuid())
        .col(maybe("registration_no").string_len(60).unique_key())
        .col(column("query_hash").string_len(64).unique_key())
        .col(column("channel").string_len(40))
        .col(column("arrived_on").date())
        .col(column("arrived_at").big_integer())
        .col(column("kind").string_len(40))
        .col(maybe("identity_key").string_len(64))
        .col(column("sealed").text())
        .col(column("shown_name").string_len(200))
        .col(column("subject").string_len(400))
        .col(maybe("section_id").uuid())
        .col(maybe("handler_id").uuid())
        .col(maybe("parent_id").uuid())
        .col(column("state").string_len(40))
        .col(maybe("due_on").date())
        .col(column("due_projected").boolean())
        .col(column("due_provisional").boolean())
        .col(maybe("received_on").date())
        .col(maybe("concluded_on").date())
        .col(maybe("outcome").string_len(40))
        .col(column("updated_at").big_integer())
        .col(column("version").integer())
        .take()
}

fn steps() -> TableCreateStatement {
    Table::create()
        .table(Alias::new(STEP))
        .col(column("application_id").uuid())
        .col(column("position").integer())
        .col(column("kind").string_len(40))
        .col(column("on_day").date())
        .col(maybe("until_day").date())
        .col(maybe("consultation").integer())
        .col(maybe("days").integer())
        .col(column("word").string_len(60))
        .col(column("justified").boolean())
        .col(column("noted_at").big_integer())
        .col(maybe("officer_id").uuid())
        .primary_key(Index::create().col(Alias::new("application_id")).col(Alias::new("position")))
        .take()
}

/// Name and columns of what is looked up: by due day, by arrival, by applicant.
pub(super) const INDEXES: [(&str, &[&str]); 3] = [
    ("application_by_due", &["unit_id", "state", "due_on"]),
    ("application_by_arrival", &["unit_id", "arrived_at", "id"]),
    ("application_by_identity", &["unit_id", "identity_key", "arrived_on"]),
];

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(applications()).await?;
        manager.create_table(steps()).await?;
        for (name, columns) in INDEXES {
            let mut index = Index::create().name(name).table(Alias::new(APPLICATION)).take();
            for column in columns {
                index.col(Alias::new(*column));
            }
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [STEP, APPLICATION] {
            manager.drop_table(Table::drop().table(Alias::new(table)).take()).await?;
        }
        Ok(())
    }
}
