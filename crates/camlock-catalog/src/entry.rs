//! What a catalogue says about a service and its actions.

use std::fmt;

use crate::catalog::{ActionRow, Catalog, FormRow, ServiceRow, Slice};
use crate::{closest, glob};

/// How fine a service can be authorized.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Granularity {
    /// The service as a whole, `service:*` on `*` [ACT-9].
    Service,
    /// Single actions, always on bare `*` [RES-18].
    Operation,
    /// Single actions on single resources.
    Resource,
}

impl Granularity {
    /// The word in messages.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::Operation => "operation",
            Self::Resource => "resource",
        }
    }
}

/// What an action does, roughly.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum AccessLevel {
    /// Names what there is.
    List,
    /// Reads.
    Read,
    /// Changes something.
    Write,
    /// None of these, or not known.
    Other,
}

/// A service of a catalogue.
#[derive(Clone, Copy)]
pub struct Service<'c> {
    pub(crate) catalog: &'c Catalog,
    pub(crate) row: &'c ServiceRow,
}

/// An action of a catalogue.
#[derive(Clone, Copy)]
pub struct ActionEntry<'c> {
    pub(crate) service: Service<'c>,
    pub(crate) row: &'c ActionRow,
}

/// A form of resource names, such as `qcs::cvm:$region:$account:instance/*`.
#[derive(Clone, Copy)]
pub struct ResourceForm<'c> {
    pub(crate) catalog: &'c Catalog,
    pub(crate) row: &'c FormRow,
}

impl<'c> Service<'c> {
    /// The name, such as `cos`.
    pub fn name(self) -> &'c str {
        self.catalog.text(self.row.name)
    }

    /// How fine the service can be authorized, where that is known.
    pub fn granularity(self) -> Option<Granularity> {
        self.row.granularity
    }

    /// Whether the actions are all that there were on the date of the catalogue. An action that an
    /// incomplete list does not have says nothing.
    pub fn is_complete(self) -> bool {
        self.row.complete
    }

    /// Every known action, in the order of names.
    pub fn actions(self) -> impl Iterator<Item = ActionEntry<'c>> + Clone {
        self.rows().iter().map(move |row| ActionEntry { service: self, row })
    }

    /// The action of this very name [ACT-6].
    ///
    /// # Complexity
    ///
    /// Logarithmic in the actions of the service.
    pub fn action(self, name: &str) -> Option<ActionEntry<'c>> {
        let rows = self.rows();
        let compare = |row: &ActionRow| self.catalog.bytes(row.name).cmp(name.as_bytes());
        let place = rows.binary_search_by(compare).ok()?;
        rows.get(place).map(|row| ActionEntry { service: self, row })
    }

    /// The action of this name, letter case aside.
    pub fn action_ignoring_case(self, name: &str) -> Option<ActionEntry<'c>> {
        let is = |own: &[u8]| own.eq_ignore_ascii_case(name.as_bytes());
        let exact = self.action(name);
        exact.or_else(|| self.actions().find(|action| is(self.catalog.bytes(action.row.name))))
    }

    /// The actions that a pattern with `*` covers.
    ///
    /// # Complexity
    ///
    /// Logarithmic in the actions of the service, and linear in those that begin like the pattern.
    pub fn actions_matching<'p>(
        self,
        pattern: &'p str,
    ) -> impl Iterator<Item = ActionEntry<'c>> + use<'c, 'p> {
        let prefix = pattern.split('*').next().unwrap_or_default();
        let rows = self.rows();
        let first = rows.partition_point(|row| self.catalog.bytes(row.name) < prefix.as_bytes());
        let rows = rows.get(first..).unwrap_or_default();
        let actions = rows.iter().map(move |row| ActionEntry { service: self, row });
        actions
            .take_while(move |action| action.name().starts_with(prefix))
            .filter(move |action| glob::matches(pattern, action.name()))
    }

    /// The types of its resources that its actions are known to take, such as `instance`, in order.
    pub fn resource_types(self) -> impl Iterator<Item = &'c str> + Clone {
        self.types().iter().map(|own| self.catalog.text(*own))
    }

    /// Whether its actions are known to take resources of this very type.
    ///
    /// # Complexity
    ///
    /// Logarithmic in the types of the service.
    pub fn has_resource_type(self, name: &str) -> bool {
        self.types().binary_search_by(|own| self.catalog.bytes(*own).cmp(name.as_bytes())).is_ok()
    }

    /// The action that `name` is a slip of.
    pub fn close_action(self, name: &str) -> Option<ActionEntry<'c>> {
        self.action(closest(name, self.actions().map(ActionEntry::name))?)
    }

    fn types(self) -> &'c [Slice] {
        self.catalog.types.get(self.row.types.clone()).unwrap_or_default()
    }

    fn rows(self) -> &'c [ActionRow] {
        self.catalog.actions.get(self.row.actions.clone()).unwrap_or_default()
    }
}

impl<'c> ActionEntry<'c> {
    /// The name without its service, such as `GetObject`.
    pub fn name(self) -> &'c str {
        self.service.catalog.text(self.row.name)
    }

    /// The service.
    pub fn service(self) -> Service<'c> {
        self.service
    }

    /// How fine the action can be authorized, where that is known: its own, or that of a service that
    /// is authorized as a whole.
    pub fn granularity(self) -> Option<Granularity> {
        match self.service.granularity() {
            Some(Granularity::Service) => Some(Granularity::Service),
            _ => self.row.granularity,
        }
    }

    /// What it does.
    pub fn access_level(self) -> AccessLevel {
        self.row.level
    }

    /// The forms of resources that it takes; none where they are not known.
    pub fn resource_forms(self) -> impl Iterator<Item = ResourceForm<'c>> {
        let catalog = self.service.catalog;
        let forms = catalog.lists.get(self.row.forms.clone()).unwrap_or_default();
        let row = |place: &u32| catalog.forms.get(*place as usize);
        forms.iter().filter_map(row).map(move |row| ResourceForm { catalog, row })
    }

    /// The condition keys that are known to be of use with it; most lists are not complete.
    pub fn condition_keys(self) -> impl Iterator<Item = &'c str> {
        let catalog = self.service.catalog;
        let keys = catalog.lists.get(self.row.keys.clone()).unwrap_or_default();
        let key = |place: &u32| catalog.keys.get(*place as usize);
        keys.iter().filter_map(key).map(|key| catalog.text(*key))
    }
}

impl<'c> ResourceForm<'c> {
    /// The service of the resources, which may differ from that of the action [RES-5].
    pub fn service(self) -> &'c str {
        self.catalog.text(self.row.service)
    }

    /// Whether names have a region.
    pub fn is_regional(self) -> bool {
        self.row.regional
    }

    /// The last segment, ids written as `*`: `instance/*`.
    pub fn path(self) -> &'c str {
        self.catalog.text(self.row.path)
    }

    /// The type that names begin with, such as `instance`, and where it stands.
    pub(crate) fn type_word(self) -> Option<(&'c str, Slice)> {
        let word = self.path().split('/').next().unwrap_or_default();
        let place = Slice {
            end: self.row.path.start + u32::try_from(word.len()).unwrap_or(0),
            ..self.row.path
        };
        (!word.is_empty() && !word.contains('*')).then_some((word, place))
    }
}

impl fmt::Display for ResourceForm<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let region = if self.is_regional() { "$region" } else { "" };
        let account = if self.row.app_id { "uid/$appid" } else { "uin/$uin" };
        write!(f, "qcs::{}:{region}:{account}:{}", self.service(), self.path())
    }
}

impl PartialEq for Service<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Service<'_> {}

impl PartialEq for ActionEntry<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.service == other.service && self.name() == other.name()
    }
}

impl Eq for ActionEntry<'_> {}

impl fmt::Debug for Service<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:*", self.name())
    }
}

impl fmt::Debug for ActionEntry<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.service.name(), self.name())
    }
}

impl fmt::Debug for ResourceForm<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}
