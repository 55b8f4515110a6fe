//! Reads many files with workers: both cores, a bound on time for each file, a progress bar.

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use gongkai_service::report::{ReadReport, read_report_from_json};
use indicatif::ProgressBar;

/// How long one file may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// A file with what was read, or why not.
#[derive(Debug)]
pub(crate) struct ReadFile {
    pub file: String,
    pub outcome: Result<ReadReport, String>,
}

/// A worker process with its pipes.
struct Worker {
    child: Child,
    input: ChildStdin,
    answers: Receiver<String>,
}

impl Worker {
    fn start() -> Result<Self, String> {
        let failed = |error: std::io::Error| format!("无法启动读取进程：{}", crate::files::reason(&error));
        let program = std::env::current_exe().map_err(failed)?;
        let mut child = Command::new(program)
            .arg(crate::worker::COMMAND)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(failed)?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err("无法启动读取进程".to_owned());
        };
        let (sender, answers) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines() {
                let Ok(line) = line else { break };
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        Ok(Self { child, input, answers })
    }

    /// Asks for one file. `Err` means that the worker is gone and must be replaced.
    fn ask(&mut self, path: &str) -> Result<String, String> {
        let gone = "读取时超出内存上限（512 MB）或异常中止。文件可能已损坏或是恶意构造的".to_owned();
        let request = serde_json::Value::String(path.to_owned());
        if writeln!(self.input, "{request}").and_then(|()| self.input.flush()).is_err() {
            return Err(gone);
        }
        match self.answers.recv_timeout(PATIENCE) {
            Ok(line) => Ok(line),
            Err(RecvTimeoutError::Timeout) => Err("读取超过5秒，已停止。文件可能已损坏或是恶意构造的".to_owned()),
            Err(RecvTimeoutError::Disconnected) => Err(gone),
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _killed: Result<(), _> = self.child.kill();
        let _reaped: Result<_, _> = self.child.wait();
    }
}

fn understand(answer: &str) -> Result<ReadReport, String> {
    if let Some(rest) = answer.strip_prefix("{\"error\":") {
        let message = rest.strip_suffix('}').unwrap_or(rest);
        return Err(serde_json::from_str(message).unwrap_or_else(|_error| message.to_owned()));
    }
    read_report_from_json(answer)
}

fn work(files: &[PathBuf], next: &AtomicUsize, results: &Mutex<Vec<Option<ReadFile>>>, bar: &ProgressBar) {
    let mut worker: Option<Worker> = None;
    loop {
        let index = next.fetch_add(1, Ordering::Relaxed);
        let Some(path) = files.get(index) else { break };
        let file = path.to_string_lossy().into_owned();
        let outcome = match worker.take().map_or_else(Worker::start, Ok) {
            Err(message) => Err(message),
            Ok(mut running) => match running.ask(&file) {
                Ok(answer) => {
                    worker = Some(running);
                    understand(&answer)
                }
                Err(message) => Err(message),
            },
        };
        if let Ok(mut results) = results.lock()
            && let Some(slot) = results.get_mut(index)
        {
            *slot = Some(ReadFile { file, outcome });
        }
        bar.inc(1);
    }
}

/// Reads files; the answers stand in the order of the files. One bad file never stops the others.
pub(crate) fn read_all(files: &[PathBuf]) -> Vec<ReadFile> {
    let workers = std::thread::available_parallelism().map_or(2, usize::from).min(files.len()).max(1);
    let bar = if files.len() < 2 {
        ProgressBar::hidden()
    } else {
        crate::progress::bar(u64::try_from(files.len()).ok(), "读取 {bar:30} {pos}/{len} {eta}")
    };
    let next = AtomicUsize::new(0);
    let results: Mutex<Vec<Option<ReadFile>>> = Mutex::new((0..files.len()).map(|_| None).collect());
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| work(files, &next, &results, &bar));
        }
    });
    bar.finish_and_clear();
    results.into_inner().map(|list| list.into_iter().flatten().collect()).unwrap_or_default()
}
