//! `gongkai report rules`.

use gongkai_service::report::{RULES, rules_to_json};

use super::show_json;
use crate::args::{RulesArgs, TextOrJson};
use crate::{DONE, output};

pub(super) fn run(args: &RulesArgs) -> u8 {
    match args.format {
        TextOrJson::Json => show_json(&rules_to_json()),
        TextOrJson::Text => {
            let lines: Vec<String> =
                RULES.iter().map(|rule| format!("{}  {}  {}", rule.id, rule.level.label(), rule.title)).collect();
            output::show(&lines.join("\n"));
        }
    }
    DONE
}
