//! The pictures of a trip, chosen by looking at them.

use leptos::prelude::*;

use crate::{
    crm::trips::{
        changes::MAX_PHOTOS,
        form::TripForm,
        landscape::{LANDSCAPES, Landscape},
    },
    ui::{
        components::{Notice, NoticeKind, Panel},
        form::FormState,
    },
};

/// The catalogue; the chosen ones come first.
#[component]
pub(super) fn PhotosSection(form: FormState, start: TripForm) -> impl IntoView {
    let error = form.error();
    let is_chosen = |landscape: &(usize, &'static Landscape)| start.photos.iter().any(|name| name == landscape.1.name);
    let (chosen, others): (Vec<_>, Vec<_>) = LANDSCAPES.iter().enumerate().partition(is_chosen);
    let cover = start.cover;
    let items = move |list: Vec<(usize, &'static Landscape)>, chosen: bool| {
        let choice = |(number, landscape): (usize, &'static Landscape)| {
            let is_cover = cover == landscape.name;
            view! { <PhotoChoice number landscape chosen is_cover/> }
        };
        list.into_iter().map(choice).collect_view()
    };
    let problem = move || {
        let messages =
            error.with(|error| error.as_ref().map(|error| photo_messages(&error.fields())).unwrap_or_default());
        (!messages.is_empty()).then(|| view! { <Notice kind=NoticeKind::Error>{messages}</Notice> })
    };
    view! {
        <Panel title="Photos" id="photos" note=format!("at most {MAX_PHOTOS}; the main picture stands for the trip in lists")>
            <div class="stack">
                {problem}
                <div class="photo-scroll" role="region" aria-label="Pictures to choose from" tabindex="0">
                    <ul class="photo-choices" role="list">
                        {items(chosen, true)} {items(others, false)}
                    </ul>
                </div>
            </div>
        </Panel>
    }
}

#[component]
fn PhotoChoice(number: usize, landscape: &'static Landscape, chosen: bool, is_cover: bool) -> impl IntoView {
    let pick = format!("photo-{number}");
    view! {
        <li class="photo-choice">
            <label for=pick.clone()>
                <img src=landscape.url() alt="" width="1440" height="560" loading="lazy"/>
                <span>{landscape.description}</span>
            </label>
            <div class="row wrap">
                <label class="choice">
                    <input
                        class="check"
                        type="checkbox"
                        id=pick
                        name=format!("form[photos][{number}]")
                        value=landscape.name
                        checked=chosen
                        aria-label=format!("Show: {}", landscape.description)
                    />
                    "Show"
                </label>
                <label class="choice">
                    <input
                        class="check"
                        type="radio"
                        name="form[cover]"
                        value=landscape.name
                        checked=is_cover
                        aria-label=format!("Main picture: {}", landscape.description)
                    />
                    "Main"
                </label>
            </div>
        </li>
    }
}

fn photo_messages(fields: &crate::shared::error::FieldErrors) -> String {
    let of_photos = fields.iter().filter(|(name, _)| name.as_str() == "photos" || name.starts_with("photos."));
    of_photos.flat_map(|(_, messages)| messages.clone()).collect::<Vec<_>>().join(" ")
}
