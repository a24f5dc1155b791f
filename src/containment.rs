//! Confines a bug of this program to the file that triggers it: that file fails, and all others are reported
//! as usual.

use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};

thread_local! {
    /// Where the contained work of this thread panicked. `None` outside of such work.
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Does the work on one file. If it panics, do not rely on anything that it has changed.
///
/// # Errors
///
/// If the work panics: what to report to the user, after the name of the file. The message of the panic is
/// left out, since it may quote the file, which may contain secrets.
pub(crate) fn contained<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    let outer = PLACE.replace(Some(String::new()));
    let result = panic::catch_unwind(AssertUnwindSafe(work));
    let place = PLACE.replace(outer).unwrap_or_default();
    result.map_err(|_| {
        format!("internal error{place}; please report it at {}/issues", env!("CARGO_PKG_REPOSITORY"))
    })
}

/// Silences panics in contained work, except for the place, which `contained` reports. Panics elsewhere are
/// reported as before.
pub fn keep_quiet() {
    let usual = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if !note_place(info) {
            usual(info);
        }
    }));
}

/// Records the place of a panic in contained work. False if the panic is in other work.
fn note_place(info: &PanicHookInfo) -> bool {
    let place = info.location().map(|at| format!(" at {}:{}:{}", at.file(), at.line(), at.column()));
    PLACE.with_borrow_mut(|kept| match kept {
        Some(kept) => {
            *kept = place.unwrap_or_default();
            true
        }
        None => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_told_by_its_place_and_not_by_its_words() {
        keep_quiet();
        let inner = contained(|| contained(|| panic!("hunter2")));
        let reason: Result<(), String> = inner.expect("the outer work goes on");
        let reason = reason.expect_err("the inner work panics");
        assert!(reason.starts_with("internal error at src/containment.rs:"), "{reason}");
        assert!(reason.ends_with("/issues") && !reason.contains("hunter2"), "{reason}");
        assert_eq!(contained(|| 1), Ok(1));
    }
}
