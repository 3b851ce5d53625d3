//! The compiler's target for the browser.

use crate::process;
use anyhow::{Context as _, Result};
use std::{path::Path, process::Command};

const TARGET: &str = "wasm32-unknown-unknown";

/// Adds the target with rustup unless the compiler has its libraries.
pub(crate) fn ensure() -> Result<((), String)> {
    let folder = process::capture(Command::new("rustc").args(["--print", "target-libdir", "--target", TARGET]))?;
    if Path::new(folder.trim()).is_dir() {
        return Ok(((), "there".into()));
    }
    process::capture(Command::new("rustup").args(["target", "add", TARGET]))
        .with_context(|| format!("the compiler lacks {TARGET}, and rustup could not add it"))?;
    Ok(((), "added".into()))
}
