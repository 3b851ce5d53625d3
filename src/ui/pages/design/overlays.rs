//! Menu, dialog, toast, notices, and what stands where nothing is.

use leptos::prelude::*;

use super::Section;
use crate::ui::components::{
    Button, ButtonKind, ButtonSize, CloseDialog, Dialog, EmptyState, Glyph, LinkButton, Menu, MenuButton, MenuCaption,
    MenuLink, MenuPlace, Notice, NoticeKind, OpenDialog, Skeleton, Toast, ToastBox, use_toasts,
};

/// What comes and goes.
#[component]
pub(super) fn Overlays() -> impl IntoView {
    view! {
        <Section
            id="menu"
            title="Menu"
            rule="Verbs, the dangerous one last and apart. Only the stages the lifecycle allows are offered; what cannot happen is not there."
        >
            <ExampleMenu/>
        </Section>
        <Section
            id="dialog"
            title="Dialog"
            rule="Native dialog. Title is the question, body says what follows, the primary verb repeats the title."
        >
            <ExampleDialog/>
        </Section>
        <Section
            id="toast"
            title="Toast"
            rule="Bottom left, one at a time, 6 s, pauses on hover; only for what was done and can be undone."
        >
            <ExampleToasts/>
        </Section>
        <Section id="notices" title="Notices" rule="Inside the page, next to what they concern.">
            <Notices/>
        </Section>
        <Emptiness/>
    }
}

#[component]
fn ExampleMenu() -> impl IntoView {
    view! {
        <form class="row" action="#menu">
            <Menu label="Move to…" icon=Glyph::LeadContacted kind=ButtonKind::Secondary place=MenuPlace::BelowStart>
                <MenuCaption text="Move Rohan Kulkarni to"/>
                <MenuButton icon=Glyph::LeadInterested name="to" value="interested">"Interested"</MenuButton>
                <MenuLink href="#menu" icon=Glyph::Calendar>"Set follow-up"</MenuLink>
                <hr/>
                <MenuButton icon=Glyph::Trash danger=true name="to" value="removed">"Remove the note"</MenuButton>
            </Menu>
            <Menu label="More actions" icon_only=true place=MenuPlace::BelowStart>
                <MenuLink href="#menu" icon=Glyph::Edit>"Edit"</MenuLink>
            </Menu>
        </form>
    }
}

#[component]
fn ExampleDialog() -> impl IntoView {
    view! {
        <div class="row">
            <OpenDialog dialog="release">"Release the review"</OpenDialog>
        </div>
        <Dialog id="release" title="Release this review?">
            <form method="dialog">
                <div class="body">
                    <p>"Another admin can take it. Your notes stay."</p>
                </div>
                <footer>
                    <CloseDialog dialog="release">"Keep it"</CloseDialog>
                    <Button kind=ButtonKind::Primary>"Release the review"</Button>
                </footer>
            </form>
        </Dialog>
    }
}

#[component]
fn ExampleToasts() -> impl IntoView {
    let toasts = use_toasts();
    let done = Toast::done("Rohan Kulkarni is “Interested” now.").with_undo(Callback::new(|()| ()));
    let failed = Toast::failed("Could not move Meera Joshi: somebody else changed her lead at 10:41.");
    view! {
        <div class="row wrap">
            <ToastBox toast=done toasts/>
            <ToastBox toast=failed toasts/>
        </div>
    }
}

#[component]
fn Notices() -> impl IntoView {
    let plans = view! { <LinkButton href="#notices" size=ButtonSize::Small>"See plans"</LinkButton> };
    view! {
        <Notice icon=Glyph::Clock>"You were signed out after 14 days. Sign in and you are back at your leads."</Notice>
        <Notice kind=NoticeKind::Success title="Saved.">"Travellers see the new departure now."</Notice>
        <Notice kind=NoticeKind::Warning title="CRM access ended on 14 March." action=plans.into_any()>
            "Leads keep arriving; contact details are hidden until you extend."
        </Notice>
        <Notice kind=NoticeKind::Error title="The file was not imported.">
            "Line 1 has no column “email”. Add it and try again."
        </Notice>
    }
}

#[component]
fn Emptiness() -> impl IntoView {
    let first = view! { <LinkButton href="#empty">"Copy the trip link"</LinkButton> };
    view! {
        <Section
            id="empty"
            title="Empty state"
            rule="Says what will appear here and how to make the first one. A drawing in hairlines, one action."
        >
            <div class="panel">
                <EmptyState
                    title="No leads on this trip yet"
                    text="Everybody who asks about Brahmatal shows up here by itself."
                    action=first.into_any()
                />
            </div>
        </Section>
        <Section
            id="skeleton"
            title="Skeleton"
            rule="First visit only, after 300 ms, in the content’s own size, and still: nothing shimmers."
        >
            <Skeleton label="Loading leads" rows=3/>
        </Section>
    }
}
