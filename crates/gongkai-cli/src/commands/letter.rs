//! `gongkai letter list|facts|make|sample`.

use std::path::{Path, PathBuf};

use gongkai_service::letters::{
    Letter, letter_form, letter_from_json, letter_kind, letter_list, letter_templates, render_letter, sample_letters,
};
use gongkai_service::report::Target;

use super::{show_json, target, write_result};
use crate::args::LetterCommand;
use crate::{DONE, fonts, output};

const KNOWN: [(Target, &str); 4] =
    [(Target::Docx, "docx"), (Target::Pdf, "pdf"), (Target::Html, "html"), (Target::Markdown, "md")];

/// The texts of a folder by the names of their files.
fn texts(folder: Option<&Path>) -> Result<Vec<(String, String)>, String> {
    let Some(folder) = folder else { return Ok(Vec::new()) };
    let unread = |path: &Path| format!("{}：读不了。请确认存在，文件是 UTF-8 编码的文本", path.display());
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .map_err(|_| unread(folder))?
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|suffix| suffix == "txt"))
        .collect();
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let name = path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            Ok((name, std::fs::read_to_string(&path).map_err(|_| unread(&path))?))
        })
        .collect()
}

fn write(letter: &Letter, to: &Path, folder: Option<&Path>) -> Result<u8, String> {
    let format = target(to, &KNOWN)?;
    let load = || fonts::load(folder);
    let bytes = render_letter(letter, format, &load).map_err(|error| error.to_string())?;
    write_result(to, &bytes)?;
    Ok(DONE)
}

pub(super) fn run(command: &LetterCommand) -> Result<u8, String> {
    match command {
        LetterCommand::List => {
            output::show(&letter_list());
            Ok(DONE)
        }
        LetterCommand::Facts(args) => {
            show_json(&letter_form(letter_kind(&args.kind)?));
            Ok(DONE)
        }
        LetterCommand::Make(args) => {
            let kind = letter_kind(&args.kind)?;
            let templates = letter_templates(&texts(args.templates.as_deref())?)?;
            let text = std::fs::read_to_string(&args.facts)
                .map_err(|_| format!("{}：读不了这个文件。请确认文件存在，编码是 UTF-8", args.facts.display()))?;
            let letter = letter_from_json(kind, &text, &templates)?;
            write(&letter, &args.to, args.fonts.as_deref())
        }
        LetterCommand::Sample(args) => {
            let templates = letter_templates(&texts(args.templates.as_deref())?)?;
            write(&sample_letters(&templates)?, &args.to, args.fonts.as_deref())
        }
    }
}
