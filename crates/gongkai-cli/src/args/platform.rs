//! Arguments of the platform: serving, agencies, imports, backups, the audit chain.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{HELP, TextOrJson};

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
    /// 演示时把今天当作这一天，看期限怎样变动；只用于 --demo 建立的数据
    #[arg(long, value_name = "日期", requires = "demo", help_heading = "选项")]
    pub today: Option<jiff::civil::Date>,
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
    #[command(
        help_template = HELP,
        about = "申请台账；列：registration_no, applicant_kind, applicant_name, channel, received_on, subject, outcome, served_on"
    )]
    Cases(ImportArgs),
    #[command(
        help_template = HELP,
        about = "复议诉讼台账；列：dispute_no, kind, registration_no, filed_on, result, decided_on"
    )]
    Disputes(ImportArgs),
    #[command(
        help_template = HELP,
        about = "表二的台账；列：year, item, field, value，另可有 month, section, source"
    )]
    Ledger(ImportArgs),
}

/// What is written out.
#[derive(Debug, Subcommand)]
pub(crate) enum ExportCommand {
    /// 申请台账，CSV，列与导入的相同
    #[command(help_template = HELP)]
    Cases {
        /// 写到这个文件
        #[arg(long, value_name = "文件", help_heading = "选项")]
        to: PathBuf,
        /// 机关的代码
        #[arg(long, value_name = "代码", help_heading = "选项")]
        agency: String,
        /// 连申请人的姓名和申请内容的全文一起写出；会记入审计
        #[arg(long, help_heading = "选项")]
        names: bool,
        #[command(flatten)]
        place: PlaceArgs,
    },
    /// 复议诉讼台账，CSV，列与导入的相同
    #[command(help_template = HELP)]
    Disputes {
        /// 写到这个文件
        #[arg(long, value_name = "文件", help_heading = "选项")]
        to: PathBuf,
        /// 机关的代码
        #[arg(long, value_name = "代码", help_heading = "选项")]
        agency: String,
        #[command(flatten)]
        place: PlaceArgs,
    },
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
