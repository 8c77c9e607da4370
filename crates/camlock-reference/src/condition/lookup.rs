//! The values that a condition key has in the context of a request.

use camlock_policy::{ConditionKey, Context, ContextValue, TagKey};

/// The values of a key, none where it is missing [CND-14].
///
/// A key that reads tags reads those of its side, by whatever name [CND-27, CND-28].
pub(super) fn values(context: &Context, key: &ConditionKey) -> Vec<ContextValue> {
    let Some(tag) = key.tag() else { return context.values(key.as_str()).to_vec() };
    let tags = context.values(tag.side().key());
    match tag.name() {
        None => tags.to_vec(),
        Some(name) => tags.iter().filter_map(|entry| value_of_tag(entry, name)).collect(),
    }
}

/// The value of a tag, if the entry is of that tag; the first `&` separates [CND-26].
///
/// An entry that is not `key&value` may be of any tag: it is there, and unreadable [RD-17].
fn value_of_tag(entry: &ContextValue, name: &str) -> Option<ContextValue> {
    match entry.text().and_then(|text| text.split_once('&')) {
        None => Some(ContextValue::Unreadable),
        Some((key, value)) => (key == name).then(|| value.into()),
    }
}

/// Whether the key reads the values of one tag only [CND-27].
pub(super) fn is_of_one_tag(key: &ConditionKey) -> bool {
    key.tag().and_then(TagKey::name).is_some()
}
