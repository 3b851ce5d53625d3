//! What a trip is like: the description, pictures, the days, safety, and what the price pays for.

use leptos::prelude::*;

use crate::{
    crm::trips::screens::{DayBlock, Picture},
    ui::components::{Glyph, Icon},
};

/// The description and the pictures.
#[component]
pub(super) fn WhatToExpect(paragraphs: Vec<String>, photos: Vec<Picture>) -> impl IntoView {
    let pictures = photos
        .into_iter()
        .map(|photo| {
            let caption = photo.description.clone();
            view! {
                <li>
                    <img class="art" src=photo.url alt=photo.description width="1440" height="560" loading="lazy"/>
                    <span aria-hidden="true">{caption}</span>
                </li>
            }
        })
        .collect_view();
    let gallery = (!pictures.is_empty()).then(|| {
        view! {
            <div class="gallery-x" role="region" aria-label="Pictures" tabindex="0">
                <ul class="gallery">{pictures}</ul>
            </div>
        }
    });
    view! {
        <section aria-labelledby="expect">
            <h2 id="expect">"What to expect"</h2>
            <div class="prose">{paragraphs_of(paragraphs)}</div>
            {gallery}
        </section>
    }
}

/// The days; the first one is open.
#[component]
pub(super) fn Itinerary(days: Vec<DayBlock>) -> impl IntoView {
    let days = days
        .into_iter()
        .enumerate()
        .map(|(index, day)| {
            view! {
                <li>
                    <details open=index == 0>
                        <summary>
                            <span class="dn">{format!("Day {}", day.day)}</span>
                            <span class="dt">{day.title}</span>
                            <Icon glyph=Glyph::Down/>
                        </summary>
                        {paragraphs_of(day.paragraphs)}
                    </details>
                </li>
            }
        })
        .collect_view();
    (!days.is_empty()).then(|| {
        view! {
            <section aria-labelledby="days">
                <h2 id="days">"Itinerary"</h2>
                <ol class="days">{days}</ol>
            </section>
        }
    })
}

/// What is done so that nothing happens, and when something does.
#[component]
pub(super) fn SafetyPlan(measures: Vec<String>, emergency_plan: Vec<String>) -> impl IntoView {
    let part = |title: &'static str, paragraphs: Vec<String>| {
        (!paragraphs.is_empty()).then(|| {
            view! {
                <div>
                    <h3>{title}</h3>
                    {paragraphs_of(paragraphs)}
                </div>
            }
        })
    };
    let known = !measures.is_empty() || !emergency_plan.is_empty();
    known.then(|| {
        view! {
            <section aria-labelledby="safety">
                <h2 id="safety">"Safety"</h2>
                <div class="two safety">{part("Measures", measures)} {part("In an emergency", emergency_plan)}</div>
            </section>
        }
    })
}

/// What the price pays for, and what it does not.
#[component]
pub(super) fn Inclusions(inclusions: Vec<String>, exclusions: Vec<String>) -> impl IntoView {
    let list = |title: &'static str, glyph: Glyph, class: &'static str, lines: Vec<String>| {
        (!lines.is_empty()).then(|| {
            let lines =
                lines.into_iter().map(|line| view! { <li><Icon glyph/><span>{line}</span></li> }).collect_view();
            view! {
                <div>
                    <h2>{title}</h2>
                    <ul class=class>{lines}</ul>
                </div>
            }
        })
    };
    view! {
        <div class="two">
            {list("Included", Glyph::Check, "ticks", inclusions)} {list("Not included", Glyph::Close, "ticks no", exclusions)}
        </div>
    }
}

fn paragraphs_of(paragraphs: Vec<String>) -> impl IntoView {
    paragraphs.into_iter().map(|paragraph| view! { <p>{paragraph}</p> }).collect_view()
}
