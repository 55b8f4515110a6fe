//! What the database reaches through the driver that the platform uses, with nothing of the platform above it: one row of
//! the size of a draft a transaction, each durable, eight tasks at once. Prints commits a second.

#![expect(clippy::print_stdout, clippy::disallowed_methods, reason = "a measurement prints and reads the clock")]

use std::error::Error;
use std::time::{Duration, Instant};

use gongkai_model::ids::{AgencyId, EditionId, OfficerId, PublicationId};
use gongkai_model::publication::{Attribute, Chain, Edition, Genre, Metadata};
use gongkai_store::{EditionRecord, Extras, Publication, Settings, Store};
use jiff::Timestamp;
use uuid::Uuid;

const TASKS: usize = 8;
const TIME: Duration = Duration::from_secs(5);

fn row(publication: PublicationId, agency: AgencyId, number: i32) -> EditionRecord {
    let now = Timestamp::UNIX_EPOCH;
    EditionRecord {
        id: EditionId(Uuid::now_v7()),
        publication,
        agency,
        section: None,
        number,
        edition: Edition::new(OfficerId(Uuid::nil()), Chain::default(), "0".repeat(64)),
        metadata: Metadata {
            title: "测量用的草稿".to_owned(),
            doc_no: None,
            formed_on: jiff::civil::date(2026, 11, 2),
            theme: String::new(),
            genre: Genre::Notice,
            catalog_node: String::new(),
            attribute: Attribute::Proactive,
            attribute_reason: String::new(),
            ground: None,
            validity: None,
            summary: String::new(),
            keywords: String::new(),
        },
        extras: Extras::default(),
        body: "为进一步提高审计工作的质量和效率，现就有关事项说明如下。\n".repeat(20),
        submitted_at: None,
        updated_at: now,
        published_at: None,
        version: 1,
        secret_mark: false,
        help_wanted: false,
        withdrawn: None,
    }
}

async fn commits(store: Store, agency: AgencyId) -> Result<u32, gongkai_store::Error> {
    let publication = PublicationId(Uuid::now_v7());
    let tx = store.begin().await?;
    tx.insert_publication(&Publication {
        id: publication,
        agency,
        index_no: None,
        created_at: Timestamp::UNIX_EPOCH,
        first_published_at: None,
        imported_as: None,
    })
    .await?;
    tx.commit().await?;
    let (began, mut done) = (Instant::now(), 0);
    while began.elapsed() < TIME {
        let tx = store.begin().await?;
        tx.insert_edition(&row(publication, agency, i32::try_from(done).unwrap_or(i32::MAX))).await?;
        tx.commit().await?;
        done += 1;
    }
    Ok(done)
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let store = Store::open(&Settings { folder: folder.path().join("data"), database: None, readers: 2 }).await?;
    store.migrate().await?;
    let agency = AgencyId(Uuid::now_v7());
    let tasks: Vec<_> = (0..TASKS).map(|_| tokio::spawn(commits(store.clone(), agency))).collect();
    let mut done = 0;
    for task in tasks {
        done += task.await??;
    }
    println!("数据库经同一驱动，一行一次提交（{TASKS} 个任务）：{} 次/秒", u64::from(done) / TIME.as_secs());
    Ok(())
}
