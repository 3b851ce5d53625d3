//! The frame of the signed-in pages: who is there, where they can go, and what waits. Who is not signed in is sent to
//! sign in and comes back afterwards. Pages hang below it as children of its route.

use leptos::prelude::*;
use leptos_router::{
    components::Outlet,
    hooks::{use_location, use_query_map},
    location::Location,
};

use super::{
    places::{pins_of, places_of},
    shortcuts::Shortcuts,
};
use crate::{
    crm::{
        accounts::user::Role,
        frame::{server_fns::load_frame, view::FrameView},
        leads::address::LEADS_PATH,
        notifications::notification::PREFERENCES_PATH,
        sockets::server_fns::{connect, who_is_here},
    },
    live::{
        connection::{provide_connection, use_connection},
        events::ServerEvent,
    },
    shared::time::Time,
    ui::{
        app::Document,
        components::Glyph,
        form::Flash,
        guard::guard,
        layout::{AppLayout, Person, ShownPath, Theme, Unread},
        live::with_time,
        load::load,
    },
};

/// Says that something was done after which the counts of the frame may be others.
#[derive(Debug, Clone, Copy)]
pub struct FrameVersion(RwSignal<u32>);

impl FrameVersion {
    /// Has the counts fetched anew.
    pub fn bump(self) {
        self.0.update(|version| *version = version.wrapping_add(1));
    }
}

/// The version of the frame that a page stands in; outside of one, bumping it does nothing.
pub fn use_frame_version() -> FrameVersion {
    use_context().unwrap_or_else(|| FrameVersion(RwSignal::new(0)))
}

/// The view of the route that all signed-in pages are children of.
#[component]
pub fn FramePage() -> impl IntoView {
    let (version, unread) = (FrameVersion(RwSignal::new(0)), RwSignal::new(0));
    provide_context(version);
    provide_context(Unread(unread));
    provide_context(ShownPath::default());
    stay_live(version, unread);
    let location = use_location();
    let first = untrack(|| here(&location));
    let loaded = load(|| (), move |()| load_frame(first.clone()));
    view! {
        <Suspense>
            {move || Suspend::new(async move { guard(loaded.await, move |frame| view! { <Frame frame version unread/> }) })}
        </Suspense>
    }
}

/// Opens the tab's connection, and keeps the bell and the counts of the frame as they are.
fn stay_live(version: FrameVersion, unread: RwSignal<u32>) {
    let connection = provide_connection();
    connection.listen(move |event| {
        if let ServerEvent::NotificationNew { unread_count, .. } = event {
            unread.try_set(u32::try_from(*unread_count).unwrap_or(u32::MAX));
        }
    });
    let changes = with_time(connection.changes(concerns_frame));
    Effect::new(move |before: Option<()>| {
        changes.track();
        if before.is_some() {
            version.bump();
        }
    });
    Effect::new(move |_| {
        if connection.is_awake().get() {
            connection.open(|said| Box::pin(connect(said)), || Box::pin(who_is_here()));
        }
    });
}

/// Whether the counts of the frame may be others after an event.
fn concerns_frame(event: &ServerEvent) -> bool {
    matches!(event, ServerEvent::Changed { .. } | ServerEvent::NotificationNew { .. })
}

#[component]
fn Frame(frame: FrameView, version: FrameVersion, unread: RwSignal<u32>) -> impl IntoView {
    let role = frame.role;
    let person = Person { name: frame.name.clone(), role: role.label().to_owned() };
    let location = use_location();
    let path = location.pathname;
    use_connection().note_made(frame.person.cast(), Time::from_millis(frame.made_at));
    // Before the page is made, whose bell shows it.
    unread.set(frame.unread);
    let frame = RwSignal::new(frame);
    refresh(frame, unread, (version, location.clone()));
    let nav = Signal::derive(move || frame.with(|frame| places_of(frame, &path.get())));
    let pinned = Signal::derive(move || frame.with(pins_of));
    let back = Signal::derive(move || here(&location));
    let looks_for_leads = path.with_untracked(|path| path == LEADS_PATH);
    let searched = use_query_map().with_untracked(|query| query.get("q")).filter(|_| looks_for_leads);
    let notice = use_context::<Flash>().and_then(|flash| flash.notice);
    view! {
        <AppLayout
            nav
            pinned
            person
            person_links=person_links()
            sign_out_action="/api/fn/accounts/sign_out"
            theme=chosen_theme()
            back
            search_action=(role != Role::User).then_some(LEADS_PATH)
            search_value=searched.unwrap_or_default()
            flash=notice
        >
            <Outlet/>
        </AppLayout>
        <Shortcuts role/>
    }
}

/// Fetches the counts anew whenever a page says so, and whenever another page is opened: what leads to it is read by that. Should
/// it fail, the old ones stay: the page itself says what is wrong. An answer that another one has overtaken counts for nothing.
fn refresh(frame: RwSignal<FrameView>, unread: RwSignal<u32>, (version, location): (FrameVersion, Location)) {
    let latest = RwSignal::new(0);
    Effect::new(move |before: Option<u32>| {
        version.0.track();
        location.pathname.track();
        let Some(before) = before else { return 0 };
        let (number, address) = (before.wrapping_add(1), untrack(|| here(&location)));
        latest.set(number);
        leptos::task::spawn_local(async move {
            if let Ok(fresh) = load_frame(address).await
                && latest.try_get_untracked() == Some(number)
            {
                unread.try_set(fresh.unread);
                frame.try_set(fresh);
            }
        });
        number
    });
}

fn person_links() -> Vec<(String, String, Glyph)> {
    vec![
        ("/profile".to_owned(), "Profile".to_owned(), Glyph::People),
        ("/sessions".to_owned(), "Sessions".to_owned(), Glyph::Monitor),
        (PREFERENCES_PATH.to_owned(), "What you are told".to_owned(), Glyph::Bell),
    ]
}

/// The theme of the cookie, which only the server reads; the browser finds it in the page.
pub(super) fn chosen_theme() -> Theme {
    let chosen = SharedValue::new(|| use_context::<Document>().and_then(|document| document.theme)).into_inner();
    Theme::from_value(chosen.as_deref().unwrap_or_default())
}

/// The address of the page, as a path with its query.
fn here(location: &Location) -> String {
    let (path, query) = (location.pathname.get(), location.search.get());
    if query.is_empty() { path } else { format!("{path}?{}", query.trim_start_matches('?')) }
}
