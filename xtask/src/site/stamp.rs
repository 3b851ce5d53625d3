//! `site/.stamp.json`: what each part of the site was made from and which files it is, so that unchanged parts are kept and
//! files that belong to no part any more are removed.

use super::{Quality, list_files, manifest};
use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    path::Path,
};

/// Change it when the same inputs shall give other files, so that no old part is kept.
const FORMAT: &str = "3";
const FILE: &str = ".stamp.json";

/// One part of the site.
#[derive(Deserialize, Serialize)]
pub(crate) struct Part<T> {
    /// The hash of everything it was made from.
    input: String,
    /// Its files, compressed ones included, relative to the site.
    files: Vec<String>,
    /// What the manifest says about it.
    pub(crate) made: T,
}

impl<T> Part<T> {
    pub(crate) fn new(input: String, files: Vec<String>, made: T) -> Self {
        Self { input, files, made }
    }

    /// Whether this part is what the input would give again, with all of its files in place.
    pub(crate) fn is_current(&self, input: &str, site: &Path) -> bool {
        self.input == input && self.files.iter().all(|file| site.join(file).is_file())
    }
}

/// All parts of a site.
#[derive(Default, Deserialize, Serialize)]
pub(crate) struct Stamp {
    pub(crate) browser: Option<Part<manifest::Bundle>>,
    pub(crate) styles: Option<Part<BTreeMap<String, String>>>,
    pub(crate) public: Option<Part<()>>,
}

impl Stamp {
    /// Reads the stamp; an absent or unreadable one is empty, and everything is built again.
    pub(crate) fn read(site: &Path) -> Self {
        std::fs::read(site.join(FILE)).ok().and_then(|text| serde_json::from_slice(&text).ok()).unwrap_or_default()
    }

    /// Writes the stamp, last of all, so that a build that was broken off is not taken for a whole one.
    pub(crate) fn write(&self, site: &Path) -> Result<()> {
        std::fs::write(site.join(FILE), serde_json::to_vec(self)?).context("the site's stamp could not be written")
    }

    /// Removes every file of the site that belongs to no part.
    pub(crate) fn remove_strangers(&self, site: &Path) -> Result<()> {
        let browser = self.browser.iter().flat_map(|part| &part.files);
        let styles = self.styles.iter().flat_map(|part| &part.files);
        let public = self.public.iter().flat_map(|part| &part.files);
        let known: BTreeSet<&str> = browser.chain(styles).chain(public).map(String::as_str).collect();
        for file in list_files(site)? {
            let is_known =
                file.to_str().is_some_and(|path| known.contains(path) || path == manifest::FILE || path == FILE);
            if !is_known {
                std::fs::remove_file(site.join(&file)).with_context(|| format!("{} stays", file.display()))?;
            }
        }
        remove_empty_folders(site)
    }
}

fn remove_empty_folders(folder: &Path) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            remove_empty_folders(&path)?;
            if std::fs::read_dir(&path)?.next().is_none() {
                std::fs::remove_dir(&path)?;
            }
        }
    }
    Ok(())
}

/// A hash over named inputs, different for each way of building.
pub(crate) struct Input(Sha256);

impl Input {
    pub(crate) fn new(quality: Quality) -> Self {
        Self(Sha256::new_with_prefix(format!("{FORMAT} {quality:?}\n")))
    }

    /// Adds a named input.
    pub(crate) fn add(&mut self, name: &str, bytes: &[u8]) {
        self.0.update(format!("{name} {}\n", bytes.len()));
        self.0.update(bytes);
    }

    /// The hash of all that was added, in hexadecimal.
    pub(crate) fn finish(self) -> String {
        hex(&self.0.finalize())
    }
}

/// The first 16 hexadecimal digits of a content hash: enough for a name, and short.
pub(crate) fn short_hash(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes)[..8])
}

/// Bytes in hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a `String` cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_current_only_with_the_same_input_and_all_its_files() {
        let site = tempfile::tempdir().unwrap();
        std::fs::write(site.path().join("a.css"), "a").unwrap();
        let part = Part::new("input".into(), vec!["a.css".into()], ());
        assert!(part.is_current("input", site.path()));
        assert!(!part.is_current("other input", site.path()));
        std::fs::remove_file(site.path().join("a.css")).unwrap();
        assert!(!part.is_current("input", site.path()));
    }

    #[test]
    fn files_of_no_part_are_removed_with_their_folders() {
        let site = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(site.path().join("pkg/old")).unwrap();
        for file in ["pkg/old/x.js", "kept.svg", "manifest.json"] {
            std::fs::write(site.path().join(file), "x").unwrap();
        }
        let public = Some(Part::new(String::new(), vec!["kept.svg".into()], ()));
        Stamp { public, ..Stamp::default() }.remove_strangers(site.path()).unwrap();
        assert!(!site.path().join("pkg").exists());
        assert!(site.path().join("kept.svg").exists() && site.path().join("manifest.json").exists());
    }

    #[test]
    fn inputs_are_told_apart_by_name_content_and_quality() {
        let hash = |quality, name, bytes| {
            let mut input = Input::new(quality);
            input.add(name, bytes);
            input.finish()
        };
        let first = hash(Quality::Dev, "a", b"1");
        assert_eq!(first, hash(Quality::Dev, "a", b"1"));
        assert_ne!(first, hash(Quality::Dev, "b", b"1"));
        assert_ne!(first, hash(Quality::Dev, "a", b"2"));
        assert_ne!(first, hash(Quality::Release, "a", b"1"));
    }
}
