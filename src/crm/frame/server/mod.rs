//! The server's part of the frame.

pub mod service;
