//! The dialogs that ask why: somebody is not interested, or a lead is closed as lost.

use leptos::prelude::*;

use crate::{
    crm::leads::{lead::LostReason, profile::LeadProfile, status::LeadStatus, timeline::MAX_TEXT},
    shared::lifecycle::Lifecycle,
    ui::{
        components::{Button, ButtonKind, CloseDialog, Dialog, Select, SelectOption, TextArea},
        form::{FormState, PostForm},
    },
};

/// The id of the dialog that marks somebody as not interested.
pub(super) const NOT_INTERESTED_DIALOG: &str = "not-interested";
/// The id of the dialog that closes a lead as lost.
pub(super) const LOST_DIALOG: &str = "close-as-lost";

/// Asks why somebody is not interested; the answer may stay empty.
#[component]
pub(super) fn NotInterestedDialog(lead: LeadProfile, form: FormState) -> impl IntoView {
    let title = format!("Mark {} as not interested?", first_name(&lead));
    view! {
        <Dialog id=NOT_INTERESTED_DIALOG title>
            <PostForm form>
                <div class="body">
                    <p>"The lead leaves your open list. You can win them back at any time."</p>
                    <StepFields lead to=LeadStatus::NotInterested/>
                    <TextArea
                        label="Why"
                        aside="optional"
                        name="note"
                        id="not-interested-why"
                        value=form.value("note", "")
                        max_length=limit()
                        errors=form.messages("note")
                    />
                </div>
                <footer>
                    <CloseDialog dialog=NOT_INTERESTED_DIALOG>"Not yet"</CloseDialog>
                    <Button kind=ButtonKind::Primary busy=form.pending()>"Mark not interested"</Button>
                </footer>
            </PostForm>
        </Dialog>
    }
}

/// Asks why a lead is lost; a reason must be chosen.
#[component]
pub(super) fn CloseAsLostDialog(lead: LeadProfile, form: FormState) -> impl IntoView {
    let title = format!("Close {} as lost?", first_name(&lead));
    let reasons = LostReason::ALL.iter().map(|reason| SelectOption::new(reason.as_str(), reason.label())).collect();
    let refused = form.messages("lostReason");
    let open = !refused.get_untracked().is_empty();
    view! {
        <Dialog id=LOST_DIALOG title open>
            <PostForm form>
                <div class="body">
                    <p>"Reasons show later why trips do not fill. You can still win them back."</p>
                    <StepFields lead to=LeadStatus::Lost/>
                    <Select
                        label="Reason"
                        name="reason"
                        id="lost-reason"
                        options=reasons
                        value=form.value("reason", "")
                        blank="Choose a reason"
                        required=true
                        errors=refused
                    />
                    <TextArea
                        label="Note"
                        aside="optional"
                        name="note"
                        id="lost-note"
                        value=form.value("note", "")
                        max_length=limit()
                        errors=form.messages("note")
                    />
                </div>
                <footer>
                    <CloseDialog dialog=LOST_DIALOG>"Not yet"</CloseDialog>
                    <Button kind=ButtonKind::Primary busy=form.pending()>"Close as lost"</Button>
                </footer>
            </PostForm>
        </Dialog>
    }
}

#[component]
fn StepFields(lead: LeadProfile, to: LeadStatus) -> impl IntoView {
    view! {
        <input type="hidden" name="id" value=lead.id.to_string()/>
        <input type="hidden" name="version" value=lead.version.to_string()/>
        <input type="hidden" name="to" value=to.as_str()/>
    }
}

fn limit() -> u32 {
    u32::try_from(MAX_TEXT).unwrap_or(u32::MAX)
}

/// How somebody is called in a question.
pub(super) fn first_name(lead: &LeadProfile) -> String {
    lead.name.split_whitespace().next().unwrap_or(&lead.name).to_owned()
}
