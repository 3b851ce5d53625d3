//! What the documents say about the code is generated from the code. `UPDATE=1 cargo test --test documents` writes it.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and is told by its environment to write"
)]

use std::{env, fmt::Write, fs};

use trek_tribe::{
    crm::{
        leads::status::LeadStatus, tickets::status::TicketStatus, trips::trip::Visibility,
        verifications::verification::VerificationStatus,
    },
    server::config::VARIABLES,
    shared::lifecycle::{Lifecycle, draw_diagram},
};

/// Replaces what stands between the two markers, or compares it.
fn check(document: &str, marker: &str, generated: &str) {
    let text = fs::read_to_string(document).unwrap();
    let (begin, end) = (format!("<!-- {marker}: begin -->\n"), format!("<!-- {marker}: end -->"));
    let start = text.find(&begin).expect("the begin marker") + begin.len();
    let stop = text.find(&end).expect("the end marker");
    if env::var_os("UPDATE").is_some() {
        fs::write(document, format!("{}{generated}{}", &text[..start], &text[stop..])).unwrap();
    } else {
        assert_eq!(&text[start..stop], generated, "{document} is out of date: UPDATE=1 cargo test --test documents");
    }
}

#[test]
fn the_readme_lists_every_setting() {
    let mut table = String::from("\n| variable | default | what it decides |\n|---|---|---|\n");
    for variable in VARIABLES {
        writeln!(table, "| `{}` | {} | {} |", variable.name, variable.default, variable.meaning).unwrap();
    }
    table.push('\n');
    check("README.md", "variables", &table);
}

#[test]
fn the_diagrams_show_the_lifecycles() {
    let mut diagrams = String::new();
    draw::<LeadStatus>(&mut diagrams);
    draw::<TicketStatus>(&mut diagrams);
    draw::<Visibility>(&mut diagrams);
    draw::<VerificationStatus>(&mut diagrams);
    diagrams.push('\n');
    check("ARCHITECTURE.md", "lifecycles", &diagrams);
}

fn draw<S: Lifecycle>(diagrams: &mut String) {
    write!(diagrams, "\n### {}\n\n```mermaid\n{}```\n", S::NOUN, draw_diagram::<S>()).unwrap();
}
