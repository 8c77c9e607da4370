//! Resource patterns in matching form, cheapest segment first.

use camlock_policy::{AccountPattern, Effect, PolicyKind, Region, ResourcePattern};

use crate::accounts;
use crate::matcher::Matcher;
use crate::prepare::{Prepared, PreparedPath};
use crate::truth::Truth;

/// One resource pattern of a statement.
#[derive(Debug)]
pub(crate) enum Resource {
    /// Bare `*` [RES-1].
    Any,
    /// Six segments.
    Segments(Box<Segments>),
}

/// The segments that restrict anything.
#[derive(Debug)]
pub(crate) struct Segments {
    service: Option<Box<str>>,
    /// The current name of the region [RES-7].
    region: Option<Box<str>>,
    account: AccountPattern,
    resource: Matcher,
}

impl Resource {
    pub(crate) fn new(pattern: &ResourcePattern) -> Self {
        match pattern {
            ResourcePattern::Any => Self::Any,
            ResourcePattern::Segments(segments) => Self::Segments(Box::new(Segments {
                service: segments.service().map(Into::into),
                region: segments.region().map(Region::canonical).map(Into::into),
                account: segments.account().clone(),
                resource: Matcher::new(segments.resource()),
            })),
        }
    }

    /// Whether the pattern covers the resource of the request.
    pub(crate) fn covers(&self, effect: Effect, kind: PolicyKind, request: &Prepared<'_>) -> Truth {
        let Self::Segments(segments) = self else { return Truth::Yes };
        match (request.resource, effect) {
            // An allow of a service-level product counts on bare `*` only [ACT-9].
            _ if request.service_level && effect == Effect::Allow => Truth::No,
            (None, Effect::Allow) => Truth::No,
            (None, Effect::Deny) => segments.cover_operation(kind, request),
            (Some(path), _) => segments.cover(&path, kind, request),
        }
    }

    /// The last segment, which the index looks at.
    pub(crate) fn last_segment(&self) -> Option<&Matcher> {
        match self {
            Self::Any => None,
            Self::Segments(segments) => Some(&segments.resource),
        }
    }

    pub(crate) fn memory_usage(&self) -> usize {
        let Self::Segments(segments) = self else { return 0 };
        let text = |text: &Option<Box<str>>| text.as_ref().map_or(0, |text| text.len());
        size_of_val(&**segments)
            + text(&segments.service)
            + text(&segments.region)
            + segments.resource.memory_usage()
    }
}

impl Segments {
    fn cover(&self, path: &PreparedPath<'_>, kind: PolicyKind, request: &Prepared<'_>) -> Truth {
        if self.service.as_deref().is_some_and(|service| service != path.service)
            || self.region.as_deref().is_some_and(|region| region != path.region)
        {
            return Truth::No;
        }
        let resource = self.resource.matches(path.resource, &request.variables);
        if resource == Truth::No {
            return Truth::No;
        }
        resource.and(self.covers_account(path, kind, request))
    }

    /// Whose resources the pattern means depends on whose policy it stands in [RES-8, RD-2].
    fn covers_account(
        &self,
        path: &PreparedPath<'_>,
        kind: PolicyKind,
        request: &Prepared<'_>,
    ) -> Truth {
        let same = |account| request.pairs.same(account, path.account);
        match &self.account {
            AccountPattern::Any => Truth::Yes,
            AccountPattern::Owner if is_of_owner(kind) => Truth::Yes,
            AccountPattern::Owner => same(request.account),
            AccountPattern::Caller => same(request.caller),
            named => accounts::of_pattern(named).map_or(Truth::No, same),
        }
    }

    /// A deny on a whole service plainly means its operations without resources too [RES-18].
    fn cover_operation(&self, kind: PolicyKind, request: &Prepared<'_>) -> Truth {
        let whole = self.service.as_deref().is_none_or(|service| service == request.service)
            && self.region.is_none()
            && matches!(self.resource, Matcher::Any);
        if !whole {
            return Truth::No;
        }
        let owner = match kind {
            PolicyKind::Resource => request.stated_owner.unwrap_or(request.account),
            _ => request.account,
        };
        match &self.account {
            AccountPattern::Any | AccountPattern::Owner => Truth::Yes,
            AccountPattern::Caller => request.pairs.same(request.caller, owner),
            named => {
                accounts::of_pattern(named).map_or(Truth::No, |own| request.pairs.same(own, owner))
            }
        }
    }
}

/// Whether the policy belongs to whoever owns the resource, so that an empty account always fits.
fn is_of_owner(kind: PolicyKind) -> bool {
    matches!(kind, PolicyKind::Resource | PolicyKind::Scp)
}
