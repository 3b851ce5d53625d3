//! Reads the end of `mongod`'s log for error messages.

use std::{
    fs::File,
    io::{self, Read as _, Seek as _, SeekFrom},
    path::Path,
};

const TAIL: u64 = 16 * 1024;
const MOST_LINES: usize = 8;
const LONGEST_LINE: usize = 600;

/// The summary of a log file's end, or why it cannot be read.
pub(super) fn summarize_file(path: &Path) -> String {
    read_tail(path).map_or_else(|error| format!("  (no log: {error})"), |tail| summarize(&tail))
}

/// The severe lines of a log in JSON lines, or the last ones if none is severe; at most eight.
pub(super) fn summarize(log: &str) -> String {
    let lines = log.lines().filter_map(read_line).collect::<Vec<_>>();
    let is_severe = |line: &&(bool, String)| line.0;
    let chosen = match lines.iter().any(|line| line.0) {
        true => lines.iter().filter(is_severe).collect::<Vec<_>>(),
        false => lines.iter().collect(),
    };
    let last = &chosen[chosen.len().saturating_sub(MOST_LINES)..];
    last.iter().map(|(_, text)| format!("  {text}")).collect::<Vec<_>>().join("\n")
}

/// Whether the line tells of an error, and its text. What is no JSON was written before logging began: an error.
fn read_line(line: &str) -> Option<(bool, String)> {
    if line.trim().is_empty() {
        return None;
    }
    let Ok(entry) = serde_json::from_str::<serde_json::Value>(line) else {
        return Some((true, line.to_owned()));
    };
    let text = match entry.get("attr") {
        Some(attributes) => format!("{} {attributes}", entry["msg"].as_str().unwrap_or_default()),
        None => entry["msg"].as_str().unwrap_or_default().to_owned(),
    };
    Some((matches!(entry["s"].as_str(), Some("E" | "F")), text.chars().take(LONGEST_LINE).collect()))
}

fn read_tail(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(TAIL)))?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes);
    // The first line of a part is a broken one.
    let whole = if length > TAIL { text.split_once('\n').map_or("", |(_, rest)| rest) } else { &text };
    Ok(whole.to_owned())
}
