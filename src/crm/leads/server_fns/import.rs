//! The doors of adding a lead by hand and of importing a file.
