//! Arguments about annual reports.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::{HELP, PlaceArgs};

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
    /// 由数据文件夹里的申请、复议诉讼和台账算出一个机关一年的三张表
    #[command(help_template = HELP)]
    Compile(CompileArgs),
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
pub(crate) struct CompileArgs {
    /// 机关的代码
    #[arg(long, value_name = "代码", help_heading = "选项")]
    pub agency: String,
    /// 报告年度
    #[arg(long, value_name = "年度", help_heading = "选项")]
    pub year: i16,
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
