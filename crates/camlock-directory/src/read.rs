//! `account.json` to an account: every fault of the file, in order.

mod details;
mod object;
mod place;
mod policies;
mod principals;
mod resources;

use std::collections::HashMap;

use camlock_policy::{AccountIds, AppId, PolicyId, Uin};
use camlock_source::{Diagnostic, Severity, SourceText};
use camlock_syntax::json::{self, Value};
use camlock_syntax::limits::Limits;
use camlock_syntax::{Documents, parse_around_documents};
use indexmap::IndexMap;

use crate::account::{Account, PolicyEntry};
use crate::finding as codes;
use crate::{AccountError, Finding};
use object::{Place, Reader};
use place::Spot;

/// Reads an account file; see [`Account::read`].
pub(crate) fn account(
    source: &SourceText,
    open: impl FnMut(&str) -> Result<SourceText, String>,
) -> Result<Account, AccountError> {
    let (parsed, documents) =
        parse_around_documents(source.text(), &Limits::account(), Spot::Account);
    let mut building = Building {
        reader: Reader::new(source.clone(), parsed.diagnostics),
        open,
        documents,
        entries: Vec::new(),
        by_name: HashMap::new(),
    };
    let account = parsed.root.as_ref().and_then(|root| building.account(root));
    // INVARIANT: whoever meets a document asks for its policy. One that nobody asked for would be
    // missing without a word.
    let account = account.filter(|_| building.documents.is_empty());
    let mut findings = building.reader.into_findings();
    let failed = findings.iter().any(|f| f.diagnostic.severity == Severity::Error);
    match account {
        Some(mut account) if !failed => {
            account.warnings = findings;
            Ok(account)
        }
        _ => {
            if findings.is_empty() {
                // INVARIANT: every way to no account reports why; this keeps a slip from being mute.
                let diagnostic = Diagnostic::error(
                    codes::WRONG_TYPE,
                    camlock_source::Span::new(0, 0),
                    "the account file cannot be read",
                );
                findings.push(Finding { source: source.clone(), diagnostic });
            }
            Err(AccountError::new(findings))
        }
    }
}

/// An account on its way; its methods are spread over the files of this module.
struct Building<F> {
    reader: Reader,
    open: F,
    /// Policies of documents in the file that were read along with it.
    documents: Documents,
    entries: Vec<PolicyEntry>,
    /// Listed policies by id and by name.
    by_name: HashMap<String, PolicyId>,
}

impl<F: FnMut(&str) -> Result<SourceText, String>> Building<F> {
    fn account(&mut self, root: &Value<'_>) -> Option<Account> {
        let place = Place::root();
        let members = [
            "camlock",
            "owner",
            "policies",
            "users",
            "groups",
            "roles",
            "resource_policies",
            "organization",
        ];
        let mut object = self.reader.object(root, &place, &members)?;
        let version = object.required(&mut self.reader, "camlock");
        if let Some((value, place)) = version {
            let known = matches!(&value.kind, json::Kind::Number(text) if *text == "1");
            if !known {
                let message = "this account file has an unknown version".to_owned();
                self.reader.error(
                    codes::BAD_VALUE,
                    value.span,
                    message,
                    "write `\"camlock\": 1`",
                    &place,
                );
            }
        }
        let owner = object.required(&mut self.reader, "owner");
        let owner = owner.and_then(|(value, place)| self.owner(value, &place));

        self.policies(object.take("policies"));
        let groups = self.groups(&object.take("groups"));
        let users = self.users(&object.take("users"), &groups);
        let roles = self.roles(&object.take("roles"));
        let owner = owner?;
        let resource_policies = self.resource_policies(&object.take("resource_policies"), &owner);
        let levels = self.levels(&object.take("organization"));
        Some(Account {
            owner,
            entries: std::mem::take(&mut self.entries),
            users,
            groups,
            roles,
            resource_policies,
            levels,
            warnings: Vec::new(),
        })
    }

    fn owner(&mut self, value: &Value<'_>, place: &Place) -> Option<AccountIds> {
        let mut object = self.reader.object(value, place, &["uin", "app_id"])?;
        let uin = object.required(&mut self.reader, "uin");
        let uin = uin.and_then(|(value, place)| self.reader.id(value, &place));
        let app_id = object.take("app_id");
        let app_id = app_id.and_then(|(value, place)| self.reader.id(value, &place));
        Some(AccountIds::new(
            Some(Uin::parse(&uin?)?),
            app_id.and_then(|digits| AppId::parse(&digits)),
        ))
    }

    /// The policy that a reference means, by id or by name.
    fn reference(&mut self, value: &Value<'_>, place: &Place) -> Option<PolicyId> {
        let name = self.reader.name(value, place)?;
        let found = self.by_name.get(&name).copied();
        if found.is_none() {
            let shown = camlock_source::quote(&name);
            let message = format!("no policy has the id or name `{shown}`");
            let help = "list it under `policies`, or remove the reference";
            self.reader.error(codes::DANGLING, value.span, message, help, place);
        }
        found
    }

    fn references(&mut self, list: Option<(&Value<'_>, Place)>) -> Vec<PolicyId> {
        let mut ids = Vec::new();
        for (value, place) in self.reader.list(list) {
            ids.extend(self.reference(value, &place));
        }
        ids
    }
}

/// Adds `value` under its key, or reports that the key is taken.
fn insert<V>(
    map: &mut IndexMap<Box<str>, V>,
    reader: &mut Reader,
    key: Box<str>,
    value: V,
    at: &Value<'_>,
    place: &Place,
) {
    if map.contains_key(&key) {
        reader.duplicate("id", &key, at, place);
    } else {
        map.insert(key, value);
    }
}
