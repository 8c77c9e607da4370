//! Whom a trust policy names: everybody is refused, and who of the own account is not there.

use camlock_policy::{Policy, PrincipalPattern, RolePattern};

use crate::ApiError;
use crate::state::State;

/// Refuses entries for everyone, which would trust nobody [EVL-23], and names of the own account that lead
/// nowhere: whoever gets such a name later would be trusted. Other accounts cannot be looked into.
pub(super) fn check(state: &State, trust: &Policy) -> Result<(), ApiError> {
    let own = state.owner.uin.to_string();
    for (index, statement) in trust.statements().iter().enumerate() {
        for principal in statement.principals().unwrap_or_default() {
            let at = format!("at `/statement/{index}/principal`");
            if *principal == PrincipalPattern::Everyone {
                let message = format!("A role cannot trust everyone, {at}.");
                return Err(ApiError::invalid("PrincipalError", message));
            }
            if let Some(missing) = missing(state, &own, principal) {
                let message = format!("There is no `{missing}` in this account, {at}.");
                return Err(ApiError::invalid("PrincipalQcsNotExist", message));
            }
        }
    }
    Ok(())
}

/// The last segment of a principal of the own account that is not there.
fn missing(state: &State, own: &str, principal: &PrincipalPattern) -> Option<String> {
    let is_own = |account: &camlock_policy::Uin| account.as_str() == own;
    let (is_there, name) = match principal {
        PrincipalPattern::User { account, uin } if is_own(account) => {
            let is_there = uin.as_str().parse().is_ok_and(|uin| state.users.contains_key(&uin));
            (is_there, format!("uin/{}", uin.as_str()))
        }
        PrincipalPattern::Group { account, group } if is_own(account) => {
            let is_there = group.parse().is_ok_and(|id| state.groups.contains_key(&id));
            (is_there, format!("groupid/{group}"))
        }
        PrincipalPattern::Role { account, role, .. } if is_own(account) => match role {
            RolePattern::Id(id) => (state.roles.contains_key(&**id), format!("role/{id}")),
            RolePattern::Name(name) => {
                (state.role_named(name).is_some(), format!("roleName/{name}"))
            }
        },
        PrincipalPattern::Provider(provider) if is_own(provider.account()) => {
            let name = provider.to_string();
            let key = name.strip_prefix(&format!("qcs::cam::uin/{own}:")).unwrap_or(&name);
            (state.providers.contains_key(key), key.to_owned())
        }
        _ => return None,
    };
    (!is_there).then_some(name)
}
