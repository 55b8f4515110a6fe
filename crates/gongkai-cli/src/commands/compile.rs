//! `gongkai report compile`.

use gongkai_service::platform::now;

use super::platform::{must_exist, with};
use crate::args::{CompileArgs, TextOrJson};
use crate::{DONE, FOUND, output};

/// Computes the figures of an agency for a year.
pub(super) fn run(args: &CompileArgs) -> Result<u8, String> {
    must_exist(&args.place)?;
    let figures = with(&args.place, false, async |services| services.figures_of(now(), &args.agency, args.year).await)?;
    if args.format == TextOrJson::Json {
        super::show_json(&figures.to_json());
    } else {
        let (tables, remarks) = figures.as_text();
        output::show(&tables);
        for remark in remarks {
            output::complain(&remark);
        }
    }
    Ok(if figures.is_wrong() { FOUND } else { DONE })
}
