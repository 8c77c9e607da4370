//! Which policies a request meets: principals and resources to layers.

use std::borrow::Cow;

use camlock_engine::{Layers, PolicySet, View};
use camlock_policy::{AccountIds, AccountSegment, Principal, Request, ResourceName, ResourcePath};

use crate::error::{ResolveError, ResolveProblem};
use crate::snapshot::{Member, Snapshot};

/// A caller as the account knows it.
pub(crate) struct Resolved<'a> {
    pub(crate) principal: Cow<'a, Principal>,
    member: Option<&'a Member>,
}

impl Resolved<'_> {
    /// Whether the caller may not ask for anything at all [EVL-20].
    pub(crate) fn is_without_access(&self) -> bool {
        self.member.is_some_and(|member| member.without_access)
    }
}

/// Completes the principal of a request with what the account knows of it.
///
/// A principal of another account is taken as the request states it: its own account's policies are not
/// known here, so they grant nothing. Tags that a request states for a session stand in for those of
/// the user or role, which is the only case that copies anything.
pub(crate) fn caller<'a>(
    snapshot: &'a Snapshot,
    request: &'a Request,
) -> Result<Resolved<'a>, ResolveError> {
    let stated = request.principal();
    let owner = snapshot.account.owner.uin();
    if stated.account().and_then(AccountIds::uin) != owner {
        return Ok(Resolved { principal: Cow::Borrowed(stated), member: None });
    }
    let member = match stated {
        Principal::User(user) => snapshot
            .user(&user.uin)
            .ok_or_else(|| ResolveError::new(&user.uin, ResolveProblem::UnknownUser))?,
        Principal::Role(role) => {
            let found = snapshot.role(role.id.as_deref(), role.name.as_deref());
            let who = role.name.as_deref().or(role.id.as_deref()).unwrap_or("?");
            &found.ok_or_else(|| ResolveError::new(who, ResolveProblem::UnknownRole))?.member
        }
        Principal::Root(_) => {
            return Ok(Resolved { principal: Cow::Borrowed(&snapshot.root), member: None });
        }
        Principal::Federated(_) | Principal::Service(_) | Principal::Anonymous => {
            return Ok(Resolved { principal: Cow::Borrowed(stated), member: None });
        }
    };
    let principal = match stated.tags() {
        [] => Cow::Borrowed(&member.principal),
        tags => Cow::Owned(with_tags(&member.principal, tags)),
    };
    Ok(Resolved { principal, member: Some(member) })
}

fn with_tags(principal: &Principal, tags: &[(Box<str>, Box<str>)]) -> Principal {
    let mut principal = principal.clone();
    match &mut principal {
        Principal::User(user) => user.tags = tags.to_vec(),
        Principal::Role(role) => role.tags = tags.to_vec(),
        Principal::Root(_)
        | Principal::Federated(_)
        | Principal::Service(_)
        | Principal::Anonymous => {}
    }
    principal
}

/// The policies that one resource meets.
pub(crate) fn layers<'a>(
    snapshot: &'a Snapshot,
    resolved: &Resolved<'a>,
    session: Option<&'a PolicySet>,
    request: &Request,
    resource: &ResourceName,
) -> Layers<'a> {
    let foreign = resource.path().is_some_and(|path| is_foreign(snapshot, request, path));
    let path = resource.path().filter(|_| !foreign);
    Layers {
        scp: if foreign { &[] } else { &snapshot.levels },
        identity: resolved.member.map(|member| snapshot.identity(member)),
        resource: path
            .and_then(|path| snapshot.resources.find(path.service(), path.resource()))
            .map(View::all),
        boundary: resolved.member.and_then(|member| snapshot.boundary(member)),
        session: session.map(View::all),
        trust: path.and_then(|path| trust(snapshot, path)).map(View::all),
    }
}

/// Whether the resource plainly belongs to another account; in doubt its policies are consulted here,
/// because organization and bucket policies may refuse.
fn is_foreign(snapshot: &Snapshot, request: &Request, path: &ResourcePath) -> bool {
    let owner = &snapshot.account.owner;
    match path.account() {
        AccountSegment::Uin(uin) => owner.uin() != Some(uin),
        AccountSegment::AppId(app_id) => owner.app_id().is_some_and(|own| own != app_id),
        AccountSegment::Caller => {
            let of_caller = request.principal().account().and_then(AccountIds::uin);
            let stated = request.resource_owner().and_then(AccountIds::uin);
            of_caller.or(stated).is_some_and(|uin| owner.uin() != Some(uin))
        }
    }
}

/// Who may assume the role that the resource names.
fn trust<'a>(snapshot: &'a Snapshot, path: &ResourcePath) -> Option<&'a PolicySet> {
    if path.service() != "cam" {
        return None;
    }
    let (kind, name) = path.resource().split_once('/')?;
    let role = match (kind, name.split_once('/')) {
        ("roleName", _) => snapshot.role(None, Some(name)),
        ("role", None) => snapshot.role(Some(name), None),
        ("role", Some(("tencentcloudServiceRole", id))) => snapshot.role(Some(id), None),
        ("role", Some(("tencentcloudServiceRoleName", name))) => snapshot.role(None, Some(name)),
        _ => None,
    };
    role.map(|role| &role.trust)
}
