//! `gongkai deadline`, `gongkai calendar`, `gongkai fee`.

use std::path::PathBuf;

use gongkai_service::law::{
    DeadlineQuestion, FeeQuestion, calendar_json, calendar_text, deadline as answer, fee_json, fee_text, load_calendar,
};

use super::show_json;
use crate::args::{CalendarArgs, DeadlineArgs, FeeArgs, TextOrJson};
use crate::{DONE, output};

fn plans(paths: &[PathBuf]) -> Result<Vec<(String, String)>, String> {
    paths
        .iter()
        .map(|path| {
            let name = path.display().to_string();
            let text = std::fs::read_to_string(path)
                .map_err(|_| format!("{name}：读不了这个文件。请确认文件存在，编码是 UTF-8"))?;
            Ok((name, text))
        })
        .collect()
}

pub(super) fn deadline(args: &DeadlineArgs) -> Result<u8, String> {
    let calendar = load_calendar(&plans(&args.plan)?)?;
    let question = DeadlineQuestion {
        received: args.received.clone(),
        days: args.days,
        extend: args.extend,
        excluded: args.excluded.clone(),
    };
    let found = answer(&question, &calendar)?;
    match args.format {
        TextOrJson::Json => show_json(&found.json(args.explain)),
        TextOrJson::Text => output::show(&found.text(&calendar, args.explain)),
    }
    Ok(DONE)
}

pub(super) fn calendar(args: &CalendarArgs) -> Result<u8, String> {
    let calendar = load_calendar(&plans(&args.plan)?)?;
    match args.format {
        TextOrJson::Json => show_json(&calendar_json(&calendar, args.year)?),
        TextOrJson::Text => output::show(&calendar_text(&calendar, args.year)?),
    }
    Ok(DONE)
}

pub(super) fn fee(args: &FeeArgs) -> Result<u8, String> {
    let question = match args.pages {
        Some(pages) => FeeQuestion::Pages(pages),
        None => FeeQuestion::Nth(args.nth.clone()),
    };
    match args.format {
        TextOrJson::Json => show_json(&fee_json(&question)?),
        TextOrJson::Text => output::show(&fee_text(&question)?),
    }
    Ok(DONE)
}
