//! Loads fonts: those of a folder whole, else the known free and common ones of the system.

use std::path::{Path, PathBuf};

use gongkai_service::report::{Fonts, font_folders};
use walkdir::WalkDir;

fn files(folder: &Path, only_known: bool) -> Vec<PathBuf> {
    WalkDir::new(folder)
        .follow_links(true)
        .sort_by_file_name()
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(walkdir::DirEntry::into_path)
        .filter(|path| {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or("");
            let suffix = path.extension().and_then(|s| s.to_str()).unwrap_or("").to_ascii_lowercase();
            if only_known {
                Fonts::is_known_file(name)
            } else {
                matches!(suffix.as_str(), "ttf" | "otf" | "ttc" | "otc")
            }
        })
        .collect()
}

/// The fonts of a folder (or of `GONGKAI_FONTS`), then those of the system.
pub(crate) fn load(folder: Option<&Path>) -> Fonts {
    let own = folder.map(Path::to_path_buf).or_else(|| std::env::var_os("GONGKAI_FONTS").map(PathBuf::from));
    let home = std::env::var_os("HOME").map(PathBuf::from);
    let mut paths: Vec<PathBuf> = own.as_deref().map(|folder| files(folder, false)).unwrap_or_default();
    for folder in font_folders(home.as_deref()) {
        paths.extend(files(&folder, true));
    }
    let mut names = std::collections::BTreeSet::new();
    paths.retain(|path| path.file_name().is_some_and(|name| names.insert(name.to_owned())));
    Fonts::from_files(paths.into_iter().filter_map(|path| std::fs::read(path).ok()))
}
