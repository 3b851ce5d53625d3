//! The dialogs that ask before a step: how it was resolved, and whether it is really no longer wanted.

use leptos::prelude::*;

use crate::{
    crm::tickets::{message::MAX_TEXT, screens::profile::TicketProfile, status::TicketStatus},
    shared::lifecycle::Lifecycle,
    ui::{
        components::{Button, ButtonKind, CloseDialog, Dialog, TextArea},
        form::{FormState, PostForm},
    },
};

/// The id of the dialog that resolves.
pub(super) const RESOLVE_DIALOG: &str = "resolve";
/// The id of the dialog that cancels.
pub(super) const CANCEL_DIALOG: &str = "cancel";

/// Asks how it was resolved; the requester reads the answer.
#[component]
pub(super) fn ResolveDialog(ticket: TicketProfile, form: FormState) -> impl IntoView {
    if !leads_to(&ticket, TicketStatus::Resolved) {
        return ().into_any();
    }
    let errors = form.messages("note");
    let open = !errors.get_untracked().is_empty();
    let text = format!("{} reads what you write, and can reopen it by replying.", ticket.facts.requester);
    view! {
        <Dialog id=RESOLVE_DIALOG title=format!("Resolve {}?", ticket.number) open>
            <PostForm form>
                <div class="body">
                    <p>{text}</p>
                    <StepFields ticket to=TicketStatus::Resolved/>
                    <TextArea
                        label="How it was resolved"
                        name="note"
                        id="resolve-note"
                        value=form.value("note", "")
                        rows=4
                        max_length=u32::try_from(MAX_TEXT).unwrap_or(u32::MAX)
                        errors
                    />
                </div>
                <footer>
                    <CloseDialog dialog=RESOLVE_DIALOG>"Not yet"</CloseDialog>
                    <Button kind=ButtonKind::Primary busy=form.pending()>
                        "Resolve"
                    </Button>
                </footer>
            </PostForm>
        </Dialog>
    }
    .into_any()
}

/// Asks before what cannot be taken back.
#[component]
pub(super) fn CancelDialog(ticket: TicketProfile, form: FormState) -> impl IntoView {
    if !leads_to(&ticket, TicketStatus::Cancelled) {
        return ().into_any();
    }
    view! {
        <Dialog id=CANCEL_DIALOG title=format!("Cancel {}?", ticket.number)>
            <PostForm form>
                <div class="body">
                    <p>"Nothing can be written to a cancelled ticket, and it cannot be reopened."</p>
                    <StepFields ticket to=TicketStatus::Cancelled/>
                </div>
                <footer>
                    <CloseDialog dialog=CANCEL_DIALOG>"Keep it"</CloseDialog>
                    <Button kind=ButtonKind::DangerSolid busy=form.pending()>
                        "Cancel the ticket"
                    </Button>
                </footer>
            </PostForm>
        </Dialog>
    }
    .into_any()
}

fn leads_to(ticket: &TicketProfile, status: TicketStatus) -> bool {
    ticket.moves.iter().any(|step| step.to == status)
}

#[component]
fn StepFields(ticket: TicketProfile, to: TicketStatus) -> impl IntoView {
    view! {
        <input type="hidden" name="id" value=ticket.id.to_string()/>
        <input type="hidden" name="version" value=ticket.version.to_string()/>
        <input type="hidden" name="to" value=to.as_str()/>
    }
}
