//! Whether a way to more rights is open: asked of the engine, and told with the request that is allowed.

use camlock_catalog::matches;
use camlock_policy::{
    AccountPattern, ActionPattern, Effect, Policy, PolicyKind, ResourcePattern, Statement,
};
use camlock_source::{Span, quote};

use crate::analysis::{Analysis, Breadth, Grant, is_conditional};
use crate::context::Context;
use crate::effective::{Effective, SELF};
use crate::element::ActionElement;
use crate::equivalence::{context_key, filled, satisfying};
use crate::rule::Level;

/// A call that is part of a way, and what it is asked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Call {
    service: &'static str,
    operation: &'static str,
    /// What the call names; nothing where it is asked for `*`.
    targets: &'static [Target],
}

/// An object that a call names.
#[derive(Clone, Copy, Debug)]
pub(super) struct Target {
    service: &'static str,
    path: &'static str,
    reach: Reach,
}

impl Call {
    /// Whether the operation is called so.
    pub(super) fn is_named(&self, operation: &str) -> bool {
        self.operation == operation
    }

    /// Whether a pattern covers the call.
    fn is_of(&self, pattern: &ActionPattern) -> bool {
        match pattern {
            ActionPattern::Any => true,
            ActionPattern::Service(service) => service == self.service,
            ActionPattern::Operation { service, operation } => {
                service == self.service && matches(operation, self.operation)
            }
        }
    }
}

/// Which objects are good enough.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Reach {
    /// One that no author has in mind, so every one.
    Every,
    /// One of those that the document names.
    Some,
    /// The same, but not whoever has the document.
    Other,
    /// One that the document names without a wildcard.
    Named,
}

/// A call on objects.
pub(super) const fn call(
    service: &'static str,
    operation: &'static str,
    targets: &'static [Target],
) -> Call {
    Call { service, operation, targets }
}

/// Every policy, such as the one of administrators.
pub(super) const EVERY_POLICY: Target = every("cam", "policyid/1");
/// Every role.
pub(super) const EVERY_ROLE: Target = every("cam", "roleName/administrator");
/// Every user group.
pub(super) const EVERY_GROUP: Target = every("cam", "groupid/1");
/// Some role.
pub(super) const A_ROLE: Target = some("cam", "roleName/administrator");
/// A role that is named without a wildcard.
pub(super) const A_NAMED_ROLE: Target =
    Target { service: "cam", path: "roleName/administrator", reach: Reach::Named };
/// Some user group.
pub(super) const A_GROUP: Target = some("cam", "groupid/1");
/// Some user, such as the one who has the document.
pub(super) const A_USER: Target = some("cam", "uin/100000000011");
/// Somebody else.
pub(super) const ANOTHER_USER: Target =
    Target { service: "cam", path: "uin/100000000022", reach: Reach::Other };

/// Every object of a sort, of which `path` names one.
pub(super) const fn every(service: &'static str, path: &'static str) -> Target {
    Target { service, path, reach: Reach::Every }
}

/// Some object of a sort.
pub(super) const fn some(service: &'static str, path: &'static str) -> Target {
    Target { service, path, reach: Reach::Some }
}

/// Reports each way that is open: all calls of a way are allowed to whoever has the document, after the
/// denies and ceilings that are known. `what` is the message.
///
/// Where a pattern covers the whole service on everything, `full-access-management` and others say it in
/// fewer words.
pub(super) fn check(cx: &mut Context<'_>, ways: &[&[Call]], what: &str, help: &str) {
    let analysis = cx.analysis();
    let counts = |grant: &Grant<'_>, call: &Call| !is_whole_service(analysis, grant, call.service);
    check_where(cx, ways, what, help, counts);
}

/// The same, where a pattern covers a whole service as well: for powers that the service is about, which
/// nothing else would tell. Where a statement allows everything, that says enough.
pub(super) fn check_with_whole_services(
    cx: &mut Context<'_>,
    ways: &[&[Call]],
    what: &str,
    help: &str,
    counts: impl Fn(&Grant<'_>, &Call) -> bool,
) {
    let analysis = cx.analysis();
    let is_all = |grant: &Grant<'_>| {
        grant.action.is_everything() && analysis.allows_everything(grant.statement).is_some()
    };
    check_where(cx, ways, what, help, |grant, call| counts(grant, call) && !is_all(grant));
}

/// The same, for the grants of the first call that count.
pub(super) fn check_where(
    cx: &mut Context<'_>,
    ways: &[&[Call]],
    what: &str,
    help: &str,
    counts: impl Fn(&Grant<'_>, &Call) -> bool,
) {
    // Ceilings grant nothing; resource and trust policies speak of what they stand on.
    let Some(policy) = cx.policy().filter(|_| cx.kind() == PolicyKind::Identity) else { return };
    let mut lab = None;
    let mut told: Vec<Span> = Vec::new();
    for way in ways {
        let Some((first, rest)) = way.split_first() else { continue };
        // Most documents name none of the calls, and asking is not for nothing.
        if !cx.document().may_allow(first.service) {
            continue;
        }
        let covers =
            |own: &ActionElement<'_>| own.pattern.as_ref().is_some_and(|own| first.is_of(own));
        let mut allows = cx.statements().iter().filter(|own| own.is_allow());
        if !allows.any(|own| own.actions.iter().any(covers)) {
            continue;
        }
        let grants = cx.analysis().grants(first.service, first.operation);
        if !grants.iter().any(|grant| counts(grant, first)) {
            continue;
        }
        let Some(lab) = lab.get_or_insert_with(|| Lab::new(cx, policy)) else { continue };
        if !rest.iter().all(|call| lab.naming(call).next().is_some()) {
            continue;
        }
        let proven = grants
            .iter()
            .filter(|grant| counts(grant, first))
            .find_map(|grant| Some((grant, lab.proof(first, cx.lowered(grant.statement)?)?)));
        let Some((grant, mut proof)) = proven else { continue };
        let mut is_conditional = grant.is_conditional;
        let open = rest.iter().all(|call| {
            let Some((own_condition, own)) = lab.allowed(call) else { return false };
            is_conditional |= own_condition;
            proof.push_str("; ");
            proof.push_str(&own);
            true
        });
        let span = grant.action.string.span();
        if !open || told.contains(&span) {
            continue;
        }
        told.push(span);
        let level = if is_conditional { Level::Info } else { Level::Error };
        let report = cx.report(grant.action, what);
        let report = match grant.resource {
            Some(resource) => report.secondary(resource, "on this"),
            None => report,
        };
        report
            .label(format!("allows `{}:{}`", first.service, first.operation))
            .help(help)
            .note(format!("allowed, for example: {proof}"))
            .at_most(level);
    }
}

/// Whether a grant comes with everything else of the service, also below ceilings.
pub(super) fn is_whole_service(analysis: Analysis<'_>, grant: &Grant<'_>, service: &str) -> bool {
    let pattern = grant.action.pattern.as_ref();
    grant.breadth >= Breadth::Service
        && matches!(pattern, Some(ActionPattern::Any | ActionPattern::Service(_)))
        && analysis.is_whole_below_ceilings(service)
}

/// The document and what counts with it, ready to be asked.
struct Lab<'a> {
    effective: &'a Effective,
    /// The allows of the document and of those beside it.
    allows: Vec<&'a Statement>,
}

impl<'a> Lab<'a> {
    fn new(cx: &Context<'a>, policy: &'a Policy) -> Option<Self> {
        let beside = cx.companions().beside().map(|own| &own.policy);
        let statements = std::iter::once(policy).chain(beside).flat_map(Policy::statements);
        let allows = statements.filter(|own| own.effect() == Effect::Allow).collect();
        Some(Self { effective: cx.effective()?, allows })
    }

    /// The allows that name a call.
    fn naming(&self, call: &Call) -> impl Iterator<Item = &'a Statement> {
        let names = |own: &&Statement| own.actions().iter().any(|own| call.is_of(own));
        self.allows.iter().copied().filter(names)
    }

    /// A proof that the call is allowed, by this document or one beside it, and whether that has conditions.
    fn allowed(&self, call: &Call) -> Option<(bool, String)> {
        self.naming(call).find_map(|own| Some((is_conditional(own), self.proof(call, own)?)))
    }

    /// A proof that the call is allowed, on objects that a statement names.
    fn proof(&self, call: &Call, statement: &Statement) -> Option<String> {
        let action = format!("{}:{}", call.service, call.operation);
        // A request without facts meets the conditions of no deny that asks for them.
        let objects = [false, true].into_iter().find_map(|with_facts| {
            let ask = |resource: &str| self.ask(&action, resource, with_facts, statement);
            if call.targets.is_empty() {
                return ask("*").then(|| vec!["*".to_owned()]);
            }
            let object =
                |target| self.candidates(target, statement).into_iter().find(|own| ask(own));
            call.targets.iter().map(object).collect()
        })?;
        let objects: Vec<String> = objects.iter().map(|own| format!("`{}`", quote(own))).collect();
        Some(format!("`{action}` on {}", objects.join(" and ")))
    }

    /// Names of objects that may be allowed.
    fn candidates(&self, target: &Target, statement: &Statement) -> Vec<String> {
        let regional = if target.service == "cam" { "" } else { "ap-guangzhou" };
        let own_account = if target.service == "cos" {
            format!("uid/{}", self.effective.app_id)
        } else {
            format!("uin/{}", self.effective.account)
        };
        let name = |region: &str, account: &str, path: &str| {
            format!("qcs::{}:{region}:{account}:{path}", target.service)
        };
        let kind = |path: &str| path.split('/').next().unwrap_or_default().to_owned();
        let mut names = Vec::new();
        for resource in statement.resources() {
            let ResourcePattern::Segments(segments) = resource else {
                if target.reach != Reach::Named {
                    names.push(name(regional, &own_account, target.path));
                }
                continue;
            };
            if segments.service().is_some_and(|service| service != target.service) {
                continue;
            }
            let account = match segments.account() {
                AccountPattern::Uin(uin) => format!("uin/{uin}"),
                AccountPattern::AppId(app_id) => format!("uid/{app_id}"),
                _ => own_account.clone(),
            };
            if regional.is_empty() && segments.region().is_some() {
                // Its objects have no region, which a named one does not match [RES-6].
                continue;
            }
            let region = segments.region().map_or(regional, |own| own.canonical());
            if target.reach != Reach::Named {
                let own = name(region, &account, target.path);
                // Lists of resources mostly differ in their ids alone.
                if names.last() != Some(&own) {
                    names.push(own);
                }
            } else if segments.resource().as_literal().is_none() {
                continue;
            }
            let path = filled(segments.resource(), "x");
            let is_self = target.reach == Reach::Other && path.ends_with(SELF);
            let fits = target.service == "cos" || kind(&path) == kind(target.path);
            if target.reach != Reach::Every && fits && !is_self {
                names.push(name(region, &account, &path));
            }
        }
        names
    }

    fn ask(&self, action: &str, resource: &str, with_facts: bool, statement: &Statement) -> bool {
        let Some(mut request) = self.effective.request(action, resource) else { return false };
        for condition in statement.conditions().iter().filter(|_| with_facts) {
            let values = satisfying(condition);
            if !values.is_empty() {
                request = request.context(&context_key(condition), values);
            }
        }
        request.build().is_ok_and(|request| self.effective.allows(&request))
    }
}

#[cfg(test)]
mod tests;
