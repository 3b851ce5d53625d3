//! The server's part of activities.

