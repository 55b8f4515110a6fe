#![doc = include_str!("../README.md")]

mod args;
mod commands;
mod files;
mod fonts;
mod output;
mod pool;
mod progress;
mod serving;
mod worker;

use std::process::ExitCode;

use gongkai_service::platform::{CLEAN, EXTRACT, REPORT};

/// Gives memory back that a large file or many callers needed for a while.
#[global_allocator]
static MEMORY: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// Done, nothing wrong.
const DONE: u8 = 0;
/// Done, and errors were found.
const FOUND: u8 = 1;
/// Could not run.
const FAILED: u8 = 2;

fn main() -> ExitCode {
    let mut arguments = std::env::args_os();
    if arguments.nth(1).is_some_and(|first| first == worker::COMMAND) {
        return worker::run();
    }
    let mut arguments = std::env::args();
    let first = arguments.nth(1).unwrap_or_default();
    if [EXTRACT, CLEAN, REPORT].contains(&first.as_str()) {
        return commands::extract(&first, &arguments.next().unwrap_or_default());
    }
    std::panic::set_hook(Box::new(|fault| {
        let place = fault.location().map(|at| format!("（{}:{}）", at.file(), at.line())).unwrap_or_default();
        output::complain(&format!("程序内部出错{place}，没有完成。这是程序的错误，请把命令和文件交给维护者"));
    }));
    let run = || match args::parse() {
        Ok(command) => commands::run(command).unwrap_or_else(|message| {
            output::complain(&message);
            FAILED
        }),
        Err(code) => code,
    };
    ExitCode::from(std::panic::catch_unwind(run).unwrap_or(FAILED))
}
