//! What stands around every public page.

use axum::http::HeaderMap;
use gongkai_model::org::UnitKind;
use gongkai_service::platform::{Agency, Directory, SiteSettings, written_date};

use crate::assets;
use crate::guard::cookie;

/// The frame of a public page.
#[derive(Debug, Clone)]
pub(crate) struct Shell {
    pub(crate) site: String,
    pub(crate) agency: Option<(String, String)>,
    pub(crate) settings: SiteSettings,
    pub(crate) site_code: String,
    pub(crate) large: bool,
    pub(crate) version: &'static str,
    /// The address of this page, to come back to after choosing the display.
    pub(crate) here: String,
    pub(crate) column: &'static str,
    /// When the agency ended; empty while it is there.
    pub(crate) closed: String,
    /// Who took over: code and name.
    pub(crate) heir: Option<(String, String)>,
}

impl Shell {
    pub(crate) fn new(
        directory: &Directory,
        agency: Option<&Agency>,
        large: bool,
        here: &str,
        column: &'static str,
    ) -> Self {
        let settings = directory.site.clone();
        let own = agency.map(|one| one.settings.site_code.clone()).filter(|code| !code.is_empty());
        let closed = agency.filter(|one| one.is_closed).and_then(|one| one.closed_on);
        let heir = closed.and_then(|_| directory.get(agency?.successor?));
        Self {
            closed: closed.map(|day| format!("本机关已于{}撤销", written_date(day))).unwrap_or_default(),
            heir: heir.map(|one| (one.code.clone(), one.name.clone())),
            site: directory.site_name(),
            agency: agency.map(|one| (one.code.clone(), one.name.clone())),
            site_code: own.unwrap_or_else(|| settings.site_code.clone()),
            settings,
            large,
            version: assets::VERSION,
            here: here.to_owned(),
            column,
        }
    }

    /// Whether a column is the one of this page.
    pub(crate) fn is(&self, column: &str) -> bool {
        self.column == column
    }

    /// The domain of the site, for the page's meta data.
    pub(crate) fn domain(&self) -> &str {
        let address = self.settings.address.as_str();
        address.split_once("://").map_or(address, |(_, rest)| rest).trim_end_matches('/')
    }
}

/// Whether the reader chose large type.
pub(crate) fn is_large(headers: &HeaderMap) -> bool {
    cookie(headers, "display") == Some("large")
}

/// Agencies that are no more but have published: code, name, and who took over.
pub(crate) fn former(directory: &Directory) -> Vec<(String, String, String)> {
    directory
        .agencies()
        .filter(|one| one.is_closed)
        .map(|one| {
            let heir = one.successor.map(|id| directory.name(id).to_owned()).unwrap_or_default();
            (one.code.clone(), one.name.clone(), heir)
        })
        .collect()
}

/// The agencies for lists, without sections.
pub(crate) fn agencies(directory: &Directory) -> Vec<(String, String, bool)> {
    directory
        .open_agencies()
        .map(|one| (one.code.clone(), one.name.clone(), one.kind == UnitKind::SupervisingOffice))
        .collect()
}
