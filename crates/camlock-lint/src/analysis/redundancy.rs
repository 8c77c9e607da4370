//! What of a policy changes no decision, worked out as a whole, so that everything that is found can
//! be taken out at once.
//!
//! A statement is as good as its atoms: one action on one resource, for whom and under what conditions
//! the statement says. An atom can go if another one of the same effect covers it, or if a deny takes
//! it back. Atoms that cover each other are ordered by their places, statements first, and the earlier
//! one stays: so every atom that goes is covered by one that stays, whatever else goes.

use camlock_policy::{Effect, Policy, PolicyKind, Statement};

use super::cover;

/// What of a policy changes no decision.
#[derive(Debug, Default)]
pub(crate) struct Redundancy {
    /// In the order of statements; empty where there is nothing to compare.
    statements: Vec<Standing>,
}

/// Whether a statement changes anything.
#[derive(Debug, Default)]
pub(crate) enum Standing {
    /// As far as can be told.
    #[default]
    Needed,
    /// The one at this index is equal.
    Equal(usize),
    /// The one at this index, of the same effect, covers it.
    Covered(usize),
    /// The deny at this index takes all of it back.
    Denied(usize),
    /// Each of its atoms is covered, or taken back, by one of these.
    CoveredTogether(Vec<usize>),
    /// Some actions or resources of it change nothing: the place of each, and of a statement because
    /// of which.
    InPart {
        /// Actions that are covered by another statement.
        actions: Vec<(usize, usize)>,
        /// Resources that are.
        resources: Vec<(usize, usize)>,
        /// Actions of an allow that a deny takes back.
        denied: Vec<(usize, usize)>,
    },
}

/// Statements that are compared with each other, and patterns that are: a longer policy is not looked
/// at, so that the cost stays bounded.
const MOST_STATEMENTS: usize = 100;
const MOST_COMPARISONS: usize = 1 << 18;

impl Redundancy {
    /// Works it out.
    ///
    /// # Complexity
    ///
    /// Each action with each action and each resource with each resource, up to a bound.
    pub(crate) fn of(policy: &Policy) -> Self {
        let all = policy.statements();
        if !(2..=MOST_STATEMENTS).contains(&all.len()) || comparisons(all) > MOST_COMPARISONS {
            return Self::default();
        }
        let kind = policy.kind();
        let mut statements: Vec<Standing> =
            (0..all.len()).map(|index| as_a_whole(all, index, kind)).collect();
        let stays: Vec<bool> =
            statements.iter().map(|own| matches!(own, Standing::Needed)).collect();
        for (index, standing) in statements.iter_mut().enumerate() {
            if matches!(standing, Standing::Needed) {
                *standing = Atoms { all, stays: &stays, kind, index }.standing();
            }
        }
        Self { statements }
    }

    /// Every statement that changes nothing, or not with all of it.
    pub(crate) fn found(&self) -> impl Iterator<Item = (usize, &Standing)> {
        let all = self.statements.iter().enumerate();
        all.filter(|(_, own)| !matches!(own, Standing::Needed))
    }

    /// Whether a statement stays as it is.
    pub(crate) fn is_needed(&self, index: usize) -> bool {
        self.statements.get(index).is_none_or(|own| matches!(own, Standing::Needed))
    }
}

fn comparisons(all: &[Statement]) -> usize {
    let count = |size: fn(&Statement) -> usize| all.iter().map(size).sum::<usize>();
    let actions = count(|own| own.actions().len());
    let resources = count(|own| own.resources().len());
    let conditions = count(|own| own.conditions().iter().map(|c| c.values().len()).sum());
    let square = |count: usize| count.saturating_mul(count);
    square(actions).saturating_add(square(resources)).saturating_add(square(conditions))
}

/// Whether one other statement makes the whole of one needless. What covers it may be covered itself;
/// of two that cover each other the first stays, so that the last of every such chain does.
fn as_a_whole(all: &[Statement], index: usize, kind: PolicyKind) -> Standing {
    let Some(inner) = all.get(index) else { return Standing::Needed };
    let others = || all.iter().enumerate().filter(|(at, _)| *at != index);
    if let Some((at, _)) = others().find(|(at, own)| *at < index && *own == inner) {
        return Standing::Equal(at);
    }
    let denies = |own: &Statement| own.effect() == Effect::Deny && inner.effect() == Effect::Allow;
    let taker = others().find(|(_, own)| denies(own) && cover::statement(own, inner, kind));
    if let Some((at, _)) = taker {
        return Standing::Denied(at);
    }
    let covered = others().find(|(at, own)| {
        own.effect() == inner.effect()
            && *own != inner
            && cover::statement(own, inner, kind)
            && (*at < index || !cover::statement(inner, own, kind))
    });
    covered.map_or(Standing::Needed, |(at, _)| Standing::Covered(at))
}

/// The atoms of one statement among all.
struct Atoms<'a> {
    all: &'a [Statement],
    /// Those that are not needless as a whole: nothing else may make an atom needless.
    stays: &'a [bool],
    kind: PolicyKind,
    index: usize,
}

/// Another statement, and which atoms of the one it makes needless: those of an action and a resource
/// that are both covered, one of them by something that may stay.
struct Rival {
    index: usize,
    denies: bool,
    actions: Vec<Covering>,
    resources: Vec<Covering>,
}

/// Whether something is covered.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
enum Covering {
    /// By nothing.
    #[default]
    None,
    /// By what it covers itself, and what stands behind it: of the two this one stays.
    Mutual,
    /// By something that stays where this goes.
    Whole,
}

impl Rival {
    fn takes(&self, action: usize, resource: usize) -> bool {
        let at = |list: &[Covering], place: usize| list.get(place).copied().unwrap_or_default();
        let (action, resource) = (at(&self.actions, action), at(&self.resources, resource));
        action.min(resource) > Covering::None && action.max(resource) == Covering::Whole
    }
}

impl Atoms<'_> {
    fn standing(&self) -> Standing {
        let Some(own) = self.all.get(self.index) else { return Standing::Needed };
        let rivals: Vec<Rival> = (0..self.all.len()).filter_map(|at| self.rival(own, at)).collect();
        if rivals.is_empty() {
            return Standing::Needed;
        }
        let places = own.resources().len().max(1);
        let by = |denies: bool, action: usize, resource: usize| {
            rivals.iter().find(|rival| (!denies || rival.denies) && rival.takes(action, resource))
        };
        let of_action = |denies: bool, action: usize| {
            let rivals: Option<Vec<&Rival>> =
                (0..places).map(|resource| by(denies, action, resource)).collect();
            Some((action, rivals?.first()?.index))
        };
        let of_resource = |resource: usize| {
            let rivals: Option<Vec<&Rival>> =
                (0..own.actions().len()).map(|action| by(false, action, resource)).collect();
            Some((resource, rivals?.first()?.index))
        };
        let every = 0..own.actions().len();
        let denied: Vec<_> = every.clone().filter_map(|at| of_action(true, at)).collect();
        let mut actions: Vec<_> = every.filter_map(|at| of_action(false, at)).collect();
        if actions.len() == own.actions().len() {
            return Standing::CoveredTogether(rivals.iter().map(|rival| rival.index).collect());
        }
        actions.retain(|(action, _)| !denied.iter().any(|(other, _)| action == other));
        let resources: Vec<_> = (0..own.resources().len()).filter_map(of_resource).collect();
        if actions.is_empty() && resources.is_empty() && denied.is_empty() {
            return Standing::Needed;
        }
        Standing::InPart { actions, resources, denied }
    }

    /// What another statement makes needless; nothing where it makes nothing so.
    fn rival(&self, own: &Statement, at: usize) -> Option<Rival> {
        let other = self.all.get(at).filter(|_| at != self.index && has(self.stays, at))?;
        let denies = other.effect() == Effect::Deny && own.effect() == Effect::Allow;
        let same = other.effect() == own.effect();
        if !(same || denies) || !cover::circumstances(other, own, self.kind) {
            return None;
        }
        // A deny is never made needless by an allow.
        let yields = !denies && at > self.index && cover::circumstances(own, other, self.kind);
        let effect = own.effect();
        let any = |list: &[Covering]| list.iter().any(|own| *own > Covering::None);
        let actions = own.actions().iter();
        let actions: Vec<Covering> =
            actions.map(|inner| covering(yields, other.actions(), inner, cover::action)).collect();
        if !any(&actions) {
            return None;
        }
        let resources = own.resources().iter().map(|inner| {
            covering(yields, other.resources(), inner, |a, b| cover::resource(a, b, effect))
        });
        let mut resources: Vec<Covering> = resources.collect();
        if own.resources().is_empty() {
            resources.push(if yields { Covering::Mutual } else { Covering::Whole });
        }
        any(&resources).then_some(Rival { index: at, denies, actions, resources })
    }
}

fn covering<T>(yields: bool, outer: &[T], inner: &T, covers: impl Fn(&T, &T) -> bool) -> Covering {
    let own = outer
        .iter()
        .filter(|own| covers(own, inner))
        .map(|own| if yields && covers(inner, own) { Covering::Mutual } else { Covering::Whole });
    own.max().unwrap_or_default()
}

fn has(list: &[bool], at: usize) -> bool {
    list.get(at).copied().unwrap_or(false)
}
