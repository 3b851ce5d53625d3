//! When what is shown has changed: once for each burst of events.

use std::time::Duration;

use leptos::prelude::*;

use super::{connection::Connection, events::ServerEvent};

/// As many events come in a burst; what they change is asked for once, so many milliseconds after the first.
const BURST: Duration = Duration::from_millis(300);

impl Connection {
    /// Counts up once for each burst of events that `concerns` a page, and whenever something may have been missed. What the page shows is
    /// then asked for anew.
    pub fn changes(self, concerns: impl Fn(&ServerEvent) -> bool + Send + Sync + 'static) -> Signal<u32> {
        let (count, waits) = (RwSignal::new(0_u32), StoredValue::new(false));
        self.listen(move |event| {
            if concerns(event) {
                self.count_soon(count, waits);
            }
        });
        Effect::new(move |before: Option<u32>| {
            let missed = self.missed().get();
            if before.is_some_and(|before| before != missed) {
                self.count_soon(count, waits);
            }
            missed
        });
        count.into()
    }

    fn count_soon(self, count: RwSignal<u32>, waits: StoredValue<bool>) {
        if waits.try_get_value() != Some(false) {
            return;
        }
        waits.set_value(true);
        let count_now = move || {
            waits.try_set_value(false);
            // While the server is away nothing can be asked for; all is once it is back.
            if self.is_open() {
                count.try_update(|count| *count = count.wrapping_add(1));
            }
        };
        set_timeout(count_now, BURST);
    }
}
