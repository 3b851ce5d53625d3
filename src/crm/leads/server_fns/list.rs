//! The doors of the list: a page of it, and changing many leads at once.
