//! Reconsiderations and suits, what is withheld, notices.

pub(crate) mod dispute {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize, serde::Deserialize)]
    #[sea_orm(table_name = "dispute")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: Uuid,
        pub application_id: Option<Uuid>,
        pub prior_id: Option<Uuid>,
        pub kind: String,
        pub number: String,
        pub forum: String,
        pub filed_on: Date,
        pub copy_on: Option<Date>,
        pub simplified: bool,
        pub co_defendant: bool,
        pub answered_on: Option<Date>,
        pub ruling: Option<String>,
        pub result: String,
        pub decided_on: Option<Date>,
        #[sea_orm(column_type = "Text")]
        pub lesson: String,
        pub imported_as: Option<String>,
        pub created_at: i64,
        pub version: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod withheld {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize, serde::Deserialize)]
    #[sea_orm(table_name = "withheld")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: Uuid,
        pub application_id: Uuid,
        pub letter_id: Option<Uuid>,
        pub ground: String,
        pub subject: String,
        pub decided_on: Date,
        pub hint_on: Option<Date>,
        pub next_review_on: Date,
        pub state: String,
        pub publish_by: Option<Date>,
        pub version: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod withheld_review {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize, serde::Deserialize)]
    #[sea_orm(table_name = "withheld_review")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub withheld_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub position: i32,
        pub on_day: Date,
        pub result: String,
        #[sea_orm(column_type = "Text")]
        pub reason: String,
        pub officer_id: Uuid,
        pub at: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod notice {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize, serde::Deserialize)]
    #[sea_orm(table_name = "notice")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub officer_id: Uuid,
        pub mark: String,
        #[sea_orm(column_type = "Text")]
        pub text: String,
        pub link: String,
        pub at: i64,
        pub read_at: Option<i64>,
        pub mail: String,
        pub attempts: i32,
        pub try_at: i64,
        #[sea_orm(column_type = "Text")]
        pub fault: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
