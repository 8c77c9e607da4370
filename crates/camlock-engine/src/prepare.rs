//! A request brought into matching form once.

use camlock_policy::{AccountIds, Context, Deployment, Principal, Request, ResourceName};

use crate::accounts::{self, Account, KnownPairs};
use crate::actions::ActionHashes;
use crate::index::PathHashes;
use crate::truth::Truth;
use crate::variables::Variables;

/// One resource of a request, with everything that matching asks about it.
#[derive(Debug)]
pub(crate) struct Prepared<'a> {
    pub(crate) service: &'a str,
    pub(crate) operation: &'a str,
    pub(crate) action_hashes: ActionHashes,
    /// The service cannot separate its operations [ACT-9].
    pub(crate) service_level: bool,
    pub(crate) principal: &'a Principal,
    pub(crate) context: &'a Context,
    pub(crate) variables: Variables<'a>,
    pub(crate) pairs: KnownPairs<'a>,
    /// The account that the caller belongs to, of which nothing is known for guests.
    pub(crate) account: Account<'a>,
    /// The account that `uin/-1` stands for: that of the caller, or of its provider.
    pub(crate) caller: Account<'a>,
    /// `None` for a request for `*`.
    pub(crate) resource: Option<PreparedPath<'a>>,
    /// The account that owns a bucket policy consulted for a request for `*` [RES-18].
    pub(crate) stated_owner: Option<Account<'a>>,
    /// Whether the resource belongs to the caller's own account.
    pub(crate) own: Truth,
    pub(crate) strict_everyone_deny: bool,
}

/// The segments of the resource.
#[derive(Debug)]
pub(crate) struct PreparedPath<'a> {
    pub(crate) service: &'a str,
    /// The current name of the region [RES-7].
    pub(crate) region: &'a str,
    pub(crate) account: Account<'a>,
    pub(crate) resource: &'a str,
    pub(crate) hashes: PathHashes,
}

impl<'a> Prepared<'a> {
    pub(crate) fn new(
        request: &'a Request,
        principal: &'a Principal,
        resource: &'a ResourceName,
        deployment: &'a Deployment,
    ) -> Self {
        let ids = principal.account();
        let pairs = KnownPairs::new(ids, request.resource_owner(), &deployment.accounts);
        let stated_owner = request.resource_owner().map(Account::of_ids);
        let caller = caller_account(principal);
        let resource = resource.path().map(|path| {
            // Nobody's empty account: only a stated owner can say whose resource it is.
            let empty = ids.map(Account::of_ids).or(stated_owner).unwrap_or_default();
            PreparedPath {
                service: path.service(),
                region: path.region().canonical(),
                account: accounts::of_segment(path.account(), empty),
                resource: path.resource(),
                hashes: PathHashes::new(path.resource()),
            }
        });
        let (service, operation) = (request.action().service(), request.action().operation());
        let own = ownership(ids, resource.as_ref(), &pairs);
        Self {
            service,
            operation,
            action_hashes: ActionHashes::new(service, operation),
            service_level: request.is_service_level(),
            principal,
            context: request.context(),
            variables: Variables::of(principal),
            pairs,
            account: ids.map(Account::of_ids).unwrap_or_default(),
            caller,
            resource,
            stated_owner,
            own,
            strict_everyone_deny: deployment.strict_everyone_deny,
        }
    }

    /// Whether the request is to assume a role, which the role's trust policy decides [EVL-23].
    pub(crate) fn assumes_role(&self) -> bool {
        self.service == "sts" && self.operation.starts_with("AssumeRole")
    }
}

fn caller_account(principal: &Principal) -> Account<'_> {
    match principal.account() {
        Some(ids) => Account::of_ids(ids),
        None => principal.owner_uin().map(Account::of_uin).unwrap_or_default(),
    }
}

/// Whether the resource is the caller's own; `*` is asked of the caller's account [EVL-14].
fn ownership(
    caller: Option<&AccountIds>,
    resource: Option<&PreparedPath<'_>>,
    pairs: &KnownPairs<'_>,
) -> Truth {
    match (caller, resource) {
        (None, _) => Truth::No,
        (Some(_), None) => Truth::Yes,
        (Some(ids), Some(path)) => pairs.same(Account::of_ids(ids), path.account),
    }
}
