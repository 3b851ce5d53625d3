//! Locks of the road. None is held while anything waits.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Locks. Nothing that holds one of these locks can panic half-way, so a poisoned one holds a state that is whole.
pub(super) fn lock<T>(state: &Mutex<T>) -> MutexGuard<'_, T> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}
