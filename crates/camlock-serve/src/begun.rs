//! How many requests were begun and are not answered.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// How many requests were begun and are not answered.
#[derive(Clone, Debug, Default)]
pub(crate) struct Begun(Arc<AtomicUsize>);

/// One of them, which ends with this value.
#[derive(Debug)]
pub(crate) struct Counted(Begun);

impl Begun {
    pub(crate) fn begin(&self) -> Counted {
        self.0.fetch_add(1, Ordering::SeqCst);
        Counted(self.clone())
    }

    pub(crate) fn is_any(&self) -> bool {
        self.0.load(Ordering::SeqCst) > 0
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::SeqCst);
    }
}
