//! What is asked: one request about one of its resources, by some sort of caller.

use camlock_policy::{Deployment, Principal, Request, ResourceName};

use crate::accounts;
use crate::truth::Truth;

/// One request about one of its resources [RES-19].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Question<'a> {
    pub(crate) request: &'a Request,
    pub(crate) resource: &'a ResourceName,
    pub(crate) deployment: &'a Deployment,
}

/// What sort of caller asks, which is all that the procedure wants to know of it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Caller {
    /// Belongs to no account: unsigned, a cloud service, a federated identity [EVL-9].
    Guest,
    /// A root account [EVL-5].
    Root,
    /// A user or a role session, who need policies of their own [EVL-6, EVL-13].
    Member,
}

impl<'a> Question<'a> {
    /// Who asks.
    pub(crate) fn principal(self) -> &'a Principal {
        self.request.principal()
    }

    /// What sort of caller asks.
    pub(crate) fn caller(self) -> Caller {
        match self.principal() {
            Principal::Root(_) => Caller::Root,
            Principal::User(_) | Principal::Role(_) => Caller::Member,
            Principal::Federated(_) | Principal::Service(_) | Principal::Anonymous => Caller::Guest,
        }
    }

    /// Whether a provider asserted who asks. Section 7.2 sends unsigned requests and services past the
    /// policies of a caller, so what is given for a federated identity can refuse it.
    pub(crate) fn is_federated(self) -> bool {
        matches!(self.principal(), Principal::Federated(_))
    }

    /// Whether the resource is known to belong to the caller's account; in doubt it is foreign.
    pub(crate) fn is_own(self) -> bool {
        accounts::own(self) == Truth::Yes
    }

    /// Whether the caller wants to assume a role, which its trust policy decides [EVL-23].
    pub(crate) fn assumes_role(self) -> bool {
        let action = self.request.action();
        action.service() == "sts" && action.operation().starts_with("AssumeRole")
    }

    /// Whether the service of the action has cross-account access [EVL-8, RD-3].
    pub(crate) fn has_cross_account_access(self) -> bool {
        matches!(self.request.action().service(), "cos" | "cas")
    }

    /// Whether the owner's root account repairs its bucket policy, which nothing in that policy can
    /// stop [EVL-24].
    pub(crate) fn is_root_repairing_bucket_policy(self) -> bool {
        let action = self.request.action();
        self.caller() == Caller::Root
            && self.is_own()
            && (action.service(), action.operation()) == ("cos", "PutBucketPolicy")
    }
}
