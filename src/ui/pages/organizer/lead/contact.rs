//! Call, WhatsApp, e-mail: links that reach somebody. With script the press logs itself; without, the composer below logs it,
//! and a small menu beside them does so in one press.

use leptos::prelude::*;

use crate::{
    crm::leads::{profile::LeadProfile, timeline::InteractionKind},
    ui::{
        components::{ButtonKind, Glyph, Icon, Menu, MenuButton, MenuCaption},
        form::{FormState, PostForm},
    },
};

/// The ways that lead to somebody; none where their contact details are masked.
#[component]
pub(super) fn ContactButtons(lead: LeadProfile, form: FormState) -> impl IntoView {
    if lead.contact.masked {
        return ().into_any();
    }
    let first = lead.name.split_whitespace().next().unwrap_or(&lead.name).to_owned();
    let number = lead.contact.digits.clone();
    let ways = [
        number.as_ref().map(|digits| (InteractionKind::Call, Glyph::Phone, "Call", format!("tel:+{digits}"))),
        number
            .as_ref()
            .map(|digits| (InteractionKind::Whatsapp, Glyph::WhatsApp, "WhatsApp", format!("https://wa.me/{digits}"))),
        Some((InteractionKind::Email, Glyph::Mail, "Email", format!("mailto:{}", lead.contact.email))),
    ];
    let (named, pressed) = (first.clone(), lead.clone());
    let links = ways.into_iter().flatten().map(move |(kind, glyph, label, href)| {
        let first = &named;
        let title =
            if pressed.has_access { format!("{label} {first}; it is logged here") } else { format!("{label} {first}") };
        let log = log_on_press(&pressed, kind, form);
        view! {
            <a class="btn sm" href=href title=title rel="noreferrer" on:click=log>
                <Icon glyph/>
                {label}
            </a>
        }
    });
    let chat = lead.contact.chat.clone().map(|href| {
        let title = format!("Chat with {first}; what is said stands in the timeline");
        view! {
            <a class="btn sm" href=href title=title>
                <Icon glyph=Glyph::Chat/>
                "Chat"
            </a>
        }
    });
    view! {
        <div class="contact menu-row push">
            {chat}
            {links.collect_view()}
            {lead.has_access.then(|| view! { <LogMenu lead=lead.clone() form/> })}
        </div>
    }
    .into_any()
}

/// The press goes on to where the link leads; beside that it is logged.
fn log_on_press(
    lead: &LeadProfile,
    kind: InteractionKind,
    form: FormState,
) -> impl Fn(leptos::ev::MouseEvent) + 'static {
    let (id, may_log) = (lead.id.to_string(), lead.has_access);
    move |_| {
        if may_log {
            form.send([("id", id.as_str()), ("kind", kind.as_str()), ("text", words_of(kind))]);
        }
    }
}

/// What is written down when nothing else is said.
const fn words_of(kind: InteractionKind) -> &'static str {
    match kind {
        InteractionKind::Call => "Called.",
        InteractionKind::Whatsapp => "Wrote on WhatsApp.",
        InteractionKind::Email => "Wrote an e-mail.",
        _ => "Got in touch.",
    }
}

/// Logs in one press what a link cannot log by itself without script.
#[component]
fn LogMenu(lead: LeadProfile, form: FormState) -> impl IntoView {
    let lines = [
        (InteractionKind::Call, Glyph::Phone),
        (InteractionKind::Whatsapp, Glyph::WhatsApp),
        (InteractionKind::Email, Glyph::Mail),
    ];
    let forms = lines.map(|(kind, icon)| {
        view! {
            <PostForm form>
                <input type="hidden" name="id" value=lead.id.to_string()/>
                <input type="hidden" name="text" value=words_of(kind)/>
                <MenuButton icon name="kind" value=kind.as_str()>
                    {format!("{} by hand", kind.label())}
                </MenuButton>
            </PostForm>
        }
    });
    view! {
        <Menu label="Log without opening" icon_only=true kind=ButtonKind::Quiet>
            <MenuCaption text="Log what happened elsewhere"/>
            {forms.collect_view()}
        </Menu>
    }
}
