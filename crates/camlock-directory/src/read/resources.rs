//! Policies attached to resources, and the service control policies of the organization.

use std::collections::HashSet;

use camlock_policy::{
    AccountIds, AccountSegment, ElementPath, Piece, PolicyId, PolicyKind, ResourceName,
    ResourcePath, ResourcePattern,
};
use camlock_source::{Diagnostic, SourceText};
use camlock_syntax::json::Value;

use super::Building;
use super::object::Place;
use super::policies::Document;
use crate::account::{PolicyOrigin, ResourcePolicy};
use crate::finding as codes;

type List<'v, 'a> = Option<(&'v Value<'a>, Place)>;

impl<F: FnMut(&str) -> Result<SourceText, String>> Building<F> {
    pub(super) fn resource_policies(
        &mut self,
        list: &List<'_, '_>,
        owner: &AccountIds,
    ) -> Vec<ResourcePolicy> {
        let mut policies: Vec<ResourcePolicy> = Vec::new();
        let mut taken = HashSet::new();
        for (value, place) in self.reader.list(list.clone()) {
            let Some(policy) = self.resource_policy(value, &place, owner) else { continue };
            let path = &policy.resource;
            if taken.insert((path.service().to_owned(), path.resource().to_owned())) {
                policies.push(policy);
            } else {
                self.reader.duplicate("resource", path.resource(), value, &place);
            }
        }
        policies
    }

    fn resource_policy(
        &mut self,
        value: &Value<'_>,
        place: &Place,
        owner: &AccountIds,
    ) -> Option<ResourcePolicy> {
        let mut object = self.reader.object(value, place, &["resource", "document"])?;
        let resource = object.required(&mut self.reader, "resource");
        let resource = resource.and_then(|(value, place)| self.own_resource(value, &place, owner));
        let (document, place) = object.required(&mut self.reader, "document")?;
        let mut document = self.document(document, &place, PolicyKind::Resource);
        let resource = resource?;
        document.diagnostics.extend(outside(&document, &resource, &place));
        let label = format!("policy of {}", resource.resource());
        let policy = self.entry(&label, None, PolicyOrigin::Resource, document)?;
        Some(ResourcePolicy { resource, policy })
    }

    /// A resource of this account, whole, in six segments.
    fn own_resource(
        &mut self,
        value: &Value<'_>,
        place: &Place,
        owner: &AccountIds,
    ) -> Option<ResourcePath> {
        let text = self.reader.text(value, place)?;
        let fault = match ResourceName::parse(&text) {
            Ok(ResourceName::Path(path)) if path.resource().contains('*') => {
                "a resource policy is attached to one resource, without wildcards".to_owned()
            }
            Ok(ResourceName::Path(path)) => match path.account() {
                AccountSegment::Uin(uin) if Some(uin) != owner.uin() => {
                    "the resource belongs to another account".to_owned()
                }
                AccountSegment::AppId(id) if owner.app_id().is_some_and(|own| own != id) => {
                    "the resource belongs to another account".to_owned()
                }
                _ => return Some(path),
            },
            Ok(ResourceName::Any) => "`*` is not a resource".to_owned(),
            Err(error) => error.to_string(),
        };
        let help = "write `qcs::cos:region:uid/APPID:bucket-APPID` of this account";
        self.reader.error(codes::BAD_VALUE, value.span, fault, help, place);
        None
    }

    /// The levels of the organization, from this account upwards [EVL-14].
    pub(super) fn levels(&mut self, organization: &List<'_, '_>) -> Vec<Vec<PolicyId>> {
        let Some((value, place)) = organization else { return Vec::new() };
        let Some(mut object) = self.reader.object(value, place, &["levels"]) else {
            return Vec::new();
        };
        let list = object.required(&mut self.reader, "levels");
        let mut levels = Vec::new();
        for (value, place) in self.reader.list(list) {
            levels.extend(self.level(value, &place));
        }
        levels
    }

    fn level(&mut self, value: &Value<'_>, place: &Place) -> Option<Vec<PolicyId>> {
        let mut object = self.reader.object(value, place, &["name", "policies"])?;
        let name = object.take("name").and_then(|(value, place)| self.reader.text(value, &place));
        let list = object.required(&mut self.reader, "policies");
        let mut policies = Vec::new();
        for (index, (value, place)) in self.reader.list(list).into_iter().enumerate() {
            let document = self.document(value, &place, PolicyKind::Scp);
            let label = format!("{} policy {index}", name.as_deref().unwrap_or("organization"));
            policies.extend(self.entry(&label, None, PolicyOrigin::Organization, document));
        }
        Some(policies)
    }
}

/// A bucket policy may name only resources inside its own bucket, or `*` [SYN-20].
fn outside(document: &Document, resource: &ResourcePath, place: &Place) -> Vec<Diagnostic> {
    let Some(policy) = &document.policy else { return Vec::new() };
    let inside = |pattern: &ResourcePattern| match pattern {
        ResourcePattern::Any => true,
        ResourcePattern::Segments(segments) => {
            let service = segments.service().is_none_or(|service| service == resource.service());
            let first = segments.resource().pieces().first();
            let below = matches!(first, Some(Piece::Text(text)) if is_below(text, resource.resource(), segments.resource().pieces().len() == 1));
            service && below
        }
    };
    let mut faults = Vec::new();
    for (index, statement) in (0_u32..).zip(policy.statements()) {
        if statement.resources().iter().all(inside) {
            continue;
        }
        let element = camlock_policy::Element::Resources;
        let spans = document.places.get(&document.source, policy.kind());
        let span = spans.span(ElementPath { statement: index, element }).unwrap_or_default();
        let message = format!("a policy of `{}` speaks about something else", resource.resource());
        faults.push(
            Diagnostic::error(codes::OUTSIDE_RESOURCE, span, message)
                .with_api_code(camlock_policy::ApiCode::ResourceError.as_str())
                .with_help("name resources inside it, or `*` for all of them")
                .with_pointer(format!("{place}/statement/{index}/resource")),
        );
    }
    faults
}

/// Whether a pattern that begins with `text` stays at or below `resource`.
fn is_below(text: &str, resource: &str, whole: bool) -> bool {
    match text.strip_prefix(resource) {
        Some("") => whole,
        Some(rest) => rest.starts_with('/'),
        None => false,
    }
}
