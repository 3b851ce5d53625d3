//! Networks of addresses, as settings name them: `10.0.0.0/8`, `2001:db8::/32`, or one address.

use std::{net::IpAddr, str::FromStr};

/// Addresses that begin with the same bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    start: IpAddr,
    /// How many bits are the same.
    length: u32,
}

/// A text that names no network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it must be an address such as 127.0.0.1 or a network such as 10.0.0.0/8")]
pub struct NotANetwork;

impl Network {
    /// Whether an address lies in it. An IPv4 address that is written as IPv6 counts as what it is.
    pub fn contains(&self, address: IpAddr) -> bool {
        let (start, width) = bits_of(self.start);
        let (bits, same_width) = bits_of(address.to_canonical());
        width == same_width && (start ^ bits).checked_shr(width - self.length).unwrap_or(0) == 0
    }
}

impl FromStr for Network {
    type Err = NotANetwork;

    fn from_str(text: &str) -> Result<Self, NotANetwork> {
        let (start, length) = match text.split_once('/') {
            Some((start, length)) => (start, Some(length)),
            None => (text, None),
        };
        let start: IpAddr = start.parse().map_err(|_| NotANetwork)?;
        let (_, width) = bits_of(start);
        let length = length.map_or(Ok(width), |length| length.parse().map_err(|_| NotANetwork))?;
        if length > width || start != start.to_canonical() {
            return Err(NotANetwork);
        }
        Ok(Self { start, length })
    }
}

/// The bits of an address, and how many there are.
fn bits_of(address: IpAddr) -> (u128, u32) {
    match address {
        IpAddr::V4(address) => (address.to_bits().into(), 32),
        IpAddr::V6(address) => (address.to_bits(), 128),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contains(network: &str, address: &str) -> bool {
        network.parse::<Network>().unwrap().contains(address.parse().unwrap())
    }

    #[test]
    fn a_network_contains_what_begins_like_it() {
        for (network, address) in [
            ("10.0.0.0/8", "10.255.1.2"),
            ("192.168.4.0/22", "192.168.7.255"),
            ("127.0.0.1", "127.0.0.1"),
            ("127.0.0.1", "::ffff:127.0.0.1"),
            ("2001:db8::/32", "2001:db8:ffff::1"),
            ("::1", "::1"),
            ("0.0.0.0/0", "203.0.113.7"),
            ("::/0", "2001:db8::1"),
        ] {
            assert!(contains(network, address), "{network} {address}");
        }
        for (network, address) in [
            ("10.0.0.0/8", "11.0.0.1"),
            ("192.168.4.0/22", "192.168.8.0"),
            ("127.0.0.1", "127.0.0.2"),
            ("2001:db8::/32", "2001:db9::1"),
            ("::1", "::2"),
            ("0.0.0.0/0", "2001:db8::1"),
            ("::/0", "203.0.113.7"),
        ] {
            assert!(!contains(network, address), "{network} {address}");
        }
    }

    #[test]
    fn what_is_no_network_is_refused() {
        for text in ["", "10.0.0", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "::/129", "proxy", "::ffff:10.0.0.0/104"]
        {
            assert_eq!(text.parse::<Network>(), Err(NotANetwork), "{text}");
        }
    }
}
