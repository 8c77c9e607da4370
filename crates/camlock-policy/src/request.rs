//! A request: everything that a decision may depend on.

use std::fmt;

use crate::context::ContextValues;
use crate::{AccountIds, Action, Context, NameError, Principal, ResourceName};

/// What a request may hold at most; a larger one is refused, never cut.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "plain limits that a deployment sets")]
pub struct RequestLimits {
    /// Bytes of one name: a principal, an action, a resource, a context key. COS keys end at 850.
    pub name_bytes: usize,
    /// Resources of one request.
    pub resources: usize,
    /// Values of the whole context, a key without any counting as one.
    pub context_values: usize,
}

impl Default for RequestLimits {
    fn default() -> Self {
        Self { name_bytes: 65_536, resources: 1_000, context_values: 5_000 }
    }
}

/// Who wants to do what to which resources, and the facts around it.
///
/// # Examples
///
/// ```
/// use camlock_policy::Request;
///
/// let request = Request::builder()
///     .principal("qcs::cam::uin/100000000001:uin/100000000011")
///     .action("cos:GetObject")
///     .resource("qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/2026/app.log")
///     .context("qcs:ip", "10.1.2.3")
///     .build()?;
/// assert_eq!(request.action().operation(), "GetObject");
/// # Ok::<(), camlock_policy::RequestError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Request {
    principal: Principal,
    action: Action,
    resources: Vec<ResourceName>,
    context: Context,
    resource_owner: Option<AccountIds>,
    service_level: Vec<Box<str>>,
}

impl Request {
    /// Starts a request; principal, action and at least one resource are needed.
    pub fn builder() -> RequestBuilder {
        RequestBuilder::default()
    }

    /// Who asks.
    pub fn principal(&self) -> &Principal {
        &self.principal
    }

    /// What they want to do.
    pub fn action(&self) -> &Action {
        &self.action
    }

    /// To what: all must be allowed [RES-19]; never empty.
    pub fn resources(&self) -> &[ResourceName] {
        &self.resources
    }

    /// The facts around it.
    pub fn context(&self) -> &Context {
        &self.context
    }

    /// Who owns the resources, where the request states it [RES-9].
    pub fn resource_owner(&self) -> Option<&AccountIds> {
        self.resource_owner.as_ref()
    }

    /// Whether the service of the action cannot separate its operations [ACT-9].
    pub fn is_service_level(&self) -> bool {
        self.service_level.iter().any(|service| **service == *self.action.service())
    }
}

/// Puts a request together; every fault is found by [`build`](Self::build).
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct RequestBuilder {
    principal: Option<Result<Principal, NameError>>,
    action: Option<Result<Action, NameError>>,
    resources: Vec<Result<ResourceName, NameError>>,
    context: Context,
    context_values: usize,
    longest: usize,
    resource_owner: Option<AccountIds>,
    service_level: Vec<Box<str>>,
    limits: RequestLimits,
}

impl RequestBuilder {
    /// Who asks, in one of the forms of [`Principal::parse`].
    pub fn principal(mut self, text: &str) -> Self {
        self.measure(text);
        self.principal = Some(Principal::parse(text));
        self
    }

    /// Who asks, with groups, tags or an APPID.
    pub fn principal_facts(mut self, principal: Principal) -> Self {
        self.principal = Some(Ok(principal));
        self
    }

    /// The one action, `service:Operation` [ACT-8].
    pub fn action(mut self, text: &str) -> Self {
        self.measure(text);
        self.action = Some(Action::parse(text));
        self
    }

    /// One resource, or `*`; call again for several [RES-19].
    pub fn resource(mut self, text: &str) -> Self {
        self.measure(text);
        // Names beyond the limit are dropped here and refused in `build`.
        if self.resources.len() <= self.limits.resources {
            self.resources.push(ResourceName::parse(text));
        }
        self
    }

    /// A fact: a key with one value, or with several in an array or vector.
    pub fn context(mut self, key: &str, values: impl Into<ContextValues>) -> Self {
        self.measure(key);
        let values = values.into();
        // A key without values costs something too. Beyond the limit nothing is kept, so that a request
        // of very many facts costs no more than it takes to refuse it in `build`.
        self.context_values += values.len().max(1);
        if self.context_values <= self.limits.context_values {
            self.context.insert(key, values);
        }
        self
    }

    /// Who owns the resources [RES-9].
    pub fn resource_owner(mut self, owner: AccountIds) -> Self {
        self.resource_owner = Some(owner);
        self
    }

    /// A service that cannot separate its operations [ACT-9].
    pub fn service_level(mut self, service: &str) -> Self {
        self.service_level.push(service.into());
        self
    }

    /// Other limits than the default; set them first.
    pub fn limits(mut self, limits: RequestLimits) -> Self {
        self.limits = limits;
        self
    }

    /// The request.
    ///
    /// # Errors
    ///
    /// A [`RequestError`]: the first malformed name, a missing part, or a limit.
    pub fn build(self) -> Result<Request, RequestError> {
        let limit = |part, limit| Err(RequestError { part, problem: Problem::Limit(limit) });
        if self.longest > self.limits.name_bytes {
            return limit(RequestPart::Name, self.limits.name_bytes);
        }
        if self.resources.len() > self.limits.resources {
            return limit(RequestPart::Resource, self.limits.resources);
        }
        if self.context_values > self.limits.context_values {
            return limit(RequestPart::Context, self.limits.context_values);
        }
        let principal = required(RequestPart::Principal, self.principal)?;
        let action = required(RequestPart::Action, self.action)?;
        let resources = self.resources.into_iter();
        let resources: Vec<_> = resources
            .map(|resource| required(RequestPart::Resource, Some(resource)))
            .collect::<Result<_, _>>()?;
        if resources.is_empty() {
            return Err(RequestError { part: RequestPart::Resource, problem: Problem::Missing });
        }
        Ok(Request {
            principal,
            action,
            resources,
            context: self.context,
            resource_owner: self.resource_owner,
            service_level: self.service_level,
        })
    }

    fn measure(&mut self, text: &str) {
        self.longest = self.longest.max(text.len());
    }
}

fn required<T>(part: RequestPart, value: Option<Result<T, NameError>>) -> Result<T, RequestError> {
    match value {
        None => Err(RequestError { part, problem: Problem::Missing }),
        Some(Err(error)) => Err(RequestError { part, problem: Problem::Name(error) }),
        Some(Ok(value)) => Ok(value),
    }
}

/// Why a request cannot be asked; it must not be served.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RequestError {
    part: RequestPart,
    problem: Problem,
}

/// Which part of a request is at fault.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum RequestPart {
    /// Who asks.
    Principal,
    /// What for.
    Action,
    /// To what.
    Resource,
    /// The facts.
    Context,
    /// Any name.
    Name,
}

#[derive(Clone, Debug, Eq, PartialEq)]
enum Problem {
    Missing,
    Name(NameError),
    Limit(usize),
}

impl RequestError {
    /// The stable code: what is wrong, for branching and for finding the page about it.
    pub fn code(&self) -> &'static str {
        match self.problem {
            Problem::Missing => "CAM4001",
            Problem::Name(_) => "CAM4002",
            Problem::Limit(_) => "CAM4003",
        }
    }

    /// The part at fault.
    pub fn part(&self) -> RequestPart {
        self.part
    }

    /// What is wrong with the name, where one is malformed.
    pub fn name_error(&self) -> Option<&NameError> {
        match &self.problem {
            Problem::Name(error) => Some(error),
            _ => None,
        }
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = match self.part {
            RequestPart::Principal => "principal",
            RequestPart::Action => "action",
            RequestPart::Resource => "resource",
            RequestPart::Context => "context",
            RequestPart::Name => "longest name",
        };
        match &self.problem {
            Problem::Missing => write!(f, "the request has no {part}"),
            Problem::Name(error) => write!(f, "the {part} of the request: {error}"),
            Problem::Limit(limit) => {
                write!(f, "the {part} of the request is over the limit of {limit}")
            }
        }
    }
}

impl std::error::Error for RequestError {}
