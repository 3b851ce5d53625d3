//! The doors of the page of one lead.
