//! The servers the binary brings along when none is configured: real ones on loopback, spoken to with the same clients
//! as in production.

mod mongod;
mod s3;

pub use mongod::{Mongod, MongodError, MongodOptions, STOP_WITHIN, Storage, mongod_search_dirs};
pub use s3::S3Server;
