//! What the secrecy review concludes; grounds; from when a term counts; drafts that carry marks of secrets.

use sea_orm_migration::prelude::*;

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        "m20261125_000003_secrecy_review"
    }
}

fn columns() -> Vec<(&'static str, ColumnDef)> {
    let word = |name: &'static str| ColumnDef::new(Alias::new(name)).string_len(200).not_null().default("").take();
    vec![
        ("signature", word("secrecy")),
        ("signature", ColumnDef::new(Alias::new("basis")).text().not_null().default("").take()),
        ("signature", word("concerns")),
        ("edition", ColumnDef::new(Alias::new("ground")).string_len(40).null().take()),
        ("edition", ColumnDef::new(Alias::new("counts_from")).date().null().take()),
        ("edition", ColumnDef::new(Alias::new("secret_mark")).boolean().not_null().default(false).take()),
    ]
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in columns() {
            manager.alter_table(Table::alter().table(Alias::new(table)).add_column(column).take()).await?;
        }
        // Where an item is to appear was one word for all.
        let mut rename = Query::update();
        rename
            .table(Alias::new("edition"))
            .value(Alias::new("channels"), "website")
            .and_where(Expr::col(Alias::new("channels")).eq("网站"));
        manager.execute(rename).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in columns() {
            let name = column.get_column_name();
            manager.alter_table(Table::alter().table(Alias::new(table)).drop_column(Alias::new(name)).take()).await?;
        }
        Ok(())
    }
}
