//! What grows around an application: letters, signatures, files, notes, those who are asked, drafts.

pub(crate) mod case_letter {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize, serde::Deserialize)]
    #[sea_orm(table_name = "case_letter")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub application_id: Uuid,
        pub unit_id: Uuid,
        pub position: i32,
        pub kind: String,
        pub state: String,
        pub chain: String,
        pub round: i32,
        pub number: Option<String>,
        pub joined_to: Option<Uuid>,
        pub consultation: Option<i32>,
        pub outcome: Option<String>,
        #[sea_orm(column_type = "Text")]
        pub sealed: String,
        #[sea_orm(column_type = "Text", nullable)]
        pub text: Option<String>,
        pub hash: String,
        pub formed_on: Option<Date>,
        pub served_on: Option<Date>,
        pub service: Option<String>,
        #[sea_orm(column_type = "Text")]
        pub proof: String,
        pub author_id: Uuid,
        #[sea_orm(column_type = "Text")]
        pub writers: String,
        pub created_at: i64,
        pub updated_at: i64,
        pub version: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod case_signature {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize, serde::Deserialize)]
    #[sea_orm(table_name = "case_signature")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub letter_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub position: i32,
        pub round: i32,
        pub role: String,
        pub officer_id: Uuid,
        pub standing_for: Option<Uuid>,
        pub approved: bool,
        #[sea_orm(column_type = "Text")]
        pub comment: String,
        pub hash: String,
        pub at: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod case_paper {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize, serde::Deserialize)]
    #[sea_orm(table_name = "case_paper")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub application_id: Uuid,
        pub letter_id: Option<Uuid>,
        pub purpose: String,
        #[sea_orm(column_type = "Text")]
        pub name: String,
        pub media: String,
        pub hash: String,
        pub bytes: i64,
        pub added_at: i64,
        pub officer_id: Option<Uuid>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod case_note {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize, serde::Deserialize)]
    #[sea_orm(table_name = "case_note")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub application_id: Uuid,
        pub kind: String,
        pub on_day: Date,
        pub at: i64,
        pub officer_id: Option<Uuid>,
        #[sea_orm(column_type = "Text")]
        pub sealed: String,
        pub waits: bool,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod case_consultation {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize, serde::Deserialize)]
    #[sea_orm(table_name = "case_consultation")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub application_id: Uuid,
        pub number: i32,
        pub kind: String,
        #[sea_orm(column_type = "Text")]
        pub sealed: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod application_draft {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize, serde::Deserialize)]
    #[sea_orm(table_name = "application_draft")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: Uuid,
        pub secret_hash: String,
        #[sea_orm(column_type = "Text")]
        pub sealed: String,
        pub updated_at: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod apply_tally {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize, serde::Deserialize)]
    #[sea_orm(table_name = "apply_tally")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub unit_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub on_day: Date,
        #[sea_orm(primary_key, auto_increment = false)]
        pub what: String,
        pub count: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
