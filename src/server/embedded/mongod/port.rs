//! Chooses a loopback port for `mongod`.

use std::{
    net::{Ipv4Addr, TcpListener},
    process,
    sync::atomic::{AtomicU16, Ordering},
};

use super::MongodError;

/// The only address `mongod` listens on.
pub(super) const HOST: &str = "127.0.0.1";

/// Below the ports that systems give to outgoing connections: a driver that reconnects while `mongod` is down could
/// otherwise get its own port as the source, connect to itself and keep `mongod` from listening.
const FIRST: u16 = 20_000;
const COUNT: u16 = 12_000;

/// A port on which nobody listens now.
pub(super) fn choose_port() -> Result<u16, MongodError> {
    static CHOSEN: AtomicU16 = AtomicU16::new(0);
    // Processes started one after the other begin far apart, and each further database of one process does too.
    let turn = process::id().wrapping_add(u32::from(CHOSEN.fetch_add(1, Ordering::Relaxed)).wrapping_mul(17));
    let begin = u16::try_from(turn.wrapping_mul(37) % u32::from(COUNT)).map_err(|_| MongodError::NoFreePort)?;
    (0..COUNT).map(|step| FIRST + (begin + step) % COUNT).find(|port| is_free(*port)).ok_or(MongodError::NoFreePort)
}

/// Whether `mongod` could listen on the port now.
pub(super) fn is_free(port: u16) -> bool {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok()
}
