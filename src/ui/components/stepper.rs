//! The way through the stages. It shows; the verb buttons move.

use leptos::prelude::*;

use super::{Glyph, Icon, Tone};

/// How far a stage is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepState {
    /// Behind.
    Done,
    /// Here.
    Now,
    /// Ahead.
    Ahead,
}

/// One stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The name of the stage.
    pub label: String,
    /// The mark of the stage.
    pub glyph: Glyph,
    /// The tone of the stage.
    pub tone: Tone,
    /// Since when, or a dash.
    pub note: String,
    /// How far it is.
    pub state: StepState,
}

/// The stages in a row.
#[component]
pub fn Stepper(
    /// What moves, for screen readers.
    #[prop(default = "Stage".to_owned(), into)]
    label: String,
    /// The stages in order.
    steps: Vec<Step>,
) -> impl IntoView {
    let stages = steps
        .into_iter()
        .map(|step| {
            let class = match step.state {
                StepState::Done => Some("done"),
                StepState::Now => Some("now"),
                StepState::Ahead => None,
            };
            let mark = match step.state {
                StepState::Ahead => view! { <Icon glyph=Glyph::LeadNew/> }.into_any(),
                StepState::Done | StepState::Now => view! {
                    <span class=format!("toned {}", step.tone.class())>
                        <Icon glyph=step.glyph/>
                    </span>
                }
                .into_any(),
            };
            view! {
                <li class=class aria-current=(step.state == StepState::Now).then_some("step")>
                    <b>{mark} {step.label}</b>
                    <span>{step.note}</span>
                </li>
            }
        })
        .collect_view();
    view! { <ol class="steps" aria-label=label>{stages}</ol> }
}
