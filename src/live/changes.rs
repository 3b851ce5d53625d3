//! What is shown is asked for anew when it has changed: once for each burst of events, and when it disturbs nobody.

use std::time::Duration;

use leptos::prelude::*;

use super::{connection::Connection, events::ServerEvent};

/// As many events come in a burst; what they change is asked for once, so many milliseconds after the first.
const BURST: u64 = 300;

impl Connection {
    /// Counts up once for each burst of events that `concerns` a page, and whenever something may have been missed; and not while
    /// `is_busy` says that it would disturb. What the page shows is then asked for anew.
    pub fn changes(
        self,
        concerns: impl Fn(&ServerEvent) -> bool + Send + Sync + 'static,
        is_busy: fn() -> bool,
    ) -> Signal<u32> {
        let (count, waits) = (RwSignal::new(0_u32), StoredValue::new(false));
        self.listen(move |event| {
            if concerns(event) {
                self.count_soon(count, waits, is_busy);
            }
        });
        Effect::new(move |before: Option<u32>| {
            let missed = self.missed().get();
            if before.is_some_and(|before| before != missed) {
                self.count_soon(count, waits, is_busy);
            }
            missed
        });
        count.into()
    }

    fn count_soon(self, count: RwSignal<u32>, waits: StoredValue<bool>, is_busy: fn() -> bool) {
        if waits.try_get_value() == Some(false) {
            waits.set_value(true);
            self.count_later(count, waits, is_busy);
        }
    }

    fn count_later(self, count: RwSignal<u32>, waits: StoredValue<bool>, is_busy: fn() -> bool) {
        let count_now = move || {
            // While the server is away nothing can be asked for; all is once it is back.
            if !self.is_open() {
                waits.try_set_value(false);
                return;
            }
            if is_busy() {
                return self.count_later(count, waits, is_busy);
            }
            waits.try_set_value(false);
            count.try_update(|count| *count = count.wrapping_add(1));
        };
        set_timeout(count_now, Duration::from_millis(BURST));
    }
}
