//! Logs: readable lines in development, one JSON object a line in production. Nothing that is logged holds a body, an
//! address or a secret; who logs sees to that.

use std::{io, panic};

use tracing_subscriber::EnvFilter;

use crate::server::config::Config;

/// Starts logging to the standard error, and sends panics there too, so that they are lines like all others.
///
/// # Errors
/// When `RUST_LOG` cannot be read, or logging was started before.
pub fn start(config: &Config) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let filter = EnvFilter::try_new(&config.log)?;
    let logs = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr);
    if config.is_production() {
        logs.json().flatten_event(true).with_current_span(false).with_span_list(false).try_init()?;
    } else {
        logs.compact().try_init()?;
    }
    panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string);
        tracing::error!(place, "a panic: {}", panic.payload_as_str().unwrap_or("without words"));
    }));
    Ok(())
}
