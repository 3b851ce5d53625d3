//! The panel of facts: the score with its reasons, what is known, and an editor for each fact that can be changed.

use leptos::prelude::*;

use super::{
    edit::{Editor, FactEditor},
    head::people,
    marks::{FollowUpPill, tier_mark},
};
use crate::{
    crm::leads::profile::{LeadProfile, ScoreFact},
    ui::{
        components::{Avatar, Meter, Money, Tag, TierMark},
        form::FormState,
        pages::facts::Fact,
    },
};

/// Score and facts beside the timeline.
#[component]
pub(super) fn FactsPanel(lead: LeadProfile, form: FormState) -> impl IntoView {
    view! {
        <aside class="lead-side" aria-label="Facts">
            <Score score=lead.score.clone()/>
            <section aria-labelledby="facts">
                <h2 id="facts">"Facts"</h2>
                <FactList lead=lead.clone() form/>
            </section>
            <Notes lead form/>
        </aside>
    }
}

#[component]
fn Score(score: ScoreFact) -> impl IntoView {
    let ScoreFact { value, tier, reasons } = score;
    let reasons = reasons
        .into_iter()
        .map(|reason| view! { <li><b class="num">{format!("+{}", reason.points)}</b>{reason.text}</li> })
        .collect_view();
    view! {
        <section class="score" aria-labelledby="score">
            <div class="row">
                <h2 id="score">"Score"</h2>
                <span class="push">
                    <TierMark tier=tier_mark(tier)/>
                </span>
            </div>
            <p class="big num">
                {value}
                <small>" of 100"</small>
            </p>
            <Meter value max=100 label=format!("Score {value} of 100")/>
            <ul>{reasons}</ul>
        </section>
    }
}

#[component]
fn FactList(lead: LeadProfile, form: FormState) -> impl IntoView {
    let facts = lead.facts.clone();
    let whole = lead.clone();
    let edit = move |editor: Editor| {
        whole.has_access.then(|| view! { <FactEditor lead=whole.clone() editor form/> }.into_any())
    };
    let or_none = |text: Option<String>| match text {
        Some(text) => view! { <span class="num trunc">{text}</span> }.into_any(),
        None => view! { <span class="muted">"–"</span> }.into_any(),
    };
    let follow_up = lead.follow_up.clone();
    let departure = facts.departure.clone().map(|chosen| {
        let seats = chosen.seats_in_words();
        view! { <span>{chosen.day} " " <span class="muted">{seats}</span></span> }
    });
    let is_masked = lead.contact.masked;
    let tags: Vec<_> = facts.tags.iter().map(|tag| view! { <Tag text=tag.clone()/> }).collect();
    view! {
        <dl class="facts">
            <Fact name="Follow-up" editor=edit(Editor::FollowUp)>
                {match follow_up {
                    Some(follow_up) => view! { <FollowUpPill follow_up/> }.into_any(),
                    None => or_none(None),
                }}
            </Fact>
            <Fact name="Owner">
                <Avatar name=facts.owner.clone()/>
                <span class="trunc">{facts.owner.clone()}</span>
            </Fact>
            <Fact name="Trip">
                <a class="link trunc" href=lead.trip.href.clone()>
                    {lead.trip.title.clone()}
                </a>
            </Fact>
            <Fact name="Departure" editor=edit(Editor::Departure)>
                {match departure {
                    Some(departure) => departure.into_any(),
                    None => or_none(None),
                }}
            </Fact>
            <Fact name="Party" editor=edit(Editor::Party)>
                {or_none(facts.party.map(people))}
            </Fact>
            <Fact name="Value" editor=edit(Editor::Value)>
                <Money text=facts.value.clone()/>
            </Fact>
            <Fact name="Name" editor=edit(Editor::Name)>
                <span class="trunc">{lead.name.clone()}</span>
            </Fact>
            <Fact name="Phone" editor=edit(Editor::Phone).filter(|_| !is_masked)>
                {or_none(lead.contact.phone.clone())}
            </Fact>
            <Fact name="Email">
                <span class="trunc" title=lead.contact.email.clone()>
                    {lead.contact.email.clone()}
                </span>
            </Fact>
            <Fact name="Source">{facts.source.clone()}</Fact>
            {lead.lost_reason.clone().map(|reason| view! { <Fact name="Lost">{reason}</Fact> })}
            <Fact name="Created">
                <time datetime=facts.created.at.to_string() title=facts.created.exact.clone()>
                    {facts.created.text.clone()}
                </time>
            </Fact>
            <Fact name="Tags" editor=edit(Editor::Tags)>
                {if tags.is_empty() { or_none(None) } else { view! { <span class="row wrap">{tags}</span> }.into_any() }}
            </Fact>
        </dl>
    }
}

#[component]
fn Notes(lead: LeadProfile, form: FormState) -> impl IntoView {
    let notes = lead.facts.notes.clone();
    let editor = lead.has_access.then(|| view! { <FactEditor lead=lead.clone() editor=Editor::Notes form/> });
    let shown = if notes.is_empty() {
        view! { <p class="muted">"What to keep in mind: fitness, food, fears."</p> }.into_any()
    } else {
        notes.split('\n').map(|line| view! { <p>{line.to_owned()}</p> }).collect_view().into_any()
    };
    view! {
        <section class="lead-notes" aria-labelledby="notes">
            <div class="row">
                <h2 id="notes">"Notes"</h2>
                <span class="push">{editor}</span>
            </div>
            {shown}
        </section>
    }
}
