//! What the checker found after publication.

use sea_orm_migration::prelude::*;

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        "m20261125_000002_page_check"
    }
}

const TABLE: &str = "page_check";

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = |name: &'static str| ColumnDef::new(Alias::new(name)).not_null().take();
        let mut table = Table::create().table(Alias::new(TABLE)).take();
        table
            .col(column("edition_id").uuid().primary_key())
            .col(column("officer_id").uuid())
            .col(column("checked_at").big_integer())
            .col(column("verdict").string_len(40).check(Expr::col(Alias::new("verdict")).is_in(["right", "wrong"])))
            .col(column("note").text());
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table(Alias::new(TABLE)).take()).await
    }
}
