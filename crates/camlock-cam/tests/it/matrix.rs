//! Every implemented call on the caller's own object and on another one, in both profiles.

use std::collections::BTreeSet;
use std::sync::Arc;

use camlock_cam::authorization::{Profile, objects};
use camlock_cam::schema::{self, Call};

use crate::company::{Case, Company, MISSING, OTHER, OWN, UNSIGNED, cases};

/// What the caller is allowed to do on everything.
fn everything() -> Vec<String> {
    vec!["*".to_owned()]
}

fn slices(which: &[Vec<usize>]) -> Vec<&[usize]> {
    which.iter().map(Vec::as_slice).collect()
}

/// The own objects, but for one.
fn own_but(case: &Case, at: usize, which: &[usize]) -> Vec<Vec<usize>> {
    let mut all = vec![vec![OWN]; case.slots.len()];
    all[at] = which.to_vec();
    // A list of memberships has as many groups as users.
    for (other, slot) in case.slots.iter().enumerate() {
        if other != at && slot.is_list() && slot.parameter == case.slots[at].parameter {
            all[other] = vec![OWN; which.len()];
        }
    }
    all
}

/// What one company and one case need.
struct Check<'a> {
    case: &'a Case,
    company: Company,
    actions: Vec<String>,
}

impl<'a> Check<'a> {
    fn new(case: &'a Case, profile: Profile) -> Self {
        Self { case, company: Company::new(profile), actions: case.actions() }
    }

    fn grant(&self, allowed: &[String], denied: &[String]) {
        let actions: Vec<&str> = self.actions.iter().map(String::as_str).collect();
        let mut statements = vec![("allow", &*actions, allowed)];
        if !denied.is_empty() {
            statements.push(("deny", &*actions, denied));
        }
        self.company.grant(&statements);
    }

    /// One spelling of each object.
    fn resources(&self, which: usize) -> Vec<String> {
        let slots = self.case.slots.iter();
        slots.map(|slot| self.company.spellings(*slot, which)[0].clone()).collect()
    }

    #[track_caller]
    fn allows(&self, which: &[Vec<usize>]) {
        let answer = self.company.ask(self.case, &slices(which));
        assert!(!answer.record.denied, "{:?} denied", self.case);
        if let Err(error) = answer.result {
            panic!("{} by {}: {error}", self.case.action, self.case.label());
        }
    }

    /// Refuses the call, which leaves everything as it was; gives the message.
    #[track_caller]
    fn refuses(&self, which: &[Vec<usize>]) -> String {
        let before = self.company.client.plane.state();
        let answer = self.company.ask(self.case, &slices(which));
        let label = format!("{} by {} on {which:?}", self.case.action, self.case.label());
        assert!(answer.record.denied, "{label} is not denied: {:?}", answer.result);
        let Err(error) = answer.result else { panic!("{label} is answered") };
        let code = match self.case.service {
            "sts" => "UnauthorizedOperation",
            _ => "AuthFailure.UnauthorizedOperation",
        };
        assert_eq!(error.code(), code, "{label}");
        assert!(Arc::ptr_eq(&before, &self.company.client.plane.state()), "{label} changed");
        error.message().to_owned()
    }
}

/// Allowed on its own objects only, the sub-user gets to no other, and is told nothing about any.
fn narrow_allow(case: &Case) {
    let check = Check::new(case, Profile::ResourceLevel);
    let (own, other) = (check.resources(OWN), check.resources(OTHER));
    check.grant(&own, &[]);
    for (at, slot) in case.slots.iter().enumerate().filter(|(_, slot)| slot.is_named()) {
        let refused = check.refuses(&own_but(case, at, &[OTHER]));
        let missing = check.refuses(&own_but(case, at, &[MISSING]));
        let [_, known, unknown] = &check.company.objects;
        assert_eq!(known.anonymous(*slot, &refused), unknown.anonymous(*slot, &missing));
        if slot.is_list() {
            check.refuses(&own_but(case, at, &[OWN, OTHER]));
            check.refuses(&own_but(case, at, &[OTHER, OWN]));
        }
    }
    let all_own = vec![vec![OWN]; case.slots.len()];
    for at in 0..own.len() {
        let mut short = own.clone();
        short[at].clone_from(&other[at]);
        check.grant(&short, &[]);
        check.refuses(&all_own);
    }
    check.grant(&own, &[]);
    check.allows(&all_own);
}

/// Allowed on everything but the other objects, whichever way the denial spells them.
fn wide_allow_and_deny(case: &Case) {
    let check = Check::new(case, Profile::ResourceLevel);
    for (at, slot) in case.slots.iter().enumerate() {
        // Where the caller names nobody, it is itself that is denied.
        let which = if slot.is_named() { OTHER } else { OWN };
        for spelling in check.company.spellings(*slot, which) {
            check.grant(&everything(), &[spelling]);
            check.refuses(&own_but(case, at, &[which]));
        }
    }
    check.grant(&everything(), &check.resources(OTHER));
    check.allows(&vec![vec![OWN]; case.slots.len()]);
}

/// At operation level, an allow that is narrowed grants nothing.
fn published(case: &Case) {
    let check = Check::new(case, Profile::Published);
    let all_own = vec![vec![OWN]; case.slots.len()];
    check.grant(&check.resources(OWN), &[]);
    if case.published {
        for at in 0..case.slots.len() {
            if case.slots[at].is_named() {
                check.refuses(&own_but(case, at, &[OTHER]));
            }
        }
        check.allows(&all_own);
        return;
    }
    check.refuses(&all_own);
    check.grant(&everything(), &[]);
    check.allows(&all_own);
}

/// So many implemented calls name an object, in so many ways; a new one has to be counted here.
const CALLS: usize = 62;
const WAYS: usize = 92;

#[test]
fn no_call_is_left_out() {
    let cases = cases();
    let calls: BTreeSet<_> = cases.iter().map(|case| case.action).collect();
    assert_eq!((calls.len(), cases.len()), (CALLS, WAYS));
    let implemented = schema::calls().filter(|call| camlock_cam::is_implemented(call));
    let named = implemented.filter(|call| {
        let objects = objects(call, Profile::ResourceLevel);
        objects.contains('{') && !UNSIGNED.contains(&call.name())
    });
    assert_eq!(named.map(Call::name).collect::<BTreeSet<_>>(), calls);
}

#[test]
fn an_allow_on_the_own_objects_reaches_no_other() {
    cases().iter().for_each(narrow_allow);
}

#[test]
fn a_deny_on_the_other_objects_leaves_the_own_ones() {
    cases().iter().for_each(wide_allow_and_deny);
}

#[test]
fn at_operation_level_only_everything_can_be_allowed() {
    cases().iter().for_each(published);
}

#[test]
fn the_printed_matrix_separates_own_from_other() {
    for case in cases() {
        let [own, other, own_of_all, other_of_all] = Company::row(&case);
        assert_eq!((own, own_of_all), (Some(true), Some(true)), "{case:?}");
        assert!(other != Some(true) && other_of_all != Some(true), "{case:?}");
    }
}
