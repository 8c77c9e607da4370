//! The catalogue: rows over one text, sorted for searching.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::ops::Range;
use std::sync::OnceLock;

use crate::entry::{AccessLevel, Granularity, Service};
use crate::{CatalogError, closest, read};

/// What exists on the platform, as far as known on a date.
pub struct Catalog {
    /// What rows are cut from; nothing of it is copied.
    pub(crate) source: Cow<'static, str>,
    pub(crate) date: Slice,
    /// In the order of names.
    pub(crate) services: Vec<ServiceRow>,
    /// Where in `services` a name stands.
    pub(crate) places: HashMap<Box<str>, usize>,
    /// Service by service, in the order of names.
    pub(crate) actions: Vec<ActionRow>,
    pub(crate) forms: Vec<FormRow>,
    pub(crate) keys: Vec<Slice>,
    pub(crate) regions: Vec<Slice>,
    /// Service by service, in the order of names.
    pub(crate) types: Vec<Slice>,
    /// Places of forms and keys, for actions to point at.
    pub(crate) lists: Vec<u32>,
}

/// Bytes of the text.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Slice {
    pub(crate) start: u32,
    pub(crate) end: u32,
}

#[derive(Debug)]
pub(crate) struct ServiceRow {
    pub(crate) name: Slice,
    pub(crate) granularity: Option<Granularity>,
    pub(crate) complete: bool,
    pub(crate) actions: Range<usize>,
    pub(crate) types: Range<usize>,
}

#[derive(Debug)]
pub(crate) struct ActionRow {
    pub(crate) name: Slice,
    pub(crate) level: AccessLevel,
    pub(crate) granularity: Option<Granularity>,
    pub(crate) forms: Range<usize>,
    pub(crate) keys: Range<usize>,
}

#[derive(Debug)]
pub(crate) struct FormRow {
    pub(crate) service: Slice,
    pub(crate) regional: bool,
    pub(crate) app_id: bool,
    pub(crate) path: Slice,
}

const BUILTIN: &str = include_str!("../data/catalog.txt");

impl Catalog {
    /// The catalogue that is compiled in; read once, when it is first asked for.
    pub fn builtin() -> &'static Self {
        static CATALOG: OnceLock<Catalog> = OnceLock::new();
        CATALOG.get_or_init(|| {
            // INVARIANT: a test reads the file that is compiled in. An empty catalogue reports nothing.
            read::catalog(Cow::Borrowed(BUILTIN)).unwrap_or_else(|_| Self::empty())
        })
    }

    /// Reads a catalogue in the form of the one that is compiled in, `data/catalog.txt`.
    ///
    /// # Errors
    ///
    /// A [`CatalogError`] with the first line that cannot be read.
    pub fn read(text: impl Into<String>) -> Result<Self, CatalogError> {
        read::catalog(Cow::Owned(text.into()))
    }

    fn empty() -> Self {
        Self {
            source: Cow::Borrowed(""),
            date: Slice::default(),
            services: Vec::new(),
            places: HashMap::default(),
            actions: Vec::new(),
            forms: Vec::new(),
            keys: Vec::new(),
            regions: Vec::new(),
            types: Vec::new(),
            lists: Vec::new(),
        }
    }

    /// The day whose state the catalogue describes, such as `2026-07-15`.
    pub fn date(&self) -> &str {
        self.text(self.date)
    }

    /// Every service, in the order of names.
    pub fn services(&self) -> impl Iterator<Item = Service<'_>> + Clone {
        self.services.iter().map(|row| Service { catalog: self, row })
    }

    /// The service of this very name.
    pub fn service(&self, name: &str) -> Option<Service<'_>> {
        let place = self.places.get(name)?;
        self.services.get(*place).map(|row| Service { catalog: self, row })
    }

    /// The service that `name` is a slip of.
    pub fn close_service(&self, name: &str) -> Option<Service<'_>> {
        self.service(closest(name, self.services().map(Service::name))?)
    }

    /// The current names of regions, such as `ap-guangzhou`, in order.
    pub fn regions(&self) -> impl Iterator<Item = &str> + Clone {
        self.regions.iter().map(|region| self.text(*region))
    }

    /// Whether a region of this name is known; legacy short names are no concern of the catalogue.
    pub fn is_region(&self, name: &str) -> bool {
        self.regions.binary_search_by(|row| self.text(*row).cmp(name)).is_ok()
    }

    /// The region that `name` is a slip of.
    pub fn close_region(&self, name: &str) -> Option<&str> {
        closest(name, self.regions())
    }

    /// The known condition keys, in order.
    pub fn condition_keys(&self) -> impl Iterator<Item = &str> + Clone {
        self.keys.iter().map(|key| self.text(*key))
    }

    /// Whether a condition key of this very name is known [CND-24].
    pub fn is_condition_key(&self, name: &str) -> bool {
        self.keys.binary_search_by(|row| self.text(*row).cmp(name)).is_ok()
    }

    /// The condition key that `name` is a slip of.
    pub fn close_condition_key(&self, name: &str) -> Option<&str> {
        closest(name, self.condition_keys())
    }

    pub(crate) fn bytes(&self, slice: Slice) -> &[u8] {
        self.source.as_bytes().get(slice.start as usize..slice.end as usize).unwrap_or_default()
    }

    pub(crate) fn text(&self, slice: Slice) -> &str {
        // INVARIANT: slices are cut where the text was read.
        self.source.get(slice.start as usize..slice.end as usize).unwrap_or_default()
    }
}

impl fmt::Debug for Catalog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Catalog({}, {} actions)", self.date(), self.actions.len())
    }
}

#[cfg(test)]
mod tests;
