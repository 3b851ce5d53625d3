//! Files that people send: documents and pictures, kept under keys that nobody guesses and attached to what they are about. Who sent
//! a file may read it, and so may whoever may see what it is attached to.

pub mod file;
#[cfg(feature = "ssr")]
pub mod server;
