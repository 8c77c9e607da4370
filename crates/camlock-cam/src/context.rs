//! Everything around one call, and whether the caller may make it.

use std::net::IpAddr;

use camlock_policy::{Decision, Layer, LayerSet, Principal, Request, RequestBuilder};

use crate::ApiError;
use crate::authorization::{self, Target};
use crate::calls;
use crate::control::{ControlPlane, Record};
use crate::decider::{Decider, Who, Within};
use crate::identity::Caller;
use crate::options::Quotas;
use crate::params::Params;
use crate::schema::Call;
use crate::state::State;
use crate::when;

/// Everything around one call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context<'a> {
    pub(crate) plane: &'a ControlPlane,
    pub(crate) state: &'a State,
    pub(crate) decider: &'a Decider,
    pub(crate) caller: &'a Caller,
    pub(crate) call: &'a Call,
    pub(crate) params: Params<'a>,
    pub(crate) source_ip: IpAddr,
    pub(crate) now: i64,
    /// Whether a good second factor came with the call.
    pub(crate) shown_factor: bool,
}

impl Context<'_> {
    pub(crate) fn quotas(&self) -> &Quotas {
        &self.plane.options.quotas
    }

    /// Whether the caller may make the call, on every object that it names.
    pub(crate) fn authorize(&self, record: &mut Record) -> Result<(), ApiError> {
        let profile = self.plane.options.profile;
        let targets =
            authorization::targets(self.call, profile, self.params, self.state, self.own_uin());
        record.resources = targets.iter().map(|target| target.resource().to_owned()).collect();
        record.tags = targets.iter().flat_map(|target| target.tags.clone()).collect();
        // Providers vouch for whoever makes these; their trust is asked once that is known.
        if self.caller.unsigned {
            return Ok(());
        }
        // Temporary credentials end with the user or role that they stand for, whatever the call needs.
        self.caller.principal(self.state, self.decider)?;
        let (service, action) = authorization::action(self.call);
        for target in &targets {
            self.require(service, action, target)?;
        }
        Ok(())
    }

    /// Whether the caller may do something with one object.
    pub(crate) fn require(
        &self,
        service: &str,
        action: &str,
        target: &Target,
    ) -> Result<(), ApiError> {
        let principal = self.caller.principal(self.state, self.decider)?;
        let session = self.caller.session.as_ref().and_then(|session| session.policy.as_ref());
        // A provider vouches for whoever these calls are about, whose trust is asked later; a key that signs
        // them all the same needs its policies alone.
        let vouched = service == "sts" && calls::unsigned(action) == Some("sts");
        let assumed = target.role.as_deref().filter(|_| !vouched);
        let within = Within { session, assumed };
        // Each layer has to allow under some spelling, and none may deny under any.
        let mut failed: Option<LayerSet> = None;
        let mut allowed = false;
        for spelling in &target.spellings {
            let builder = self.builder(principal.clone(), service, action, spelling, target);
            let request = built(builder)?;
            let outcome = self.decider.decide(&request, self.caller.who(self.state), within);
            if outcome.decision == Decision::ExplicitDeny {
                return Err(refused(service, action, target));
            }
            allowed |= outcome.is_allowed();
            failed = Some(failed.map_or(outcome.failed, |failed| both(failed, outcome.failed)));
        }
        // Whoever may assume a role of this name is told that there is none: only its trust is missing.
        let missing = service == "sts" && assumed.is_none();
        let without =
            if missing { LayerSet::default().with(Layer::Trust) } else { LayerSet::default() };
        allowed |= failed.is_some_and(|failed| failed == LayerSet::default() || failed == without);
        if allowed { Ok(()) } else { Err(refused(service, action, target)) }
    }

    /// Whether somebody whom a provider vouches for may make the call.
    pub(crate) fn require_of(
        &self,
        principal: Principal,
        facts: &[(&str, &str)],
        target: &Target,
    ) -> Result<(), ApiError> {
        let (service, action) = (self.call.service(), self.call.name());
        let builder = self.builder(principal, service, action, target.resource(), target);
        let builder =
            facts.iter().fold(builder, |builder, (key, value)| builder.context(key, *value));
        let request = built(builder)?;
        let within = Within { session: None, assumed: target.role.as_deref() };
        let outcome = self.decider.decide(&request, Who::Other, within);
        if outcome.is_allowed() { Ok(()) } else { Err(refused(service, action, target)) }
    }

    fn builder(
        &self,
        principal: Principal,
        service: &str,
        action: &str,
        resource: &str,
        target: &Target,
    ) -> RequestBuilder {
        let factor = if self.shown_factor || self.caller.has_factor() { "1" } else { "0" };
        let mut builder = Request::builder()
            .principal_facts(principal)
            .action(&format!("{service}:{action}"))
            .resource(resource)
            .context("qcs:ip", self.source_ip.to_string().as_str())
            .context("qcs:current_time", when::iso(self.now).as_str())
            .context("qcs:owner_uin", self.state.owner.uin.to_string().as_str())
            // Both names are in use [CND-31].
            .context("mfa", factor)
            .context("qcs:mfa", factor);
        if self.own_uin() != 0 {
            builder = builder.context("qcs:uin", self.own_uin().to_string().as_str());
        }
        if let Some(id) = self.params.text("ExternalId") {
            builder = builder.context("sts:external_id", id);
        }
        for (key, value) in &target.tags {
            builder = builder.context("qcs:resource_tag", format!("{key}&{value}").as_str());
        }
        for (key, value) in authorization::tags_of(self.params) {
            builder = builder.context("qcs:request_tag", format!("{key}&{value}").as_str());
        }
        builder
    }
}

/// A name that cannot be asked about names nothing that may be granted.
fn built(builder: RequestBuilder) -> Result<Request, ApiError> {
    builder.build().map_err(|why| ApiError::parameter(why.to_string()))
}

/// The layers that are in both sets.
fn both(one: LayerSet, other: LayerSet) -> LayerSet {
    let shared = one.iter().filter(|layer| other.contains(*layer));
    shared.fold(LayerSet::default(), LayerSet::with)
}

fn refused(service: &str, action: &str, target: &Target) -> ApiError {
    let code = if service == "sts" {
        "UnauthorizedOperation"
    } else {
        "AuthFailure.UnauthorizedOperation"
    };
    let message = format!(
        "you are not authorized to perform operation ({service}:{action})\n\
         resource ({}) has no permission\n",
        target.shown()
    );
    ApiError::new(code, message)
}
