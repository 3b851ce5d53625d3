//! Layers around every request: what is about HTTP and not about the business. `server/router.rs` stacks them.

pub mod client_address;
pub mod errors;
pub mod form_post;
pub mod idempotency;
pub mod limits;
pub mod origin;
pub mod page_view;
pub mod rates;
pub mod request_id;
pub mod security_headers;
