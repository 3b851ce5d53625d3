//! Where a request comes from: the peer of its connection, or whom a trusted proxy names. Everything that counts or tells
//! clients apart asks here.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, HeaderName, request::Parts},
    middleware::Next,
    response::Response,
};

use crate::server::{config::Network, state::App};

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The client's address, in the request's extensions.
#[derive(Debug, Clone, Copy)]
struct ClientAddress(IpAddr);

/// The address of the client of a request. Without a connection (tests) it is `0.0.0.0`.
pub fn client_address(parts: &Parts) -> IpAddr {
    parts.extensions.get::<ClientAddress>().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |client| client.0)
}

/// Finds out where the request comes from.
pub async fn note_client(State(app): State<App>, mut request: Request, next: Next) -> Response {
    if let Some(ConnectInfo(peer)) = request.extensions().get::<ConnectInfo<SocketAddr>>() {
        let client = find_client(peer.ip().to_canonical(), request.headers(), &app.config.trusted_proxies);
        request.extensions_mut().insert(ClientAddress(client));
    }
    next.run(request).await
}

/// Walks back from the peer as long as those who say where a request came from are trusted. What stands further left may have
/// been written by anybody.
fn find_client(peer: IpAddr, headers: &HeaderMap, trusted: &[Network]) -> IpAddr {
    let lists = headers.get_all(FORWARDED_FOR).iter().rev();
    let mut hops = lists.flat_map(|list| list.to_str().unwrap_or_default().rsplit(','));
    let mut client = peer;
    while trusted.iter().any(|network| network.contains(client)) {
        let Some(hop) = hops.next().and_then(read_hop) else { break };
        client = hop;
    }
    client
}

/// Some proxies add the port, and brackets to IPv6.
fn read_hop(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    let address = bare.parse().or_else(|_| text.parse::<SocketAddr>().map(|address| address.ip()));
    address.ok().map(|address: IpAddr| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    /// The client of a request with these headers, behind proxies on 10.0.0.0/8 and ::1.
    fn find(peer: &str, lists: &[&str]) -> String {
        let trusted = ["10.0.0.0/8", "::1"].map(|network| network.parse().unwrap());
        let mut headers = HeaderMap::new();
        for list in lists {
            headers.append(FORWARDED_FOR, HeaderValue::from_str(list).unwrap());
        }
        find_client(peer.parse().unwrap(), &headers, &trusted).to_string()
    }

    #[test]
    fn a_trusted_proxy_is_believed() {
        for (lists, client) in [
            (&["203.0.113.7"][..], "203.0.113.7"),
            (&["203.0.113.7:51234"], "203.0.113.7"),
            (&["2001:db8::7"], "2001:db8::7"),
            (&["[2001:db8::7]"], "2001:db8::7"),
            (&["[2001:db8::7]:51234"], "2001:db8::7"),
            (&["::ffff:203.0.113.7"], "203.0.113.7"),
            (&["203.0.113.7, 10.0.0.5"], "203.0.113.7"),
            (&["203.0.113.7", "10.0.0.5,10.0.0.6"], "203.0.113.7"),
        ] {
            assert_eq!(find("10.0.0.9", lists), client, "{lists:?}");
            assert_eq!(find("::1", lists), client, "{lists:?}");
        }
    }

    #[test]
    fn nobody_else_is_believed() {
        assert_eq!(find("198.51.100.4", &["203.0.113.7"]), "198.51.100.4");
        assert_eq!(find("198.51.100.4", &["10.0.0.5"]), "198.51.100.4");
    }

    #[test]
    fn hops_that_a_client_made_up_change_nothing() {
        for forged in ["192.0.2.1", "10.0.0.5", "::1", "nonsense", "", ",,"] {
            assert_eq!(find("10.0.0.9", &[&format!("{forged}, 203.0.113.7")]), "203.0.113.7", "{forged}");
            assert_eq!(find("10.0.0.9", &[forged, "203.0.113.7, 10.0.0.5"]), "203.0.113.7", "{forged}");
        }
    }

    #[test]
    fn a_trusted_proxy_that_names_nobody_is_the_client() {
        for lists in [&[][..], &[""], &["unknown"], &["203.0.113.7, unknown"]] {
            assert_eq!(find("10.0.0.9", lists), "10.0.0.9", "{lists:?}");
        }
        assert_eq!(find("10.0.0.9", &["10.0.0.4, 10.0.0.5"]), "10.0.0.4", "all of them are trusted");
    }
}
