//! What grows around an application: letters with their signatures, files, notes, those who are asked, drafts of the public page.

use sea_orm_migration::prelude::*;

use super::m20261125_000006_application::{column, maybe};

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        "m20261127_000007_casework"
    }
}

fn letters() -> TableCreateStatement {
    Table::create()
        .table(Alias::new("case_letter"))
        .col(column("id").uuid().primary_key())
        .col(column("application_id").uuid())
        .col(column("unit_id").uuid())
        .col(column("position").integer())
        .col(column("kind").string_len(10))
        .col(column("state").string_len(20))
        .col(column("chain").string_len(200))
        .col(column("round").integer())
        .col(maybe("number").string_len(100))
        .col(maybe("consultation").integer())
        .col(maybe("outcome").string_len(40))
        .col(column("sealed").text())
        .col(maybe("text").text())
        .col(column("hash").string_len(64))
        .col(maybe("formed_on").date())
        .col(maybe("served_on").date())
        .col(maybe("service").string_len(20))
        .col(column("proof").text())
        .col(column("author_id").uuid())
        .col(column("writers").text())
        .col(column("created_at").big_integer())
        .col(column("updated_at").big_integer())
        .col(column("version").integer())
        .take()
}

fn signatures() -> TableCreateStatement {
    Table::create()
        .table(Alias::new("case_signature"))
        .col(column("letter_id").uuid())
        .col(column("position").integer())
        .col(column("round").integer())
        .col(column("role").string_len(40))
        .col(column("officer_id").uuid())
        .col(maybe("standing_for").uuid())
        .col(column("approved").boolean())
        .col(column("comment").text())
        .col(column("hash").string_len(64))
        .col(column("at").big_integer())
        .primary_key(Index::create().col(Alias::new("letter_id")).col(Alias::new("position")))
        .take()
}

fn papers() -> TableCreateStatement {
    Table::create()
        .table(Alias::new("case_paper"))
        .col(column("id").uuid().primary_key())
        .col(column("application_id").uuid())
        .col(maybe("letter_id").uuid())
        .col(column("purpose").string_len(40))
        .col(column("name").text())
        .col(column("media").string_len(100))
        .col(column("hash").string_len(64))
        .col(column("bytes").big_integer())
        .col(column("added_at").big_integer())
        .col(maybe("officer_id").uuid())
        .take()
}

fn notes() -> TableCreateStatement {
    Table::create()
        .table(Alias::new("case_note"))
        .col(column("id").uuid().primary_key())
        .col(column("application_id").uuid())
        .col(column("kind").string_len(40))
        .col(column("on_day").date())
        .col(column("at").big_integer())
        .col(maybe("officer_id").uuid())
        .col(column("sealed").text())
        .col(column("waits").boolean())
        .take()
}

fn consultations() -> TableCreateStatement {
    Table::create()
        .table(Alias::new("case_consultation"))
        .col(column("id").uuid().primary_key())
        .col(column("application_id").uuid())
        .col(column("number").integer())
        .col(column("kind").string_len(20))
        .col(column("sealed").text())
        .take()
}

fn drafts() -> TableCreateStatement {
    Table::create()
        .table(Alias::new("application_draft"))
        .col(column("id").uuid().primary_key())
        .col(column("unit_id").uuid())
        .col(column("secret_hash").string_len(64))
        .col(column("sealed").text())
        .col(column("updated_at").big_integer())
        .take()
}

fn tallies() -> TableCreateStatement {
    Table::create()
        .table(Alias::new("apply_tally"))
        .col(column("unit_id").uuid())
        .col(column("on_day").date())
        .col(column("what").string_len(20))
        .col(column("count").big_integer())
        .primary_key(Index::create().col(Alias::new("unit_id")).col(Alias::new("on_day")).col(Alias::new("what")))
        .take()
}

/// Name, table and columns of what is looked up.
const INDEXES: [(&str, &str, &[&str]); 9] = [
    ("case_letter_by_case", "case_letter", &["application_id", "position"]),
    ("case_letter_by_state", "case_letter", &["unit_id", "state", "updated_at"]),
    ("case_letter_by_number", "case_letter", &["unit_id", "number"]),
    ("case_paper_by_case", "case_paper", &["application_id", "added_at"]),
    ("case_paper_by_hash", "case_paper", &["hash"]),
    ("case_note_by_case", "case_note", &["application_id", "at"]),
    ("case_note_waiting", "case_note", &["waits", "at"]),
    ("case_consultation_by_case", "case_consultation", &["application_id", "number"]),
    ("application_draft_by_age", "application_draft", &["updated_at"]),
];

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let note = ColumnDef::new(Alias::new("note")).text().null().take();
        let step = Table::alter().table(Alias::new("application_step")).add_column(note).take();
        manager.alter_table(step).await?;
        let key = ColumnDef::new(Alias::new("subject_key")).string_len(64).null().take();
        let internal = ColumnDef::new(Alias::new("internal_due_on")).date().null().take();
        for column in [key, internal] {
            manager.alter_table(Table::alter().table(Alias::new("application")).add_column(column).take()).await?;
        }
        for table in [letters(), signatures(), papers(), notes(), consultations(), drafts(), tallies()] {
            manager.create_table(table).await?;
        }
        for (name, table, columns) in INDEXES {
            let mut index = Index::create().name(name).table(Alias::new(table)).take();
            if name == "case_letter_by_number" {
                index.unique();
            }
            for column in columns {
                index.col(Alias::new(*column));
            }
            manager.create_index(index).await?;
        }
        for (name, columns) in [
            ("application_by_handler", ["handler_id", "state", "due_on"]),
            ("application_by_section", ["section_id", "state", "due_on"]),
            ("application_by_subject", ["unit_id", "subject_key", "arrived_on"]),
        ] {
            let mut index = Index::create().name(name).table(Alias::new("application")).take();
            for column in columns {
                index.col(Alias::new(column));
            }
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for name in ["application_by_handler", "application_by_section", "application_by_subject"] {
            manager.drop_index(Index::drop().name(name).table(Alias::new("application")).to_owned()).await?;
        }
        for table in [
            "apply_tally",
            "application_draft",
            "case_consultation",
            "case_note",
            "case_paper",
            "case_signature",
            "case_letter",
        ] {
            manager.drop_table(Table::drop().table(Alias::new(table)).take()).await?;
        }
        for (table, column) in
            [("application", "internal_due_on"), ("application", "subject_key"), ("application_step", "note")]
        {
            manager.alter_table(Table::alter().table(Alias::new(table)).drop_column(Alias::new(column)).take()).await?;
        }
        Ok(())
    }
}
