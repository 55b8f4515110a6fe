//! Whether somebody serves a data folder.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

fn lock(folder: &Path) -> PathBuf {
    folder.join("serving.lock")
}

/// One server a data folder: two would write one index. The lock ends with the process, however it ends.
///
/// # Errors
/// Somebody serves it already; it cannot be written.
pub(crate) fn alone(folder: &Path) -> Result<File, String> {
    let path = lock(folder);
    let failed = |error: std::io::Error| format!("无法写“{}”：{}", path.display(), crate::files::reason(&error));
    if !folder.exists() {
        let mut maker = std::fs::DirBuilder::new();
        maker.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut maker, 0o700);
        maker.create(folder).map_err(failed)?;
    }
    let file = File::create(&path).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            Err(format!("“{}”已经有一个 gongkai serve 在运行。先停下它，或换一个 --data", folder.display()))
        }
        // A file system without locks: the operator has to see to it.
        Err(TryLockError::Error(_unsupported)) => Ok(file),
    }
}

/// Whether a server is running on a data folder.
pub(crate) fn is_served(folder: &Path) -> bool {
    let Ok(file) = File::open(lock(folder)) else { return false };
    matches!(file.try_lock(), Err(TryLockError::WouldBlock))
}
