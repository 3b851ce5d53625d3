//! How each kind of mail looks: a list, and one of them as people read it, in HTML and as text.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::mail::MailText;
use crate::{
    crm::accounts::{
        server_fns::{list_samples, load_sample},
        views::SampleView,
    },
    ui::{
        components::{ColumnHead, Crumb, Panel, Table},
        guard::{guard, guard_body},
        layout::AppPage,
        load::load,
        title::Title,
    },
};

const LIST: &str = "/admin/outbox/templates";

/// Every kind of mail.
#[component]
pub(in crate::ui::pages::admin) fn SamplesPage() -> impl IntoView {
    let loaded = load(|| (), |()| list_samples());
    view! {
        <Title text="Templates"/>
        <AppPage crumbs=vec![Crumb::link("Mails", "/admin/outbox"), Crumb::here("Templates")] back_href="/admin/outbox">
            <div class="page-head">
                <div>
                    <h1>"Templates"</h1>
                    <p>"Every mail that Trek-Tribe writes, with sample values."</p>
                </div>
            </div>
            <Suspense>
                {move || Suspend::new(async move {
                    guard_body(loaded.await, move |samples| view! { <Samples samples/> })
                })}
            </Suspense>
        </AppPage>
    }
}

#[component]
fn Samples(samples: Vec<SampleView>) -> impl IntoView {
    let rows = samples
        .into_iter()
        .map(|SampleView { kind, occasion, subject, .. }| {
            view! {
                <tr>
                    <td class="full">
                        <a class="cover" href=format!("{LIST}/{}", kind.as_str())>
                            {kind.label()}
                        </a>
                    </td>
                    <td class="full">{subject}</td>
                    <td class="full">{occasion}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="panel">
            <Table label="Templates" class="stacks">
                <thead>
                    <tr>
                        <ColumnHead label="About"/>
                        <ColumnHead label="Subject"/>
                        <ColumnHead label="Sent when"/>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </Table>
        </div>
    }
}

/// One kind of mail.
#[component]
pub(in crate::ui::pages::admin) fn SamplePage() -> impl IntoView {
    let params = use_params_map();
    let kind = Memo::new(move |_| params.with(|params| params.get("kind")).unwrap_or_default());
    let loaded = load(move || kind.get(), load_sample);
    view! {
        <Transition>
            {move || Suspend::new(async move { guard(loaded.await, move |sample| view! { <Sample sample/> }) })}
        </Transition>
    }
}

#[component]
fn Sample(sample: SampleView) -> impl IntoView {
    let SampleView { kind, occasion, subject, text } = sample;
    let crumbs = vec![Crumb::link("Mails", "/admin/outbox"), Crumb::link("Templates", LIST), Crumb::here(kind.label())];
    view! {
        <Title text=kind.label()/>
        <AppPage crumbs back_href=LIST>
            <div class="page-head">
                <div>
                    <h1>{subject}</h1>
                    <p>{occasion}"."</p>
                </div>
            </div>
            <div class="grid-2">
                <Panel title="As most people see it" id="mail-html" flush=true>
                    <iframe
                        class="mail-frame"
                        src=format!("{LIST}/{}/html", kind.as_str())
                        sandbox=""
                        title="The mail in HTML"
                    ></iframe>
                </Panel>
                <MailText text=Some(text)/>
            </div>
        </AppPage>
    }
}
