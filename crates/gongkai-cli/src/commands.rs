//! The commands: parse, call the service, show.

mod aggregate;
mod audit;
mod check;
mod compare;
mod compile;
mod law;
mod letter;
mod platform;
mod read;
mod records;
mod render;
mod rules;

use std::path::{Path, PathBuf};

use gongkai_service::report::{ReadReport, Target};

pub(crate) use self::platform::extract;
use crate::args::{Command, ReportCommand};
use crate::{files, output, pool};

/// Runs a command. `Ok` is the exit code, `Err` why it could not run.
pub(crate) fn run(command: Command) -> Result<u8, String> {
    match command {
        Command::Report(command) => report(command),
        Command::Deadline(args) => law::deadline(&args),
        Command::Calendar(args) => law::calendar(&args),
        Command::Fee(args) => law::fee(&args),
        Command::Letter(command) => letter::run(&command),
        Command::Serve(args) => platform::serve(&args),
        Command::Agency(command) => platform::agency(&command),
        Command::Import(command) => records::import(&command),
        Command::Export(command) => records::export(&command),
        Command::Doctor(place) => platform::doctor(&place),
        Command::Backup { to, place } => platform::backup(&place, &to),
        Command::Restore(args) => platform::restore(&args),
        Command::Audit(command) => audit::audit(&command),
        Command::Migrate(place) => platform::migrate(&place),
    }
}

fn report(command: ReportCommand) -> Result<u8, String> {
    match command {
        ReportCommand::Read(args) => read::run(&args),
        ReportCommand::Check(args) => check::run(&args),
        ReportCommand::Compare(args) => compare::run(&args),
        ReportCommand::Aggregate(args) => aggregate::run(&args),
        ReportCommand::Render(args) => render::run(&args),
        ReportCommand::Template(args) => render::template(&args),
        ReportCommand::Compile(args) => compile::run(&args),
        ReportCommand::Rules(args) => Ok(rules::run(&args)),
    }
}

/// Reads files that must all be readable.
fn read_each(paths: &[PathBuf]) -> Result<Vec<ReadReport>, String> {
    pool::read_all(paths)
        .into_iter()
        .map(|read| read.outcome.map_err(|error| format!("{}：{error}", read.file)))
        .collect()
}

/// The format a path asks for, out of those a command knows.
fn target(path: &Path, known: &[(Target, &str)]) -> Result<Target, String> {
    let names: Vec<&str> = known.iter().map(|(_, name)| *name).collect();
    Target::of_name(&path.to_string_lossy())
        .filter(|target| known.iter().any(|(other, _)| other == target))
        .ok_or_else(|| format!("输出文件“{}”的后缀应为 {}", path.display(), names.join("、")))
}

/// Writes a result and says where.
fn write_result(path: &Path, bytes: &[u8]) -> Result<(), String> {
    files::write(path, bytes)?;
    output::complain(&format!("已写入 {}", path.display()));
    Ok(())
}

/// One JSON value, indented.
fn show_json(value: &serde_json::Value) {
    output::show(&format!("{value:#}"));
}
