//! Earlier records are brought in, and registers are written out.

use gongkai_service::platform::now;
use serde_json::json;

use super::platform::{must_exist, with};
use crate::args::{ExportCommand, ImportCommand, TextOrJson};
use crate::output;
use crate::{DONE, FOUND};

/// Brings earlier records in.
pub(crate) fn import(command: &ImportCommand) -> Result<u8, String> {
    let (ImportCommand::Publications(args)
    | ImportCommand::Cases(args)
    | ImportCommand::Disputes(args)
    | ImportCommand::Ledger(args)) = command;
    must_exist(&args.place)?;
    let bytes = std::fs::read(&args.file)
        .map_err(|error| format!("{}：{}", args.file.display(), crate::files::reason(&error)))?;
    let name = args.file.to_string_lossy().into_owned();
    let outcome = with(&args.place, false, async |services| {
        let (now, agency, dry) = (now(), args.agency.as_str(), args.dry_run);
        match command {
            ImportCommand::Publications(_) => services.import_publications(now, agency, &name, &bytes, dry).await,
            ImportCommand::Cases(_) => services.import_cases(now, agency, (&name, &bytes), dry).await,
            ImportCommand::Disputes(_) => services.import_disputes(now, agency, (&name, &bytes), dry).await,
            ImportCommand::Ledger(_) => services.import_ledger(now, agency, (&name, &bytes), dry).await,
        }
    })?;
    if args.format == TextOrJson::Json {
        let refused: Vec<_> = outcome.refused.iter().map(|one| json!({ "row": one.row, "why": one.why })).collect();
        super::show_json(
            &json!({ "added": outcome.added, "known": outcome.known, "twice": outcome.twice.len(), "refused": refused, "dry_run": args.dry_run }),
        );
    } else {
        for one in &outcome.refused {
            output::complain(&format!("第{}行：{}", one.row, one.why));
        }
        let did = if args.dry_run { "将导入" } else { "已导入" };
        if outcome.refused.is_empty() {
            output::show(&format!("{did}{}条，{}条以前导入过", outcome.added, outcome.known));
            for (row, first) in &outcome.twice {
                output::complain(&format!("第{row}行与第{first}行相同，只导入一次"));
            }
        } else {
            output::complain(&format!("{}行有问题，全部没有导入。改正后再导入", outcome.refused.len()));
        }
    }
    Ok(if outcome.refused.is_empty() { DONE } else { FOUND })
}

/// Writes a register out.
pub(crate) fn export(command: &ExportCommand) -> Result<u8, String> {
    let (ExportCommand::Cases { to, agency, place, .. } | ExportCommand::Disputes { to, agency, place }) = command;
    must_exist(place)?;
    let (count, bytes) = with(place, false, async |services| match command {
        ExportCommand::Cases { names, .. } => services.export_cases(now(), agency, *names).await,
        ExportCommand::Disputes { .. } => services.export_disputes(agency).await,
    })?;
    std::fs::write(to, bytes).map_err(|error| format!("{}：{}", to.display(), crate::files::reason(&error)))?;
    output::show(&format!("已写出{count}条：{}", to.display()));
    Ok(DONE)
}
