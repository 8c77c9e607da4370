//! One resource of a request with what matching asks about it.

use camlock_policy::{
    AccountSegment, ActionHashes, Context, Deployment, Principal, Request, ResourceName,
    ResourcePath,
};

use crate::accounts::{self, Account, KnownPairs};
use crate::truth::Truth;
use crate::variables::Variables;

/// One resource of a request, with what matching asks about it most; the rest is read on demand.
#[derive(Debug)]
pub(crate) struct Prepared<'a> {
    request: &'a Request,
    deployment: &'a Deployment,
    pub(crate) principal: &'a Principal,
    /// `None` for a request for `*`.
    pub(crate) path: Option<&'a ResourcePath>,
    pub(crate) service: &'a str,
    pub(crate) operation: &'a str,
    /// The service cannot separate its operations [ACT-9].
    pub(crate) service_level: bool,
    /// Whether the resource belongs to the caller's own account.
    pub(crate) own: Truth,
}

impl<'a> Prepared<'a> {
    pub(crate) fn new(
        request: &'a Request,
        principal: &'a Principal,
        resource: &'a ResourceName,
        deployment: &'a Deployment,
    ) -> Self {
        let (service, operation) = (request.action().service(), request.action().operation());
        let mut prepared = Self {
            request,
            deployment,
            principal,
            path: resource.path(),
            service,
            operation,
            service_level: request.is_service_level(),
            own: Truth::No,
        };
        prepared.own = prepared.ownership();
        prepared
    }

    /// Whether the resource is the caller's own; `*` is asked of the caller's account [EVL-14].
    fn ownership(&self) -> Truth {
        match (self.principal.account(), self.path) {
            (None, _) => Truth::No,
            (Some(_), None) => Truth::Yes,
            (Some(own), Some(path)) => match (path.account(), own.uin(), own.app_id()) {
                // Most names say it in the same words.
                (AccountSegment::Uin(uin), Some(own), _) => (*uin == *own).into(),
                (AccountSegment::AppId(app_id), _, Some(own)) => (*app_id == *own).into(),
                _ => self.pairs().same(Account::of_ids(own), self.account_of(path)),
            },
        }
    }

    pub(crate) fn context(&self) -> &'a Context {
        self.request.context()
    }

    pub(crate) fn strict_everyone_deny(&self) -> bool {
        self.deployment.strict_everyone_deny
    }

    pub(crate) fn variables(&self) -> Variables<'a> {
        Variables::of(self.principal)
    }

    pub(crate) fn pairs(&self) -> KnownPairs<'a> {
        let owner = self.request.resource_owner();
        KnownPairs::new(self.principal.account(), owner, &self.deployment.accounts)
    }

    /// The account that the caller belongs to, of which nothing is known for guests.
    pub(crate) fn account(&self) -> Account<'a> {
        self.principal.account().map(Account::of_ids).unwrap_or_default()
    }

    /// The account that `uin/-1` stands for: that of the caller, or of its provider.
    pub(crate) fn caller(&self) -> Account<'a> {
        caller_account(self.principal)
    }

    /// The account that owns a bucket policy consulted for a request for `*` [RES-18].
    pub(crate) fn stated_owner(&self) -> Option<Account<'a>> {
        self.request.resource_owner().map(Account::of_ids)
    }

    /// The account of the resource. Nobody's empty account: only a stated owner can say whose it is.
    pub(crate) fn account_of(&self, path: &'a ResourcePath) -> Account<'a> {
        let ids = self.principal.account().or(self.request.resource_owner());
        accounts::of_segment(path.account(), ids)
    }

    pub(crate) fn action_hashes(&self) -> ActionHashes {
        self.request.action().hashes()
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
