//! An account: its owner, policies, users, groups, roles, and what is attached to whom.

use std::sync::OnceLock;

use camlock_policy::{AccountIds, ElementPath, Policy, PolicyId, PolicyKind, ResourcePath, Uin};
use camlock_source::{SourceText, Span};
use camlock_syntax::{SpanMap, parse_faultless, spans_within};
use indexmap::IndexMap;

use crate::details::{PolicyDetails, RoleDetails, UserDetails};
use crate::{AccountError, Finding, read};

/// The general policies: what a sub-user without a second factor may not do with its account, as
/// denies [EVL-16].
pub const GENERAL_POLICIES: &str = r#"{
    "version": "2.0",
    "statement": [
        {
            "effect": "deny",
            "action": [
                "account:QueryKeyBySecretId",
                "account:SetSafeAuthFlag",
                "account:BindToken",
                "account:UnbindToken",
                "account:ModifyMail",
                "account:ModifyPhoneNum"
            ],
            "resource": "*",
            "condition": { "string_equal": { "mfa": "0" } }
        }
    ]
}
"#;

/// Everything that `account.json` says, checked: references lead somewhere, policies are valid.
///
/// # Examples
///
/// ```
/// use camlock_directory::Account;
///
/// let account = Account::from_json(r#"{
///     "camlock": 1,
///     "owner": { "uin": "100000000001", "app_id": "1250000000" },
///     "users": [ { "uin": "100000000011", "name": "alice" } ]
/// }"#)?;
/// assert_eq!(account.users().len(), 1);
/// # Ok::<(), camlock_directory::AccountError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Account {
    pub(crate) owner: AccountIds,
    pub(crate) entries: Vec<PolicyEntry>,
    pub(crate) users: IndexMap<Uin, User>,
    pub(crate) groups: IndexMap<Box<str>, Group>,
    pub(crate) roles: IndexMap<Box<str>, Role>,
    pub(crate) resource_policies: Vec<ResourcePolicy>,
    pub(crate) levels: Vec<Vec<PolicyId>>,
    pub(crate) warnings: Vec<Finding>,
}

/// A policy of the account and where its text stands.
#[derive(Clone, Debug)]
pub struct PolicyEntry {
    pub(crate) label: Box<str>,
    pub(crate) name: Option<Box<str>>,
    pub(crate) origin: PolicyOrigin,
    pub(crate) preset: bool,
    pub(crate) details: PolicyDetails,
    pub(crate) policy: Policy,
    pub(crate) source: SourceText,
    pub(crate) places: Places,
}

/// Where the elements of a policy stand; looked up when somebody asks, as few policies are ever shown.
#[derive(Clone, Debug)]
pub(crate) struct Places {
    /// The bytes of the document.
    pub(crate) document: Span,
    pub(crate) spans: OnceLock<SpanMap>,
}

impl Places {
    /// Of a document that fills its file.
    pub(crate) fn of_file(source: &SourceText) -> Self {
        let end = u32::try_from(source.text().len()).unwrap_or(u32::MAX);
        Self { document: Span::new(0, end), spans: OnceLock::new() }
    }

    pub(crate) fn get(&self, source: &SourceText, kind: PolicyKind) -> &SpanMap {
        self.spans.get_or_init(|| spans_within(source.text(), self.document, kind))
    }
}

/// Where in the account a policy comes from.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum PolicyOrigin {
    /// Listed under `policies`, to be attached.
    Listed,
    /// The trust policy of a role.
    Trust,
    /// Attached to a resource.
    Resource,
    /// A service control policy of a level.
    Organization,
    /// Given besides the account, such as a session policy.
    Session,
}

impl PolicyEntry {
    /// The id of the policy, or words for one that has none.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// The name of the policy, where it has one besides its id.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// Where in the account it comes from.
    pub fn origin(&self) -> PolicyOrigin {
        self.origin
    }

    /// Whether it is Tencent's own, which nobody changes.
    pub fn is_preset(&self) -> bool {
        self.preset
    }

    /// What is known of it besides.
    pub fn details(&self) -> &PolicyDetails {
        &self.details
    }

    /// The policy.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The document as it is written.
    pub fn document(&self) -> &str {
        let Span { start, end } = self.places.document;
        self.source.text().get(start as usize..end as usize).unwrap_or_default()
    }

    /// The text that it stands in.
    pub fn source(&self) -> &SourceText {
        &self.source
    }

    /// The bytes of one of its elements in that text.
    pub fn span(&self, path: ElementPath) -> Option<Span> {
        self.places.get(&self.source, self.policy.kind()).span(path)
    }
}

/// A user below the root account.
#[derive(Clone, Debug)]
#[expect(clippy::exhaustive_structs, reason = "the members of the account file")]
pub struct User {
    /// Its id.
    pub uin: Uin,
    /// Its id as somebody who gets messages, if it is stated.
    pub uid: Option<Box<str>>,
    /// Its name.
    pub name: Option<Box<str>>,
    /// What kind of user.
    pub kind: UserKind,
    /// The ids of its groups.
    pub groups: Vec<Box<str>>,
    /// What is attached to it directly.
    pub policies: Vec<PolicyId>,
    /// Its permission boundary.
    pub boundary: Option<PolicyId>,
    /// Its tags.
    pub tags: Vec<(Box<str>, Box<str>)>,
    /// What is known of it besides.
    pub details: UserDetails,
}

/// What kind of user.
#[expect(clippy::exhaustive_enums, reason = "whether a user has access must be decided for each")]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum UserKind {
    /// A sub-user of the account.
    SubUser,
    /// Another root account that works for this one [EVL-20].
    Collaborator,
    /// A member of a linked `WeCom` organization.
    WecomUser,
    /// Gets messages and has no access at all [EVL-20].
    MessageRecipient,
}

/// A group of users.
#[derive(Clone, Debug)]
#[expect(clippy::exhaustive_structs, reason = "the members of the account file")]
pub struct Group {
    /// Its id.
    pub id: Box<str>,
    /// Its name.
    pub name: Option<Box<str>>,
    /// What its members get.
    pub policies: Vec<PolicyId>,
    /// What somebody noted about it.
    pub remark: Box<str>,
}

/// A role that others may assume.
#[derive(Clone, Debug)]
#[expect(clippy::exhaustive_structs, reason = "the members of the account file")]
pub struct Role {
    /// Its id.
    pub id: Box<str>,
    /// Its name.
    pub name: Box<str>,
    /// Who may assume it.
    pub trust: PolicyId,
    /// What its sessions get.
    pub policies: Vec<PolicyId>,
    /// Its permission boundary.
    pub boundary: Option<PolicyId>,
    /// Its tags.
    pub tags: Vec<(Box<str>, Box<str>)>,
    /// Whether a service owns it.
    pub service_linked: bool,
    /// What is known of it besides.
    pub details: RoleDetails,
}

/// A policy attached to a resource.
#[derive(Clone, Debug)]
#[expect(clippy::exhaustive_structs, reason = "the members of the account file")]
pub struct ResourcePolicy {
    /// The resource, such as a bucket; the policy speaks about it and what is below it [SYN-20].
    pub resource: ResourcePath,
    /// The policy.
    pub policy: PolicyId,
}

impl Account {
    /// Reads an account from the text of `account.json`.
    ///
    /// # Errors
    ///
    /// An [`AccountError`] with every fault of the text; a policy kept in a file of its own is one,
    /// since this reads no files: see [`read`](Self::read).
    pub fn from_json(text: &str) -> Result<Self, AccountError> {
        Self::read(&SourceText::new("account.json", text), |_| {
            Err("policy files are not read here".to_owned())
        })
    }

    /// Reads an account whose policies may stand in files of their own.
    ///
    /// `open` gets the path as the account file writes it and answers the text, or why not.
    ///
    /// # Errors
    ///
    /// An [`AccountError`] with every fault of the account file and of the policies.
    pub fn read(
        source: &SourceText,
        open: impl FnMut(&str) -> Result<SourceText, String>,
    ) -> Result<Self, AccountError> {
        read::account(source, open)
    }

    /// Attaches the general policies to every user [EVL-16].
    ///
    /// The page that prints them omits their effect, so they are off unless asked for.
    pub fn attach_general_policies(&mut self) {
        let source = SourceText::new("general policies", GENERAL_POLICIES);
        let policy = parse_faultless(source.text(), PolicyKind::Identity);
        let number = u32::try_from(self.entries.len()).ok();
        // INVARIANT: the built-in text is a policy, which a test checks.
        let (Some(policy), Some(number)) = (policy, number) else { return };
        self.entries.push(PolicyEntry {
            label: "general policies".into(),
            name: None,
            origin: PolicyOrigin::Listed,
            preset: true,
            details: PolicyDetails::default(),
            policy,
            places: Places::of_file(&source),
            source,
        });
        for user in self.users.values_mut() {
            user.policies.push(PolicyId(number));
        }
    }

    /// The root account.
    pub fn owner(&self) -> &AccountIds {
        &self.owner
    }

    /// The policy with this number.
    pub fn policy(&self, id: PolicyId) -> Option<&PolicyEntry> {
        self.entries.get(usize::try_from(id.0).ok()?)
    }

    /// The users, in document order.
    pub fn users(&self) -> &IndexMap<Uin, User> {
        &self.users
    }

    /// The groups by id, in document order.
    pub fn groups(&self) -> &IndexMap<Box<str>, Group> {
        &self.groups
    }

    /// The roles by id, in document order.
    pub fn roles(&self) -> &IndexMap<Box<str>, Role> {
        &self.roles
    }

    /// Policies attached to resources, in document order.
    pub fn resource_policies(&self) -> &[ResourcePolicy] {
        &self.resource_policies
    }

    /// The service control policies above it, level by level, from the account upwards; every level has to
    /// allow, and the policies of one allow together [EVL-14].
    pub fn levels(&self) -> &[Vec<PolicyId>] {
        &self.levels
    }

    /// Whether service control policies stand above it.
    pub fn has_organization(&self) -> bool {
        !self.levels.is_empty()
    }

    /// What deserves a look although the account can be used.
    pub fn warnings(&self) -> &[Finding] {
        &self.warnings
    }
}
