//! The one place of the build tool that speaks to the terminal: one line a step, with how long it took.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command-line tool speaks on its standard streams")]

use anyhow::Result;
use std::time::{Duration, Instant};

/// Prints a line as it is.
pub(crate) fn line(text: &str) {
    println!("{text}");
}

/// Prints what stopped the command.
pub(crate) fn failure(text: &str) {
    eprintln!("xtask: {text}");
}

/// Does `work` and prints `name`, what came of it and the time it took.
pub(crate) fn step<T>(name: &str, work: impl FnOnce() -> Result<(T, String)>) -> Result<T> {
    let start = Instant::now();
    let (value, outcome) = work()?;
    println!("  {name:<10} {outcome} ({})", seconds(start.elapsed()));
    Ok(value)
}

/// Prints that a long piece of work begins, so that nobody wonders at the silence.
pub(crate) fn begin(name: &str, what: &str) {
    println!("  {name:<10} {what} …");
}

fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}
