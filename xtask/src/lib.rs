//! Documents that are made from the code.

pub mod provisions;

use gongkai_report::Level;
use gongkai_report::check::{RULES, Scope};

/// The page of all rules, for `docs/rules.md`.
pub fn rules_page() -> String {
    let mut out = String::from(
        "# 核对规则\n\n由 `cargo run -p xtask -- rules` 从代码生成，不要手改。\n\n级别是通常的级别；有的规则按情形减轻或加重。K 是勾稽关系编号。\n\n| 编号 | 级别 | 适用 | 规则 | 依据 | K |\n|---|---|---|---|---|---|\n",
    );
    for rule in &RULES {
        let level = match rule.level {
            Level::Error => "错误",
            Level::Warning => "警告",
            Level::Notice => "提示",
        };
        let scope = match rule.scope {
            Scope::All => "全部".to_owned(),
            Scope::Tables => "有统一表格的".to_owned(),
            Scope::Only(edition) => format!("{}年格式", edition.code()),
            Scope::Set => "多份报告".to_owned(),
        };
        let basis =
            rule.basis.map(|(instrument, article)| format!("{}{article}", instrument.short_name())).unwrap_or_default();
        out.push_str(&format!("| {} | {level} | {scope} | {} | {basis} | {} |\n", rule.id, rule.title, rule.also));
    }
    out
}
