//! The built browser files: which script, WASM and style sheet belong to this build, as the build wrote them down.

use std::{
    collections::{BTreeMap, HashMap},
    path::Path,
};

use serde::Deserialize;

/// The addresses of the built files.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Site {
    /// The script that starts the WASM.
    pub js: String,
    /// The WASM.
    pub wasm: String,
    /// The style sheets by name: `main`, `public`.
    pub css: BTreeMap<String, String>,
    /// The folder of script, WASM and chunks.
    pub root: String,
    /// The chunks of lazy pages, when the build was split.
    pub split: Option<Split>,
}

/// How lazy pages find their chunks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Split {
    /// The loader's file name below the root.
    pub js: String,
    /// For each lazy function the chunks that it needs: file names below the root, without `.wasm`.
    pub prefetch: HashMap<String, Vec<String>>,
}

/// The folder has not been built, or not in full.
#[derive(Debug, thiserror::Error)]
#[error("the browser files in {folder} cannot be read ({problem}); run `make` to build them")]
pub struct SiteMissing {
    folder: String,
    problem: String,
}

impl Site {
    /// What `manifest.json` in the folder says.
    ///
    /// # Errors
    /// When it is missing or cannot be read.
    pub fn load(folder: &Path) -> Result<Self, SiteMissing> {
        let missing = |problem: String| SiteMissing { folder: folder.display().to_string(), problem };
        let text = std::fs::read_to_string(folder.join("manifest.json")).map_err(|error| missing(error.to_string()))?;
        serde_json::from_str(&text).map_err(|error| missing(error.to_string()))
    }

    /// The style sheet of signed-in pages.
    pub fn main_css(&self) -> &str {
        self.css.get("main").map_or("", String::as_str)
    }

    /// The style sheet of public pages: the small one, or that of all pages where there is no small one.
    pub fn public_css(&self) -> &str {
        self.css.get("public").map_or_else(|| self.main_css(), String::as_str)
    }
}
