//! Whether trips are safe and true, as admins have found. Here are the words of that review; trips keep the status that it led to.

pub mod verification;
