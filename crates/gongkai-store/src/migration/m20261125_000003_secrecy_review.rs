//! What the secrecy review concludes; grounds; from when a term counts; drafts that carry marks of secrets.

use sea_orm_migration::prelude::*;

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        "m20261125_000003_secrecy_review"
    }
}

const OLD: [&str; 10] =
    ["edition_id", "position", "round", "step", "role", "officer_id", "signed_at", "verdict", "comment", "content"];

/// The columns that signatures gain.
const NEW: [&str; 3] = ["secrecy", "basis", "concerns"];

fn editions() -> [ColumnDef; 3] {
    [
        ColumnDef::new(Alias::new("ground")).string_len(40).null().take(),
        ColumnDef::new(Alias::new("counts_from")).date().null().take(),
        ColumnDef::new(Alias::new("secret_mark")).boolean().not_null().default(false).take(),
    ]
}

/// Signatures with the verdicts that may stand in them: SQLite cannot change a check, so the table is made anew.
fn signatures(verdicts: &[&'static str], further: &[&'static str]) -> TableCreateStatement {
    let column = |name: &'static str| ColumnDef::new(Alias::new(name)).not_null().take();
    let mut table = Table::create().table(Alias::new("signature_next")).take();
    table
        .col(column("edition_id").uuid())
        .col(column("position").integer())
        .col(column("round").integer())
        .col(column("step").integer())
        .col(column("role").string_len(400))
        .col(column("officer_id").uuid())
        .col(column("signed_at").big_integer())
        .col(column("verdict").string_len(400).check(Expr::col(Alias::new("verdict")).is_in(verdicts.iter().copied())))
        .col(column("comment").text())
        .col(column("content").string_len(400));
    for name in further {
        table.col(column(name).text().default(""));
    }
    table.primary_key(Index::create().col(Alias::new("edition_id")).col(Alias::new("position"))).take()
}

async fn move_signatures(manager: &SchemaManager<'_>, next: TableCreateStatement) -> Result<(), DbErr> {
    manager.create_table(next).await?;
    let columns = OLD.join(", ");
    let copy = format!("INSERT INTO signature_next ({columns}) SELECT {columns} FROM signature");
    manager.get_connection().execute_unprepared(&copy).await?;
    manager.drop_table(Table::drop().table(Alias::new("signature")).take()).await?;
    manager.rename_table(Table::rename().table(Alias::new("signature_next"), Alias::new("signature")).take()).await
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        move_signatures(manager, signatures(&["passed", "returned", "referred"], &NEW)).await?;
        for column in editions() {
            manager.alter_table(Table::alter().table(Alias::new("edition")).add_column(column).take()).await?;
        }
        // Where an item is to appear was one word for all.
        let rename = "UPDATE edition SET channels = 'website' WHERE channels = '网站'";
        manager.get_connection().execute_unprepared(rename).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // What was referred waits for its step, as if it had not been signed.
        manager.get_connection().execute_unprepared("DELETE FROM signature WHERE verdict = 'referred'").await?;
        move_signatures(manager, signatures(&["passed", "returned"], &[])).await?;
        for column in editions() {
            let name = column.get_column_name();
            manager
                .alter_table(Table::alter().table(Alias::new("edition")).drop_column(Alias::new(name)).take())
                .await?;
        }
        Ok(())
    }
}
