//! The small cookies of pages: the chosen theme and the ticket of a flash. Sessions have their own home.

use axum::http::{HeaderMap, HeaderValue};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use time::Duration;

use crate::server::config::Config;

const THEME: &str = "theme";
const FLASH: &str = "flash";
/// How long a flash waits for its page, in minutes.
pub const FLASH_MINUTES: i64 = 10;

/// `light` or `dark` when the person chose one.
pub fn theme(config: &Config, headers: &HeaderMap) -> Option<String> {
    let value = CookieJar::from_headers(headers).get(&name_of(config, THEME))?.value().to_owned();
    matches!(value.as_str(), "light" | "dark").then_some(value)
}

/// The cookie that keeps the theme for a year; `None` forgets it.
pub fn set_theme(config: &Config, theme: Option<&str>) -> Option<HeaderValue> {
    let age = if theme.is_some() { Duration::days(365) } else { Duration::ZERO };
    write(config, name_of(config, THEME), theme.unwrap_or_default(), age)
}

/// The ticket of a flash that waits for this page view.
pub fn flash(config: &Config, headers: &HeaderMap) -> Option<String> {
    Some(CookieJar::from_headers(headers).get(&name_of(config, FLASH))?.value().to_owned())
}

/// The cookie that carries the ticket of a flash; `None` takes it back.
pub fn set_flash(config: &Config, ticket: Option<&str>) -> Option<HeaderValue> {
    let age = if ticket.is_some() { Duration::minutes(FLASH_MINUTES) } else { Duration::ZERO };
    write(config, name_of(config, FLASH), ticket.unwrap_or_default(), age)
}

/// With the prefix a browser takes it only over HTTPS and from this very host.
fn name_of(config: &Config, name: &str) -> String {
    if config.is_production() { format!("__Host-{name}") } else { name.to_owned() }
}

fn write(config: &Config, name: String, value: &str, age: Duration) -> Option<HeaderValue> {
    let cookie = Cookie::build((name, value.to_owned()))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(config.is_production())
        .max_age(age)
        .build();
    HeaderValue::try_from(cookie.to_string()).ok()
}
