//! Bringing in what an agency published before: all rows or none, each refused row with its reason.

use gongkai_model::ids::{AgencyId, EditionId, PublicationId};
use gongkai_model::org::UnitKind;
use gongkai_model::publication::metadata::tidy_doc_no;
use gongkai_model::publication::{Attribute, Chain, Channel, Edition, Genre, Metadata, State, catalog};
use gongkai_store::{AuditEntry, EditionRecord, Extras, Publication};
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use super::services::Services;
use super::{Fault, clock, text};

/// What a spreadsheet takes for the beginning of a formula.
const FORMULA: [char; 4] = ['=', '+', '-', '@'];

/// A row that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedRow {
    /// The row as an editor counts it, the header row being 1.
    pub row: usize,
    /// Why, and what to do.
    pub why: String,
}

/// What an import did or would do.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ImportOutcome {
    /// How many rows were new.
    pub added: usize,
    /// How many were known from an earlier import.
    pub known: usize,
    /// Rows that say the same as an earlier row of the file: the row, and that one.
    pub twice: Vec<(usize, usize)>,
    /// The rows that cannot be taken; nothing is written while there is one.
    pub refused: Vec<RefusedRow>,
}

mod cases;
mod disputes;
mod export;
mod ledger;
mod register;
pub(super) mod rows;

pub use cases::CASE_COLUMNS;
pub use disputes::DISPUTE_COLUMNS;
pub use ledger::LEDGER_COLUMNS;

use rows::{Shape, rows};

/// The columns of the file.
pub const COLUMNS: [&str; 8] =
    ["title", "doc_no", "catalog_node", "genre", "formed_on", "published_on", "channels", "body"];

/// A further column that is known: 主题分类.
const THEME: &str = "theme";

const SHAPE: Shape = Shape {
    columns: &COLUMNS,
    needed: &["title", "catalog_node", "genre", "formed_on", "published_on", "body"],
    further: &[THEME],
    words: &[],
};

/// After how many rows of counts of an agency they are put together.
pub(super) const GATHERED: i64 = 200;

/// The most rows of one file.
const MOST: usize = 200_000;

struct Item {
    metadata: Metadata,
    published_on: Date,
    channels: Vec<Channel>,
    body: String,
    name: String,
}

/// The channels a cell names, separated by semicolons.
fn channels(cell: &str) -> Result<Vec<Channel>, String> {
    let mut out = Vec::new();
    for word in cell.split([';', '；', '、']).filter(|word| !word.trim().is_empty()) {
        let channel = Channel::from_word(word)
            .ok_or_else(|| format!("不认识的公开渠道“{word}”，可以写 网站、微信、微博、公报 等，用分号分开"))?;
        if !out.contains(&channel) {
            out.push(channel);
        }
    }
    Ok(out)
}

fn genre(cell: &str) -> Result<Genre, String> {
    Genre::from_code(cell)
        .or_else(|| Genre::ALL.iter().copied().find(|genre| genre.label() == cell))
        .ok_or_else(|| format!("没有体裁“{cell}”，可以写 通知、公告、其他 等"))
}

fn node(cell: &str) -> Result<&'static str, String> {
    let mut leaves = catalog::BRANCHES.iter().flat_map(|branch| branch.leaves);
    catalog::find(cell)
        .map(|(_, leaf)| leaf.code)
        .or_else(|| leaves.find(|leaf| leaf.label == cell).map(|leaf| leaf.code))
        .ok_or_else(|| format!("没有目录分类“{cell}”，写编号（如 A01-2）或名称（如 行政规范性文件）"))
}

/// A value, or a further sentence about what is wrong.
fn kept<T>(wrong: &mut Vec<String>, name: &str, value: Result<T, String>) -> Option<T> {
    value.map_err(|why| wrong.push(format!("{name}：{why}"))).ok()
}

/// A row as an item, or everything that is wrong with it: column and sentence.
fn item(cells: &std::collections::BTreeMap<String, String>, today: Date) -> Result<Item, String> {
    let cell = |name: &str| cells.get(name).map_or("", |text| text.trim());
    let mut wrong: Vec<String> = Vec::new();
    let day = |name: &str| crate::law::parse_date(&cell(name).chars().take(10).collect::<String>());
    let title: String = cell("title").split_whitespace().collect::<Vec<_>>().join(" ");
    if title.is_empty() || title.chars().count() > 200 {
        wrong.push("title：标题应为1至200字".to_owned());
    }
    // What was printed long ago may have any form; where it has the form of today, it is written as today.
    let doc_no = cell("doc_no");
    if doc_no.chars().count() > 60 {
        wrong.push("doc_no：文号不超过60字".to_owned());
    }
    let doc_no = (!doc_no.is_empty()).then(|| tidy_doc_no(doc_no).unwrap_or_else(|_older| doc_no.to_owned()));
    let node = kept(&mut wrong, "catalog_node", node(cell("catalog_node")));
    let genre = kept(&mut wrong, "genre", genre(cell("genre")));
    let formed_on = kept(&mut wrong, "formed_on", day("formed_on"));
    let published_on = kept(&mut wrong, "published_on", day("published_on"));
    if let (Some(formed_on), Some(published_on)) = (formed_on, published_on)
        && published_on < formed_on
    {
        wrong.push(format!("published_on：发布日期{published_on}早于成文日期{formed_on}"));
    }
    if let Some(day) = published_on.filter(|day| *day > today) {
        wrong.push(format!("published_on：发布日期{day}还没有到"));
    }
    let channels = kept(&mut wrong, "channels", channels(cell("channels")));
    let body = cells.get("body").map_or("", String::as_str).replace("\r\n", "\n");
    if body.trim().is_empty() {
        wrong.push("body：没有正文".to_owned());
    }
    if body.chars().count() > super::draft::LONGEST {
        wrong.push("body：正文超过二十万字，请把附表改作附件".to_owned());
    }
    for (name, text) in cells {
        if text.contains('\u{fffd}') {
            wrong.push(format!("{name}：有读不出来的字符，请检查文件的编码（UTF-8 或 GB18030）"));
        }
        if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
            wrong.push(format!("{name}：有看不见的控制字符，请删去"));
        }
    }
    if cell(THEME).chars().count() > 60 {
        wrong.push("theme：主题分类不超过60字".to_owned());
    }
    let (Some(node), Some(genre), Some(formed_on), Some(published_on), Some(channels), true) =
        (node, genre, formed_on, published_on, channels, wrong.is_empty())
    else {
        return Err(wrong.join("；"));
    };
    // What a row is known by does not change with the way its number is written.
    let name = gongkai_store::BlobHash::of(
        [title.as_str(), cell("doc_no"), &formed_on.to_string(), &published_on.to_string(), &body]
            .join("\u{1f}")
            .as_bytes(),
    );
    let theme = cell("theme");
    Ok(Item {
        metadata: Metadata {
            title,
            doc_no,
            formed_on,
            theme: if theme.is_empty() { "其他" } else { theme }.to_owned(),
            genre,
            catalog_node: node.to_owned(),
            attribute: Attribute::Proactive,
            attribute_reason: String::new(),
            ground: None,
            validity: None,
            summary: super::draft::overview(&body),
            keywords: String::new(),
        },
        published_on,
        channels,
        body,
        name: name.to_string(),
    })
}

impl Services {
    /// The agency of a code that was typed.
    ///
    /// # Errors
    /// There is none.
    pub(super) fn agency_coded(&self, code: &str) -> Result<AgencyId, Fault> {
        let directory = self.directory();
        let unit = directory.by_code(code).filter(|unit| unit.kind != UnitKind::Section);
        unit.map(|agency| agency.id).ok_or_else(|| {
            Fault::field(
                "agency",
                format!("没有代码为“{code}”的机关。用 gongkai agency list 查看，或用 gongkai agency add 添加"),
            )
        })
    }

    /// Brings in publications from a file. With `dry_run` nothing is written.
    ///
    /// What was public before was reviewed before: it comes in as published, under the agency's name, with its own day of
    /// publication, and the audit chain says that it was imported. The checks run over it; what blocks is refused.
    ///
    /// # Errors
    /// The file cannot be read, or there is no such agency.
    pub async fn import_publications(
        &self,
        now: Timestamp,
        code: &str,
        name: &str,
        bytes: &[u8],
        dry_run: bool,
    ) -> Result<ImportOutcome, Fault> {
        let agency = self.agency_coded(code)?;
        let (raw, broken) = rows(&SHAPE, name, bytes).map_err(|message| Fault::field("file", message))?;
        if raw.len() > MOST {
            return Err(Fault::field("file", "一次最多导入二十万行，请拆分文件"));
        }
        let today = clock::local_date(now);
        let mut out = ImportOutcome { refused: broken, ..ImportOutcome::default() };
        let mut items = Vec::new();
        let checks = self.check_settings(agency);
        for (row, cells) in raw {
            match item(&cells, today) {
                Ok(item) => {
                    let manuscript = gongkai_manuscript::marked::parse(&item.body);
                    let hits = gongkai_model::publication::check::scan(
                        &super::check::head(&item.metadata, ""),
                        &manuscript,
                        &checks,
                    );
                    match hits.iter().find(|hit| hit.blocks()) {
                        Some(hit) => out.refused.push(RefusedRow {
                            row,
                            why: format!("{}“{}”：{}", hit.detector.label(), hit.shown, hit.advice),
                        }),
                        None => items.push((row, item)),
                    }
                }
                Err(why) => out.refused.push(RefusedRow { row, why }),
            }
        }
        out.refused.sort_by_key(|row| row.row);
        // The earliest first: serial numbers follow the days.
        items.sort_by_key(|(row, item)| (item.published_on, *row));
        let tx = self.store.begin().await?;
        let mut seen: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
        let mut records: Vec<AuditEntry> = Vec::new();
        self.progress.expect(items.len());
        for (row, item) in items {
            self.progress.step();
            if let Some(first) = seen.get(&item.name) {
                out.twice.push((row, *first));
                continue;
            }
            seen.insert(item.name.clone(), row);
            if tx.is_imported(agency, &item.name).await? {
                out.known += 1;
                continue;
            }
            out.added += 1;
            if !dry_run && out.refused.is_empty() {
                records.push(self.import_one(&tx, now, agency, item).await?);
            }
        }
        if dry_run || !out.refused.is_empty() || out.added == 0 {
            if !out.refused.is_empty() {
                out.added = 0;
            }
            tx.rollback().await?;
            return Ok(out);
        }
        let detail = format!("agency={code}\nsha256={}\nadded={}", super::secret::sha256(bytes), out.added);
        for some in records.chunks(500) {
            tx.append_audits(some.iter()).await?;
        }
        tx.append_audit(now, "operator", "publication.import_file", &agency.to_string(), &detail).await?;
        tx.commit().await?;
        self.changed();
        Ok(out)
    }

    async fn import_one(
        &self,
        tx: &gongkai_store::Tx,
        now: Timestamp,
        agency: AgencyId,
        item: Item,
    ) -> Result<AuditEntry, Fault> {
        let at = clock::at_local(item.published_on.at(0, 0, 0, 0)).unwrap_or(now);
        let id = PublicationId(Uuid::now_v7());
        let extras = Extras { channels: item.channels, ..Extras::default() };
        let content = text::content_hash(&item.metadata, &extras, &item.body, &[]);
        let mut edition = Edition::new(gongkai_model::ids::OfficerId(Uuid::nil()), Chain::default(), content);
        edition.state = State::Published { at };
        tx.insert_publication(&Publication {
            id,
            agency,
            index_no: None,
            created_at: now,
            first_published_at: None,
            imported_as: Some(item.name),
        })
        .await?;
        let record = EditionRecord {
            id: EditionId(Uuid::now_v7()),
            publication: id,
            agency,
            section: None,
            number: 1,
            edition,
            metadata: item.metadata,
            extras,
            body: item.body,
            submitted_at: None,
            updated_at: at,
            published_at: Some(at),
            version: 1,
            secret_mark: false,
            help_wanted: false,
            withdrawn: None,
        };
        tx.insert_edition(&record).await?;
        let year = item.published_on.year();
        let serial = tx.next_serial(&format!("index:{agency}:{year}")).await?;
        let serial = u32::try_from(serial).map_err(|_wide| Fault::Failed("索引号用完".to_owned()))?;
        let directory = self.directory();
        let code = directory.get(agency).map(|one| one.code.as_str()).unwrap_or_default();
        let number = gongkai_model::publication::metadata::index_no(code, year, serial);
        tx.set_public(id, &number, at).await?;
        tx.note_change(id, now).await?;
        let told = self.told_of(&record, &number, at);
        Ok(AuditEntry {
            at: now,
            actor: "operator".to_owned(),
            act: "publication.import".to_owned(),
            subject: record.id.to_string(),
            detail: format!("publication={id}\ncontent={}\n{told}", record.edition.content),
        })
    }
}
