//! The first message of a conversation: nothing is opened before something is said.

use leptos::prelude::*;

use super::{about::AboutPanel, composer::Say, kept::Kept, thread::Head};
use crate::{crm::chat::screens::NewTalk, ui::form::FormState};

#[component]
pub(super) fn NewTalkView(talk: NewTalk, form: FormState, kept: Kept) -> impl IntoView {
    let NewTalk { with, about, trip, lead, client_id } = talk;
    let label = format!("New conversation with {}", with.name);
    let words = format!(
        "Say what you want to know. {} sees it at once, or is told by mail, and the answer appears here.",
        with.name
    );
    let called = with.called.clone();
    let name = format!("new {trip} {lead}");
    let is_another = kept.open(&name);
    view! {
        <section class="thread" aria-label=label>
            <Head online=with.online with about=about.clone()/>
            <div class="msgs" tabindex="0" role="log" aria-label="Messages">
                <div class="msgs-in">
                    <p class="sys">{words}</p>
                </div>
            </div>
            <Say called form talk=None is_another name>
                <input type="hidden" name="trip" value=trip/>
                <input type="hidden" name="lead" value=lead/>
                <input type="hidden" name="client_id" value=client_id/>
            </Say>
        </section>
        <AboutPanel about files=Vec::new()/>
    }
}
