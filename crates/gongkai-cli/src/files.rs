//! Which files a command means: files, folders and patterns.

use std::path::{Path, PathBuf};

use globset::GlobBuilder;
use walkdir::WalkDir;

/// Endings of files that may be reports, for folders and patterns.
const READABLE: [&str; 14] =
    ["txt", "md", "markdown", "html", "htm", "shtml", "docx", "doc", "wps", "xlsx", "xls", "csv", "pdf", "json"];

fn may_be_report(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or("");
    let suffix = path.extension().and_then(|suffix| suffix.to_str()).unwrap_or("").to_ascii_lowercase();
    READABLE.contains(&suffix.as_str()) && !name.starts_with('.') && !name.starts_with("~$")
}

/// Expands folders and patterns into files, in a fixed order. A plain file stays as it is, readable or not.
pub(crate) fn expand(given: &[PathBuf]) -> Result<Vec<PathBuf>, String> {
    let mut files: Vec<PathBuf> = Vec::new();
    for path in given {
        if path.is_dir() {
            let before = files.len();
            files.extend(walk(path));
            if files.len() == before {
                return Err(format!("文件夹“{}”里没有可以读取的文件", path.display()));
            }
            continue;
        }
        let text = path.to_string_lossy();
        if !path.exists() && text.contains(['*', '?', '[']) {
            let glob = GlobBuilder::new(&text)
                .literal_separator(true)
                .build()
                .map_err(|error| format!("通配符“{text}”写法有误：{error}"))?
                .compile_matcher();
            // Walk from the last folder that has no pattern in it.
            let base: PathBuf = path
                .components()
                .take_while(|part| !part.as_os_str().to_string_lossy().contains(['*', '?', '[', '{']))
                .collect();
            let base = if base.as_os_str().is_empty() { PathBuf::from(".") } else { base };
            let strip = !text.starts_with("./") && base == Path::new(".");
            let matched: Vec<PathBuf> = walk(&base)
                .into_iter()
                .map(
                    |found| if strip { found.strip_prefix(".").map(Path::to_path_buf).unwrap_or(found) } else { found },
                )
                .filter(|found| glob.is_match(found))
                .collect();
            if matched.is_empty() {
                return Err(format!("没有文件符合“{text}”"));
            }
            files.extend(matched);
            continue;
        }
        files.push(path.clone());
    }
    let mut seen = std::collections::BTreeSet::new();
    files.retain(|file| seen.insert(file.clone()));
    Ok(files)
}

fn walk(base: &Path) -> Vec<PathBuf> {
    WalkDir::new(base)
        .sort_by_file_name()
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file() && may_be_report(entry.path()))
        .map(walkdir::DirEntry::into_path)
        .collect()
}

/// Refuses to write over a file that the command reads.
pub(crate) fn keep_apart<'p>(to: &Path, read: impl IntoIterator<Item = &'p PathBuf>) -> Result<(), String> {
    let Ok(target) = to.canonicalize() else { return Ok(()) };
    if read.into_iter().any(|path| path.canonicalize().is_ok_and(|path| path == target)) {
        return Err(format!("输出文件“{}”就是要读取的文件，写入会覆盖原件。请换一个文件名", to.display()));
    }
    Ok(())
}

/// Writes a file whole or not at all.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("无法写入“{}”：{}", path.display(), reason(&error));
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !folder.is_dir() {
        return Err(format!("文件夹“{}”不存在", folder.display()));
    }
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let draft = folder.join(format!(".{name}.{}.tmp", std::process::id()));
    let written = std::fs::write(&draft, bytes).and_then(|()| std::fs::rename(&draft, path));
    written.map_err(|error| {
        // The draft may not exist; then there is nothing to remove.
        let _removed: Result<(), _> = std::fs::remove_file(&draft);
        failed(error)
    })
}

/// An error of the system in plain words.
pub(crate) fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "文件不存在".to_owned(),
        std::io::ErrorKind::PermissionDenied => "没有权限".to_owned(),
        std::io::ErrorKind::StorageFull => "磁盘已满".to_owned(),
        std::io::ErrorKind::IsADirectory => "这是文件夹".to_owned(),
        _ => match error.raw_os_error() {
            Some(number) => format!("系统错误 {number}"),
            None => "系统没有说明原因".to_owned(),
        },
    }
}
