//! What people see. Pages are functions of the address and of what server functions answer; they know no server path.

pub mod app;
pub mod form;
pub mod pages;
pub mod server_error;
