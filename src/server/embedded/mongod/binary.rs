//! Finds `mongod` and checks that it runs and is new enough.

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
};

use tokio::process::Command;

use super::{MongodError, MongodOptions};

const OLDEST: (u32, u32) = (6, 0);

/// The program to start.
pub(super) async fn find_binary(options: &MongodOptions) -> Result<PathBuf, MongodError> {
    let path = match &options.binary {
        Some(named) => named.clone(),
        None => search(&options.search_dirs)?,
    };
    let version = read_version(&path).await?;
    match parse_version(&version) {
        Some(found) if found >= OLDEST => Ok(path),
        Some(_) => {
            let needed = format!("{}.{}", OLDEST.0, OLDEST.1);
            Err(MongodError::VersionTooOld { path, found: version, needed })
        }
        None => Err(MongodError::BinaryUnusable { path, reason: "it names no version of MongoDB".to_owned() }),
    }
}

fn search(dirs: &[PathBuf]) -> Result<PathBuf, MongodError> {
    dirs.iter().map(|dir| dir.join("mongod")).find(|path| is_program(path)).ok_or_else(|| {
        let looked_in = dirs.iter().map(|dir| dir.display().to_string()).collect::<Vec<_>>().join(", ");
        MongodError::BinaryMissing { looked_in }
    })
}

fn is_program(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
}

/// The version as printed, as in `6.0.5`; empty when none is printed.
async fn read_version(path: &Path) -> Result<String, MongodError> {
    let unusable = |reason: String| MongodError::BinaryUnusable { path: path.to_owned(), reason };
    let output = Command::new(path)
        .arg("--version")
        .env_clear()
        .kill_on_drop(true)
        .output()
        .await
        .map_err(|error| unusable(error.to_string()))?;
    if !output.status.success() {
        // The usual cause is a missing shared library, which is told on standard error.
        let told = String::from_utf8_lossy(&output.stderr);
        return Err(unusable(format!("{}: {}", output.status, told.trim())));
    }
    let printed = String::from_utf8_lossy(&output.stdout);
    Ok(printed.lines().find_map(|line| line.strip_prefix("db version v")).unwrap_or_default().to_owned())
}

fn parse_version(version: &str) -> Option<(u32, u32)> {
    let mut parts = version.split('.').map(str::parse);
    Some((parts.next()?.ok()?, parts.next()?.ok()?))
}
