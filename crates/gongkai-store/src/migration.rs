//! The steps from an empty database to the present shape. A step that was released is never changed.

mod m20261124_000001_platform;
mod m20261125_000002_page_check;
mod m20261125_000003_secrecy_review;
mod m20261125_000004_section;
mod m20261125_000005_indexes;
mod m20261125_000006_application;
mod m20261127_000007_casework;
mod m20261127_000008_disputes;
mod m20261128_000009_joined;
mod m20261128_000010_sparse;
mod m20261128_000011_moved;
mod m20261129_000012_annual;
mod m20261129_000013_receipts;
mod m20261129_000014_verdicts;

use sea_orm_migration::prelude::*;

pub(crate) use m20261129_000012_annual::derive;

/// All steps, the oldest first.
pub(crate) struct Migrations;

impl MigratorTrait for Migrations {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261124_000001_platform::Step),
            Box::new(m20261125_000002_page_check::Step),
            Box::new(m20261125_000003_secrecy_review::Step),
            Box::new(m20261125_000004_section::Step),
            Box::new(m20261125_000005_indexes::Step),
            Box::new(m20261125_000006_application::Step),
            Box::new(m20261127_000007_casework::Step),
            Box::new(m20261127_000008_disputes::Step),
            Box::new(m20261128_000009_joined::Step),
            Box::new(m20261128_000010_sparse::Step),
            Box::new(m20261128_000011_moved::Step),
            Box::new(m20261129_000012_annual::Step),
            Box::new(m20261129_000013_receipts::Step),
            Box::new(m20261129_000014_verdicts::Step),
        ]
    }
}
