//! What people see: the parts, the frames around pages, and the pages. Pages are functions of the address and of what
//! server functions answer; they know no server path.

pub mod app;
pub mod components;
pub mod drafts;
pub mod file_field;
pub mod focus;
pub mod form;
pub mod guard;
pub mod layout;
pub mod lazy;
pub mod list_address;
pub mod live;
pub mod load;
pub mod pages;
pub mod paging;
pub mod server_error;
pub mod title;
pub mod window;
