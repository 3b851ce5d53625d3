//! Where `mongod` is looked for, where its data lies and how much it may take.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
};

/// How to start the embedded database.
#[derive(Debug, Clone)]
pub struct MongodOptions {
    /// The program itself (the variable `MONGOD`); nothing else is tried when it is given.
    pub binary: Option<PathBuf>,
    /// The folders to look for `mongod` in, in this order; see [`mongod_search_dirs`].
    pub search_dirs: Vec<PathBuf>,
    /// Where the data lies and whether it is kept.
    pub storage: Storage,
    /// Megabytes for the storage engine's cache; `mongod` takes no less than 256.
    pub cache_megabytes: u32,
}

/// Where the data lies and whether it is kept.
#[derive(Debug, Clone)]
pub enum Storage {
    /// Kept in this folder.
    Durable(PathBuf),
    /// In a new folder, in memory where there is enough, removed at the end even if this process is killed. For tests.
    Ephemeral,
}

impl MongodOptions {
    /// A database that keeps its data in the folder.
    #[must_use]
    pub fn durable(data_dir: impl Into<PathBuf>, search_dirs: Vec<PathBuf>) -> Self {
        Self { binary: None, search_dirs, storage: Storage::Durable(data_dir.into()), cache_megabytes: 512 }
    }

    /// A database that leaves nothing behind.
    #[must_use]
    pub fn ephemeral(search_dirs: Vec<PathBuf>) -> Self {
        Self { binary: None, search_dirs, storage: Storage::Ephemeral, cache_megabytes: 256 }
    }
}

/// The usual folders: those of `PATH`, then `.tools` in the working folder, then `trek-tribe/tools` in the user's cache
/// folder (`~/.cache`).
#[must_use]
pub fn mongod_search_dirs(path: Option<&OsStr>, working_dir: &Path, cache_dir: Option<&Path>) -> Vec<PathBuf> {
    path.map(std::env::split_paths)
        .into_iter()
        .flatten()
        // An empty entry of PATH means the working folder; a database is not started from wherever one happens to be.
        .filter(|dir| !dir.as_os_str().is_empty())
        .chain([working_dir.join(".tools")])
        .chain(cache_dir.map(|dir| dir.join("trek-tribe/tools")))
        .collect()
}
