//! The doors of saved views.
