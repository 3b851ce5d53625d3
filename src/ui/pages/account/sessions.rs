//! Where one is signed in, with a way to end each.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::entrance::Refusal;
use crate::{
    crm::accounts::{
        server_fns::{EndSession, list_sessions},
        session::SessionKind,
        views::SessionView,
    },
    shared::page::Page,
    ui::{
        components::{
            Button, ButtonKind, ButtonSize, ColumnHead, ColumnWidth, Crumb, Glyph, Icon, Pager, Pill, Table, Time, Tone,
        },
        form::{FormState, PostForm, use_form},
        guard::guard_body,
        layout::AppPage,
        list_address::ListAddress,
        load::load,
        title::Title,
    },
};

/// The sessions, the newest first; this one is marked.
#[component]
pub(super) fn SessionsPage() -> impl IntoView {
    let form = use_form::<EndSession>();
    let query = use_query_map();
    let address = Memo::new(move |_| query.with(|query| ListAddress::read("/sessions", &[], query)));
    let loaded =
        load(move || (address.get(), form.successes().get()), |(address, _)| list_sessions(address.page_request()));
    view! {
        <Title text="Sessions"/>
        <AppPage crumbs=vec![Crumb::here("Sessions")]>
            <div class="page-head">
                <div>
                    <h1>"Where you are signed in"</h1>
                    <p>"End what you do not know, then change your password."</p>
                </div>
            </div>
            <Refusal text=form.message()/>
            <Transition>
                {move || Suspend::new(async move {
                    guard_body(loaded.await, move |page| view! { <Sessions page address=address.get_untracked() form/> })
                })}
            </Transition>
        </AppPage>
    }
}

#[component]
fn Sessions(page: Page<SessionView>, address: ListAddress, form: FormState) -> impl IntoView {
    let (range, previous, next) = address.around(&page);
    let rows = page.items.into_iter().map(|view| view! { <SessionLine view form/> }).collect_view();
    view! {
        <div class="panel">
            <Table label="Sessions" class="stacks">
                <thead>
                    <tr>
                        <ColumnHead label="Device"/>
                        <ColumnHead label="Signed in" width=ColumnWidth::State/>
                        <ColumnHead label="Last seen" width=ColumnWidth::State/>
                        <ColumnHead label="Actions" width=ColumnWidth::Time hidden=true/>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </Table>
        </div>
        <Pager range previous next label="Pages of sessions"/>
    }
}

#[component]
fn SessionLine(view: SessionView, form: FormState) -> impl IntoView {
    let SessionView { session, signed_in, last_seen } = view;
    let kind = match session.kind {
        SessionKind::Browser => "browser",
        SessionKind::Program => "program",
    };
    let label = format!("End this session: {}", session.device);
    let end = if session.current {
        view! {
            <Pill tone=Tone::Green icon=Glyph::Check>
                "This one"
            </Pill>
        }
        .into_any()
    } else {
        view! {
            <PostForm form>
                <input type="hidden" name="id" value=session.id.to_string()/>
                <Button kind=ButtonKind::Secondary size=ButtonSize::Small label busy=form.pending()>
                    "End this session"
                </Button>
            </PostForm>
        }
        .into_any()
    };
    view! {
        <tr>
            <td class="strong">
                <span class="row">
                    <Icon glyph=Glyph::Monitor/>
                    {session.device}
                    <span class="muted">{kind}</span>
                </span>
            </td>
            <td data-label="Signed in">
                <Time at=signed_in.at.to_string() text=signed_in.text exact=signed_in.exact/>
            </td>
            <td data-label="Last seen">
                <Time at=last_seen.at.to_string() text=last_seen.text exact=last_seen.exact/>
            </td>
            <td class="n">{end}</td>
        </tr>
    }
}
