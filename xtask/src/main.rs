//! The project's build tool: what `make` calls to fetch tools, build what the browser loads, watch and measure.
//! It stands beside cargo, not above it: cargo compiles, this puts the pieces together. The product is in `src/`.

mod dev;
mod process;
mod project;
mod say;
mod site;
mod size;
mod tools;

use anyhow::{Context as _, Result, bail};
use project::Project;
use std::process::ExitCode;

const HELP: &str = "\
cargo run -p xtask -- COMMAND

  tools [build|run|test]      get what is missing: the WASM target, to run also mongod, for tests also npm packages and Chromium
  site [--release|--dev] [--no-split] [--out DIR]
                              build what the browser loads into DIR/site (DIR: target)
  dev                         build and run the server, again after each change
  size                        weigh the pages and their files against the budgets (wants `site --release` and the release server)
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match run(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say::failure(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn run(words: &[&str]) -> Result<()> {
    let Some((command, rest)) = words.split_first() else {
        bail!("say what to do:\n\n{HELP}");
    };
    if matches!(*command, "help" | "--help" | "-h") {
        say::line(HELP);
        return Ok(());
    }
    let project = Project::find()?;
    match *command {
        "tools" => tools::fetch(&project, tools::Purpose::parse(rest)?),
        "site" => site::build(&project, &parse_site(&project, rest)?).context("the site was not built"),
        "dev" => dev::watch(&project),
        "size" => size::weigh(&project),
        other => bail!("`{other}` is no command of xtask:\n\n{HELP}"),
    }
}

fn parse_site(project: &Project, words: &[&str]) -> Result<site::Order> {
    let mut order = site::Order::release(project);
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match *word {
            "--release" => order.quality = site::Quality::Release,
            "--dev" => order.quality = site::Quality::Dev,
            "--no-split" => order.split = false,
            "--out" => {
                let folder = words.next().context("--out wants a folder")?;
                order.site = project.root.join(folder).join("site");
            }
            other => bail!("`{other}` is no option of `xtask site`:\n\n{HELP}"),
        }
    }
    Ok(order)
}
