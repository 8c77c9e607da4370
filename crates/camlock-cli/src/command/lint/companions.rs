//! What counts together with a document of an account.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use camlock::policy::{ActionPattern, Effect, PolicyId, ResourcePattern, Statement};
use camlock::{Account, Policy, PolicyEntry, PolicyKind, PolicyOrigin};
use camlock_lint::{Companion, Companions};

/// The policies that count together with each document that stands in a file of its own.
///
/// What a document is attached to may be several users and roles; only what all of them have counts.
pub(super) fn of_files(account: &Account) -> BTreeMap<PathBuf, Companions> {
    let mut files = BTreeMap::new();
    let strong = strong_groups(account);
    for (id, path) in policies(account) {
        let Ok(path) = path.canonicalize() else { continue };
        let holders = holders(account).filter(|holder| holder.policies.contains(&id));
        let each = holders.map(|holder| shared(account, id, holder));
        let of_all = each.reduce(|a, b| a.intersection(&b).copied().collect());
        // What nobody has yet stands below the organization, whoever gets it.
        let of_all = of_all.unwrap_or_else(|| levels(account).collect());
        files.insert(path, companions(account, &of_all).with_strong_groups(strong.clone()));
    }
    files
}

/// The groups whose members may do everything, or all of access management, which comes to the same.
fn strong_groups(account: &Account) -> Vec<String> {
    let is_strong = |own: &Statement| {
        let acts = |own: &ActionPattern| match own {
            ActionPattern::Any => true,
            ActionPattern::Service(service) => service == "cam",
            ActionPattern::Operation { .. } => false,
        };
        own.effect() == Effect::Allow
            && own.conditions().is_empty()
            && own.actions().iter().any(acts)
            && own.resources().contains(&ResourcePattern::Any)
    };
    let has_rights = |id: &PolicyId| {
        let policy = account.policy(*id).map(PolicyEntry::policy);
        policy.is_some_and(|own| own.statements().iter().any(is_strong))
    };
    let groups = account.groups().values();
    let strong = groups.filter(|own| own.policies.iter().any(has_rights));
    strong.map(|own| own.id.to_string()).collect()
}

/// What counts together with a policy for somebody who has it.
fn shared(account: &Account, id: PolicyId, holder: Holder) -> BTreeSet<Used> {
    let beside = holder.policies.into_iter().filter(|own| *own != id);
    let beside = beside.map(|own| (Use::Beside, Some(own)));
    let ceiling = holder.boundary.map(|own| (Use::Ceiling, Some(own)));
    let levels = levels(account).filter(|_| !holder.is_service_linked);
    beside.chain(ceiling).chain(levels).collect()
}

/// The service control policies over the account. Each level is named by itself too: one without policies
/// allows nothing.
fn levels(account: &Account) -> impl Iterator<Item = Used> {
    let levels = account.levels().iter().enumerate();
    levels.flat_map(|(level, all)| {
        let all = all.iter().map(|own| Some(*own)).chain([None]);
        all.map(move |own| (Use::Level(level), own))
    })
}

fn companions(account: &Account, all: &BTreeSet<Used>) -> Companions {
    let used = |wanted: Use| {
        let own = all.iter().filter(move |(used, _)| *used == wanted);
        own.filter_map(|(used, id)| companion(account, (*id)?, *used))
    };
    let own = used(Use::Beside).chain(used(Use::Ceiling)).collect();
    let levels = all.iter().filter_map(|(used, _)| match used {
        Use::Level(level) => Some(*level),
        Use::Beside | Use::Ceiling => None,
    });
    let levels: BTreeSet<usize> = levels.collect();
    let levels = levels.into_iter().map(|level| used(Use::Level(level)).collect());
    levels.fold(Companions::new(own), Companions::below)
}

fn companion(account: &Account, id: PolicyId, used: Use) -> Option<Companion> {
    let entry = account.policy(id)?;
    let name = entry.name().unwrap_or(entry.label()).to_owned();
    let own = entry.policy();
    // What an account lists becomes a boundary where it is used as one.
    let policy = match used {
        Use::Beside | Use::Level(_) => own.clone(),
        Use::Ceiling => Policy::new(PolicyKind::Boundary, own.statements().to_vec()).ok()?,
    };
    Some(Companion { name, policy })
}

/// How something counts, and which policy it is.
type Used = (Use, Option<PolicyId>);

/// How a policy counts beside another one.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Use {
    /// Attached to the same user or role.
    Beside,
    /// Its boundary.
    Ceiling,
    /// A service control policy of this level [EVL-14].
    Level(usize),
}

/// Somebody to whom policies are attached.
struct Holder {
    policies: Vec<PolicyId>,
    boundary: Option<PolicyId>,
    /// No service control policy reaches it [EVL-14].
    is_service_linked: bool,
}

fn holders(account: &Account) -> impl Iterator<Item = Holder> + '_ {
    let users = account.users().values().map(|user| {
        let groups = user.groups.iter().filter_map(|id| account.groups().get(id));
        let of_groups = groups.flat_map(|group| &group.policies);
        let policies = user.policies.iter().chain(of_groups).copied().collect();
        Holder { policies, boundary: user.boundary, is_service_linked: false }
    });
    let roles = account.roles().values();
    let roles = roles.map(|role| Holder {
        policies: role.policies.clone(),
        boundary: role.boundary,
        is_service_linked: role.service_linked,
    });
    users.chain(roles)
}

/// The policies that are listed, each with the file that it stands in.
fn policies(account: &Account) -> impl Iterator<Item = (PolicyId, &Path)> {
    let all = (0..).map(PolicyId).map_while(|id| Some((id, account.policy(id)?)));
    let listed = all.filter(|(_, entry)| entry.origin() == PolicyOrigin::Listed);
    listed.map(|(id, entry)| (id, Path::new(entry.source().name())))
}
