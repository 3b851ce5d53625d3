//! Signing somebody out everywhere.

use leptos::prelude::*;

use crate::{
    crm::accounts::{server_fns::EndSessionsOf, user::UserId},
    ui::{
        components::{Button, ButtonKind, Notice, NoticeKind, Panel},
        form::{PostForm, use_form},
    },
};

/// The panel with the button.
#[component]
pub(super) fn EndSessions(id: UserId) -> impl IntoView {
    let form = use_form::<EndSessionsOf>();
    let message = form.message();
    view! {
        <Panel title="Sessions" id="sessions" note="for a lost device, or a password that others know">
            <PostForm form attr:class="form">
                <input type="hidden" name="id" value=id.to_string()/>
                {move || message.get().map(|text| view! { <Notice kind=NoticeKind::Error>{text}</Notice> })}
                <div class="acts">
                    <Button kind=ButtonKind::Secondary busy=form.pending()>
                        "Sign them out everywhere"
                    </Button>
                </div>
            </PostForm>
        </Panel>
    }
}
