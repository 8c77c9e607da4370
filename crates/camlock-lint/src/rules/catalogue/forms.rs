//! What the catalogue knows of the actions and resources of a statement.

use camlock_catalog::{ActionEntry, Catalog, Granularity, ResourceForm, Service};
use camlock_policy::{Piece, ResourcePattern};

use crate::analysis::Analysis;
use crate::element::ActionElement;

/// Longer lists are not compared with each other; nobody writes them by hand.
pub(super) const MOST: usize = 100;

/// What is known of a concrete action.
pub(super) fn known<'c>(
    action: &ActionElement<'_>,
    catalog: &'c Catalog,
) -> Option<ActionEntry<'c>> {
    let (service, operation) = action.concrete()?;
    catalog.service(service)?.action(operation)
}

/// The same, for actions on resources whose forms are known.
pub(super) fn entry<'c>(
    action: &ActionElement<'_>,
    catalog: &'c Catalog,
) -> Option<ActionEntry<'c>> {
    let entry = known(action, catalog)?;
    let is_known = entry.granularity() == Some(Granularity::Resource);
    (is_known && entry.resource_forms().next().is_some()).then_some(entry)
}

/// How fine an action can be authorized; of a pattern nothing is said, unless its service is authorized
/// as a whole.
pub(super) fn granularity(action: &ActionElement<'_>, catalog: &Catalog) -> Option<Granularity> {
    let service = action.service().and_then(|own| catalog.service(own));
    if service.and_then(Service::granularity) == Some(Granularity::Service) {
        return Some(Granularity::Service);
    }
    known(action, catalog).and_then(ActionEntry::granularity)
}

/// Whether an action may be asked for a resource that a pattern covers.
pub(super) fn fits(
    analysis: Analysis<'_>,
    resource: &ResourcePattern,
    action: ActionEntry<'_>,
) -> bool {
    let service = match resource {
        ResourcePattern::Any => return true,
        ResourcePattern::Segments(segments) => segments.service(),
    };
    let mut forms = action.resource_forms();
    if is_bucket_alone(resource) && forms.any(|form| form.service() == "cos") {
        return !action.resource_forms().all(is_of_objects);
    }
    action.resource_forms().any(|form| {
        service.is_none_or(|own| own == form.service())
            && analysis.path_overlaps(resource, form.path())
    })
}

/// Whether a form is one of objects in buckets, which have a name.
fn is_of_objects(form: ResourceForm<'_>) -> bool {
    form.service() == "cos" && form.path().ends_with("/*")
}

/// Whether a resource is a bucket without any of its objects.
pub(super) fn is_bucket_alone(resource: &ResourcePattern) -> bool {
    let ResourcePattern::Segments(segments) = resource else { return false };
    let key = segments
        .resource()
        .as_literal()
        .map(|path| path.split_once('/').unwrap_or((path, "")))
        .map(|own| own.1);
    segments.service() == Some("cos") && key == Some("")
}

/// Whether a resource is a bucket or an object. Buckets have no types, and objects stand for their buckets.
pub(super) fn is_of_cos(resource: &ResourcePattern) -> bool {
    matches!(resource, ResourcePattern::Segments(own) if own.service() == Some("cos"))
}

/// Whether a resource is of a type that its service is not known to have; what takes it is not known then.
pub(super) fn is_open(resource: &ResourcePattern, catalog: &Catalog) -> bool {
    let ResourcePattern::Segments(segments) = resource else { return false };
    let Some(service) = segments.service() else { return false };
    if service == "cos" {
        return true;
    }
    let is_type = |own: &str| own.contains(['*', '$']) || has_type(catalog, service, own);
    // Nearly all begin with the type and a slash.
    if let Some(Piece::Text(text)) = segments.resource().pieces().first()
        && let Some((own, _)) = text.split_once('/')
    {
        return !is_type(own);
    }
    let path = segments.resource().to_string();
    !is_type(path.split('/').next().unwrap_or_default())
}

/// Whether a service has actions on resources, none of which is of the service `other`.
pub(super) fn never_on(service: Service<'_>, other: &str) -> bool {
    let mut forms = service.actions().flat_map(ActionEntry::resource_forms).peekable();
    forms.peek().is_some() && service.name() != other && forms.all(|form| form.service() != other)
}

/// Whether a service is known to have resources of a type, such as `instance`.
pub(super) fn has_type(catalog: &Catalog, service: &str, word: &str) -> bool {
    catalog.service(service).is_some_and(|own| own.has_resource_type(word))
}

/// The types of resources that a service is known to have, in order.
pub(super) fn types<'c>(
    catalog: &'c Catalog,
    service: &str,
) -> impl Iterator<Item = &'c str> + use<'c> {
    catalog.service(service).into_iter().flat_map(Service::resource_types)
}
