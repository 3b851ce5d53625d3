//! Who leads a trip, and what "verified" means for it.

use leptos::prelude::*;

use crate::{
    crm::trips::screens::OrganizerBlock,
    ui::{
        components::{Avatar, AvatarSize, Glyph, Icon},
        pages::public::home::CHECKED,
    },
};

/// The organizer, with facts that are computed.
#[component]
pub(super) fn Organizer(organizer: OrganizerBlock, is_verified: bool) -> impl IntoView {
    let OrganizerBlock { name, since, live_trips, verified_trips, answers } = organizer;
    let answers = answers.map(|answers| {
        view! {
            <div>
                <dt>"Answers"</dt>
                <dd>
                    <Icon glyph=Glyph::Clock/>
                    {format!("usually {answers}")}
                </dd>
            </div>
        }
    });
    view! {
        <section class="org" aria-labelledby="organizer">
            <div class="row">
                <Avatar name=name.clone() size=AvatarSize::Large/>
                <div>
                    <h2 id="organizer">{name}</h2>
                    <p class="muted">{format!("On Trek-Tribe since {since}")}</p>
                </div>
            </div>
            <dl class="orgfacts">
                {answers} <div>
                    <dt>"Live trips"</dt>
                    <dd>{live_trips}</dd>
                </div> <div>
                    <dt>"Verified trips"</dt>
                    <dd>{format!("{verified_trips} of {live_trips}")}</dd>
                </div>
            </dl>
            {is_verified.then(|| view! { <VerifiedMeaning/> })}
        </section>
    }
}

#[component]
fn VerifiedMeaning() -> impl IntoView {
    let checks = CHECKED
        .map(|(item, _)| {
            view! {
                <li>
                    <Icon glyph=Glyph::Check/>
                    {item}
                </li>
            }
        })
        .collect_view();
    view! {
        <details class="vdetail">
            <summary>
                <Icon glyph=Glyph::Verified/>
                <span>
                    <b>"What “verified” means here"</b>
                    <span class="muted">"Somebody at Trek-Tribe has checked these points of this trip"</span>
                </span>
                <Icon glyph=Glyph::Down/>
            </summary>
            <ul class="ticks">{checks}</ul>
        </details>
    }
}
