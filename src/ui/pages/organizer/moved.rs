//! What is said after a lead was moved, in the list, on the board and on its page alike: with a way back where its lifecycle has
//! one.

use leptos::prelude::*;

use crate::{crm::leads::status::LeadStatus, ui::components::Toast};

/// The toast of a step from one status to another, with its way back; `take_back` is given the status to go back to.
pub(super) fn with_way_back(
    toast: Toast,
    (from, to): (LeadStatus, LeadStatus),
    take_back: impl Fn(LeadStatus) + Send + Sync + 'static,
) -> Toast {
    match LeadStatus::way_back(from, to) {
        Some(back) => toast.with_undo(Callback::new(move |()| take_back(back))),
        None => toast,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn undo_is_offered_only_where_there_is_a_way_back() {
        Owner::new().with(|| {
            let offers = |from, to| with_way_back(Toast::done("Moved"), (from, to), |_| ()).undo.is_some();
            assert!(offers(LeadStatus::Contacted, LeadStatus::NotInterested));
            assert!(!offers(LeadStatus::New, LeadStatus::Contacted));
            assert!(!offers(LeadStatus::NotInterested, LeadStatus::Lost));
        });
    }
}
