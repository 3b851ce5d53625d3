//! Where each role can go. Only places that exist are here.

use crate::{
    crm::{accounts::user::Role, chat::screens::CHAT_PATH, frame::view::FrameView, leads::listing::ViewTab},
    ui::{
        components::{Glyph, Tone},
        layout::{NavGroup, NavItem, PinnedView},
    },
};

/// The places of a person, grouped, with what waits there; `path` is where they are.
pub fn places_of(frame: &FrameView, path: &str) -> Vec<NavGroup> {
    let place = |href: &str, label: &str, icon| NavItem {
        href: href.to_owned(),
        label: label.to_owned(),
        icon,
        count: None,
        waits: false,
        current: is_within(path, href),
    };
    let today = || NavItem { count: frame.due, waits: true, ..place("/today", "Today", Glyph::Today) };
    let leads = || NavItem { count: frame.open_leads, ..place("/leads", "Leads", Glyph::Leads) };
    let chat = || NavItem { count: frame.unread_messages, waits: true, ..place(CHAT_PATH, "Chat", Glyph::Chat) };
    let tickets = || NavItem { count: frame.open_tickets, ..place("/tickets", "Tickets", Glyph::Ticket) };
    match frame.role {
        Role::Organizer => vec![
            group("Work", vec![today(), leads(), chat(), tickets()]),
            group("Trips", vec![place("/my-trips", "My trips", Glyph::Trips)]),
        ],
        Role::Admin => vec![
            group("Work", vec![today(), leads(), chat(), tickets(), place("/my-trips", "Trips", Glyph::Trips)]),
            group(
                "Admin",
                vec![
                    place("/admin/people", "People", Glyph::People),
                    place("/admin/answers", "Answers", Glyph::Note),
                    place("/admin/outbox", "Mails", Glyph::Mail),
                    place("/admin/audit", "Audit", Glyph::Audit),
                ],
            ),
        ],
        Role::User => vec![group(
            "Travel",
            vec![
                place("/home", "My enquiries", Glyph::Inbox),
                chat(),
                place("/trips", "Trips", Glyph::Trips),
                tickets(),
            ],
        )],
    }
}

/// The views that somebody pinned, as places of the sidebar.
pub fn pins_of(frame: &FrameView) -> Vec<PinnedView> {
    const TONES: [Tone; 5] = [Tone::Amber, Tone::Info, Tone::Green, Tone::Violet, Tone::Grey];
    let tones = TONES.into_iter().cycle();
    let pin = |(view, tone): (&ViewTab, Tone)| PinnedView {
        href: view.href.clone(),
        label: view.name.clone(),
        tone,
        count: view.count,
    };
    frame.pinned.iter().zip(tones).map(pin).collect()
}

fn group(label: &str, items: Vec<NavItem>) -> NavGroup {
    NavGroup { label: label.to_owned(), items }
}

/// Whether `path` is the place or something below it.
fn is_within(path: &str, place: &str) -> bool {
    path.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_current_below_itself_and_nowhere_else() {
        assert!(is_within("/leads", "/leads"));
        assert!(is_within("/leads/0123", "/leads"));
        assert!(!is_within("/leadership", "/leads"));
        assert!(!is_within("/", "/leads"));
    }
}
