//! Applications and their steps.

pub(crate) mod application {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize, serde::Deserialize)]
    #[sea_orm(table_name = "application")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: Uuid,
        pub registration_no: Option<String>,
        pub query_hash: String,
        pub channel: String,
        pub arrived_on: Date,
        pub arrived_at: i64,
        pub kind: String,
        pub identity_key: Option<String>,
        #[sea_orm(column_type = "Text")]
        pub sealed: String,
        pub shown_name: String,
        pub subject: String,
        pub section_id: Option<Uuid>,
        pub handler_id: Option<Uuid>,
        pub parent_id: Option<Uuid>,
        pub state: String,
        pub due_on: Option<Date>,
        pub due_projected: bool,
        pub due_provisional: bool,
        pub received_on: Option<Date>,
        pub concluded_on: Option<Date>,
        pub outcome: Option<String>,
        pub updated_at: i64,
        pub version: i32,
        #[serde(default)]
        pub subject_key: Option<String>,
        #[serde(default)]
        pub internal_due_on: Option<Date>,
        #[serde(default)]
        pub imported_as: Option<String>,
        #[serde(default)]
        pub erased_on: Option<Date>,
        #[serde(default)]
        pub counted_on: Option<Date>,
        #[serde(default)]
        pub counted_outcome: Option<String>,
        #[serde(default)]
        pub counted_late: Option<bool>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod application_step {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize, serde::Deserialize)]
    #[sea_orm(table_name = "application_step")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub application_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub position: i32,
        pub kind: String,
        pub on_day: Date,
        pub until_day: Option<Date>,
        pub consultation: Option<i32>,
        pub days: Option<i32>,
        pub word: String,
        pub justified: bool,
        pub noted_at: i64,
        pub officer_id: Option<Uuid>,
        #[sea_orm(column_type = "Text", nullable)]
        #[serde(default)]
        pub note: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A day that was thought to stand and has moved.
pub(crate) mod application_move {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize, serde::Deserialize)]
    #[sea_orm(table_name = "application_move")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub application_id: Uuid,
        pub unit_id: Uuid,
        pub before_on: Option<Date>,
        pub now_on: Option<Date>,
        pub at: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
