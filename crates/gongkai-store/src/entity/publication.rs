//! Publications, their editions, signatures, attachments, dispositions.

pub(crate) mod publication {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize, serde::Deserialize)]
    #[sea_orm(table_name = "publication")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: Uuid,
        pub index_no: Option<String>,
        pub created_at: i64,
        pub first_published_at: Option<i64>,
        pub imported_as: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod edition {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize, serde::Deserialize)]
    #[sea_orm(table_name = "edition")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub publication_id: Uuid,
        pub unit_id: Uuid,
        pub number: i32,
        pub state: String,
        pub step: i32,
        pub publish_at: Option<i64>,
        pub published_at: Option<i64>,
        pub withdrawn_at: Option<i64>,
        #[sea_orm(column_type = "Text")]
        pub withdrawn_reason: String,
        #[sea_orm(column_type = "Text")]
        pub authors: String,
        pub chain: String,
        pub content: String,
        pub round: i32,
        #[sea_orm(column_type = "Text")]
        pub change_note: String,
        #[sea_orm(column_type = "Text")]
        pub urgent_reason: String,
        pub urgent_settled: bool,
        pub review_by: Option<Date>,
        pub title: String,
        pub doc_no: Option<String>,
        pub formed_on: Date,
        pub theme: String,
        pub genre: String,
        pub catalog_node: String,
        pub attribute: String,
        #[sea_orm(column_type = "Text")]
        pub attribute_reason: String,
        pub validity: Option<String>,
        pub effective_on: Option<Date>,
        pub repealed_on: Option<Date>,
        #[sea_orm(column_type = "Text")]
        pub summary: String,
        pub keywords: String,
        pub channels: String,
        pub explains: Option<Uuid>,
        pub submitted_at: Option<i64>,
        pub updated_at: i64,
        pub version: i32,
        #[sea_orm(column_type = "Text")]
        pub body: String,
        #[serde(default)]
        pub ground: Option<String>,
        #[serde(default)]
        pub counts_from: Option<Date>,
        #[serde(default)]
        pub secret_mark: bool,
        #[serde(default)]
        pub section_id: Option<Uuid>,
        #[serde(default)]
        pub help_wanted: bool,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod signature {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize, serde::Deserialize)]
    #[sea_orm(table_name = "signature")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub edition_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub position: i32,
        pub round: i32,
        pub step: i32,
        pub role: String,
        pub officer_id: Uuid,
        pub signed_at: i64,
        pub verdict: String,
        #[sea_orm(column_type = "Text")]
        pub comment: String,
        pub content: String,
        #[serde(default)]
        pub secrecy: String,
        #[sea_orm(column_type = "Text")]
        #[serde(default)]
        pub basis: String,
        #[serde(default)]
        pub concerns: String,
        #[serde(default)]
        pub standing_for: Option<Uuid>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod attachment {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize, serde::Deserialize)]
    #[sea_orm(table_name = "attachment")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub edition_id: Uuid,
        pub position: i32,
        pub name: String,
        pub media: String,
        pub hash: String,
        pub bytes: i64,
        pub public: bool,
        pub text_hash: Option<String>,
        #[sea_orm(column_type = "Text")]
        pub hidden: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod disposition {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize, serde::Deserialize)]
    #[sea_orm(table_name = "disposition")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub publication_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub fingerprint: String,
        pub verdict: String,
        #[sea_orm(column_type = "Text")]
        pub reason: String,
        pub officer_id: Uuid,
        pub decided_at: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod page_check {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize, serde::Deserialize)]
    #[sea_orm(table_name = "page_check")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub edition_id: Uuid,
        pub officer_id: Uuid,
        pub checked_at: i64,
        pub verdict: String,
        #[sea_orm(column_type = "Text")]
        pub note: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod public_change {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize, serde::Deserialize)]
    #[sea_orm(table_name = "public_change")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub sequence: i64,
        pub publication_id: Uuid,
        pub changed_at: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod serial {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize, serde::Deserialize)]
    #[sea_orm(table_name = "serial")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub name: String,
        pub last: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
