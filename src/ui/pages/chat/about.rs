//! What a conversation is about, beside it: the trip, the lead, the files that were sent.

use leptos::prelude::*;

use crate::{
    crm::{
        chat::screens::{About, LeadFacts},
        tickets::screens::profile::FileLink,
    },
    shared::lifecycle::Lifecycle,
    ui::{
        components::{Glyph, Icon, Money, Pill, TierMark},
        pages::organizer::lead::{FollowUpPill, stage_look, tier_mark},
    },
};

#[component]
pub(super) fn AboutPanel(about: About, files: Vec<FileLink>) -> impl IntoView {
    let About { title, href, thumb, text, lead } = about;
    let title = match href {
        Some(href) => view! { <a class="strong" href=href rel="external">{title}</a> }.into_any(),
        None => title.into_any(),
    };
    let thumb = thumb
        .filter(|thumb| !thumb.is_empty())
        .map(|thumb| view! { <img class="thumb" src=thumb alt="" width="40" height="40"/> });
    view! {
        <aside class="chat-side" aria-label="What it is about">
            <section>
                <div class="row">
                    {thumb}
                    <div>
                        <h2>{title}</h2>
                        <p class="muted">{text}</p>
                    </div>
                </div>
                {lead.map(|lead| view! { <Facts lead/> })}
            </section>
            {(!files.is_empty()).then(|| view! { <Files files/> })}
        </aside>
    }
}

#[component]
fn Facts(lead: LeadFacts) -> impl IntoView {
    let (icon, tone) = stage_look(lead.status);
    let party = lead.party.map(|party| if party == 1 { "1 person".to_owned() } else { format!("{party} people") });
    let follow_up = match lead.follow_up {
        Some(follow_up) => view! { <FollowUpPill follow_up/> }.into_any(),
        None => view! { <span class="muted">"None"</span> }.into_any(),
    };
    view! {
        <dl class="facts">
            <div>
                <dt>"Stage"</dt>
                <dd>
                    <Pill tone icon>
                        {lead.status.label()}
                    </Pill>
                </dd>
            </div>
            <div>
                <dt>"Score"</dt>
                <dd>
                    <TierMark tier=tier_mark(lead.tier) score=lead.score/>
                </dd>
            </div>
            <div>
                <dt>"Party"</dt>
                <dd>{party.unwrap_or_else(|| "Not said".to_owned())}</dd>
            </div>
            <div>
                <dt>"Value"</dt>
                <dd>
                    <Money text=lead.value/>
                </dd>
            </div>
            {lead.seats.map(|seats| view! { <div><dt>"Seats"</dt><dd>{seats}</dd></div> })}
            <div>
                <dt>"Follow-up"</dt>
                <dd>{follow_up}</dd>
            </div>
        </dl>
        <p>
            <a class="link" href=lead.href>
                "Open lead"
            </a>
        </p>
    }
}

#[component]
fn Files(files: Vec<FileLink>) -> impl IntoView {
    let files = files
        .into_iter()
        .map(|file| {
            view! {
                <li>
                    <a href=file.href rel="external">
                        <Icon glyph=Glyph::File/>
                        <span class="trunc">{file.name}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <section>
            <h2>"Files"</h2>
            <ul class="rel">{files}</ul>
        </section>
    }
}
