//! Whether a policy names the caller [PRN-1 to PRN-12].

use camlock_policy::{
    Effect, PolicyKind, Principal, PrincipalPattern, RolePattern, RoleSession, Uin,
};

use crate::prepare::Prepared;
use crate::truth::Truth;

/// Whom a statement names.
#[derive(Debug)]
pub(crate) struct Principals {
    /// Users by their own id and then that of their account, in order, so that one of thousands is
    /// found at once.
    users: Box<[(Uin, Uin)]>,
    others: Box<[PrincipalPattern]>,
}

impl Principals {
    pub(crate) fn new(patterns: &[PrincipalPattern]) -> Self {
        let mut users = Vec::new();
        let mut others = Vec::new();
        for pattern in patterns {
            match pattern {
                PrincipalPattern::User { account, uin } => {
                    users.push((uin.clone(), account.clone()));
                }
                other => others.push(other.clone()),
            }
        }
        users.sort_unstable();
        users.dedup();
        Self { users: users.into(), others: others.into() }
    }

    /// The ids of the users, where only users are named.
    pub(crate) fn only_users(&self) -> Option<impl Iterator<Item = &Uin>> {
        self.others.is_empty().then(|| self.users.iter().map(|(uin, _)| uin))
    }

    /// Whether everyone is named.
    pub(crate) fn name_everyone(&self) -> bool {
        self.others.contains(&PrincipalPattern::Everyone)
    }

    /// Whether the caller is named by a statement of this effect in a policy of this kind.
    pub(crate) fn name(&self, effect: Effect, kind: PolicyKind, request: &Prepared<'_>) -> Truth {
        if let Principal::User(user) = request.principal
            && let Some(account) = request.principal.owner_uin()
            && self
                .users
                .binary_search_by(|(uin, own)| (uin, own).cmp(&(&user.uin, account)))
                .is_ok()
        {
            return Truth::Yes;
        }
        Truth::any(self.others.iter().map(|pattern| names(pattern, effect, kind, request)))
    }

    pub(crate) fn memory_usage(&self) -> usize {
        size_of_val(self) + size_of_val(&*self.users) + size_of_val(&*self.others)
    }
}

/// Whether a pattern other than a single user names the caller.
fn names(
    pattern: &PrincipalPattern,
    effect: Effect,
    kind: PolicyKind,
    request: &Prepared<'_>,
) -> Truth {
    let in_account = |account| request.principal.owner_uin() == Some(account);
    match (pattern, request.principal) {
        (PrincipalPattern::Everyone, principal) => {
            everyone(principal, effect, kind, request).into()
        }
        (PrincipalPattern::Root(account), Principal::Root(_)) => in_account(account).into(),
        (PrincipalPattern::Root(account), Principal::User(_) | Principal::Role(_)) => {
            if in_account(account) { whole_account(kind, request) } else { Truth::No }
        }
        // A deny of a root entry stops every identity of that account [RD-5].
        (PrincipalPattern::Root(account), Principal::Federated(_)) => {
            (effect == Effect::Deny && in_account(account)).into()
        }
        (PrincipalPattern::Group { account, group }, Principal::User(user)) => {
            (in_account(account) && user.groups.contains(group)).into()
        }
        (PrincipalPattern::Role { account, role, service_linked }, Principal::Role(session)) => {
            if in_account(account) && (!service_linked || session.service_linked) {
                is_role(role, session)
            } else {
                Truth::No
            }
        }
        (PrincipalPattern::Provider(own), Principal::Federated(provider)) => {
            (own == provider).into()
        }
        (PrincipalPattern::Service(own), Principal::Service(service)) => (own == service).into(),
        // `…:service/X` matches nobody by itself [RD-7].
        _ => Truth::No,
    }
}

/// Everyone is admitted by an allow, stopped by a deny only when unsigned, and trusted by nobody
/// [EVL-9, EVL-10, RD-8].
fn everyone(
    principal: &Principal,
    effect: Effect,
    kind: PolicyKind,
    request: &Prepared<'_>,
) -> bool {
    match (kind, effect) {
        (PolicyKind::Trust, _) => false,
        (_, Effect::Allow) => true,
        (_, Effect::Deny) => *principal == Principal::Anonymous || request.strict_everyone_deny(),
    }
}

/// A root entry stands for the whole account in a trust policy, and for a foreign one in a resource
/// policy; within the own account it is the root alone [PRN-11, RD-5, RD-6].
fn whole_account(kind: PolicyKind, request: &Prepared<'_>) -> Truth {
    if kind == PolicyKind::Trust { Truth::Yes } else { !request.own }
}

/// A session whose id or name is not stated may or may not be of this role.
fn is_role(role: &RolePattern, session: &RoleSession) -> Truth {
    let (wanted, stated) = match role {
        RolePattern::Id(id) => (id, &session.id),
        RolePattern::Name(name) => (name, &session.name),
    };
    stated.as_ref().map_or(Truth::Unknown, |stated| (stated == wanted).into())
}
