//! Tools that the project needs and a fresh machine lacks. Each is looked for first and fetched only when missing.

mod apt;
mod chromium;
mod mongod;
mod npm;
mod wasm_target;

use crate::{project::Project, say};
use anyhow::{Result, bail};

/// What the tools are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Building what ships.
    Build,
    /// Building and running the server.
    Run,
    /// Testing it in a browser as well.
    Test,
}

impl Purpose {
    /// Reads the words after `xtask tools`.
    pub(crate) fn parse(words: &[&str]) -> Result<Self> {
        match words {
            ["build"] => Ok(Self::Build),
            ["run"] => Ok(Self::Run),
            [] | ["test"] => Ok(Self::Test),
            _ => bail!("tools are fetched for `build`, `run` or `test`, not for `{}`", words.join(" ")),
        }
    }
}

/// Makes sure that everything needed is there.
pub(crate) fn fetch(project: &Project, purpose: Purpose) -> Result<()> {
    say::step("wasm32", wasm_target::ensure)?;
    if purpose != Purpose::Build {
        say::step("mongod", || mongod::ensure(project))?;
    }
    if purpose == Purpose::Test {
        say::step("npm", || npm::ensure(project))?;
        say::step("chromium", || chromium::ensure(project))?;
    }
    Ok(())
}
