//! The commands of the program and what the terminal is told.

use std::process::ExitCode;

use crate::server::{config::Config, start, telemetry};

const USAGE: &str = "\
usage: trek-tribe [command]

  serve     serve the pages and the API (also without a command)
  help      print this

Settings are environment variables; the README lists them.";

/// What the program is asked to do.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Command {
    Serve,
    Help,
}

impl Command {
    fn read(words: &[&str]) -> Option<Self> {
        match words {
            [] | ["serve"] => Some(Self::Serve),
            ["help" | "--help" | "-h"] => Some(Self::Help),
            _ => None,
        }
    }
}

/// Runs the command of the command line: 0 when it went well, 1 when it failed, 2 when it was asked or set up wrongly.
pub fn run() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let Some(command) = Command::read(&words.iter().map(String::as_str).collect::<Vec<_>>()) else {
        complain(USAGE);
        return ExitCode::from(2);
    };
    if command == Command::Help {
        say(USAGE);
        return ExitCode::SUCCESS;
    }
    let config = match Config::from_env() {
        Ok(config) => config,
        Err(problems) => {
            complain(&problems.to_string());
            return ExitCode::from(2);
        }
    };
    match carry_out(command, config) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            complain(&failure.to_string());
            ExitCode::FAILURE
        }
    }
}

fn carry_out(command: Command, config: Config) -> Result<(), start::Failure> {
    telemetry::start(&config)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        match command {
            Command::Serve => start::serve(config).await,
            Command::Help => Ok(()),
        }
    })
}

/// Tells the terminal something.
#[expect(clippy::print_stdout, reason = "the one place that speaks to the terminal")]
pub(super) fn say(text: &str) {
    println!("{text}");
}

#[expect(clippy::print_stderr, reason = "the one place that speaks to the terminal")]
fn complain(text: &str) {
    eprintln!("{text}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serving_is_what_is_done_without_a_command() {
        assert_eq!(Command::read(&[]), Some(Command::Serve));
        assert_eq!(Command::read(&["serve"]), Some(Command::Serve));
    }

    #[test]
    fn an_unknown_word_is_refused() {
        for words in [&["sevre"][..], &["serve", "--dmeo"], &["help", "me"]] {
            assert_eq!(Command::read(words), None, "{words:?}");
        }
    }
}
