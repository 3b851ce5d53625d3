//! The program: hands over to the server's part of the library.

use std::process::ExitCode;

#[cfg(feature = "ssr")]
fn main() -> ExitCode {
    trek_tribe::server::cli::run()
}

#[cfg(not(feature = "ssr"))]
fn main() -> ExitCode {
    ExitCode::FAILURE
}
