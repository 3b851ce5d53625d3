//! The server's part of trips.

