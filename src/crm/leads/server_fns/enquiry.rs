//! The door of the enquiry form on a trip's page.
