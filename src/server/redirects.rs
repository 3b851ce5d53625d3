//! Where a person may be sent on to: only to addresses of this site, whatever a request says.

use axum::http::HeaderMap;

use crate::server::{config::Config, middleware::origin};

/// The address if it is a path on this site: one that a browser cannot take for another host.
pub fn safe_path(address: &str) -> Option<&str> {
    let is_path = address.starts_with('/') && !address.starts_with("//");
    let is_plain = address.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    (is_path && is_plain).then_some(address)
}

/// The path on this site that an address leads to, whether it names the host or not.
pub fn own_path<'a>(address: &'a str, headers: &HeaderMap, config: &Config) -> Option<&'a str> {
    let start = match address.find("://") {
        Some(scheme) if !address.starts_with('/') => {
            let host = scheme + 3;
            let path = address[host..].find(['/', '?', '#']).map_or(address.len(), |length| host + length);
            if !origin::is_ours(&address[..path], headers, config) {
                return None;
            }
            path
        }
        _ => 0,
    };
    let path = address[start..].split('#').next().unwrap_or_default();
    if path.is_empty() { Some("/") } else { safe_path(path) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_this_site_are_safe() {
        for address in ["/", "/trips?q=kedar#map", "/sign-in?next=%2Fleads"] {
            assert_eq!(safe_path(address), Some(address));
        }
        for address in ["", "trips", "//evil.example", "/\\evil.example", "https://evil.example", "/a\r\nb", "/a b"] {
            assert_eq!(safe_path(address), None, "{address:?}");
        }
    }

    #[test]
    fn an_address_of_another_host_has_no_path_here() {
        let config = Config::read(|_| None).unwrap();
        let headers = HeaderMap::new();
        let own = |address| own_path(address, &headers, &config);
        assert_eq!(own("http://127.0.0.1:3000/trips?q=a#b"), Some("/trips?q=a"));
        assert_eq!(own("http://127.0.0.1:3000"), Some("/"));
        assert_eq!(own("/trips"), Some("/trips"));
        for address in
            ["http://127.0.0.1:3000.evil.example/", "http://127.0.0.1:3000@evil.example/", "javascript:alert(1)"]
        {
            assert_eq!(own(address), None, "{address}");
        }
    }
}
