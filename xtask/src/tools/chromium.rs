//! The browser of the end-to-end tests: `PATH`, else the distribution's package, else Playwright's own.

use super::apt;
use crate::{
    process,
    project::{Project, find_program, setting},
    say,
};
use anyhow::{Context as _, Result};
use std::process::Command;

/// Names under which distributions install it; `end2end/support/chromium.ts` looks for the same.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Makes sure that a browser is there.
pub(crate) fn ensure(project: &Project) -> Result<((), String)> {
    if let Some(path) = setting("CHROMIUM") {
        return Ok(((), format!("{path} (CHROMIUM)")));
    }
    if let Some(path) = NAMES.iter().find_map(|name| find_program(name)) {
        return Ok(((), path.display().to_string()));
    }
    say::begin("chromium", "installing the distribution's package");
    let refusal = match apt::install(&["chromium"]) {
        Ok(()) => return Ok(((), "installed".into())),
        Err(refusal) => refusal,
    };
    say::begin("chromium", "getting Playwright's own, since the distribution's cannot be installed");
    process::capture(Command::new("npx").current_dir(project.root.join("end2end")).args([
        "playwright",
        "install",
        "chromium",
    ]))
    .with_context(|| {
        format!("the browser tests need Chromium: install it and put it on PATH, or set CHROMIUM ({refusal:#})")
    })?;
    Ok(((), "Playwright's own".into()))
}
