//! The facts that a request carries.

use std::net::IpAddr;

use smallvec::{SmallVec, smallvec};
use smol_str::SmolStr;

use crate::address::parse_address;
use crate::{Decimal, TagKey, UtcTime, hash};

/// One value of a key, in the type that the caller gave it.
///
/// The operator that reads it decides what it is: a value that it cannot read makes the clause
/// indeterminate, which is not the same as missing [CND-29].
#[expect(clippy::exhaustive_enums, reason = "an evaluator must handle every type of value")]
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum ContextValue {
    /// Text.
    Text(SmolStr),
    /// A number, as written in the request [RD-13].
    Number(SmolStr),
    /// A boolean.
    Bool(bool),
    /// `null`, an object or a nested list: there, and unreadable for every operator [RD-28].
    Unreadable,
}

impl ContextValue {
    /// The text that a string operator reads: numbers as written, booleans as words [RD-13].
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Number(text) => Some(text),
            Self::Bool(true) => Some("true"),
            Self::Bool(false) => Some("false"),
            Self::Unreadable => None,
        }
    }

    /// The number that a numeric operator reads [CND-18].
    pub fn number(&self) -> Option<Decimal<'_>> {
        match self {
            Self::Text(text) | Self::Number(text) => Decimal::parse(text),
            Self::Bool(_) | Self::Unreadable => None,
        }
    }

    /// The time that a date operator reads [CND-19].
    pub fn time(&self) -> Option<UtcTime> {
        match self {
            Self::Text(text) => UtcTime::parse(text),
            _ => None,
        }
    }

    /// The boolean that `bool_equal` reads [CND-20].
    pub fn boolean(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            Self::Text(text) if text == "true" => Some(true),
            Self::Text(text) if text == "false" => Some(false),
            _ => None,
        }
    }

    /// The address that an address operator reads [CND-22].
    pub fn address(&self) -> Option<IpAddr> {
        match self {
            Self::Text(text) => parse_address(text),
            _ => None,
        }
    }
}

impl From<&str> for ContextValue {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for ContextValue {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<bool> for ContextValue {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for ContextValue {
    fn from(number: i64) -> Self {
        Self::Number(number.to_string().into())
    }
}

/// All values of one key: one, several, or none, which is as good as missing [CND-14].
///
/// Made from one value, an array or a vector, so that a builder takes them all.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct ContextValues(Values);

/// Nearly every key has one value.
type Values = SmallVec<[ContextValue; 1]>;

impl<T: Into<ContextValue>> From<T> for ContextValues {
    fn from(value: T) -> Self {
        Self(smallvec![value.into()])
    }
}

impl<T: Into<ContextValue>> From<Vec<T>> for ContextValues {
    fn from(values: Vec<T>) -> Self {
        Self(values.into_iter().map(Into::into).collect())
    }
}

impl<T: Into<ContextValue>, const N: usize> From<[T; N]> for ContextValues {
    fn from(values: [T; N]) -> Self {
        Self(values.into_iter().map(Into::into).collect())
    }
}

impl ContextValues {
    /// How many values there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no value.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The facts of one request, each key with its values.
///
/// Tags have one home a side: `qcs:tag` is read as `qcs:resource_tag` [CND-27], and a fact given in
/// the per-key form `qcs:resource_tag/K` joins the others as `K&value`.
///
/// # Examples
///
/// ```
/// use camlock_policy::Context;
///
/// let mut context = Context::default();
/// context.insert("qcs:tag", ["env&prod"].into());
/// assert_eq!(context.values("qcs:resource_tag").len(), 1);
/// assert!(context.values("qcs:ip").is_empty());
/// ```
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Context {
    /// Sorted by key.
    entries: Vec<Entry>,
    /// Of the key of each entry, where one line of the cache holds them all.
    hashes: SmallVec<[u64; 7]>,
}

/// A key to ask contexts for, with its hash, for whoever asks often.
///
/// # Examples
///
/// ```
/// use camlock_policy::{Context, ContextKey};
///
/// let mut context = Context::default();
/// context.insert("qcs:ip", ["10.1.2.3"].into());
/// let (values, facts) = context.read(&ContextKey::new("qcs:ip"));
/// assert_eq!((values.len(), facts.len()), (1, 1));
/// ```
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct ContextKey {
    text: Box<str>,
    hash: u64,
}

impl ContextKey {
    /// Takes the hash of a key; tags go by the current name of their side, see [`TagKey`].
    pub fn new(key: &str) -> Self {
        Self { text: key.into(), hash: hash::of(key) }
    }

    /// The key.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

/// The values of one key, as given and as read.
#[derive(Clone, Debug, Eq, PartialEq)]
struct Entry {
    key: SmolStr,
    values: Values,
    facts: SmallVec<[ContextFact; 1]>,
}

/// What a value of the context says, read once for all conditions that ask.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "plain readings of one value")]
pub struct ContextFact {
    /// [`ContextValue::address`].
    pub address: Option<IpAddr>,
    /// [`ContextValue::time`].
    pub time: Option<UtcTime>,
}

impl ContextFact {
    fn of(value: &ContextValue) -> Self {
        Self { address: value.address(), time: value.time() }
    }
}

impl Context {
    /// Adds values to a key; values of a key given twice join.
    pub fn insert(&mut self, key: &str, values: ContextValues) {
        let ContextValues(mut values) = values;
        let mut home = key;
        if let Some(tag) = TagKey::of(key) {
            home = tag.side().key();
            if let Some(name) = tag.name() {
                for value in &mut values {
                    *value = value.text().map_or(ContextValue::Unreadable, |text| {
                        ContextValue::Text(smol_str::format_smolstr!("{name}&{text}"))
                    });
                }
            }
        }
        let facts = values.iter().map(ContextFact::of);
        match self.entries.binary_search_by(|entry| entry.key.as_str().cmp(home)) {
            Ok(at) => {
                if let Some(present) = self.entries.get_mut(at) {
                    present.facts.extend(facts);
                    present.values.extend(values);
                }
            }
            Err(at) => {
                let facts = facts.collect();
                self.entries.insert(at, Entry { key: home.into(), values, facts });
                self.hashes.insert(at, hash::of(home));
            }
        }
    }

    /// The values of a key, empty where the key is missing [CND-14].
    ///
    /// Ask for tags by the current name of their side; see [`TagKey`].
    pub fn values(&self, key: &str) -> &[ContextValue] {
        self.entry(key).map_or(&[], |entry| &entry.values)
    }

    /// The [`values`](Self::values) of a key and what each of them says, in the same order.
    pub fn read(&self, key: &ContextKey) -> (&[ContextValue], &[ContextFact]) {
        let entry = if self.hashes.inline_size() < self.hashes.len() {
            self.entry(&key.text)
        } else {
            let mut found = self.hashes.iter().zip(&self.entries);
            let entry = found.find(|(hash, entry)| **hash == key.hash && entry.key == *key.text);
            entry.map(|(_, entry)| entry)
        };
        entry.map_or((&[], &[]), |entry| (&entry.values, &entry.facts))
    }

    fn entry(&self, key: &str) -> Option<&Entry> {
        let found = self.entries.binary_search_by(|entry| entry.key.as_str().cmp(key)).ok();
        found.and_then(|at| self.entries.get(at))
    }

    /// Every key with its values, sorted by key.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[ContextValue])> {
        self.entries.iter().map(|entry| (entry.key.as_str(), &*entry.values))
    }
}
