//! All layers of one request compiled together, for callers who resolve principals themselves.

use camlock_policy::{Deployment, IdentifiedPolicy, Outcome, PolicyLayers, Request};

use crate::decide::{Layers, decide};
use crate::explain::{Explanation, explain};
use crate::policy_set::PolicySet;
use crate::view::View;

/// The lower entrance: policies by layer in, decisions out.
///
/// # Examples
///
/// ```
/// use camlock_engine::CompiledLayers;
/// use camlock_policy::{
///     ActionPattern, Deployment, Effect, Policy, PolicyKind, PolicyLayers, Request,
///     ResourcePattern, Statement,
/// };
///
/// let read = Statement::new(Effect::Allow)
///     .with_action(ActionPattern::parse("cvm:Describe*")?)
///     .with_resource(ResourcePattern::Any);
/// let mut layers = PolicyLayers::default();
/// layers.push(Policy::new(PolicyKind::Identity, vec![read])?, 0);
///
/// let compiled = CompiledLayers::new(&layers);
/// let request = Request::builder()
///     .principal("qcs::cam::uin/1:uin/2")
///     .action("cvm:DescribeInstances")
///     .resource("*")
///     .build()?;
/// assert!(compiled.decide(&request, &Deployment::default()).is_allowed());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Default)]
pub struct CompiledLayers {
    scp: Vec<PolicySet>,
    identity: Option<PolicySet>,
    resource: Option<PolicySet>,
    boundary: Option<PolicySet>,
    session: Option<PolicySet>,
    trust: Option<PolicySet>,
}

impl CompiledLayers {
    /// Compiles the policies of every layer.
    pub fn new(layers: &PolicyLayers) -> Self {
        Self {
            scp: layers.scp.values().map(|level| compile_all(level)).collect(),
            identity: compile(&layers.identity),
            resource: compile(&layers.resource),
            boundary: compile(&layers.boundary),
            session: compile(&layers.session),
            trust: compile(&layers.trust),
        }
    }

    /// Decides a request whose principal is complete.
    pub fn decide(&self, request: &Request, deployment: &Deployment) -> Outcome {
        let layers = self.layers();
        decide(request, request.principal(), deployment, |_| layers)
    }

    /// Explains a request whose principal is complete.
    pub fn explain(&self, request: &Request, deployment: &Deployment) -> Explanation {
        let layers = self.layers();
        explain(request, request.principal(), deployment, |_| layers)
    }

    fn layers<'a>(&'a self) -> Layers<'a> {
        let view = |set: &'a Option<PolicySet>| set.as_ref().map(View::all);
        Layers {
            scp: &self.scp,
            identity: view(&self.identity),
            resource: view(&self.resource),
            boundary: view(&self.boundary),
            session: view(&self.session),
            trust: view(&self.trust),
        }
    }
}

fn compile(policies: &[IdentifiedPolicy]) -> Option<PolicySet> {
    (!policies.is_empty()).then(|| compile_all(policies))
}

fn compile_all(policies: &[IdentifiedPolicy]) -> PolicySet {
    let mut builder = PolicySet::builder();
    for IdentifiedPolicy { id, policy } in policies {
        builder.push(*id, policy);
    }
    builder.build()
}
