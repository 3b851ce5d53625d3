//! `site/manifest.json`: the names of the hashed files. The server reads it once at start and writes them into its pages.

use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, path::Path};

/// The manifest's file name in the site.
pub(crate) const FILE: &str = "manifest.json";

/// The scripts of one browser build.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Bundle {
    /// URL path of the folder that holds the bundle: `/pkg/<hash>`.
    pub(crate) root: String,
    /// URL path of the JavaScript module that starts the application.
    pub(crate) js: String,
    /// URL path of the core WASM module.
    pub(crate) wasm: String,
    /// The chunks of lazy routes, when the build was split.
    pub(crate) split: Option<Split>,
}

/// How lazy routes find their chunks, in the terms of leptos' `WasmSplitManifest`.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Split {
    /// File name of the loader below the bundle's root.
    pub(crate) js: String,
    /// For each split function the chunks it needs: file names below the root, without `.wasm`.
    pub(crate) prefetch: BTreeMap<String, Vec<String>>,
}

/// The names of all hashed files.
#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct Manifest {
    /// The browser bundle.
    #[serde(flatten)]
    pub(crate) bundle: Bundle,
    /// URL path of each entry sheet by its name: `main` is `style/main.css`.
    pub(crate) css: BTreeMap<String, String>,
}

impl Manifest {
    pub(crate) fn new(bundle: &Bundle, css: &BTreeMap<String, String>) -> Self {
        Self { bundle: bundle.clone(), css: css.clone() }
    }

    /// Reads the manifest of a site that was built.
    pub(crate) fn read(site: &Path) -> Result<Self> {
        let text =
            std::fs::read(site.join(FILE)).context("there is no site yet: build it with `xtask site --release`")?;
        serde_json::from_slice(&text)
            .context("site/manifest.json is not what this version writes: build the site again")
    }

    /// Writes the manifest in one step, so that a starting server never reads half of it.
    pub(crate) fn write(&self, site: &Path) -> Result<()> {
        let draft = site.join(".manifest.json.draft");
        std::fs::write(&draft, serde_json::to_vec_pretty(self)?).context("the manifest could not be written")?;
        std::fs::rename(&draft, site.join(FILE)).context("the manifest could not be put in place")
    }
}
