//! The command line: what may be written, and help in Chinese.

use std::path::PathBuf;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use crate::output;

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
    /// 导入以前的记录：publications
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
    Doctor(PlaceArgs),
    Backup { to: PathBuf, place: PlaceArgs },
    Restore(RestoreArgs),
    Audit(AuditCommand),
    Migrate(PlaceArgs),
}

/// Where the platform keeps its data.
#[derive(Debug, Args)]
pub(crate) struct PlaceArgs {
    /// 数据文件夹，默认 ./data
    #[arg(long, default_value = "./data", hide_default_value = true, value_name = "文件夹", help_heading = "选项")]
    pub data: PathBuf,
    /// PostgreSQL 的地址（postgres://…）；不写时用数据文件夹里的 SQLite
    #[arg(long, value_name = "地址", help_heading = "选项")]
    pub database: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct ServeArgs {
    #[command(flatten)]
    pub place: PlaceArgs,
    /// 监听的地址，默认 127.0.0.1:8080
    #[arg(
        long,
        default_value = "127.0.0.1:8080",
        hide_default_value = true,
        value_name = "地址",
        help_heading = "选项"
    )]
    pub listen: String,
    /// 在空的数据文件夹里放入虚构的机关、一年的信息和各角色的账号
    #[arg(long, help_heading = "选项")]
    pub demo: bool,
    /// 经 HTTPS 访问（由前面的代理提供），会话只经 HTTPS 传送
    #[arg(long, help_heading = "选项")]
    pub secure: bool,
    /// 在会设置 X-Forwarded-For 的代理后面
    #[arg(long, help_heading = "选项")]
    pub behind_proxy: bool,
    /// 日志用 JSON，一行一条
    #[arg(long, help_heading = "选项")]
    pub log_json: bool,
    /// 不限制访问频率，只供压力测试
    #[arg(long, hide = true)]
    pub unlimited: bool,
}

/// A command about units.
#[derive(Debug, Subcommand)]
pub(crate) enum AgencyCommand {
    /// 添加机关；数据文件夹是空的会先建好
    #[command(help_template = HELP)]
    Add {
        /// 机构代码
        #[arg(value_name = "代码", help_heading = "参数")]
        code: String,
        /// 全称
        #[arg(value_name = "名称", help_heading = "参数")]
        name: String,
        /// 上级机构的代码
        #[arg(long, value_name = "代码", help_heading = "选项")]
        parent: Option<String>,
        #[command(flatten)]
        place: PlaceArgs,
    },
    /// 列出机构
    #[command(help_template = HELP)]
    List {
        #[command(flatten)]
        place: PlaceArgs,
        /// 输出格式：text（默认）或 json
        #[arg(
            long,
            value_enum,
            default_value = "text",
            hide_default_value = true,
            hide_possible_values = true,
            value_name = "格式",
            help_heading = "选项"
        )]
        format: TextOrJson,
    },
}

/// What is brought in.
#[derive(Debug, Subcommand)]
pub(crate) enum ImportCommand {
    #[command(
        help_template = HELP,
        about = "以前公开的信息；列：title, doc_no, catalog_node, genre, formed_on, published_on, channels, body"
    )]
    Publications(ImportArgs),
}

#[derive(Debug, Args)]
pub(crate) struct ImportArgs {
    /// csv、xlsx 或 jsonl 文件
    #[arg(value_name = "文件", help_heading = "参数")]
    pub file: PathBuf,
    /// 机关的代码
    #[arg(long, value_name = "代码", help_heading = "选项")]
    pub agency: String,
    /// 只检查，不写入
    #[arg(long, help_heading = "选项")]
    pub dry_run: bool,
    #[command(flatten)]
    pub place: PlaceArgs,
    /// 输出格式：text（默认）或 json
    #[arg(
        long,
        value_enum,
        default_value = "text",
        hide_default_value = true,
        hide_possible_values = true,
        value_name = "格式",
        help_heading = "选项"
    )]
    pub format: TextOrJson,
}

#[derive(Debug, Args)]
pub(crate) struct RestoreArgs {
    /// 备份文件
    #[arg(value_name = "文件", help_heading = "参数")]
    pub file: PathBuf,
    #[command(flatten)]
    pub place: PlaceArgs,
}

/// A command about the audit chain.
#[derive(Debug, Subcommand)]
pub(crate) enum AuditCommand {
    /// 核对一条导出的信息（/api/v1/items/… 的 JSON）：内容是否就是签署的内容，证明有没有被改动。不需要数据文件夹
    #[command(help_template = HELP)]
    Item {
        /// 导出的 JSON 文件
        #[arg(value_name = "文件", help_heading = "参数")]
        file: PathBuf,
        /// 再与这个数据文件夹的审计链逐条核对
        #[arg(long, value_name = "文件夹", help_heading = "选项")]
        data: Option<PathBuf>,
        /// 再与这个 PostgreSQL 数据库的审计链逐条核对
        #[arg(long, value_name = "地址", help_heading = "选项")]
        database: Option<String>,
    },
    /// 从头到尾核对，找出被改动、缺少或调换的记录
    #[command(help_template = HELP)]
    Verify {
        #[command(flatten)]
        place: PlaceArgs,
        /// 以前在别处记下的链头，写成 记录数:散列值；核对现在的链是否经过它
        #[arg(long, value_name = "链头", help_heading = "选项")]
        expect: Option<String>,
        /// 输出格式：text（默认）或 json
        #[arg(
            long,
            value_enum,
            default_value = "text",
            hide_default_value = true,
            hide_possible_values = true,
            value_name = "格式",
            help_heading = "选项"
        )]
        format: TextOrJson,
    },
}

/// A command about letters.
#[derive(Debug, Subcommand)]
pub(crate) enum LetterCommand {
    /// 列出全部文书
    #[command(help_template = HELP)]
    List,
    /// 一种文书所需的事实，输出待填的 JSON
    #[command(help_template = HELP)]
    Facts(LetterFactsArgs),
    /// 由事实生成一份文书
    #[command(help_template = HELP)]
    Make(LetterMakeArgs),
    /// 用虚构的事实生成全部文书的样张
    #[command(help_template = HELP)]
    Sample(LetterSampleArgs),
}

#[derive(Debug, Args)]
pub(crate) struct LetterFactsArgs {
    /// 文书编号，例如 L02
    #[arg(value_name = "文书", help_heading = "参数")]
    pub kind: String,
}

#[derive(Debug, Args)]
pub(crate) struct LetterMakeArgs {
    /// 文书编号，例如 L02
    #[arg(value_name = "文书", help_heading = "参数")]
    pub kind: String,
    /// 事实（JSON），样子由 letter facts 给出
    #[arg(long, value_name = "文件", help_heading = "选项")]
    pub facts: PathBuf,
    /// 输出文件（docx、pdf、html、md）
    #[arg(long, value_name = "输出文件", help_heading = "选项")]
    pub to: PathBuf,
    /// 本单位的模板文件夹：L02.txt、开头.txt 等，有的用，没有的用自带的
    #[arg(long, value_name = "文件夹", help_heading = "选项")]
    pub templates: Option<PathBuf>,
    /// 字体文件夹
    #[arg(long, value_name = "文件夹", help_heading = "选项")]
    pub fonts: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct LetterSampleArgs {
    /// 输出文件（docx、pdf、html、md）
    #[arg(long, value_name = "输出文件", help_heading = "选项")]
    pub to: PathBuf,
    /// 本单位的模板文件夹：L02.txt、开头.txt 等，有的用，没有的用自带的
    #[arg(long, value_name = "文件夹", help_heading = "选项")]
    pub templates: Option<PathBuf>,
    /// 字体文件夹
    #[arg(long, value_name = "文件夹", help_heading = "选项")]
    pub fonts: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct DeadlineArgs {
    /// 收到申请之日（2025-09-08）
    #[arg(long, value_name = "日期", help_heading = "选项")]
    pub received: String,
    /// 期限的工作日数，默认20
    #[arg(long, default_value_t = 20, hide_default_value = true, value_name = "天数", help_heading = "选项")]
    pub days: u32,
    /// 延期的工作日数，最长20
    #[arg(long, value_name = "天数", help_heading = "选项")]
    pub extend: Option<u32>,
    /// 不计入期限的时间：发出日..结束日，发出日仍计入；可以写几次，重叠的只扣一次
    #[arg(long, value_name = "起..止", help_heading = "选项")]
    pub excluded: Vec<String>,
    /// 逐日说明
    #[arg(long, help_heading = "选项")]
    pub explain: bool,
    /// 另外的放假安排文件（新的一年或地方安排）
    #[arg(long, value_name = "文件", help_heading = "选项")]
    pub plan: Vec<PathBuf>,
    /// 输出格式：text（默认）或 json
    #[arg(
        long,
        value_enum,
        default_value = "text",
        hide_default_value = true,
        hide_possible_values = true,
        value_name = "格式",
        help_heading = "选项"
    )]
    pub format: TextOrJson,
}

#[derive(Debug, Args)]
pub(crate) struct CalendarArgs {
    /// 年份
    #[arg(value_name = "年份", help_heading = "参数")]
    pub year: i16,
    /// 另外的放假安排文件（新的一年或地方安排）
    #[arg(long, value_name = "文件", help_heading = "选项")]
    pub plan: Vec<PathBuf>,
    /// 输出格式：text（默认）或 json
    #[arg(
        long,
        value_enum,
        default_value = "text",
        hide_default_value = true,
        hide_possible_values = true,
        value_name = "格式",
        help_heading = "选项"
    )]
    pub format: TextOrJson,
}

#[derive(Debug, Args)]
#[command(group(clap::ArgGroup::new("by").required(true).args(["nth", "pages"])))]
pub(crate) struct FeeArgs {
    /// 按件计收：同一申请人当月的第几件，可以写几个
    #[arg(long, value_name = "第几件", num_args = 1.., help_heading = "选项")]
    pub nth: Vec<u64>,
    /// 按量计收：一件申请的页数
    #[arg(long, value_name = "页数", help_heading = "选项")]
    pub pages: Option<u64>,
    /// 输出格式：text（默认）或 json
    #[arg(
        long,
        value_enum,
        default_value = "text",
        hide_default_value = true,
        hide_possible_values = true,
        value_name = "格式",
        help_heading = "选项"
    )]
    pub format: TextOrJson,
}

/// A command with its arguments.
#[derive(Debug, Subcommand)]
pub(crate) enum ReportCommand {
    /// 读取已公布的年度报告，输出读到的内容
    #[command(help_template = HELP)]
    Read(ReadArgs),
    /// 核对年度报告：格式、勾稽、文字与表格、跨年
    #[command(help_template = HELP)]
    Check(CheckArgs),
    /// 比较两个（或多个）年度的报告，新的在前
    #[command(help_template = HELP)]
    Compare(CompareArgs),
    /// 汇总多个机关的报告
    #[command(help_template = HELP)]
    Aggregate(AggregateArgs),
    /// 按规定格式排版一份报告
    #[command(help_template = HELP)]
    Render(RenderArgs),
    /// 生成空白的规定格式
    #[command(help_template = HELP)]
    Template(TemplateArgs),
    /// 列出核对规则
    #[command(help_template = HELP)]
    Rules(RulesArgs),
}

/// Text or JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TextOrJson {
    Text,
    Json,
}

/// Text, JSON or CSV.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TextJsonOrCsv {
    Text,
    Json,
    Csv,
}

#[derive(Debug, Args)]
pub(crate) struct ReadArgs {
    /// 报告文件、文件夹或通配符（txt md html docx doc wps xlsx xls csv pdf json）
    #[arg(required = true, value_name = "文件", help_heading = "参数")]
    pub files: Vec<PathBuf>,
    /// 输出格式：json（默认）或 text
    #[arg(
        long,
        value_enum,
        default_value = "json",
        hide_default_value = true,
        hide_possible_values = true,
        value_name = "格式",
        help_heading = "选项"
    )]
    pub format: TextOrJson,
}

#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    /// 报告文件、文件夹或通配符；给出同一机关的几个年度时逐年核对
    #[arg(required = true, value_name = "文件", help_heading = "参数")]
    pub files: Vec<PathBuf>,
    /// 上一年的报告
    #[arg(long, value_name = "文件", help_heading = "选项")]
    pub previous: Option<PathBuf>,
    /// 输出格式：text（默认）、json 或 csv
    #[arg(
        long,
        value_enum,
        default_value = "text",
        hide_default_value = true,
        hide_possible_values = true,
        value_name = "格式",
        help_heading = "选项"
    )]
    pub format: TextJsonOrCsv,
    /// 有警告也以 1 退出
    #[arg(long, help_heading = "选项")]
    pub strict: bool,
}

#[derive(Debug, Args)]
pub(crate) struct CompareArgs {
    /// 本年的报告
    #[arg(value_name = "本年", help_heading = "参数")]
    pub this: PathBuf,
    /// 上一年的报告；可以再给更早的年度
    #[arg(required = true, value_name = "上年", help_heading = "参数")]
    pub previous: Vec<PathBuf>,
    /// 输出格式：text（默认）或 json
    #[arg(
        long,
        value_enum,
        default_value = "text",
        hide_default_value = true,
        hide_possible_values = true,
        value_name = "格式",
        help_heading = "选项"
    )]
    pub format: TextOrJson,
    /// 写成文件（html、xlsx、docx、pdf、md、csv、json）
    #[arg(long, value_name = "输出文件", help_heading = "选项")]
    pub to: Option<PathBuf>,
    /// 字体文件夹
    #[arg(long, value_name = "文件夹", help_heading = "选项")]
    pub fonts: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct AggregateArgs {
    /// 报告文件、文件夹或通配符
    #[arg(required = true, value_name = "文件", help_heading = "参数")]
    pub files: Vec<PathBuf>,
    /// 汇总结果（xlsx、json、docx、pdf、html）
    #[arg(long, value_name = "输出文件", help_heading = "选项")]
    pub to: PathBuf,
    /// 汇总表的名称，例如“示例区”
    #[arg(long, default_value = "", hide_default_value = true, value_name = "名称", help_heading = "选项")]
    pub name: String,
    /// 应报机关的名单，一行一个；用来找出缺报的机关
    #[arg(long, value_name = "名单文件", help_heading = "选项")]
    pub agencies: Option<PathBuf>,
    /// 字体文件夹
    #[arg(long, value_name = "文件夹", help_heading = "选项")]
    pub fonts: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct RenderArgs {
    /// 报告文件
    #[arg(value_name = "文件", help_heading = "参数")]
    pub file: PathBuf,
    /// 输出文件（docx、pdf、html、xlsx、md、csv、json）
    #[arg(long, value_name = "输出文件", help_heading = "选项")]
    pub to: PathBuf,
    /// 字体文件夹；没有时用系统字体
    #[arg(long, value_name = "文件夹", help_heading = "选项")]
    pub fonts: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct TemplateArgs {
    /// 格式版本：2019 或 2021
    #[arg(long, value_name = "版本", help_heading = "选项")]
    pub edition: String,
    /// 报告年度
    #[arg(long, value_name = "年度", help_heading = "选项")]
    pub year: i16,
    /// 机关全称
    #[arg(long, value_name = "机关", help_heading = "选项")]
    pub agency: String,
    /// 输出文件（docx、xlsx、json）
    #[arg(long, value_name = "输出文件", help_heading = "选项")]
    pub to: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct RulesArgs {
    /// 输出格式：text（默认）或 json
    #[arg(
        long,
        value_enum,
        default_value = "text",
        hide_default_value = true,
        hide_possible_values = true,
        value_name = "格式",
        help_heading = "选项"
    )]
    pub format: TextOrJson,
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
