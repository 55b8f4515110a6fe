//! Reconsiderations and suits, the register of what is withheld, notices to people; numbers of applications are unique within their
//! organ, and an earlier register can be brought in.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::ConnectionTrait;

use super::m20261125_000006_application::{INDEXES as FIRST, column, maybe};

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        "m20261127_000008_disputes"
    }
}

/// The columns that both shapes of the table have.
const KEPT: &str = "id, unit_id, registration_no, query_hash, channel, arrived_on, arrived_at, kind, identity_key, sealed, \
shown_name, subject, section_id, handler_id, parent_id, state, due_on, due_projected, due_provisional, received_on, \
concluded_on, outcome, updated_at, version, subject_key, internal_due_on";

fn applications() -> TableCreateStatement {
    Table::create()
        .table(Alias::new("application"))
        .col(column("id").uuid().primary_key())
        .col(column("unit_id").uuid())
        .col(maybe("registration_no").string_len(60))
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
        .col(maybe("subject_key").string_len(64))
        .col(maybe("internal_due_on").date())
        .col(maybe("imported_as").string_len(64))
        .col(maybe("erased_on").date())
        .take()
}

fn disputes() -> TableCreateStatement {
    Table::create()
        .table(Alias::new("dispute"))
        .col(column("id").uuid().primary_key())
        .col(column("unit_id").uuid())
        .col(maybe("application_id").uuid())
        .col(maybe("prior_id").uuid())
        .col(column("kind").string_len(40))
        .col(column("number").string_len(100))
        .col(column("forum").string_len(200))
        .col(column("filed_on").date())
        .col(maybe("copy_on").date())
        .col(column("simplified").boolean())
        .col(column("co_defendant").boolean())
        .col(maybe("answered_on").date())
        .col(maybe("ruling").string_len(40))
        .col(column("result").string_len(40))
        .col(maybe("decided_on").date())
        .col(column("lesson").text())
        .col(maybe("imported_as").string_len(64))
        .col(column("created_at").big_integer())
        .col(column("version").integer())
        .take()
}

fn withheld() -> TableCreateStatement {
    Table::create()
        .table(Alias::new("withheld"))
        .col(column("id").uuid().primary_key())
        .col(column("unit_id").uuid())
        .col(column("application_id").uuid())
        .col(maybe("letter_id").uuid())
        .col(column("ground").string_len(40))
        .col(column("subject").string_len(400))
        .col(column("decided_on").date())
        .col(maybe("hint_on").date())
        .col(column("next_review_on").date())
        .col(column("state").string_len(20))
        .col(maybe("publish_by").date())
        .col(column("version").integer())
        .take()
}

fn reviews() -> TableCreateStatement {
    Table::create()
        .table(Alias::new("withheld_review"))
        .col(column("withheld_id").uuid())
        .col(column("position").integer())
        .col(column("on_day").date())
        .col(column("result").string_len(20))
        .col(column("reason").text())
        .col(column("officer_id").uuid())
        .col(column("at").big_integer())
        .primary_key(Index::create().col(Alias::new("withheld_id")).col(Alias::new("position")))
        .take()
}

fn notices() -> TableCreateStatement {
    Table::create()
        .table(Alias::new("notice"))
        .col(column("id").uuid().primary_key())
        .col(column("officer_id").uuid())
        .col(column("mark").string_len(120).unique_key())
        .col(column("text").text())
        .col(column("link").string_len(200))
        .col(column("at").big_integer())
        .col(maybe("read_at").big_integer())
        .col(column("mail").string_len(20))
        .col(column("attempts").integer())
        .col(column("try_at").big_integer())
        .col(column("fault").text())
        .take()
}

/// Table, name, columns, whether no two rows may be alike.
type Looked = (&'static str, &'static str, &'static [&'static str], bool);

const INDEXES: [Looked; 12] = [
    ("application", "application_by_handler", &["handler_id", "state", "due_on"], false),
    ("application", "application_by_section", &["section_id", "state", "due_on"], false),
    ("application", "application_by_subject", &["unit_id", "subject_key", "arrived_on"], false),
    ("application", "application_by_number", &["unit_id", "registration_no"], true),
    ("application", "application_by_state", &["unit_id", "state", "arrived_at", "id"], false),
    ("application", "application_by_end", &["unit_id", "concluded_on"], false),
    ("dispute", "dispute_by_number", &["unit_id", "kind", "number"], true),
    ("dispute", "dispute_by_result", &["unit_id", "result", "filed_on"], false),
    ("dispute", "dispute_by_case", &["application_id"], false),
    ("withheld", "withheld_by_review", &["unit_id", "state", "next_review_on"], false),
    ("notice", "notice_by_person", &["officer_id", "at"], false),
    ("notice", "notice_by_mail", &["mail", "try_at"], false),
];

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        let of_table = FIRST.iter().map(|(name, _)| *name);
        let added = ["application_by_handler", "application_by_section", "application_by_subject"];
        for name in of_table.chain(added) {
            manager.drop_index(Index::drop().name(name).table(Alias::new("application")).to_owned()).await?;
        }
        connection.execute_unprepared("ALTER TABLE application RENAME TO application_before").await?;
        manager.create_table(applications()).await?;
        connection
            .execute_unprepared(&format!("INSERT INTO application ({KEPT}) SELECT {KEPT} FROM application_before"))
            .await?;
        manager.drop_table(Table::drop().table(Alias::new("application_before")).take()).await?;
        for table in [disputes(), withheld(), reviews(), notices()] {
            manager.create_table(table).await?;
        }
        let first = FIRST.iter().map(|(name, columns)| ("application", *name, *columns, false));
        for (table, name, columns, alone) in first.chain(INDEXES) {
            let mut index = Index::create().name(name).table(Alias::new(table)).take();
            if alone {
                index.unique();
            }
            for column in columns {
                index.col(Alias::new(*column));
            }
            manager.create_index(index).await?;
        }
        let mail = ColumnDef::new(Alias::new("mail")).string_len(200).null().take();
        manager.alter_table(Table::alter().table(Alias::new("officer")).add_column(mail).take()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table(Alias::new("officer")).drop_column(Alias::new("mail")).take()).await?;
        for table in ["notice", "withheld_review", "withheld", "dispute"] {
            manager.drop_table(Table::drop().table(Alias::new(table)).take()).await?;
        }
        for name in ["application_by_number", "application_by_state", "application_by_end"] {
            manager.drop_index(Index::drop().name(name).table(Alias::new("application")).to_owned()).await?;
        }
        for column in ["erased_on", "imported_as"] {
            let one = Table::alter().table(Alias::new("application")).drop_column(Alias::new(column)).take();
            manager.alter_table(one).await?;
        }
        Ok(())
    }
}
