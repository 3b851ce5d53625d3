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
    let question = Question {
        id: NOT_INTERESTED_DIALOG,
        title: format!("Mark {} as not interested?", first_name(&lead)),
        text: "The lead leaves your open list. You can win them back at any time.",
        note: "Why",
        to: LeadStatus::NotInterested,
        verb: "Mark not interested",
    };
    view! { <StepDialog question lead form/> }
}

/// Asks why a lead is lost; a reason must be chosen.
#[component]
pub(super) fn CloseAsLostDialog(lead: LeadProfile, form: FormState) -> impl IntoView {
    let question = Question {
        id: LOST_DIALOG,
        title: format!("Close {} as lost?", first_name(&lead)),
        text: "Reasons show later why trips do not fill. You can still win them back.",
        note: "Note",
        to: LeadStatus::Lost,
        verb: "Close as lost",
    };
    let reasons = LostReason::ALL.iter().map(|reason| SelectOption::new(reason.as_str(), reason.label())).collect();
    let refused = form.messages("lostReason");
    let open = !refused.get_untracked().is_empty();
    view! {
        <StepDialog question lead form open>
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
        </StepDialog>
    }
}

/// What a dialog asks before a step.
struct Question {
    id: &'static str,
    title: String,
    text: &'static str,
    /// The label of the words that one may add.
    note: &'static str,
    to: LeadStatus,
    verb: &'static str,
}

/// The question, fields of its own, words that one may add, and the verb.
#[component]
fn StepDialog(
    question: Question,
    lead: LeadProfile,
    form: FormState,
    #[prop(optional)] open: bool,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let Question { id, title, text, note, to, verb } = question;
    view! {
        <Dialog id title open>
            <PostForm form>
                <div class="body">
                    <p>{text}</p>
                    <StepFields lead to/>
                    {children.map(|children| children())}
                    <TextArea
                        label=note
                        aside="optional"
                        name="note"
                        id=format!("{id}-note")
                        value=form.value("note", "")
                        max_length=u32::try_from(MAX_TEXT).unwrap_or(u32::MAX)
                        errors=form.messages("note")
                    />
                </div>
                <footer>
                    <CloseDialog dialog=id>"Not yet"</CloseDialog>
                    <Button kind=ButtonKind::Primary busy=form.pending()>{verb}</Button>
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

/// How somebody is called in a question.
pub(super) fn first_name(lead: &LeadProfile) -> String {
    lead.name.split_whitespace().next().unwrap_or(&lead.name).to_owned()
}
