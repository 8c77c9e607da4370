//! What a document and the policies that count with it allow, asked of the engine.

use camlock_engine::CompiledLayers;
use camlock_policy::{
    AccountIds, AccountPattern, ActionPattern, AppId, Deployment, Effect, Policy, PolicyKind,
    PolicyLayers, Principal, PrincipalPattern, Request, RequestBuilder, ResourcePattern, Statement,
    Uin, User,
};

use crate::companions::Companions;
use crate::settings::Options;

const ACCOUNT: &str = "100000000001";
const APP_ID: &str = "1250000000";
/// Whoever has the document.
pub(crate) const SELF: &str = "100000000011";

/// A document and what counts with it, compiled; made once a document, since many rules ask.
#[derive(Debug)]
pub(crate) struct Effective {
    layers: CompiledLayers,
    principal: Option<Principal>,
    /// The account: of the settings, or the first that the document names, or one that stands for it.
    pub(crate) account: String,
    /// Its APPID, likewise.
    pub(crate) app_id: String,
}

impl Effective {
    pub(crate) fn new(policy: &Policy, companions: &Companions, options: &Options) -> Self {
        let mut layers = PolicyLayers::default();
        layers.push(policy.clone(), 0);
        for companion in companions.beside() {
            layers.push(companion.policy.clone(), 0);
        }
        for (level, ceiling) in companions.ceilings().enumerate() {
            if ceiling.policies().is_empty() {
                // Nothing is allowed at a level without policies.
                layers.scp.entry(level).or_default();
            }
            for companion in ceiling.policies() {
                layers.push(companion.policy.clone(), level);
            }
        }
        let known = &options.account;
        let account = known.uin().map(Uin::as_str).or_else(|| {
            named(policy, |own| match own {
                AccountPattern::Uin(uin) => Some(uin.as_str()),
                _ => None,
            })
        });
        let app_id = known.app_id().map(AppId::as_str).or_else(|| {
            named(policy, |own| match own {
                AccountPattern::AppId(app_id) => Some(app_id.as_str()),
                _ => None,
            })
        });
        let account = account.unwrap_or(ACCOUNT).to_owned();
        let app_id = app_id.unwrap_or(APP_ID).to_owned();
        if let Some(policy) = trusting(&account) {
            layers.push(policy, 0);
        }
        let ids = AccountIds::new(Uin::parse(&account), AppId::parse(&app_id));
        let user = |uin| User { account: ids, uin, groups: Vec::new(), tags: Vec::new() };
        let principal = Uin::parse(SELF).map(user).map(Principal::User);
        Self { layers: CompiledLayers::new(&layers), principal, account, app_id }
    }

    /// A request of whoever has the document.
    pub(crate) fn request(&self, action: &str, resource: &str) -> Option<RequestBuilder> {
        let principal = self.principal.clone()?;
        Some(Request::builder().principal_facts(principal).action(action).resource(resource))
    }

    /// Whether a request is allowed.
    pub(crate) fn allows(&self, request: &Request) -> bool {
        self.layers.decide(request, &Deployment::default()).is_allowed()
    }
}

/// The first account of a sort that a policy names.
fn named(policy: &Policy, pick: fn(&AccountPattern) -> Option<&str>) -> Option<&str> {
    let mut resources = policy.statements().iter().flat_map(Statement::resources);
    resources.find_map(|own| match own {
        ResourcePattern::Any => None,
        ResourcePattern::Segments(own) => pick(own.account()),
    })
}

/// A trust policy that lets the account assume the role: what trusts whom is not known here [EVL-23].
fn trusting(account: &str) -> Option<Policy> {
    let statement = Statement::new(Effect::Allow)
        .with_action(ActionPattern::Any)
        .with_principal(PrincipalPattern::Root(Uin::parse(account)?));
    Policy::new(PolicyKind::Trust, vec![statement]).ok()
}
