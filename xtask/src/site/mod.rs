//! What the browser loads, put together under `target/site/`: the WASM bundle, the style sheets, the public files, each with its
//! `.br` and `.gz`, and `manifest.json`, which tells the server their names. Parts whose inputs did not change are kept.

mod browser;
mod compress;
mod manifest;
mod public;
mod stamp;
mod style;
mod wasm;

use crate::{project::Project, say};
use anyhow::Result;
use std::path::{Path, PathBuf};

pub(crate) use compress::brotli;
pub(crate) use manifest::Manifest;
pub(crate) use stamp::hex;

/// What to build, and where.
#[derive(Debug)]
pub(crate) struct Order {
    /// How much time to spend for small files.
    pub(crate) quality: Quality,
    /// Whether lazy routes become chunks of their own (release only: the development build is whole).
    pub(crate) split: bool,
    /// The `site` folder.
    pub(crate) site: PathBuf,
}

impl Order {
    /// What ships, in the place where the server looks for it.
    pub(crate) fn release(project: &Project) -> Self {
        Self { quality: Quality::Release, split: true, site: project.root.join("target/site") }
    }

    /// What is quick to build, in the same place.
    pub(crate) fn dev(project: &Project) -> Self {
        Self { quality: Quality::Dev, ..Self::release(project) }
    }

    fn splits(&self) -> bool {
        self.split && self.quality == Quality::Release
    }
}

/// How much time to spend for small files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Quality {
    /// Fast compiling, light compression.
    Dev,
    /// Small code, brotli at its best.
    Release,
}

/// A file of the site before it is written: its path under `site/` and its bytes.
pub(crate) struct SiteFile {
    path: String,
    bytes: Vec<u8>,
}

/// Builds the site, or as much of it as changed since the last time.
pub(crate) fn build(project: &Project, order: &Order) -> Result<()> {
    std::fs::create_dir_all(&order.site)?;
    let old = stamp::Stamp::read(&order.site);
    let browser = say::step("browser", || browser::build(project, order, old.browser))?;
    let styles = say::step("styles", || style::build(project, order, old.styles))?;
    let public = say::step("public", || public::build(project, order, old.public))?;
    let manifest = Manifest::new(&browser.made, &styles.made);
    let stamp = stamp::Stamp { browser: Some(browser), styles: Some(styles), public: Some(public) };
    stamp.remove_strangers(&order.site)?;
    manifest.write(&order.site)?;
    stamp.write(&order.site)
}

/// All files below a folder as sorted paths relative to it; none when the folder does not exist.
fn list_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(next) = open.pop() {
        if !next.is_dir() {
            continue;
        }
        for entry in std::fs::read_dir(&next)? {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path);
            } else {
                files.push(path.strip_prefix(folder)?.to_path_buf());
            }
        }
    }
    files.sort();
    Ok(files)
}
