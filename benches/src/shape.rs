//! What a workload is made of, as data.

/// The mixture of statements in a workload.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// The name in paths of benches.
    pub name: &'static str,
    /// How many of the statements are of each kind, in the order of [`Kind::ALL`]; any unit.
    pub(crate) kinds: [usize; 6],
    /// How many of a hundred statements carry conditions.
    pub(crate) conditional: usize,
    /// How many conditions these carry at most.
    pub(crate) most_tests: usize,
    /// Whether every layer has policies, or only that of the identity.
    pub(crate) layered: bool,
}

/// The kinds of statement.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Kind {
    /// Allows actions on one object.
    Exact,
    /// Allows actions below a path, or on names that begin alike.
    Prefix,
    /// Allows actions on names with a wildcard in the middle.
    Middle,
    /// Allows a service on every resource.
    Service,
    /// Denies actions below a path.
    Deny,
    /// Allows every action below a path.
    Everything,
}

impl Kind {
    pub(crate) const ALL: [Self; 6] =
        [Self::Exact, Self::Prefix, Self::Middle, Self::Service, Self::Deny, Self::Everything];
}

impl Shape {
    /// What accounts look like: mostly single objects and directories, one condition here and there.
    pub const MIXED: Self = Self {
        name: "mixed",
        kinds: [60, 25, 5, 5, 3, 2],
        conditional: 20,
        most_tests: 1,
        layered: false,
    };

    /// Every statement has conditions.
    pub const CONDITION_HEAVY: Self =
        Self { name: "condition-heavy", conditional: 100, most_tests: 3, ..Self::MIXED };

    /// Half of the statements have a wildcard in the middle.
    pub const WILDCARD_HEAVY: Self =
        Self { name: "wildcard-heavy", kinds: [10, 30, 50, 2, 5, 3], ..Self::MIXED };

    /// Policies in every layer.
    pub const ALL_LAYERS: Self = Self { name: "all-layers", layered: true, ..Self::MIXED };

    /// Every shape.
    pub const ALL: [Self; 4] =
        [Self::MIXED, Self::CONDITION_HEAVY, Self::WILDCARD_HEAVY, Self::ALL_LAYERS];

    /// How many of `size` statements are of each kind; ten have a mixture of their own, so that no
    /// kind that matters is missing.
    pub(crate) fn counts(&self, size: usize) -> [usize; 6] {
        if size == 10 {
            return [6, 2, 1, 0, 1, 0];
        }
        let total: usize = self.kinds.iter().sum();
        let mut counts = self.kinds.map(|share| size * share / total);
        counts[0] += size - counts.iter().sum::<usize>();
        counts
    }
}
