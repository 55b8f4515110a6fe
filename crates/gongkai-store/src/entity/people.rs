//! Units, officers, roles, sessions.

pub(crate) mod unit {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize, serde::Deserialize)]
    #[sea_orm(table_name = "unit")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub code: String,
        pub kind: String,
        pub parent_id: Option<Uuid>,
        pub successor_id: Option<Uuid>,
        pub closed_on: Option<Date>,
        pub position: i32,
        #[sea_orm(column_type = "Text")]
        pub settings: String,
        pub version: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod unit_name {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize, serde::Deserialize)]
    #[sea_orm(table_name = "unit_name")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub unit_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub from_on: Date,
        pub name: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod officer {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize, serde::Deserialize)]
    #[sea_orm(table_name = "officer")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: Uuid,
        pub section_id: Option<Uuid>,
        pub login: String,
        pub name: String,
        pub post: String,
        pub password: Option<String>,
        pub totp: Option<String>,
        pub totp_step: i64,
        pub must_change: bool,
        pub failures: i32,
        pub locked_until: Option<i64>,
        pub disabled: bool,
        pub created_at: i64,
        pub version: i32,
        #[serde(default)]
        pub mail: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod officer_role {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize, serde::Deserialize)]
    #[sea_orm(table_name = "officer_role")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub officer_id: Uuid,
        pub role: String,
        pub from_on: Date,
        pub until_on: Option<Date>,
        pub standing_for: Option<Uuid>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod session {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize, serde::Deserialize)]
    #[sea_orm(table_name = "session")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub hash: String,
        pub officer_id: Uuid,
        pub csrf: String,
        pub stage: String,
        pub created_at: i64,
        pub seen_at: i64,
        pub expires_at: i64,
        pub agent: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod one_time_link {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize, serde::Deserialize)]
    #[sea_orm(table_name = "one_time_link")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub hash: String,
        pub officer_id: Option<Uuid>,
        pub expires_at: i64,
        pub used_at: Option<i64>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod api_token {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize, serde::Deserialize)]
    #[sea_orm(table_name = "api_token")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub officer_id: Uuid,
        pub name: String,
        pub hash: String,
        pub scopes: String,
        pub created_at: i64,
        pub expires_at: i64,
        pub revoked_at: Option<i64>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
