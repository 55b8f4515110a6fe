//! What the lists of the office and the counts of the portal look up, so that they cost the same however much is public; and at
//! most one public version of a publication. Drafts whose author asks for a decision about findings.

use sea_orm_migration::prelude::*;

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        "m20261125_000005_indexes"
    }
}

/// Index, table and columns.
const ADDED: [(&str, &str, &str); 7] = [
    ("edition_state", "edition", "unit_id, state, updated_at, id"),
    ("edition_latest", "edition", "unit_id, updated_at, id"),
    ("edition_counts", "edition", "state, attribute, unit_id, catalog_node, published_at"),
    ("edition_title", "edition", "unit_id, title"),
    ("edition_doc_no", "edition", "unit_id, doc_no"),
    ("publication_first", "publication", "unit_id, first_published_at"),
    ("page_check_verdict", "page_check", "verdict"),
];

const ONE_PUBLIC: &str = "CREATE UNIQUE INDEX edition_one_public ON edition (publication_id) WHERE state = 'published'";

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let on = manager.get_connection();
        on.execute_unprepared("ALTER TABLE edition ADD COLUMN help_wanted BOOLEAN NOT NULL DEFAULT FALSE").await?;
        for (name, table, columns) in ADDED {
            on.execute_unprepared(&format!("CREATE INDEX {name} ON {table} ({columns})")).await?;
        }
        on.execute_unprepared(ONE_PUBLIC).await?;
        // The first of the new ones does what this one did, and gives the order as well.
        on.execute_unprepared("DROP INDEX edition_desk").await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let on = manager.get_connection();
        on.execute_unprepared("CREATE INDEX edition_desk ON edition (unit_id, state, updated_at)").await?;
        on.execute_unprepared("DROP INDEX edition_one_public").await?;
        for (name, _, _) in ADDED {
            on.execute_unprepared(&format!("DROP INDEX {name}")).await?;
        }
        on.execute_unprepared("ALTER TABLE edition DROP COLUMN help_wanted").await?;
        Ok(())
    }
}
