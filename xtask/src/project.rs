//! Where things are: the repository, cargo's target folder, the caches. The only reader of the environment in the build tool.
#![expect(
    clippy::disallowed_methods,
    reason = "the server's config does not exist here: this is the build tool's own home for settings"
)]

use anyhow::{Context as _, Result};
use std::path::{Path, PathBuf};

/// The folders of one checkout.
#[derive(Debug)]
pub(crate) struct Project {
    /// The repository.
    pub(crate) root: PathBuf,
    /// Cargo's target folder, often shared by several checkouts.
    pub(crate) target: PathBuf,
    /// Downloads that any checkout of this user may reuse.
    pub(crate) cache: PathBuf,
}

impl Project {
    /// Finds the repository at or above the current folder.
    pub(crate) fn find() -> Result<Self> {
        let here = std::env::current_dir().context("the current folder is gone")?;
        let root = here
            .ancestors()
            .find(|folder| folder.join("xtask/Cargo.toml").is_file())
            .context("run this inside the repository")?
            .to_path_buf();
        let target = setting("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |folder| root.join(folder));
        let cache = setting("XDG_CACHE_HOME")
            .map(PathBuf::from)
            .or_else(|| setting("HOME").map(|home| Path::new(&home).join(".cache")))
            .unwrap_or_else(|| root.join(".tools"))
            .join("trek-tribe/tools");
        Ok(Self { root, target, cache })
    }

    /// Tools that belong to this checkout; the server looks for `mongod` here.
    pub(crate) fn tools(&self) -> PathBuf {
        self.root.join(".tools")
    }

    /// The server binary of a cargo profile's folder (`debug`, `release`).
    pub(crate) fn server(&self, profile: &str) -> PathBuf {
        self.target.join(profile).join("trek-tribe")
    }
}

/// An environment variable that is set and not empty.
pub(crate) fn setting(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// The program of that name on `PATH`.
pub(crate) fn find_program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}
