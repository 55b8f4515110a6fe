//! Arguments of the law as code: letters, deadlines, the calendar, fees.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{HELP, TextOrJson};

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
