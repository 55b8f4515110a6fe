//! Fonts: those the site owns from a folder, else free ones of the system, with a full-coverage fallback.

use std::path::{Path, PathBuf};

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

/// Font files that are looked for in the folders of the system; a folder of the site is read whole.
const KNOWN: [&str; 16] = [
    "fandol",
    "notoserifcjk",
    "notosanscjk",
    "notoserifsc",
    "notosanssc",
    "sourcehanserif",
    "sourcehansans",
    "lxgwwenkai",
    "simsun",
    "simhei",
    "simfang",
    "simkai",
    "fzxbs",
    "xiaobiaosong",
    "liberationserif",
    "stfangso",
];

/// Faces for Chinese, loaded once.
pub struct Fonts {
    pub(crate) book: LazyHash<FontBook>,
    pub(crate) faces: Vec<Font>,
}

impl std::fmt::Debug for Fonts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Fonts({} faces)", self.faces.len())
    }
}

/// The folders of the system in which fonts are usual.
pub fn font_folders(home: Option<&Path>) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = [
        "/usr/share/fonts",
        "/usr/local/share/fonts",
        "/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol",
        "/usr/share/texmf/fonts/opentype/public/fandol",
        "/Library/Fonts",
        "/System/Library/Fonts",
        "C:\\Windows\\Fonts",
    ]
    .iter()
    .map(PathBuf::from)
    .collect();
    if let Some(home) = home {
        folders.extend([home.join(".local/share/fonts"), home.join(".fonts"), home.join("Library/Fonts")]);
    }
    folders
}

impl Fonts {
    /// Puts faces together from the bytes of font files, the preferred ones first.
    ///
    /// Of collections for several regions only the faces for simplified Chinese are taken.
    pub fn from_files(files: impl IntoIterator<Item = Vec<u8>>) -> Self {
        let mut faces: Vec<Font> = Vec::new();
        for data in files {
            for face in Font::iter(Bytes::new(data)) {
                let family = face.info().family.as_str();
                let other_region = [" JP", " KR", " TC", " HK", " Mono"].iter().any(|region| family.contains(region));
                if !other_region {
                    faces.push(face);
                }
            }
        }
        Self { book: LazyHash::new(FontBook::from_fonts(&faces)), faces }
    }

    /// Whether a file of this name in a folder of the system is worth loading.
    pub fn is_known_file(name: &str) -> bool {
        let name: String =
            name.to_ascii_lowercase().chars().filter(|c| c.is_ascii_alphanumeric() || *c == '.').collect();
        let suffix = name.rsplit('.').next().unwrap_or("");
        matches!(suffix, "ttf" | "otf" | "ttc" | "otc")
            && KNOWN.iter().any(|known| name.contains(known))
            && !name.contains("braille")
            && !name.contains("italic")
    }

    /// How many faces were loaded.
    pub fn len(&self) -> usize {
        self.faces.len()
    }

    /// Whether no face was loaded.
    pub fn is_empty(&self) -> bool {
        self.faces.is_empty()
    }

    /// The characters of a text that no face has, in order, each once.
    pub fn missing(&self, text: &str) -> Vec<char> {
        let mut missing: Vec<char> = Vec::new();
        for c in text.chars() {
            if c.is_whitespace() || c.is_control() || missing.contains(&c) {
                continue;
            }
            if !self.faces.iter().any(|face| face.info().coverage.contains(u32::from(c))) {
                missing.push(c);
            }
        }
        missing
    }
}
