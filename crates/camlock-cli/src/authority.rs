//! Whom to ask: an account, or bare policies.

use std::path::{Path, PathBuf};

use camlock::policy::{ElementPath, PolicyId};
use camlock::source::{SourceText, Span};
use camlock::syntax::SpanMap;
use camlock::{
    Account, Authorizer, CompiledLayers, Deployment, Explanation, Outcome, PolicyKind,
    PolicyLayers, parse,
};
use camlock_wire::WireRequest;
use clap::Args;

use crate::files::{Named, read_text};
use crate::problem::Problem;

/// Bytes of one policy file, and of an account file.
pub(crate) const MAX_POLICY: usize = 1 << 20;
const MAX_ACCOUNT: usize = 1 << 30;

/// Whom to ask.
#[derive(Args, Debug)]
#[group(required = true, multiple = true)]
pub(crate) struct AuthorityArgs {
    /// The account: users, groups, roles, policies and what is attached to whom
    #[arg(long, value_name = "FILE", conflicts_with = "policies")]
    pub(crate) account: Option<PathBuf>,

    /// A policy that the request meets; repeat it for several. The kind is identity unless written
    /// before the file, as in `resource=bucket.json`, `boundary=…`, `session=…`, `trust=…`, `scp=…`
    /// or, for the second level of an organization, `scp1=…`
    #[arg(long = "policy", value_name = "[KIND=]FILE")]
    pub(crate) policies: Vec<String>,
}

/// Options that change a decision; each is off by default.
#[derive(Args, Debug)]
#[command(next_help_heading = "Options that change a decision")]
pub(crate) struct RuleArgs {
    /// A deny for everyone stops signed callers too [EVL-10]; the platform lets them pass
    #[arg(long)]
    pub(crate) strict_everyone_deny: bool,

    /// Add the six general denies for sub-users without a second factor [EVL-16]
    #[arg(long)]
    pub(crate) general_policies: bool,
}

impl RuleArgs {
    pub(crate) fn deployment(&self) -> Deployment {
        Deployment { strict_everyone_deny: self.strict_everyone_deny, ..Deployment::default() }
    }
}

/// Policies compiled, and the names that people know them by.
#[derive(Debug)]
pub(crate) enum Authority {
    Account(Box<Authorizer>),
    Bare(Box<Bare>),
}

/// Policies given one by one; the principal is as the request states it.
#[derive(Debug)]
pub(crate) struct Bare {
    layers: PolicyLayers,
    compiled: CompiledLayers,
    deployment: Deployment,
    policies: Vec<BarePolicy>,
}

#[derive(Debug)]
struct BarePolicy {
    source: SourceText,
    spans: SpanMap,
}

/// A policy as an explanation shows it.
#[derive(Clone, Debug)]
pub(crate) struct PolicyView<'a> {
    pub(crate) label: &'a str,
    pub(crate) name: Option<&'a str>,
    pub(crate) source: Option<&'a SourceText>,
    spans: Option<&'a SpanMap>,
    entry: Option<&'a camlock::PolicyEntry>,
}

impl PolicyView<'_> {
    pub(crate) fn span(&self, path: ElementPath) -> Option<Span> {
        self.entry.and_then(|entry| entry.span(path)).or_else(|| self.spans?.span(path))
    }

    /// The name and the id, as far as there are both.
    pub(crate) fn title(&self) -> String {
        match self.name {
            Some(name) => format!("{name} ({})", self.label),
            None => self.label.to_owned(),
        }
    }
}

impl Authority {
    pub(crate) fn load(args: &AuthorityArgs, rules: &RuleArgs) -> Result<Self, Problem> {
        if let Some(path) = &args.account {
            return Self::load_account(path, Named::ByUser, rules);
        }
        let deployment = rules.deployment();
        let mut bare = Bare {
            layers: PolicyLayers::default(),
            compiled: CompiledLayers::default(),
            deployment,
            policies: Vec::new(),
        };
        for argument in &args.policies {
            bare.add(argument)?;
        }
        if rules.general_policies {
            let source = SourceText::new("general policies", camlock::GENERAL_POLICIES);
            bare.push(source, PolicyKind::Identity, 0)?;
        }
        bare.compiled = CompiledLayers::new(&bare.layers);
        Ok(Self::Bare(Box::new(bare)))
    }

    pub(crate) fn load_account(
        path: &Path,
        named: Named,
        rules: &RuleArgs,
    ) -> Result<Self, Problem> {
        let mut account = load_account(path, named)?;
        if rules.general_policies {
            account.attach_general_policies();
        }
        let authorizer = Authorizer::with_deployment(account, rules.deployment());
        Ok(Self::Account(Box::new(authorizer)))
    }

    pub(crate) fn decide(&self, request: &WireRequest) -> Result<Outcome, Problem> {
        match self {
            Self::Account(authorizer) => {
                let session = request.session_policy.as_ref().map(Authorizer::session);
                authorizer
                    .decide_in_session(&request.request, session.as_ref())
                    .map_err(|error| Problem::new(format!("{}: {error}", error.code())))
            }
            Self::Bare(bare) => Ok(bare.with_session(request, |compiled| {
                compiled.decide(&request.request, &bare.deployment)
            })),
        }
    }

    pub(crate) fn explain(&self, request: &WireRequest) -> Result<Explanation, Problem> {
        match self {
            Self::Account(authorizer) => {
                let session = request.session_policy.as_ref().map(Authorizer::session);
                authorizer
                    .explain(&request.request, session.as_ref())
                    .map_err(|error| Problem::new(format!("{}: {error}", error.code())))
            }
            Self::Bare(bare) => Ok(bare.with_session(request, |compiled| {
                compiled.explain(&request.request, &bare.deployment)
            })),
        }
    }

    /// The policy that an outcome names.
    pub(crate) fn policy(&self, id: PolicyId) -> PolicyView<'_> {
        const SESSION: PolicyView<'static> = PolicyView {
            label: "session policy",
            name: None,
            source: None,
            spans: None,
            entry: None,
        };
        match self {
            Self::Account(authorizer) => {
                authorizer.policy(id).map_or(SESSION, |entry| PolicyView {
                    label: entry.label(),
                    name: entry.name(),
                    source: Some(entry.source()),
                    spans: None,
                    entry: Some(entry),
                })
            }
            Self::Bare(bare) => {
                let index = usize::try_from(id.0).ok();
                let policy = index.and_then(|index| bare.policies.get(index));
                policy.map_or(SESSION, |policy| PolicyView {
                    label: policy.source.name(),
                    name: None,
                    source: Some(&policy.source),
                    spans: Some(&policy.spans),
                    entry: None,
                })
            }
        }
    }

    /// Where a bare policy or an account says the name of a user.
    pub(crate) fn name_of(&self, principal: &camlock::Principal) -> Option<&str> {
        let Self::Account(authorizer) = self else { return None };
        match principal {
            camlock::Principal::User(user) => {
                authorizer.account().users().get(&user.uin)?.name.as_deref()
            }
            camlock::Principal::Role(role) => {
                let id = role.id.as_deref()?;
                authorizer.account().roles().get(id).map(|role| &*role.name)
            }
            _ => None,
        }
    }
}

impl Bare {
    fn add(&mut self, argument: &str) -> Result<(), Problem> {
        let (kind, level, path) = kind_and_path(argument);
        let source = read_text(Path::new(path), MAX_POLICY, Named::ByUser)?;
        self.push(source, kind, level)
    }

    fn push(&mut self, source: SourceText, kind: PolicyKind, level: usize) -> Result<(), Problem> {
        let parsed = parse(source.text(), kind);
        let Some(policy) = parsed.policy else {
            return Err(Problem::faults(&source, &parsed.diagnostics));
        };
        self.layers.push(policy, level);
        self.policies.push(BarePolicy { source, spans: parsed.spans });
        Ok(())
    }

    /// Asks the compiled policies, or a copy with the session policy of the request among them.
    fn with_session<T>(&self, request: &WireRequest, ask: impl Fn(&CompiledLayers) -> T) -> T {
        match &request.session_policy {
            None => ask(&self.compiled),
            Some(session) => {
                let mut layers = self.layers.clone();
                layers.push(session.clone(), 0);
                ask(&CompiledLayers::new(&layers))
            }
        }
    }
}

/// `resource=bucket.json`, `scp1=…`; a file whose name has such a beginning is written `identity=…`.
fn kind_and_path(argument: &str) -> (PolicyKind, usize, &str) {
    let plain = (PolicyKind::Identity, 0, argument);
    let Some((word, path)) = argument.split_once('=') else { return plain };
    let (name, level) = match word.strip_prefix("scp") {
        Some(digits) if !digits.is_empty() => ("scp", digits.parse().ok()),
        _ => (word, Some(0)),
    };
    match (PolicyKind::parse(name), level) {
        (Some(kind), Some(level)) => (kind, level, path),
        _ => plain,
    }
}

/// Reads an account file, and the policy files that it names.
pub(crate) fn load_account(path: &Path, named: Named) -> Result<Account, Problem> {
    load_account_with(path, named, |_| {})
}

/// The same; `note` is told each file before it is read.
pub(crate) fn load_account_with(
    path: &Path,
    named: Named,
    mut note: impl FnMut(&Path),
) -> Result<Account, Problem> {
    note(path);
    let source = read_text(path, MAX_ACCOUNT, named)?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let account = Account::read(&source, |file| {
        let file = folder.join(file);
        note(&file);
        read_text(&file, MAX_POLICY, Named::ByDocument).map_err(|problem| problem.to_string())
    })?;
    Ok(account)
}
