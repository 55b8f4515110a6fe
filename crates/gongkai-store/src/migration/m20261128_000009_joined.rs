//! One letter may answer several applications of one applicant: each of the others keeps a copy, which has the number of the first.

use sea_orm_migration::prelude::*;

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        "m20261128_000009_joined"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = ColumnDef::new(Alias::new("joined_to")).uuid().null().take();
        manager.alter_table(Table::alter().table(Alias::new("case_letter")).add_column(column).take()).await?;
        let on = manager.get_connection();
        on.execute_unprepared("DROP INDEX case_letter_by_number").await?;
        on.execute_unprepared(
            "CREATE UNIQUE INDEX case_letter_by_number ON case_letter (unit_id, number) WHERE joined_to IS NULL",
        )
        .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let on = manager.get_connection();
        on.execute_unprepared("DROP INDEX case_letter_by_number").await?;
        // The copies go: each says what the first of them says.
        on.execute_unprepared("DELETE FROM case_letter WHERE joined_to IS NOT NULL").await?;
        on.execute_unprepared("CREATE UNIQUE INDEX case_letter_by_number ON case_letter (unit_id, number)").await?;
        let table = Alias::new("case_letter");
        manager.alter_table(Table::alter().table(table).drop_column(Alias::new("joined_to")).take()).await?;
        Ok(())
    }
}
