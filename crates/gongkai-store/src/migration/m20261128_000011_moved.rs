//! Days of applications that have moved, for example with a new notice of days off: listed until they are a year old.

use sea_orm_migration::prelude::*;

use super::m20261125_000006_application::{column, maybe};

pub(super) struct Step;

const TABLE: &str = "application_move";

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        "m20261128_000011_moved"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table(Alias::new(TABLE))
            .col(column("id").uuid().primary_key())
            .col(column("application_id").uuid())
            .col(column("unit_id").uuid())
            .col(maybe("before_on").date())
            .col(maybe("now_on").date())
            .col(column("at").big_integer())
            .take();
        manager.create_table(table).await?;
        let index = Index::create()
            .name("application_move_by_day")
            .table(Alias::new(TABLE))
            .col(Alias::new("unit_id"))
            .col(Alias::new("at"))
            .take();
        manager.create_index(index).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table(Alias::new(TABLE)).take()).await
    }
}
