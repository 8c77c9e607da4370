//! What a catalogue says about a service and its actions.

use std::fmt;

use crate::catalog::{ActionRow, Catalog, FormRow, ServiceRow};
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
        let place = rows.binary_search_by(|row| self.catalog.text(row.name).cmp(name)).ok()?;
        rows.get(place).map(|row| ActionEntry { service: self, row })
    }

    /// The action of this name, letter case aside.
    pub fn action_ignoring_case(self, name: &str) -> Option<ActionEntry<'c>> {
        let exact = self.action(name);
        exact.or_else(|| self.actions().find(|action| action.name().eq_ignore_ascii_case(name)))
    }

    /// The actions that a pattern with `*` covers.
    pub fn actions_matching<'p>(
        self,
        pattern: &'p str,
    ) -> impl Iterator<Item = ActionEntry<'c>> + use<'c, 'p> {
        self.actions().filter(move |action| glob::matches(pattern, action.name()))
    }

    /// The action that `name` is a slip of.
    pub fn close_action(self, name: &str) -> Option<ActionEntry<'c>> {
        self.action(closest(name, self.actions().map(ActionEntry::name))?)
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
