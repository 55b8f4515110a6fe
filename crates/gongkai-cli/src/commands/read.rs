//! `gongkai report read`.

use gongkai_service::report::{ReadReport, report_to_json, set_as_text};
use serde_json::{Value, json};

use super::show_json;
use crate::args::{ReadArgs, TextOrJson};
use crate::{DONE, FAILED, files, output, pool};

pub(super) fn run(args: &ReadArgs) -> Result<u8, String> {
    let paths = files::expand(&args.files)?;
    let read = pool::read_all(&paths);
    let mut failed = false;
    for file in &read {
        if let Err(error) = &file.outcome {
            output::complain(&format!("{}：{error}", file.file));
            failed = true;
        }
    }
    match args.format {
        TextOrJson::Json => {
            let single = paths.len() == 1;
            let mut values: Vec<Value> = Vec::new();
            for file in &read {
                match &file.outcome {
                    Ok(report) => values.push(report_to_json(report)),
                    Err(_) if single => return Ok(FAILED),
                    Err(error) => values
                        .push(json!({ "schema": "gongkai.report/1", "source": { "file": file.file }, "error": error })),
                }
            }
            if single {
                if let Some(value) = values.first() {
                    show_json(value);
                }
            } else {
                show_json(&Value::Array(values));
            }
        }
        TextOrJson::Text => {
            let readable: Vec<&ReadReport> = read.iter().filter_map(|file| file.outcome.as_ref().ok()).collect();
            let texts: Vec<String> = readable.iter().map(|report| set_as_text(report)).collect();
            if !texts.is_empty() {
                output::show(&texts.join("\n"));
            }
        }
    }
    Ok(if failed { FAILED } else { DONE })
}
