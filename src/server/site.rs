//! The built browser files: which script, WASM and style sheet belong to this build, as the build wrote them down.

use std::{collections::BTreeMap, path::Path};

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
}
