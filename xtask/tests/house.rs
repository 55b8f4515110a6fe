//! The house rules that a machine can check: arrows between crates, owners of outside crates, documents that stay true.

#![expect(clippy::unwrap_used, reason = "a test that cannot read the tree must fail")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// `crate: what it may import from this workspace`.
const ARROWS: &str = "\
gongkai-law: calendar
gongkai-letters: law manuscript
gongkai-model: law manuscript
gongkai-report: law manuscript model
gongkai-ingest: manuscript
gongkai-typeset: manuscript
gongkai-store: model
gongkai-search: model
gongkai-service: calendar law letters manuscript model report ingest typeset store search
gongkai-web: model service
gongkai-cli: model service web
gongkai-testkit: law manuscript report
xtask: law report";

/// `outside crate: the only crates that may import it`.
const OWNERS: &[(&str, &[&str])] = &[
    ("typst", &["gongkai-typeset"]),
    ("typst-pdf", &["gongkai-typeset"]),
    ("rust_xlsxwriter", &["gongkai-typeset"]),
    ("hayro-interpret", &["gongkai-ingest"]),
    ("calamine", &["gongkai-ingest"]),
    ("html5gum", &["gongkai-ingest"]),
    ("icu_calendar", &["gongkai-calendar"]),
    ("clap", &["gongkai-cli"]),
    ("sea-orm", &["gongkai-store"]),
    ("sea-orm-migration", &["gongkai-store"]),
    ("chrono", &["gongkai-store"]),
    ("tantivy", &["gongkai-search"]),
    ("axum", &["gongkai-web"]),
    ("askama", &["gongkai-web"]),
    ("argon2", &["gongkai-service"]),
    ("serde_json", &["gongkai-service", "gongkai-cli", "gongkai-store", "gongkai-web"]),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

fn metadata() -> cargo_metadata::Metadata {
    cargo_metadata::MetadataCommand::new()
        .manifest_path(root().join("Cargo.toml"))
        .no_deps()
        .other_options(vec!["--offline".to_owned()])
        .exec()
        .unwrap()
}

#[test]
fn arrows_are_as_drawn() {
    let mut found = BTreeSet::new();
    for package in &metadata().packages {
        for dependency in package.dependencies.iter().filter(|d| d.kind == cargo_metadata::DependencyKind::Normal) {
            let (from, to) = (package.name.as_str().to_owned(), dependency.name.clone());
            if let Some((_, owners)) = OWNERS.iter().find(|(name, _)| *name == to) {
                assert!(owners.contains(&from.as_str()), "{from} must not import {to}");
            }
            if dependency.path.is_some() {
                found.insert((from, to));
            }
        }
    }
    let drawn: BTreeSet<_> = ARROWS
        .lines()
        .filter_map(|line| line.split_once(": "))
        .flat_map(|(from, to)| to.split(' ').map(move |to| (from.to_owned(), format!("gongkai-{to}"))))
        .collect();
    assert_eq!(found, drawn);
}

fn sources(folder: &Path, suffix: &str, out: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.filter_map(Result::ok) {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir() && !matches!(name.as_str(), "target" | ".git" | "corpus" | "node_modules") {
            sources(&path, suffix, out);
        } else if name.ends_with(suffix) {
            out.push(path);
        }
    }
}

#[test]
fn the_core_is_pure() {
    // No clock, disk, environment, network or async in the crates below the use cases.
    let banned = ["std::fs", "std::env", "std::net", "std::process", "SystemTime", "Instant::now", "async fn", "tokio"];
    for name in [
        "gongkai-calendar",
        "gongkai-law",
        "gongkai-letters",
        "gongkai-manuscript",
        "gongkai-model",
        "gongkai-report",
        "gongkai-ingest",
    ] {
        let mut files = Vec::new();
        sources(&root().join("crates").join(name).join("src"), ".rs", &mut files);
        assert!(!files.is_empty(), "{name}");
        for file in files {
            let text = std::fs::read_to_string(&file).unwrap();
            for word in banned {
                assert!(!text.contains(word), "{} uses {word}", file.display());
            }
        }
    }
}

#[test]
fn every_crate_is_in_the_architecture_and_every_name_there_exists() {
    let text = std::fs::read_to_string(root().join("docs/ARCHITECTURE.md")).unwrap();
    let names: BTreeSet<String> =
        metadata().packages.iter().map(|p| p.name.as_str().to_owned()).filter(|name| name != "xtask").collect();
    for name in &names {
        assert!(text.contains(&format!("**{name}**")), "{name} is not described");
    }
    for word in
        text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).filter(|word| word.starts_with("gongkai-"))
    {
        assert!(names.contains(word), "{word} does not exist");
    }
}

#[test]
fn links_in_documents_lead_somewhere() {
    let mut files = Vec::new();
    sources(&root(), ".md", &mut files);
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let path = link.split('#').next().unwrap_or("");
            if path.is_empty() || path.contains("://") || path.contains(' ') {
                continue;
            }
            assert!(file.parent().unwrap().join(path).exists(), "{}: {link}", file.display());
        }
    }
}

#[test]
fn identifiers_of_the_glossary_exist() {
    let text = std::fs::read_to_string(root().join("docs/glossary.md")).unwrap();
    let mut files = Vec::new();
    sources(&root().join("crates"), ".rs", &mut files);
    let code: String = files.iter().map(|file| std::fs::read_to_string(file).unwrap()).collect();
    let mut checked = 0;
    for line in text.lines().filter(|line| line.starts_with("| ") && line.contains('`')) {
        for identifier in line.split('`').skip(1).step_by(2) {
            assert!(code.contains(identifier), "{identifier} is not in the code");
            checked += 1;
        }
    }
    assert!(checked >= 40, "{checked}");
}

#[test]
fn the_page_of_rules_is_current() {
    let text = std::fs::read_to_string(root().join("docs/rules.md")).unwrap();
    assert!(text == xtask::rules_page(), "run `cargo run -p xtask -- rules`");
}

#[test]
fn the_page_of_provisions_is_current_and_its_tests_exist() {
    let text = std::fs::read_to_string(root().join("docs/law.md")).unwrap();
    assert!(text == xtask::provisions::page(), "run `cargo run -p xtask -- law`");
    let mut files = Vec::new();
    sources(&root().join("crates"), ".rs", &mut files);
    let code: String = files.iter().map(|file| std::fs::read_to_string(file).unwrap()).collect();
    for provision in &xtask::provisions::PROVISIONS {
        assert!(code.contains(&format!("fn {}(", provision.test)), "{} is not a test", provision.test);
    }
}

#[test]
fn every_test_file_is_included() {
    for package in [
        "gongkai-calendar",
        "gongkai-cli",
        "gongkai-law",
        "gongkai-letters",
        "gongkai-report",
        "gongkai-service",
        "gongkai-web",
    ] {
        let folder = root().join("crates").join(package).join("tests/it");
        let mut files = Vec::new();
        sources(&folder, ".rs", &mut files);
        assert!(files.len() > 1, "{package}");
        let main: String = files.iter().map(|file| std::fs::read_to_string(file).unwrap()).collect();
        for file in files {
            let name = file.file_stem().unwrap().to_string_lossy().into_owned();
            assert!(name == "main" || main.contains(&format!("mod {name};")), "{name} is not run");
        }
    }
}

#[test]
fn the_product_speaks_of_itself_alone() {
    let mut files = Vec::new();
    for suffix in [".rs", ".md", ".toml", ".typ"] {
        sources(&root(), suffix, &mut files);
    }
    let home = format!("/{}/", "root");
    for file in files.iter().filter(|file| !file.ends_with("xtask/tests/house.rs")) {
        let text = std::fs::read_to_string(file).unwrap();
        assert!(!text.contains(&home) && !text.contains("/work/"), "{}", file.display());
    }
}
