//! The demonstration: every stage is there, nothing public is unsigned; one bureau's 2019 is that of the sample report; the government has reported
//! for all its agencies.

use std::path::Path;

use gongkai_law::Edition;
use gongkai_service::platform::{CellRef, Figures, Options, Services};
use gongkai_service::report::read_bytes;
use jiff::Timestamp;
use rust_decimal::Decimal;

/// A day on which every report of the year before is public.
fn now() -> Timestamp {
    "2026-06-10T02:00:00Z".parse().unwrap()
}

/// The 2019 of a real bureau: zero but for these.
const SAID: [(&str, i64); 3] = [
    ("proactive.normative_documents.made", 1),
    ("proactive.procurement.projects", 2),
    ("proactive.procurement.amount_yuan", 93_571),
];

fn figure(figures: &Figures, path: &str) -> Option<Decimal> {
    figures.computed.get(&CellRef::parse(path).unwrap()).and_then(|one| one.value)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demonstration_shows_every_stage_and_tells_the_samples_year() {
    let folder = tempfile::tempdir().unwrap();
    let options = Options { data: folder.path().to_path_buf(), database: None, reader: None, fills_index: true };
    let services = Services::open(options, true, now()).await.unwrap();
    let accounts = services.fill_demo(now()).await.unwrap();
    assert_eq!(accounts.len(), 53);
    assert_eq!(services.unsigned_public().await.unwrap(), 0);
    let counts = services.counts().await.unwrap();
    assert!(counts.total(None) > 100, "{}", counts.total(None));
    assert!(services.verify_audit(None).await.unwrap().broken.is_none());
    assert!(services.fill_demo(now()).await.is_err(), "only into what is empty");
    the_year_2019(&services).await;
    the_government(&services).await;
    the_open_data(&services).await;
}

#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
fn skipped(path: &Path) {
    eprintln!("skipped: {} is not there", path.display());
}

async fn the_year_2019(services: &Services) {
    let figures = services.figures_of(now(), "000000014", 2019).await.unwrap();
    let cells = CellRef::of(Edition::F2019);
    assert_eq!(figures.computed.len(), cells.len());
    for cell in &cells {
        let path = cell.to_string();
        let said = SAID.iter().find(|(one, _)| *one == path).map_or(0, |(_, value)| *value);
        assert_eq!(figure(&figures, &path), Some(Decimal::from(said)), "{path}");
    }
    assert_eq!(SAID.iter().filter(|(path, _)| cells.iter().any(|cell| cell.to_string() == *path)).count(), SAID.len());
    let reported = figures.reported.clone().unwrap();
    assert!(cells.iter().all(|cell| reported.get(cell) == figures.adjusted.get(cell)), "as reported and published");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/sample/nankai-audit-2019.txt");
    let Ok(text) = std::fs::read(&path) else {
        skipped(&path);
        return;
    };
    let sample = read_bytes("nankai-audit-2019.txt", &text).unwrap().report;
    for cell in cells {
        let computed = figures.adjusted.get(&cell).copied();
        assert_eq!(sample.value(cell), computed, "{cell} of the sample");
    }
}

async fn the_government(services: &Services) {
    let all = services.figures_of(now(), "000000001", 2025).await.unwrap();
    assert_eq!(all.name, "示例区人民政府");
    let sum = all.agencies.as_ref().unwrap();
    assert_eq!((sum.reports, sum.waiting), (4, 0), "three agencies and the archive");
    assert!(sum.missing.is_empty() && sum.returned.is_empty(), "{:?} {:?}", sum.missing, sum.returned);
    let path = "applications.new_received.natural_person";
    let cell = CellRef::parse(path).unwrap();
    let own = all.computed.get(&cell).unwrap().own().unwrap();
    let mut parts = own;
    for code in ["000000011", "000000012", "000000013"] {
        let one = services.figures_of(now(), code, 2025).await.unwrap();
        parts += one.reported.unwrap().get(&cell).copied().unwrap();
    }
    // The archive filed a paper that says six.
    assert_eq!(figure(&all, path), Some(parts + Decimal::from(6)));
    assert!(!all.is_wrong(), "{:?}", all.findings);
    assert_eq!(all.reported.as_ref().and_then(|cells| cells.get(&cell)).copied(), figure(&all, path));
}

async fn the_open_data(services: &Services) {
    let all = services.open_reports_json("", "").await.unwrap();
    let reports = all["reports"].as_array().unwrap();
    let of = |name: &str, year: i64| reports.iter().find(|one| one["agency"] == name && one["year"] == year).unwrap();
    let past = of("示例新区审计局", 2019);
    assert_eq!((&past["form"], &past["scope"], &past["correction"]), (&"2019".into(), &"agency".into(), &0.into()));
    assert_eq!(past["cells"]["proactive.procurement.amount_yuan"], 93_571);
    assert_eq!(past["cells"].as_object().unwrap().len(), CellRef::of(Edition::F2019).len());
    assert_eq!(of("示例区人民政府", 2025)["scope"], "government", "who adds up agencies leaves it out");
    assert_eq!(of("示例区教育局", 2025)["correction"], 1, "the version that is public");
    assert_eq!(reports.iter().filter(|one| one["agency"] == "示例区教育局").count(), 1);
    let (csv, next) = services.open_reports_csv("000000014", "").await.unwrap();
    let text = String::from_utf8(csv).unwrap();
    let line = text.lines().find(|line| line.contains("proactive.procurement.amount_yuan")).unwrap();
    assert!(line.starts_with("000000014,示例新区审计局,2019,2019,") && line.contains(",93571,"), "{line}");
    assert_eq!((text.lines().count(), next), (1 + CellRef::of(Edition::F2019).len(), String::new()));
    assert!(
        services.open_reports_json("没有", "").await.is_err() && services.open_reports_json("", "乱写").await.is_err()
    );
}
