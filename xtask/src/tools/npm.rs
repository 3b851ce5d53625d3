//! The packages of `end2end/`, exactly those of its lock file, without running their install scripts.

use crate::{process, project::Project};
use anyhow::{Context as _, Result};
use std::process::Command;

/// Installs the packages unless they are those of the lock file already.
pub(crate) fn ensure(project: &Project) -> Result<((), String)> {
    let folder = project.root.join("end2end");
    let lock = std::fs::read(folder.join("package-lock.json")).context("end2end/package-lock.json is missing")?;
    let mark = folder.join("node_modules/.installed-lock.json");
    if std::fs::read(&mark).is_ok_and(|installed| installed == lock) {
        return Ok(((), "unchanged".into()));
    }
    let words = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
    process::capture(Command::new("npm").current_dir(&folder).args(words))
        .context("the browser tests' packages are missing")?;
    std::fs::write(mark, lock)?;
    Ok(((), "installed".into()))
}
