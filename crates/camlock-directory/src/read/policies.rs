//! The policies of an account, in the file or in files of their own.

use std::collections::hash_map::Entry;
use std::sync::OnceLock;

use camlock_policy::{Policy, PolicyId, PolicyKind};
use camlock_source::{Diagnostic, SourceText};
use camlock_syntax::json::Value;
use camlock_syntax::{ParsedPolicy, parse, parse_faultless, parse_value};

use super::Building;
use super::details::OF_POLICIES;
use super::object::Place;
use crate::account::{Places, PolicyEntry, PolicyOrigin};
use crate::details::PolicyDetails;
use crate::finding as codes;

/// A policy or what keeps it from being one, and where it stands.
pub(super) struct Document {
    pub(super) policy: Option<Policy>,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) source: SourceText,
    pub(super) places: Places,
}

impl<F: FnMut(&str) -> Result<SourceText, String>> Building<F> {
    /// The policies that can be attached.
    pub(super) fn policies(&mut self, list: Option<(&Value<'_>, Place)>) {
        for (value, place) in self.reader.list(list) {
            self.listed_policy(value, &place);
        }
    }

    fn listed_policy(&mut self, value: &Value<'_>, place: &Place) -> Option<()> {
        let members = ["id", "name", "type", "document", "file"];
        let members = [&members[..], &OF_POLICIES].concat();
        let mut object = self.reader.object(value, place, &members)?;
        let id = object.take("id").and_then(|(value, place)| self.reader.id(value, &place));
        let name = object.take("name").and_then(|(value, place)| self.reader.text(value, &place));
        let mut preset = false;
        if let Some((value, place)) = object.take("type") {
            let kind = self.reader.text(value, &place);
            preset = kind.as_deref() == Some("preset");
            if kind.is_some_and(|kind| !matches!(kind.as_str(), "custom" | "preset")) {
                let message = "a policy is `custom` or `preset`".to_owned();
                self.reader.error(
                    codes::BAD_VALUE,
                    value.span,
                    message,
                    "use one of these",
                    &place,
                );
            }
        }
        let Some(label) = id.clone().or_else(|| name.clone()) else {
            object.required(&mut self.reader, "id");
            return None;
        };
        let document = match (object.take("document"), object.take("file")) {
            (Some((value, place)), None) => self.document(value, &place, PolicyKind::Identity),
            (None, Some((value, place))) => self.policy_file(value, &place)?,
            (Some(_), Some((value, place))) => {
                let message = "a policy has either `document` or `file`".to_owned();
                self.reader.error(codes::BAD_VALUE, value.span, message, "remove one", &place);
                return None;
            }
            (None, None) => {
                object.required(&mut self.reader, "document");
                return None;
            }
        };
        let details = self.reader.policy_details(&mut object);
        let short_name = name.clone().filter(|_| id.is_some());
        let entry = self.entry(&label, short_name, PolicyOrigin::Listed, document);
        if let Some(entry) = entry.and_then(|_| self.entries.last_mut()) {
            entry.preset = preset;
            entry.details = details;
        }
        // A policy that cannot be read still has its names, so that references to it are not faults.
        let number = entry.unwrap_or(PolicyId(u32::MAX));
        for (what, key) in [("id", id), ("name", name)] {
            let Some(key) = key else { continue };
            match self.by_name.entry(key) {
                Entry::Occupied(taken) => self.reader.duplicate(what, taken.key(), value, place),
                Entry::Vacant(free) => _ = free.insert(number),
            }
        }
        Some(())
    }

    /// A document that stands in the account file.
    pub(super) fn document(
        &mut self,
        value: &Value<'_>,
        place: &Place,
        kind: PolicyKind,
    ) -> Document {
        let source = self.reader.source().clone();
        let mut places = Places { document: value.span, spans: OnceLock::new() };
        if let Some(policy) = self.documents.take(value.span) {
            return Document { policy: Some(policy), diagnostics: Vec::new(), source, places };
        }
        let parsed = parse_value(source.text(), value, kind, &place.to_string());
        places.spans = parsed.spans.into();
        let ParsedPolicy { policy, diagnostics, .. } = parsed;
        Document { policy, diagnostics, source, places }
    }

    fn policy_file(&mut self, value: &Value<'_>, place: &Place) -> Option<Document> {
        let path = self.reader.text(value, place)?;
        match (self.open)(&path) {
            Ok(source) => {
                let mut places = Places::of_file(&source);
                let faultless = parse_faultless(source.text(), PolicyKind::Identity);
                if faultless.is_some() {
                    let diagnostics = Vec::new();
                    return Some(Document { policy: faultless, diagnostics, source, places });
                }
                let parsed = parse(source.text(), PolicyKind::Identity);
                places.spans = parsed.spans.into();
                let ParsedPolicy { policy, diagnostics, .. } = parsed;
                Some(Document { policy, diagnostics, source, places })
            }
            Err(why) => {
                let shown = camlock_source::quote(&path);
                let message = format!("the policy file `{shown}` cannot be read: {why}");
                let help = "paths count from the folder of the account file";
                self.reader.error(codes::UNREADABLE_FILE, value.span, message, help, place);
                None
            }
        }
    }

    /// Numbers a policy, or reports why it is none.
    pub(super) fn entry(
        &mut self,
        label: &str,
        name: Option<String>,
        origin: PolicyOrigin,
        document: Document,
    ) -> Option<PolicyId> {
        let Document { policy, diagnostics, source, places } = document;
        self.reader.add(&source, diagnostics);
        let policy = policy?;
        let id = PolicyId(u32::try_from(self.entries.len()).ok()?);
        self.entries.push(PolicyEntry {
            label: label.into(),
            name: name.map(Into::into),
            origin,
            preset: false,
            details: PolicyDetails::default(),
            policy,
            source,
            places,
        });
        Some(id)
    }
}
