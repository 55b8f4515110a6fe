//! The command line: what may be written, and help in Chinese.

use std::path::PathBuf;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::output;

mod law;
mod platform;
mod report;

pub(crate) use law::*;
pub(crate) use platform::*;
pub(crate) use report::*;

const HELP: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";

#[derive(Debug, Parser)]
#[command(
    name = "gongkai",
    version,
    about = "政府信息公开工作的开源软件：信息发布平台，年度报告，答复期限，信息处理费，文书",
    help_template = HELP,
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    subcommand_help_heading = "命令",
    subcommand_value_name = "命令",
    arg_required_else_help = true
)]
struct Top {
    /// 显示帮助
    #[arg(short, long, global = true, action = clap::ArgAction::Help, help_heading = "选项")]
    help: Option<bool>,
    /// 显示版本
    #[arg(short = 'V', long, action = clap::ArgAction::Version, help_heading = "选项")]
    version: Option<bool>,
    #[command(subcommand)]
    command: TopCommand,
}

#[derive(Debug, Subcommand)]
enum TopCommand {
    /// 年度报告：读取、核对、比较、汇总、排版、空表
    #[command(
        help_template = HELP,
        subcommand_help_heading = "命令",
        subcommand_value_name = "命令",
        disable_help_subcommand = true,
        arg_required_else_help = true
    )]
    Report {
        #[command(subcommand)]
        command: ReportCommand,
    },
    /// 按工作日计算的期限届满日，并说明每一天为什么计入或不计
    #[command(help_template = HELP)]
    Deadline(DeadlineArgs),
    /// 一年的工作日
    #[command(help_template = HELP)]
    Calendar(CalendarArgs),
    /// 政府信息公开信息处理费
    #[command(help_template = HELP)]
    Fee(FeeArgs),
    /// 依申请公开的文书：列出、所需事实、生成、样张
    #[command(
        help_template = HELP,
        subcommand_help_heading = "命令",
        subcommand_value_name = "命令",
        disable_help_subcommand = true,
        arg_required_else_help = true
    )]
    Letter {
        #[command(subcommand)]
        command: LetterCommand,
    },
    /// 运行平台：公开页面、工作台、接口和后台工作
    #[command(help_template = HELP)]
    Serve(ServeArgs),
    /// 机构：添加、列出
    #[command(
        help_template = HELP,
        subcommand_help_heading = "命令",
        subcommand_value_name = "命令",
        disable_help_subcommand = true,
        arg_required_else_help = true
    )]
    Agency {
        #[command(subcommand)]
        command: AgencyCommand,
    },
    /// 导入以前的记录：publications（信息）、cases（申请）、disputes（复议诉讼）、ledger（表二台账）
    #[command(
        help_template = HELP,
        subcommand_help_heading = "命令",
        subcommand_value_name = "命令",
        disable_help_subcommand = true,
        arg_required_else_help = true
    )]
    Import {
        #[command(subcommand)]
        command: ImportCommand,
    },
    /// 写出台账：cases、disputes
    #[command(
        help_template = HELP,
        subcommand_help_heading = "命令",
        subcommand_value_name = "命令",
        disable_help_subcommand = true,
        arg_required_else_help = true
    )]
    Export {
        #[command(subcommand)]
        command: ExportCommand,
    },
    /// 检查平台是否正常：数据库、文件、审计链、索引、字体
    #[command(help_template = HELP)]
    Doctor(PlaceArgs),
    /// 备份，运行中也可以
    #[command(help_template = HELP)]
    Backup {
        /// 备份文件，例如 备份.tar.gz
        #[arg(long, value_name = "文件", help_heading = "选项")]
        to: PathBuf,
        #[command(flatten)]
        place: PlaceArgs,
    },
    /// 从备份恢复到空的数据文件夹或数据库
    #[command(help_template = HELP)]
    Restore(RestoreArgs),
    /// 审计链：verify、item
    #[command(
        help_template = HELP,
        subcommand_help_heading = "命令",
        subcommand_value_name = "命令",
        disable_help_subcommand = true,
        arg_required_else_help = true
    )]
    Audit {
        #[command(subcommand)]
        command: AuditCommand,
    },
    /// 把数据库的表更新到最新的样子（PostgreSQL 上升级后先运行）
    #[command(help_template = HELP)]
    Migrate(PlaceArgs),
}

/// A command with its arguments.
#[derive(Debug)]
pub(crate) enum Command {
    Report(ReportCommand),
    Deadline(DeadlineArgs),
    Calendar(CalendarArgs),
    Fee(FeeArgs),
    Letter(LetterCommand),
    Serve(ServeArgs),
    Agency(AgencyCommand),
    Import(ImportCommand),
    Export(ExportCommand),
    Doctor(PlaceArgs),
    Backup { to: PathBuf, place: PlaceArgs },
    Restore(RestoreArgs),
    Audit(AuditCommand),
    Migrate(PlaceArgs),
}

fn context(error: &clap::Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(list)) => list.join("、"),
        Some(other) => other.to_string(),
        None => String::new(),
    }
}

/// An error of the command line in words of our own.
fn words(error: &clap::Error) -> String {
    let argument = context(error, ContextKind::InvalidArg);
    let value = context(error, ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::UnknownArgument => format!("没有“{argument}”这个选项"),
        ErrorKind::MissingRequiredArgument => format!("缺少 {argument}"),
        ErrorKind::InvalidSubcommand => format!("没有“{}”这个命令", context(error, ContextKind::InvalidSubcommand)),
        ErrorKind::MissingSubcommand => "缺少命令".to_owned(),
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} 后面缺少值"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let valid = context(error, ContextKind::ValidValue);
            let valid = if valid.is_empty() { String::new() } else { format!("，可以是 {valid}") };
            format!("{argument} 的值“{value}”不成立{valid}")
        }
        ErrorKind::TooManyValues | ErrorKind::ArgumentConflict => format!("{argument} 重复或与其他选项冲突"),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues | ErrorKind::NoEquals => {
            format!("{argument} 的值个数不对")
        }
        ErrorKind::InvalidUtf8 => "参数不是有效的文字".to_owned(),
        _ => "命令写法有误".to_owned(),
    }
}

/// Help as clap writes it, with the one word of its own that is left in it.
fn in_chinese(error: &clap::Error) -> String {
    error.to_string().replace("[OPTIONS]", "[选项]")
}

/// Reads the command line. `Err` is the exit code once help, the version or a complaint was shown.
pub(crate) fn parse() -> Result<Command, u8> {
    let shown = |error: clap::Error| {
        match error.kind() {
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
                output::show(&in_chinese(&error));
                return crate::DONE;
            }
            ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => output::complain(in_chinese(&error).trim_end()),
            _ => output::complain(&format!("{}\n用 gongkai --help 查看用法", words(&error))),
        }
        crate::FAILED
    };
    let matches = Top::command().try_get_matches().map_err(shown)?;
    let top = Top::from_arg_matches(&matches).map_err(shown)?;
    Ok(match top.command {
        TopCommand::Report { command } => Command::Report(command),
        TopCommand::Deadline(args) => Command::Deadline(args),
        TopCommand::Calendar(args) => Command::Calendar(args),
        TopCommand::Fee(args) => Command::Fee(args),
        TopCommand::Letter { command } => Command::Letter(command),
        TopCommand::Serve(args) => Command::Serve(args),
        TopCommand::Agency { command } => Command::Agency(command),
        TopCommand::Import { command } => Command::Import(command),
        TopCommand::Export { command } => Command::Export(command),
        TopCommand::Doctor(place) => Command::Doctor(place),
        TopCommand::Backup { to, place } => Command::Backup { to, place },
        TopCommand::Restore(args) => Command::Restore(args),
        TopCommand::Audit { command } => Command::Audit(command),
        TopCommand::Migrate(place) => Command::Migrate(place),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Top::command().debug_assert();
    }

    #[test]
    fn complaints_are_in_chinese() {
        for line in [
            vec!["gongkai", "report", "read"],
            vec!["gongkai", "report", "x"],
            vec!["gongkai", "report", "read", "a", "--format", "yaml"],
            vec!["gongkai", "report", "check", "--bad"],
            vec!["gongkai", "deadline"],
            vec!["gongkai", "deadline", "--received", "2025-09-08", "--days", "x"],
            vec!["gongkai", "calendar", "x"],
            vec!["gongkai", "fee"],
            vec!["gongkai", "fee", "--nth", "1", "--pages", "2"],
        ] {
            let error = Top::command().try_get_matches_from(&line).unwrap_err();
            let words = words(&error);
            assert!(words.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{words}");
            assert_ne!(words, "命令写法有误", "{line:?}");
        }
    }
}
