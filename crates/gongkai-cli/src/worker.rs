//! A worker: reads one file after another in a process of its own, with a bound on memory.

use std::io::{BufRead, Write};
use std::panic::AssertUnwindSafe;
use std::process::ExitCode;

use gongkai_service::report::{check_reports, read_bytes, report_to_json};
use serde_json::{Value, json};

use crate::files::reason;

/// The argument that makes this binary a worker. Not for people.
pub(crate) const COMMAND: &str = "__read";

/// What a worker may use, in bytes of address space.
const MEMORY: u64 = 512 << 20;
/// Files above this are refused before they are read.
const LARGEST: u64 = 100 << 20;

fn answer(path: &str) -> Value {
    let error = |message: String| json!({ "error": message });
    match std::fs::metadata(path) {
        Err(problem) => return error(reason(&problem)),
        Ok(about) if about.is_dir() => return error("这是文件夹".to_owned()),
        // A pipe or a device may never end.
        Ok(about) if !about.is_file() => {
            return error("这不是普通文件（可能是管道或设备）。请先存成文件再读取".to_owned());
        }
        Ok(about) if about.len() > LARGEST => {
            return error(format!(
                "文件有 {} MB，超过上限 100 MB。年度报告通常不超过几兆字节，请确认文件是否正确",
                about.len() >> 20
            ));
        }
        Ok(_) => {}
    }
    match std::fs::read(path) {
        Err(problem) => error(reason(&problem)),
        Ok(bytes) => match read_bytes(path, &bytes) {
            // Checked once here, where time and memory are bounded and a fault ends this file alone.
            Ok(read) => {
                match std::panic::catch_unwind(AssertUnwindSafe(|| check_reports(std::slice::from_ref(&read), None))) {
                    Ok(_findings) => report_to_json(&read),
                    Err(_panic) => error("核对这份报告时程序内部出错，没有结果。请把文件交给程序的维护者".to_owned()),
                }
            }
            Err(problem) => error(problem.to_string()),
        },
    }
}

/// Answers every question with the same refusal.
fn refuse(why: &str) -> ExitCode {
    let mut out = std::io::stdout().lock();
    for _ in std::io::stdin().lock().lines().map_while(Result::ok) {
        if writeln!(out, "{}", json!({ "error": why })).and_then(|()| out.flush()).is_err() {
            break;
        }
    }
    ExitCode::FAILURE
}

/// Answers each line of standard input (a path as JSON) with a line of JSON.
pub(crate) fn run() -> ExitCode {
    let limited = rlimit::setrlimit(rlimit::Resource::AS, MEMORY, MEMORY);
    if limited.is_err() && cfg!(target_os = "linux") {
        // A lower bound that stands already is as good; without any, no foreign file is read.
        let bounded = rlimit::getrlimit(rlimit::Resource::AS).is_ok_and(|(soft, _)| soft <= MEMORY);
        if !bounded {
            return refuse("系统不允许限制读取进程的内存，为安全起见没有读取");
        }
    }
    std::panic::set_hook(Box::new(|_| {}));
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let Ok(line) = line else { break };
        let Ok(path) = serde_json::from_str::<String>(&line) else { break };
        let mut text = answer(&path).to_string();
        text.push('\n');
        if out.write_all(text.as_bytes()).and_then(|()| out.flush()).is_err() {
            break;
        }
    }
    ExitCode::SUCCESS
}
