//! Units, officers, publications with editions, jobs, the audit chain.

use sea_orm_migration::prelude::*;

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        "m20261124_000001_platform"
    }
}

fn id(name: &'static str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).uuid().not_null().take()
}

fn key(name: &'static str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).uuid().not_null().primary_key().take()
}

fn maybe_id(name: &'static str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).uuid().null().take()
}

/// A short text: a code, a name, a number.
fn word(name: &'static str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).string_len(400).not_null().take()
}

fn maybe_word(name: &'static str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).string_len(400).null().take()
}

fn text(name: &'static str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).text().not_null().take()
}

fn day(name: &'static str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).date().not_null().take()
}

fn maybe_day(name: &'static str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).date().null().take()
}

/// A moment in microseconds, or a large number.
fn long(name: &'static str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).big_integer().not_null().take()
}

fn maybe_long(name: &'static str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).big_integer().null().take()
}

fn number(name: &'static str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).integer().not_null().take()
}

fn flag(name: &'static str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).boolean().not_null().take()
}

/// A code that must be one of these.
fn code(name: &'static str, values: &[&'static str]) -> ColumnDef {
    word(name).check(Expr::col(Alias::new(name)).is_in(values.iter().copied())).take()
}

fn table(name: &'static str, columns: Vec<ColumnDef>) -> TableCreateStatement {
    let mut out = Table::create();
    out.table(Alias::new(name));
    for mut column in columns {
        out.col(&mut column);
    }
    out
}

fn pair(statement: &mut TableCreateStatement, first: &'static str, second: &'static str) -> TableCreateStatement {
    statement.primary_key(Index::create().col(Alias::new(first)).col(Alias::new(second))).take()
}

fn index(table: &'static str, name: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut out = Index::create().table(Alias::new(table)).name(name).take();
    for column in columns {
        out.col(Alias::new(*column));
    }
    out
}

fn unique(table: &'static str, name: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    index(table, name, columns).unique().take()
}

fn people() -> Vec<TableCreateStatement> {
    vec![
        table(
            "unit",
            vec![
                key("id"),
                word("code"),
                code("kind", &["supervising_office", "agency", "section"]),
                maybe_id("parent_id"),
                maybe_id("successor_id"),
                maybe_day("closed_on"),
                number("position"),
                text("settings"),
                number("version"),
            ],
        ),
        pair(&mut table("unit_name", vec![id("unit_id"), day("from_on"), word("name")]), "unit_id", "from_on"),
        table(
            "officer",
            vec![
                key("id"),
                id("unit_id"),
                maybe_id("section_id"),
                word("login"),
                word("name"),
                word("post"),
                maybe_word("password"),
                maybe_word("totp"),
                long("totp_step"),
                flag("must_change"),
                number("failures"),
                maybe_long("locked_until"),
                flag("disabled"),
                long("created_at"),
                number("version"),
            ],
        ),
        table(
            "officer_role",
            vec![
                key("id"),
                id("officer_id"),
                word("role"),
                day("from_on"),
                maybe_day("until_on"),
                maybe_id("standing_for"),
            ],
        ),
        table(
            "session",
            vec![
                word("hash").primary_key().take(),
                id("officer_id"),
                word("csrf"),
                code("stage", &["full", "totp", "change"]),
                long("created_at"),
                long("seen_at"),
                long("expires_at"),
                word("agent"),
            ],
        ),
        table(
            "one_time_link",
            vec![word("hash").primary_key().take(), maybe_id("officer_id"), long("expires_at"), maybe_long("used_at")],
        ),
        table(
            "api_token",
            vec![
                key("id"),
                id("officer_id"),
                word("name"),
                word("hash"),
                word("scopes"),
                long("created_at"),
                long("expires_at"),
                maybe_long("revoked_at"),
            ],
        ),
    ]
}

fn publications() -> Vec<TableCreateStatement> {
    vec![
        table(
            "publication",
            vec![
                key("id"),
                id("unit_id"),
                maybe_word("index_no"),
                long("created_at"),
                maybe_long("first_published_at"),
                maybe_word("imported_as"),
            ],
        ),
        table(
            "edition",
            vec![
                key("id"),
                id("publication_id"),
                id("unit_id"),
                number("number"),
                code(
                    "state",
                    &["draft", "in_review", "approved", "published", "superseded", "withdrawn", "discarded", "closed"],
                ),
                number("step"),
                maybe_long("publish_at"),
                maybe_long("published_at"),
                maybe_long("withdrawn_at"),
                text("withdrawn_reason"),
                text("authors"),
                word("chain"),
                word("content"),
                number("round"),
                text("change_note"),
                text("urgent_reason"),
                flag("urgent_settled"),
                maybe_day("review_by"),
                word("title"),
                maybe_word("doc_no"),
                day("formed_on"),
                word("theme"),
                word("genre"),
                word("catalog_node"),
                code("attribute", &["proactive", "on_request", "withheld"]),
                text("attribute_reason"),
                maybe_word("validity"),
                maybe_day("effective_on"),
                maybe_day("repealed_on"),
                text("summary"),
                word("keywords"),
                word("channels"),
                maybe_id("explains"),
                maybe_long("submitted_at"),
                long("updated_at"),
                number("version"),
                text("body"),
            ],
        ),
        pair(
            &mut table(
                "signature",
                vec![
                    id("edition_id"),
                    number("position"),
                    number("round"),
                    number("step"),
                    word("role"),
                    id("officer_id"),
                    long("signed_at"),
                    code("verdict", &["passed", "returned"]),
                    text("comment"),
                    word("content"),
                ],
            ),
            "edition_id",
            "position",
        ),
        table(
            "attachment",
            vec![
                key("id"),
                id("edition_id"),
                number("position"),
                word("name"),
                word("media"),
                word("hash"),
                long("bytes"),
                flag("public"),
                maybe_word("text_hash"),
                text("hidden"),
            ],
        ),
        pair(
            &mut table(
                "disposition",
                vec![
                    id("publication_id"),
                    word("fingerprint"),
                    word("verdict"),
                    text("reason"),
                    id("officer_id"),
                    long("decided_at"),
                ],
            ),
            "publication_id",
            "fingerprint",
        ),
        table("public_change", vec![long("sequence").primary_key().take(), id("publication_id"), long("changed_at")]),
        table("serial", vec![word("name").primary_key().take(), long("last")]),
    ]
}

fn system() -> Vec<TableCreateStatement> {
    vec![
        table(
            "job",
            vec![
                key("id"),
                word("kind"),
                text("subject"),
                long("run_at"),
                number("attempts"),
                maybe_long("lease_until"),
                maybe_long("done_at"),
                text("fault"),
            ],
        ),
        table(
            "audit",
            vec![
                long("sequence").primary_key().take(),
                long("at"),
                word("actor"),
                word("act"),
                word("subject"),
                text("detail"),
                word("previous"),
                word("hash"),
            ],
        ),
        table("setting", vec![word("name").primary_key().take(), text("value"), number("version")]),
    ]
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        unique("unit", "unit_code", &["code"]),
        unique("officer", "officer_login", &["login"]),
        index("officer", "officer_unit", &["unit_id"]),
        index("officer_role", "officer_role_officer", &["officer_id"]),
        index("session", "session_officer", &["officer_id"]),
        unique("api_token", "api_token_hash", &["hash"]),
        unique("publication", "publication_index_no", &["index_no"]),
        unique("publication", "publication_imported", &["unit_id", "imported_as"]),
        unique("edition", "edition_number", &["publication_id", "number"]),
        index("edition", "edition_public", &["state", "attribute", "published_at", "id"]),
        index("edition", "edition_public_unit", &["unit_id", "state", "attribute", "published_at", "id"]),
        index(
            "edition",
            "edition_public_node",
            &["unit_id", "catalog_node", "state", "attribute", "published_at", "id"],
        ),
        index("edition", "edition_node", &["catalog_node", "state", "attribute", "published_at", "id"]),
        index("edition", "edition_desk", &["unit_id", "state", "updated_at"]),
        index("edition", "edition_unsettled", &["unit_id", "urgent_settled"]),
        index("edition", "edition_review_by", &["unit_id", "review_by"]),
        index("edition", "edition_explains", &["explains"]),
        index("attachment", "attachment_edition", &["edition_id"]),
        index("job", "job_open", &["done_at", "run_at"]),
        index("audit", "audit_subject", &["subject"]),
    ]
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for statement in people().into_iter().chain(publications()).chain(system()) {
            manager.create_table(statement).await?;
        }
        for statement in indexes() {
            manager.create_index(statement).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let all: Vec<TableCreateStatement> = people().into_iter().chain(publications()).chain(system()).collect();
        for statement in all.into_iter().rev() {
            if let Some(name) = statement.get_table_name().cloned() {
                manager.drop_table(Table::drop().table(name).take()).await?;
            }
        }
        Ok(())
    }
}
