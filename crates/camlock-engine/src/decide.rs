//! Layers to one decision; the only place that combines them.

use camlock_policy::{
    Decision, Deployment, Effect, Layer, LayerSet, Outcome, Principal, Request, ResourceName,
    StatementId,
};

use crate::layer::{Asking, Found, Kept, Lookup};
use crate::observer::Observer;
use crate::policy_set::PolicySet;
use crate::prepare::Prepared;
use crate::statement::Audience;
use crate::truth::Truth;
use crate::view::View;

/// The policies that one resource of a request meets, by the power they have.
///
/// `None` says that there is no such policy, which for a boundary or a session policy means no limit
/// and for the other layers no grant.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::exhaustive_structs, reason = "one field a layer; a new one must break callers")]
pub struct Layers<'a> {
    /// Service control policies, a set a level, from the account of the resource upwards.
    pub scp: &'a [PolicySet],
    /// Attached to the caller, its groups or its role.
    pub identity: Option<View<'a>>,
    /// Attached to the resource.
    pub resource: Option<View<'a>>,
    /// The permission boundary of the caller.
    pub boundary: Option<View<'a>>,
    /// The session policy of the credentials.
    pub session: Option<View<'a>>,
    /// The trust policy of the role to be assumed.
    pub trust: Option<View<'a>>,
}

/// Decides a request [EVL-15, RES-19].
///
/// `principal` is the caller with all that is known of it: [`Request::principal`], or the same caller
/// as a directory knows it. `layers_of` gives the policies that each resource meets. Nothing is
/// allocated, locked or awaited.
///
/// # Complexity
///
/// Linear in the names of the request and in the candidates that the index finds; the number of other
/// statements does not matter.
pub fn decide<'a>(
    request: &'a Request,
    principal: &'a Principal,
    deployment: &'a Deployment,
    layers_of: impl Fn(&ResourceName) -> Layers<'a>,
) -> Outcome {
    decide_observed(request, principal, deployment, layers_of, &mut ())
}

pub(crate) fn decide_observed<'a>(
    request: &'a Request,
    principal: &'a Principal,
    deployment: &'a Deployment,
    layers_of: impl Fn(&ResourceName) -> Layers<'a>,
    observer: &mut impl Observer,
) -> Outcome {
    let mut settled: Option<Outcome> = None;
    for (index, resource) in (0_u32..).zip(request.resources()) {
        observer.resource(index);
        let prepared = Prepared::new(request, principal, resource, deployment);
        let layers = layers_of(resource);
        let mut evaluation = Evaluation {
            request: &prepared,
            layers: &layers,
            kept: Kept::new(),
            lookups: [None; 5],
            observer,
        };
        let mut outcome = evaluation.decide();
        outcome.resource = index;
        settled = Some(settled.map_or(outcome, |earlier| earlier.or_stricter(outcome)));
        if outcome.decision == Decision::ExplicitDeny {
            break;
        }
    }
    // INVARIANT: a request has at least one resource; without any, nothing is granted.
    settled.unwrap_or(Outcome::new(Decision::ImplicitDeny, Layer::Default))
}

/// How a caller may come by a grant.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Path {
    /// The root account with its own resources [EVL-5].
    OwnRoot,
    /// A user or role with resources of its own account [EVL-7].
    OwnAccount,
    /// A user or role with resources of another account, where that is possible [EVL-8].
    CrossAccount,
    /// Another account's resources, where only roles lead to them [EVL-8].
    NoAccess,
    /// The resource policy alone [EVL-9].
    ResourceAlone,
    /// A user or role that assumes a role [EVL-23].
    TrustAndIdentity,
    /// Anyone else that assumes a role [EVL-23].
    TrustAlone,
}

/// One resource of one request on its way to an outcome.
struct Evaluation<'e, O> {
    request: &'e Prepared<'e>,
    layers: &'e Layers<'e>,
    kept: Kept,
    /// Identity, resource, boundary, session and trust, from when they are first asked.
    lookups: [Option<Lookup<'e>>; 5],
    observer: &'e mut O,
}

impl<'e, O: Observer> Evaluation<'e, O> {
    fn decide(&mut self) -> Outcome {
        if let Some(outcome) = self.refused_by_scp() {
            return outcome;
        }
        let path = self.path();
        if let Some(outcome) = self.refused_by_deny(path) {
            return outcome;
        }
        let mut missing = Missing::default();
        self.check_limits(&mut missing);
        let granted = self.granted(path, &mut missing);
        match granted {
            Some(outcome) if missing.is_empty() => outcome,
            _ => missing.outcome(),
        }
    }

    /// Every level must allow and none may deny, before anything else is asked [EVL-14].
    fn refused_by_scp(&mut self) -> Option<Outcome> {
        if self.request.principal.is_service_linked() {
            return None;
        }
        for set in self.layers.scp {
            let level = Lookup::new(View::all(set), self.request, &mut self.kept);
            let denies = self.ask_level(&level, Effect::Deny);
            if let Some(outcome) = explicit_deny(Layer::Scp, &denies) {
                return Some(outcome);
            }
            let allows = self.ask_level(&level, Effect::Allow);
            self.kept.drop(&level);
            if allows.certain.is_none() {
                let mut outcome = Outcome::new(Decision::ExplicitDeny, Layer::Scp);
                outcome.failed = LayerSet::default().with(Layer::Scp);
                outcome.indeterminate = allows.uncertain.is_some();
                return Some(outcome);
            }
        }
        None
    }

    fn ask_level(&mut self, level: &Lookup<'_>, effect: Effect) -> Found {
        self.observer.asked(Layer::Scp, effect);
        let (layer, audience, request) = (Layer::Scp, Audience::Caller, self.request);
        let observer = &mut *self.observer;
        Asking { layer, effect, audience, request, observer }.ask(level, &self.kept)
    }

    fn path(&self) -> Path {
        let own = self.request.own == Truth::Yes;
        let across = matches!(self.request.service, "cos" | "cas");
        let assumes = self.request.assumes_role();
        match self.request.principal {
            Principal::User(_) | Principal::Role(_) if assumes => Path::TrustAndIdentity,
            _ if assumes => Path::TrustAlone,
            Principal::Root(_) if own => Path::OwnRoot,
            Principal::Root(_) if across => Path::ResourceAlone,
            Principal::User(_) | Principal::Role(_) if own => Path::OwnAccount,
            Principal::User(_) | Principal::Role(_) if across => Path::CrossAccount,
            Principal::Root(_) | Principal::User(_) | Principal::Role(_) => Path::NoAccess,
            Principal::Federated(_) | Principal::Service(_) | Principal::Anonymous => {
                Path::ResourceAlone
            }
        }
    }

    /// The first deny that applies, in the order of the layers [EVL-3, EVL-24].
    fn refused_by_deny(&mut self, path: Path) -> Option<Outcome> {
        let Layers { identity, resource, boundary, session, trust, .. } = *self.layers;
        let replaces_policy = path == Path::OwnRoot
            && self.request.service == "cos"
            && self.request.operation == "PutBucketPolicy";
        let (member, credentials) = (self.is_member(), self.has_credentials());
        let refused = self
            .refused_by(Layer::Identity, identity.filter(|_| member))
            .or_else(|| self.refused_by(Layer::Resource, resource.filter(|_| !replaces_policy)))
            .or_else(|| self.refused_by(Layer::Boundary, boundary.filter(|_| member)))
            .or_else(|| self.refused_by(Layer::Session, session.filter(|_| credentials)));
        let assumes = matches!(path, Path::TrustAlone | Path::TrustAndIdentity);
        if assumes { refused.or_else(|| self.refused_by(Layer::Trust, trust)) } else { refused }
    }

    fn refused_by(&mut self, layer: Layer, view: Option<View<'e>>) -> Option<Outcome> {
        let Some(view) = view else {
            self.observer.absent(layer);
            return None;
        };
        let denies = self.ask_view(layer, view, Effect::Deny, Audience::Caller);
        explicit_deny(layer, &denies)
    }

    /// Boundary and session policy never grant; where there is one it has to allow [EVL-11, EVL-12].
    fn check_limits(&mut self, missing: &mut Missing) {
        let Layers { boundary, session, .. } = *self.layers;
        if self.is_member() {
            self.check_limit(Layer::Boundary, boundary, missing);
        }
        if self.has_credentials() {
            self.check_limit(Layer::Session, session, missing);
        }
    }

    fn check_limit(&mut self, layer: Layer, view: Option<View<'e>>, missing: &mut Missing) {
        let Some(view) = view else { return };
        let found = self.ask_view(layer, view, Effect::Allow, Audience::Caller);
        if found.certain.is_none() {
            missing.add(layer, &found);
        }
    }

    /// The grant, or the layers that failed to give one in `missing`.
    fn granted(&mut self, path: Path, missing: &mut Missing) -> Option<Outcome> {
        match path {
            Path::OwnRoot => Some(Outcome::new(Decision::Allow, Layer::Root)),
            Path::OwnAccount => self.granted_within(missing),
            Path::CrossAccount => self.granted_across(missing),
            Path::NoAccess => {
                missing.add(Layer::Resource, &Found::default());
                // Whether the resource is foreign at all may be what could not be told.
                missing.uncertain |= self.request.own == Truth::Unknown;
                None
            }
            Path::ResourceAlone => self.granted_by(&[Layer::Resource], missing),
            Path::TrustAndIdentity => self.granted_by(&[Layer::Identity, Layer::Trust], missing),
            Path::TrustAlone => self.granted_by(&[Layer::Trust], missing),
        }
    }

    /// An allow in either the caller's policies or the resource policy is enough [EVL-7].
    fn granted_within(&mut self, missing: &mut Missing) -> Option<Outcome> {
        let identity = self.ask(Layer::Identity, Effect::Allow, Audience::Caller);
        if let Some(statement) = identity.certain {
            return Some(allow(Layer::Identity, [Some(statement), None]));
        }
        let resource = self.ask(Layer::Resource, Effect::Allow, Audience::Caller);
        if let Some(statement) = resource.certain {
            return Some(allow(Layer::Resource, [Some(statement), None]));
        }
        missing.add(Layer::Identity, &identity);
        if self.layers.resource.is_some() {
            missing.add(Layer::Resource, &resource);
        }
        None
    }

    /// Both sides must allow, unless the owner's grant is to everyone [EVL-8, EVL-9].
    fn granted_across(&mut self, missing: &mut Missing) -> Option<Outcome> {
        let identity = self.ask(Layer::Identity, Effect::Allow, Audience::Caller);
        let resource = self.ask(Layer::Resource, Effect::Allow, Audience::Caller);
        if let (Some(mine), Some(theirs)) = (identity.certain, resource.certain) {
            return Some(allow(Layer::Resource, [Some(mine), Some(theirs)]));
        }
        let public = self.ask(Layer::Resource, Effect::Allow, Audience::Everyone);
        if let Some(statement) = public.certain {
            return Some(allow(Layer::Resource, [Some(statement), None]));
        }
        if identity.certain.is_none() {
            missing.add(Layer::Identity, &identity);
        }
        if resource.certain.is_none() {
            missing.add(Layer::Resource, &resource);
        }
        None
    }

    /// Each of these layers must allow.
    fn granted_by(&mut self, layers: &[Layer], missing: &mut Missing) -> Option<Outcome> {
        let mut statements = [None, None];
        let mut granted = true;
        for (layer, statement) in layers.iter().zip(&mut statements) {
            let found = self.ask(*layer, Effect::Allow, Audience::Caller);
            *statement = found.certain;
            if found.certain.is_none() {
                granted = false;
                missing.add(*layer, &found);
            }
        }
        let last = layers.last().copied().unwrap_or(Layer::Default);
        granted.then(|| allow(last, statements))
    }

    /// Whether identity, boundary and session policies can refuse the caller: a user, a role session,
    /// or a federated identity for which any were given.
    fn is_member(&self) -> bool {
        matches!(
            self.request.principal,
            Principal::User(_) | Principal::Role(_) | Principal::Federated(_)
        )
    }

    /// Whether the caller may use credentials that carry a session policy.
    fn has_credentials(&self) -> bool {
        self.is_member() || matches!(self.request.principal, Principal::Root(_))
    }

    fn ask(&mut self, layer: Layer, effect: Effect, audience: Audience) -> Found {
        let view = match layer {
            Layer::Identity => self.layers.identity,
            Layer::Resource => self.layers.resource,
            Layer::Trust => self.layers.trust,
            Layer::Boundary => self.layers.boundary,
            Layer::Session => self.layers.session,
            Layer::Scp | Layer::Root | Layer::Default => None,
        };
        view.map_or_else(Found::default, |view| self.ask_view(layer, view, effect, audience))
    }

    fn ask_view(
        &mut self,
        layer: Layer,
        view: View<'e>,
        effect: Effect,
        audience: Audience,
    ) -> Found {
        let place = match layer {
            Layer::Resource => 1,
            Layer::Boundary => 2,
            Layer::Session => 3,
            Layer::Trust => 4,
            Layer::Identity | Layer::Scp | Layer::Root | Layer::Default => 0,
        };
        self.observer.asked(layer, effect);
        // INVARIANT: there is a place for each; without one, nothing would be found.
        let Some(lookup) = self.lookups.get_mut(place) else { return Found::default() };
        let lookup = lookup.get_or_insert_with(|| Lookup::new(view, self.request, &mut self.kept));
        let observer = &mut *self.observer;
        Asking { layer, effect, audience, request: self.request, observer }.ask(lookup, &self.kept)
    }
}

/// Layers that had to allow and did not.
#[derive(Default)]
struct Missing {
    layers: LayerSet,
    uncertain: bool,
}

impl Missing {
    fn add(&mut self, layer: Layer, found: &Found) {
        self.layers = self.layers.with(layer);
        self.uncertain |= found.uncertain.is_some();
    }

    fn is_empty(&self) -> bool {
        self.layers == LayerSet::default()
    }

    fn outcome(&self) -> Outcome {
        let limits = [Layer::Boundary, Layer::Session, Layer::Trust];
        let first = limits.into_iter().find(|layer| self.layers.contains(*layer));
        let mut outcome = Outcome::new(Decision::ImplicitDeny, first.unwrap_or(Layer::Default));
        outcome.failed = self.layers;
        outcome.indeterminate = self.uncertain;
        outcome
    }
}

fn explicit_deny(layer: Layer, found: &Found) -> Option<Outcome> {
    let (statement, indeterminate) = found.denied_by()?;
    let mut outcome = Outcome::new(Decision::ExplicitDeny, layer);
    outcome.statements = [Some(statement), None];
    outcome.indeterminate = indeterminate;
    Some(outcome)
}

fn allow(layer: Layer, statements: [Option<StatementId>; 2]) -> Outcome {
    let mut outcome = Outcome::new(Decision::Allow, layer);
    outcome.statements = statements;
    outcome
}
