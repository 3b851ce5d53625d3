//! Toasts tell what was done and can be undone: one at a time, 6 s, the clock stands while the pointer is over it.
//! What went wrong in a form is said at the field instead.

use std::time::Duration;

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};

use super::{Glyph, Icon, Tone};

const SHOWN_FOR: Duration = Duration::from_secs(6);

/// One message.
#[derive(Clone, Debug)]
pub struct Toast {
    /// The symbol.
    pub glyph: Glyph,
    /// The tone of the symbol.
    pub tone: Tone,
    /// The sentence.
    pub text: String,
    /// Takes back what was done.
    pub undo: Option<Callback<()>>,
}

impl Toast {
    /// Something was done.
    pub fn done(text: impl Into<String>) -> Self {
        Self { glyph: Glyph::Check, tone: Tone::Green, text: text.into(), undo: None }
    }

    /// Something could not be done, and was taken back.
    pub fn failed(text: impl Into<String>) -> Self {
        Self { glyph: Glyph::Late, tone: Tone::Red, text: text.into(), undo: None }
    }

    /// The same message with a way back.
    #[must_use]
    pub fn with_undo(self, undo: Callback<()>) -> Self {
        Self { undo: Some(undo), ..self }
    }
}

/// The message that is shown now; a page finds it by [`use_toasts`].
#[derive(Clone, Copy, Debug)]
pub struct Toasts {
    shown: RwSignal<Option<Toast>>,
    timer: StoredValue<Option<TimeoutHandle>>,
}

impl Toasts {
    /// Shows a message in place of the one before.
    pub fn show(self, toast: Toast) {
        // The page that asked may be gone, and with it what it has shown.
        self.shown.try_set(Some(toast));
        self.start_clock();
    }

    /// Takes the message away.
    pub fn dismiss(self) {
        self.stop_clock();
        self.shown.set(None);
    }

    fn start_clock(self) {
        self.stop_clock();
        let handle = set_timeout_with_handle(move || self.shown.set(None), SHOWN_FOR);
        self.timer.set_value(handle.ok());
    }

    fn stop_clock(self) {
        self.timer.update_value(|timer| {
            if let Some(handle) = timer.take() {
                handle.clear();
            }
        });
    }
}

/// Makes the toasts of an app; the shell calls it once, above [`ToastRegion`].
pub fn provide_toasts() -> Toasts {
    let toasts = Toasts { shown: RwSignal::new(None), timer: StoredValue::new(None) };
    provide_context(toasts);
    toasts
}

/// The toasts of the app; makes them where no shell has.
pub fn use_toasts() -> Toasts {
    use_context::<Toasts>().unwrap_or_else(provide_toasts)
}

/// The live region. `flash` is a message that the server has kept over a redirect; without a script it stays.
#[component]
pub fn ToastRegion(
    /// What was done before the page was loaded.
    #[prop(optional_no_strip)]
    flash: Option<String>,
) -> impl IntoView {
    let toasts = use_toasts();
    if let Some(text) = flash {
        toasts.shown.set(Some(Toast::done(text)));
        Effect::new(move |_| toasts.start_clock());
    }
    view! {
        <div
            class="toasts"
            role="status"
            aria-live="polite"
            on:pointerenter=move |_| toasts.stop_clock()
            on:pointerleave=move |_| toasts.start_clock()
        >
            {move || toasts.shown.get().map(|toast| view! { <ToastBox toast toasts/> })}
        </div>
    }
}

/// One message as it is shown.
#[component]
pub fn ToastBox(
    /// The message.
    toast: Toast,
    /// Where it is taken away from when it is undone.
    toasts: Toasts,
) -> impl IntoView {
    let undo = toast.undo.map(|undo| {
        let take_back = move |_| {
            toasts.dismiss();
            undo.run(());
        };
        view! {
            <button class="btn quiet sm" type="button" on:click=take_back>
                <Icon glyph=Glyph::Undo/>
                "Undo"
            </button>
        }
    });
    view! {
        <div class="toast">
            <span class=format!("toned {}", toast.tone.class())>
                <Icon glyph=toast.glyph/>
            </span>
            <p>{toast.text}</p>
            {undo}
        </div>
    }
}
