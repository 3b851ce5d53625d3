//! Who can see a trip, where its verification stands, and the buttons that its lifecycle allows.

use leptos::prelude::*;

use crate::{
    crm::{
        trips::{
            screens::{TripEditView, VisibilityStep},
            trip::Visibility,
        },
        verifications::verification::VerificationStatus,
    },
    shared::lifecycle::Lifecycle,
    ui::{
        components::{Button, Glyph, Icon, Notice, NoticeKind, Panel, Pill, Tone},
        form::{FormState, PostForm},
    },
};

/// Who can see a trip, in a word.
#[component]
pub(super) fn VisibilityPill(visibility: Visibility) -> impl IntoView {
    let (tone, icon) = match visibility {
        Visibility::Draft => (Tone::Grey, Glyph::Edit),
        Visibility::Live => (Tone::Green, Glyph::Eye),
        Visibility::Paused => (Tone::Amber, Glyph::Pause),
    };
    view! { <Pill tone icon bare=true>{visibility.label()}</Pill> }
}

/// Where a verification stands, in a word.
#[component]
pub(super) fn VerificationPill(verification: VerificationStatus) -> impl IntoView {
    let (tone, icon) = match verification {
        VerificationStatus::Pending => (Tone::Info, Glyph::Clock),
        VerificationStatus::UnderReview => (Tone::Violet, Glyph::Eye),
        VerificationStatus::Verified => (Tone::Green, Glyph::Verified),
        VerificationStatus::RevisionRequired => (Tone::Amber, Glyph::Edit),
        VerificationStatus::Rejected => (Tone::Red, Glyph::Close),
    };
    view! { <Pill tone icon bare=true>{verification.label()}</Pill> }
}

/// The panel with the state of a trip and what can be done about it.
#[component]
pub(super) fn VisibilityPanel(form: FormState, trip: TripEditView) -> impl IntoView {
    let error = form.message();
    let steps = trip
        .steps
        .iter()
        .map(|step| view! { <StepForm form id=trip.id.to_string() version=trip.version step=step.clone()/> })
        .collect_view();
    let public = (trip.visibility == Visibility::Live).then(|| {
        view! {
            <a class="btn" href=trip.public_path rel="external">
                <Icon glyph=Glyph::External/>
                <span class="lbl">"See it as travellers do"</span>
            </a>
        }
    });
    view! {
        <Panel title="Visibility" id="visibility">
            <div class="stack">
                <p class="row wrap">
                    <VisibilityPill visibility=trip.visibility/>
                    <VerificationPill verification=trip.verification/>
                </p>
                {move || error.get().map(|error| view! { <Notice kind=NoticeKind::Error>{error}</Notice> })}
                {steps}
                {public}
            </div>
        </Panel>
    }
}

/// One step as a button, or why it cannot be taken.
#[component]
fn StepForm(form: FormState, id: String, version: u32, step: VisibilityStep) -> impl IntoView {
    if let Some(reason) = step.refusal {
        let described = format!("why-{}", step.to.as_str());
        return view! {
            <div class="stack">
                <span>
                    <Button disabled=true attr:aria-describedby=described.clone()>
                        {step.verb}
                    </Button>
                </span>
                <p class="hint muted" id=described>
                    {reason}
                </p>
            </div>
        }
        .into_any();
    }
    view! {
        <PostForm form>
            <input type="hidden" name="id" value=id/>
            <input type="hidden" name="version" value=version.to_string()/>
            <Button name="to" value=step.to.as_str()>
                {step.verb}
            </Button>
        </PostForm>
    }
    .into_any()
}
