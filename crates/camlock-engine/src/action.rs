//! Action patterns in matching form.

use camlock_policy::ActionPattern;

use crate::matcher::Matcher;
use crate::prepare::Prepared;
use crate::variables::Variables;

/// The actions of a statement.
#[derive(Debug)]
pub(crate) enum Actions {
    /// Every action.
    Any,
    /// Any of these.
    Listed(Box<[ServiceActions]>),
}

/// Operations of one service.
#[derive(Debug)]
pub(crate) struct ServiceActions {
    service: Box<str>,
    operation: Matcher,
}

impl Actions {
    pub(crate) fn new(patterns: &[ActionPattern]) -> Self {
        let listed = patterns.iter().map(|pattern| match pattern {
            ActionPattern::Any => None,
            ActionPattern::Service(service) => {
                Some(ServiceActions { service: service.clone(), operation: Matcher::Any })
            }
            ActionPattern::Operation { service, operation } => Some(ServiceActions {
                service: service.clone(),
                operation: Matcher::of_stars(operation),
            }),
        });
        listed.collect::<Option<_>>().map_or(Self::Any, Self::Listed)
    }

    /// Whether any pattern covers the action of the request.
    ///
    /// `whole_service` asks for patterns over the whole service, as an allow of a service-level
    /// product does [ACT-9].
    pub(crate) fn cover(&self, request: &Prepared<'_>, whole_service: bool) -> bool {
        let Self::Listed(listed) = self else { return true };
        listed.iter().any(|actions| {
            *actions.service == *request.service
                && match &actions.operation {
                    Matcher::Any => true,
                    _ if whole_service => false,
                    operation => {
                        operation.matches(request.operation, &Variables::default())
                            == crate::Truth::Yes
                    }
                }
        })
    }

    /// The services of the patterns, or `None` where they cover every service.
    pub(crate) fn services(&self) -> Option<impl Iterator<Item = &str>> {
        match self {
            Self::Any => None,
            Self::Listed(listed) => Some(listed.iter().map(|actions| &*actions.service)),
        }
    }

    pub(crate) fn memory_usage(&self) -> usize {
        let Self::Listed(listed) = self else { return 0 };
        let one =
            |a: &ServiceActions| size_of_val(a) + a.service.len() + a.operation.memory_usage();
        listed.iter().map(one).sum()
    }
}
