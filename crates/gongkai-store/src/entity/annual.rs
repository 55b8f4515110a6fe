//! The annual report: counts of cases, the ledger of table 2, reports, additions.

/// How many cases of a kind there are: changes, which add up.
pub(crate) mod register_count {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize, serde::Deserialize)]
    #[sea_orm(table_name = "register_count")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: Uuid,
        pub register: String,
        pub kind: String,
        pub result: String,
        pub began: i32,
        pub ended: i32,
        pub timely: i32,
        pub amount: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A figure of table 2 as somebody entered it.
pub(crate) mod ledger_entry {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize, serde::Deserialize)]
    #[sea_orm(table_name = "ledger_entry")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: Uuid,
        pub section_id: Option<Uuid>,
        pub year: i32,
        pub month: Option<i32>,
        pub item: String,
        pub field: String,
        pub value: String,
        pub source: String,
        pub origin: String,
        pub officer_id: Option<Uuid>,
        pub at: i64,
        pub void_at: Option<i64>,
        pub void_by: Option<Uuid>,
        pub void_reason: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// The report of a year: its text, and the figures that were reported.
pub(crate) mod annual_report {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize, serde::Deserialize)]
    #[sea_orm(table_name = "annual_report")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: Uuid,
        pub year: i32,
        pub number: i32,
        #[sea_orm(column_type = "Text")]
        pub reason: String,
        #[sea_orm(column_type = "Text")]
        pub text: String,
        #[sea_orm(column_type = "Text")]
        pub explained: String,
        pub publication_id: Option<Uuid>,
        pub edition_id: Option<Uuid>,
        #[sea_orm(column_type = "Text")]
        pub reported: String,
        pub fixed_at: Option<i64>,
        pub fixed_by: Option<Uuid>,
        pub submitted_at: Option<i64>,
        pub submitted_by: Option<Uuid>,
        pub created_at: i64,
        pub created_by: Option<Uuid>,
        pub version: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// What was added to a figure, or taken off.
pub(crate) mod report_adjustment {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize, serde::Deserialize)]
    #[sea_orm(table_name = "report_adjustment")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: Uuid,
        pub year: i32,
        pub cell: String,
        pub amount: String,
        #[sea_orm(column_type = "Text")]
        pub reason: String,
        pub paper: String,
        pub officer_id: Uuid,
        pub at: i64,
        pub void_at: Option<i64>,
        pub void_by: Option<Uuid>,
        #[sea_orm(column_type = "Text")]
        pub void_reason: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A report that the supervising office has received.
pub(crate) mod report_receipt {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize, serde::Deserialize)]
    #[sea_orm(table_name = "report_receipt")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: Uuid,
        pub year: i32,
        pub number: i32,
        pub source: String,
        pub report: String,
        pub file_name: String,
        pub file_hash: Option<String>,
        pub state: String,
        #[sea_orm(column_type = "Text")]
        pub reason: String,
        pub arrived_at: i64,
        pub arrived_on: Date,
        pub arrived_by: Option<Uuid>,
        pub decided_at: Option<i64>,
        pub decided_by: Option<Uuid>,
        pub errors: i32,
        #[serde(default)]
        pub open_errors: i32,
        pub warnings: i32,
        #[sea_orm(column_type = "Text")]
        pub findings: String,
        #[sea_orm(column_type = "Text")]
        pub explained: String,
        #[sea_orm(column_type = "Text")]
        pub cells: String,
        #[serde(default)]
        #[sea_orm(column_type = "Text", nullable)]
        pub problems: Option<String>,
        pub new_received: Option<i64>,
        pub carried_in: Option<i64>,
        pub concluded: Option<i64>,
        pub carried_out: Option<i64>,
        pub granted: Option<i64>,
        pub partial: Option<i64>,
        pub denied: Option<i64>,
        pub unable: Option<i64>,
        pub disputes: Option<i64>,
        pub overturned: Option<i64>,
        pub version: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// What the supervising office decided about a finding: the last holds while what the finding rests on stays the same.
pub(crate) mod report_verdict {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize, serde::Deserialize)]
    #[sea_orm(table_name = "report_verdict")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub unit_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub year: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub fingerprint: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub at: i64,
        pub verdict: String,
        #[sea_orm(column_type = "Text")]
        pub reason: String,
        pub officer_id: Uuid,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
