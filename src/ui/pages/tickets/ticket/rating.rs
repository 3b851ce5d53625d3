//! How content the requester was: asked once the ticket is resolved, and shown from then on.

use leptos::prelude::*;

use crate::{
    crm::tickets::screens::profile::RatingFact,
    ui::{
        components::{Button, ButtonKind, ButtonSize, Field, Glyph, Icon, RadioChoice, RadioSegments, Tone},
        form::{FormState, PostForm},
    },
};

/// What each score means.
const WORDS: [&str; 5] = ["Bad", "Poor", "Fair", "Good", "Great"];

/// Asks for a score and, if they like, why.
#[component]
pub(super) fn RatingForm(id: String, form: FormState) -> impl IntoView {
    let choices =
        WORDS.iter().enumerate().map(|(index, word)| RadioChoice::new((index + 1).to_string(), *word)).collect();
    let (score_errors, comment_errors) = (form.messages("score"), form.messages("comment"));
    let wrong = move || {
        let found = score_errors.get();
        (!found.is_empty()).then(|| view! { <p class="error">{found.join(" ")}</p> })
    };
    view! {
        <section class="next rate" aria-labelledby="rate">
            <PostForm form>
                <h2 id="rate">"How was the help?"</h2>
                <input type="hidden" name="id" value=id/>
                <RadioSegments label="How was the help?" name="score" choices value=form.value("score", "")/>
                {wrong}
                <Field
                    label="What should we know?"
                    aside="optional"
                    name="comment"
                    id="rate-comment"
                    value=form.value("comment", "")
                    max_length=1000
                    errors=comment_errors
                />
                <Button kind=ButtonKind::Primary size=ButtonSize::Small busy=form.pending()>
                    "Send the rating"
                </Button>
            </PostForm>
        </section>
    }
}

/// What they said.
#[component]
pub(super) fn Rated(rating: RatingFact, for_admin: bool) -> impl IntoView {
    let RatingFact { score, comment } = rating;
    let word = WORDS.get(usize::from(score.saturating_sub(1))).copied().unwrap_or_default();
    let title = if for_admin { "The help was rated" } else { "You rated the help" };
    view! {
        <section class="next rate" aria-label="Rating">
            <span class=format!("ni {}", Tone::Amber.class())>
                <Icon glyph=Glyph::Star/>
            </span>
            <p>
                <b class="strong">{format!("{title}: {word}, {score} of 5")}</b>
                {comment.map(|comment| view! { <span class="muted">{comment}</span> })}
            </p>
        </section>
    }
}
