//! Layers to one decision; the only place that combines them.

use camlock_policy::{
    Decision, Deployment, Effect, Layer, LayerSet, Outcome, Principal, Request, ResourceName,
    StatementId,
};

use crate::layer::{Answer, Asking, Found};
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
/// Linear in the names of the request and in the candidates that the index finds. The number of other
/// statements does not matter, but for those told apart by times or numbers alone, of which one in 32
/// is looked at.
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
        let mut evaluation = Evaluation { request: &prepared, layers: &layers, observer };
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
    observer: &'e mut O,
}

/// What the layers allow that can grant; nothing where there is no such policy.
struct Allows {
    identity: Found,
    resource: Found,
    trust: Found,
}

impl<O: Observer> Evaluation<'_, O> {
    fn decide(&mut self) -> Outcome {
        self.settle().unwrap_or_else(|refused| refused)
    }

    /// An early end is a deny: the first that applies, in the order of the layers [EVL-3, EVL-24].
    fn settle(&mut self) -> Result<Outcome, Outcome> {
        if !self.layers.scp.is_empty() && !self.request.principal.is_service_linked() {
            self.check_scp()?;
        }
        let path = self.path();
        let Layers { identity, resource, boundary, session, trust, .. } = *self.layers;
        let (member, credentials) = (self.is_member(), self.has_credentials());
        let replaced = path == Path::OwnRoot && self.replaces_policy();
        let identity = self.ask(Layer::Identity, identity.filter(|_| member))?;
        let resource = self.ask(Layer::Resource, resource.filter(|_| !replaced))?;
        let limits = [
            (Layer::Boundary, boundary.filter(|_| member)),
            (Layer::Session, session.filter(|_| credentials)),
        ];
        let mut missing = Missing::default();
        let mut limited = [Found::NOTHING; 2];
        for ((layer, view), found) in limits.into_iter().zip(&mut limited) {
            *found = self.ask(layer, view)?;
        }
        let assumes = matches!(path, Path::TrustAlone | Path::TrustAndIdentity);
        let trust = if assumes { self.ask(Layer::Trust, trust)? } else { Found::NOTHING };
        // Boundary and session policy never grant; where there is one it has to allow
        // [EVL-11, EVL-12].
        for ((layer, view), found) in limits.into_iter().zip(limited) {
            if view.is_some() {
                self.observer.asked(layer, Effect::Allow);
                if !found.is_certain() {
                    missing.add(layer, found);
                }
            }
        }
        let granted = self.granted(path, &Allows { identity, resource, trust }, &mut missing);
        Ok(match granted {
            Some(outcome) if missing.is_empty() => outcome,
            _ => missing.outcome(),
        })
    }

    /// Every level must allow and none may deny, before anything else is asked [EVL-14].
    fn check_scp(&mut self) -> Result<(), Outcome> {
        for set in self.layers.scp {
            let allows = self.ask(Layer::Scp, Some(View::all(set)))?;
            self.observer.asked(Layer::Scp, Effect::Allow);
            if !allows.is_certain() {
                let mut outcome = Outcome::new(Decision::ExplicitDeny, Layer::Scp);
                outcome.failed = LayerSet::default().with(Layer::Scp);
                outcome.indeterminate = allows.is_uncertain();
                return Err(outcome);
            }
        }
        Ok(())
    }

    fn path(&self) -> Path {
        let own = self.request.own == Truth::Yes;
        let across = || matches!(self.request.service, "cos" | "cas");
        let assumes = self.request.assumes_role();
        match self.request.principal {
            Principal::User(_) | Principal::Role(_) if assumes => Path::TrustAndIdentity,
            _ if assumes => Path::TrustAlone,
            Principal::Root(_) if own => Path::OwnRoot,
            Principal::Root(_) if across() => Path::ResourceAlone,
            Principal::User(_) | Principal::Role(_) if own => Path::OwnAccount,
            Principal::User(_) | Principal::Role(_) if across() => Path::CrossAccount,
            Principal::Root(_) | Principal::User(_) | Principal::Role(_) => Path::NoAccess,
            Principal::Federated(_) | Principal::Service(_) | Principal::Anonymous => {
                Path::ResourceAlone
            }
        }
    }

    /// Whether the request replaces the policy that would refuse it, which the owner always may
    /// [EVL-24].
    fn replaces_policy(&self) -> bool {
        self.request.service == "cos" && self.request.operation == "PutBucketPolicy"
    }

    /// The grant, or the layers that failed to give one in `missing`.
    fn granted(&mut self, path: Path, allows: &Allows, missing: &mut Missing) -> Option<Outcome> {
        match path {
            Path::OwnRoot => Some(Outcome::new(Decision::Allow, Layer::Root)),
            Path::OwnAccount => self.granted_within(allows, missing),
            Path::CrossAccount => self.granted_across(allows, missing),
            Path::NoAccess => {
                missing.add(Layer::Resource, Found::NOTHING);
                // Whether the resource is foreign at all may be what could not be told.
                missing.uncertain |= self.request.own == Truth::Unknown;
                None
            }
            Path::ResourceAlone => {
                let resource = self.allowed_by(Layer::Resource, allows.resource, missing)?;
                Some(allow(Layer::Resource, [Some(resource), None]))
            }
            Path::TrustAndIdentity => {
                let identity = self.allowed_by(Layer::Identity, allows.identity, missing);
                let trust = self.allowed_by(Layer::Trust, allows.trust, missing);
                Some(allow(Layer::Trust, [Some(identity?), Some(trust?)]))
            }
            Path::TrustAlone => {
                let trust = self.allowed_by(Layer::Trust, allows.trust, missing)?;
                Some(allow(Layer::Trust, [Some(trust), None]))
            }
        }
    }

    /// An allow in either the caller's policies or the resource policy is enough [EVL-7].
    fn granted_within(&mut self, allows: &Allows, missing: &mut Missing) -> Option<Outcome> {
        self.asked_for_allow(Layer::Identity);
        if let Some(statement) = allows.identity.certain() {
            return Some(allow(Layer::Identity, [Some(statement), None]));
        }
        self.asked_for_allow(Layer::Resource);
        if let Some(statement) = allows.resource.certain() {
            return Some(allow(Layer::Resource, [Some(statement), None]));
        }
        missing.add(Layer::Identity, allows.identity);
        if self.layers.resource.is_some() {
            missing.add(Layer::Resource, allows.resource);
        }
        None
    }

    /// Both sides must allow, unless the owner's grant is to everyone [EVL-8, EVL-9].
    fn granted_across(&mut self, allows: &Allows, missing: &mut Missing) -> Option<Outcome> {
        self.asked_for_allow(Layer::Identity);
        self.asked_for_allow(Layer::Resource);
        if let (Some(mine), Some(theirs)) = (allows.identity.certain(), allows.resource.certain()) {
            return Some(allow(Layer::Resource, [Some(mine), Some(theirs)]));
        }
        let public = self.layers.resource.and_then(|view| {
            self.ask_view(Layer::Resource, view, Audience::Everyone).allows.certain()
        });
        if let Some(statement) = public {
            return Some(allow(Layer::Resource, [Some(statement), None]));
        }
        if !allows.identity.is_certain() {
            missing.add(Layer::Identity, allows.identity);
        }
        if !allows.resource.is_certain() {
            missing.add(Layer::Resource, allows.resource);
        }
        None
    }

    /// The statement of a layer that must allow.
    fn allowed_by(
        &mut self,
        layer: Layer,
        found: Found,
        missing: &mut Missing,
    ) -> Option<StatementId> {
        self.asked_for_allow(layer);
        if !found.is_certain() {
            missing.add(layer, found);
        }
        found.certain()
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

    /// What a layer allows, unless it denies.
    #[inline]
    fn ask(&mut self, layer: Layer, view: Option<View<'_>>) -> Result<Found, Outcome> {
        let Some(view) = view else {
            self.observer.absent(layer);
            return Ok(Found::NOTHING);
        };
        self.observer.asked(layer, Effect::Deny);
        let answer = self.ask_view(layer, view, Audience::Caller);
        match answer.denies.denied_by() {
            None => Ok(answer.allows),
            Some((statement, indeterminate)) => {
                let mut outcome = Outcome::new(Decision::ExplicitDeny, layer);
                outcome.statements = [Some(statement), None];
                outcome.indeterminate = indeterminate;
                Err(outcome)
            }
        }
    }

    fn ask_view(&mut self, layer: Layer, view: View<'_>, audience: Audience) -> Answer {
        let (request, observer) = (self.request, &mut *self.observer);
        Asking { layer, audience, request, observer }.ask(view)
    }

    /// Reports that it counts now whether a layer allows.
    fn asked_for_allow(&mut self, layer: Layer) {
        let there = match layer {
            Layer::Resource => self.layers.resource.is_some(),
            Layer::Trust => self.layers.trust.is_some(),
            _ => self.layers.identity.is_some(),
        };
        if there {
            self.observer.asked(layer, Effect::Allow);
        }
    }
}

/// Layers that had to allow and did not.
#[derive(Default)]
struct Missing {
    layers: LayerSet,
    uncertain: bool,
}

impl Missing {
    fn add(&mut self, layer: Layer, found: Found) {
        self.layers = self.layers.with(layer);
        self.uncertain |= found.is_uncertain();
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

fn allow(layer: Layer, statements: [Option<StatementId>; 2]) -> Outcome {
    let mut outcome = Outcome::new(Decision::Allow, layer);
    outcome.statements = statements;
    outcome
}
