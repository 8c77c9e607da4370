//! What counts together with a document of an account.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use camlock::policy::PolicyId;
use camlock::{Account, Policy, PolicyKind, PolicyOrigin};
use camlock_lint::{Companion, Companions};

/// The policies that count together with each document that stands in a file of its own.
///
/// What a document is attached to may be several users and roles; only what all of them have counts.
pub(super) fn of_files(account: &Account) -> BTreeMap<PathBuf, Companions> {
    let mut files = BTreeMap::new();
    for (id, path) in policies(account) {
        let Ok(path) = path.canonicalize() else { continue };
        let mut shared: Option<BTreeSet<(PolicyId, Use)>> = None;
        for holder in holders(account).filter(|holder| holder.policies.contains(&id)) {
            let beside = holder.policies.into_iter().filter(|own| *own != id);
            let beside = beside.map(|own| (own, Use::Beside));
            let ceiling = holder.boundary.map(|own| (own, Use::Ceiling));
            let all: BTreeSet<(PolicyId, Use)> = beside.chain(ceiling).collect();
            shared = Some(match shared {
                Some(shared) => shared.intersection(&all).copied().collect(),
                None => all,
            });
        }
        let companion = |(id, used)| {
            let entry = account.policy(id)?;
            let name = entry.name().unwrap_or(entry.label()).to_owned();
            let own = entry.policy();
            // What an account lists becomes a boundary where it is used as one.
            let policy = match used {
                Use::Beside => own.clone(),
                Use::Ceiling => {
                    Policy::new(PolicyKind::Boundary, own.statements().to_vec()).ok()?
                }
            };
            Some(Companion { name, policy })
        };
        let all = shared.into_iter().flatten().filter_map(companion).collect();
        files.insert(path, Companions::new(all));
    }
    files
}

/// How a policy counts beside another one.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Use {
    /// Attached to the same user or role.
    Beside,
    /// Its boundary.
    Ceiling,
}

/// Somebody to whom policies are attached.
struct Holder {
    policies: Vec<PolicyId>,
    boundary: Option<PolicyId>,
}

fn holders(account: &Account) -> impl Iterator<Item = Holder> + '_ {
    let users = account.users().values().map(|user| {
        let groups = user.groups.iter().filter_map(|id| account.groups().get(id));
        let of_groups = groups.flat_map(|group| &group.policies);
        let policies = user.policies.iter().chain(of_groups).copied().collect();
        Holder { policies, boundary: user.boundary }
    });
    let roles = account.roles().values();
    let roles =
        roles.map(|role| Holder { policies: role.policies.clone(), boundary: role.boundary });
    users.chain(roles)
}

/// The policies that are listed, each with the file that it stands in.
fn policies(account: &Account) -> impl Iterator<Item = (PolicyId, &Path)> {
    let all = (0..).map(PolicyId).map_while(|id| Some((id, account.policy(id)?)));
    let listed = all.filter(|(_, entry)| entry.origin() == PolicyOrigin::Listed);
    listed.map(|(id, entry)| (id, Path::new(entry.source().name())))
}
