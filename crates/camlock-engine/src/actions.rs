//! The actions of a set: names and patterns numbered by service, so that a statement's actions are
//! one mask and asking about a request is one look-up.

use std::collections::HashMap;

use camlock_policy::{ActionHashes, ActionPattern, hash};

use crate::matcher::Matcher;
use crate::table::{Table, table_usage};
use crate::truth::Truth;
use crate::variables::Variables;

/// A service of the table, from 1; [`ANY_SERVICE`] stands for all.
pub(crate) type ServiceId = u32;

pub(crate) const ANY_SERVICE: ServiceId = 0;

/// The pattern `service:*` is number 0 of every service and has a bit of its own.
const WHOLE: u64 = 1;
/// The bits that patterns share; a service of more than 60 patterns gives some bits to several.
const SHARED_BITS: u32 = 60;
/// The pattern `*`.
const ANY: u64 = 1 << 61;
/// Set in every request and never certain: makes a statement be asked in full.
const CHECK: u64 = 1 << 63;

/// Statements with actions of more services stand in the index once, for all.
const MOST_SERVICES: usize = 8;
/// A service of more wildcards is not matched pattern by pattern beforehand.
const MOST_GLOBS: usize = 64;

/// Which operations of which service a statement names: one bit a pattern.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct ActionMask {
    pub(crate) service: ServiceId,
    pub(crate) bits: u64,
}

/// The action of a request as the table of one set knows it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ActionKey {
    pub(crate) service: ServiceId,
    /// The bits of every pattern that may match.
    bits: u64,
    /// Those that surely do.
    certain: u64,
}

/// One pattern of one statement.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct ActionRef {
    service: ServiceId,
    pattern: u32,
}

/// All patterns over actions that a set holds.
#[derive(Debug, Default)]
pub(crate) struct ActionTable {
    services: Vec<Service>,
    /// The first service of each hash; another with the same hash has to be searched for.
    by_name: Table<ServiceId>,
    /// Operations that some pattern names in full, the first of each hash.
    known: Table<Known>,
}

#[derive(Debug)]
struct Service {
    name: Box<str>,
    /// Number 0 is the whole service, whether it is used or not.
    patterns: Vec<Matcher>,
    globs: Vec<u32>,
    /// Only while statements are added.
    by_text: HashMap<Box<str>, u32>,
    /// Bits that say "maybe": given to several patterns, or not matched beforehand.
    uncertain: u64,
}

#[derive(Clone, Copy, Debug)]
struct Known {
    service: ServiceId,
    pattern: u32,
    /// Of all patterns that match the operation.
    bits: u64,
}

impl ActionTable {
    /// Numbers the patterns of a statement; `None` where one of them is `*`.
    pub(crate) fn number(&mut self, patterns: &[ActionPattern]) -> Option<Vec<ActionRef>> {
        patterns
            .iter()
            .map(|pattern| match pattern {
                ActionPattern::Any => None,
                ActionPattern::Service(service) => {
                    Some(ActionRef { service: self.service(service), pattern: 0 })
                }
                ActionPattern::Operation { service, operation } => {
                    let service = self.service(service);
                    let pattern = self.pattern(service, operation);
                    Some(ActionRef { service, pattern })
                }
            })
            .collect()
    }

    fn service(&mut self, name: &str) -> ServiceId {
        let hash = hash::of(name);
        if let Some(id) = self.service_of(hash, name) {
            return id;
        }
        self.services.push(Service {
            name: name.into(),
            patterns: vec![Matcher::Any],
            globs: Vec::new(),
            by_text: HashMap::new(),
            uncertain: CHECK,
        });
        let id = u32::try_from(self.services.len()).unwrap_or(u32::MAX);
        self.by_name.entry(hash).or_insert(id);
        id
    }

    fn service_of(&self, hash: u64, name: &str) -> Option<ServiceId> {
        let first = *self.by_name.get(&hash)?;
        if get(&self.services, first).is_some_and(|own| *own.name == *name) {
            return Some(first);
        }
        let mut all = (1..).zip(&self.services);
        all.find(|(_, own)| *own.name == *name).map(|(id, _)| id)
    }

    fn pattern(&mut self, id: ServiceId, text: &str) -> u32 {
        // INVARIANT: `service` gave the id out.
        let Some(service) = get_mut(&mut self.services, id) else { return 0 };
        service.pattern(text)
    }

    /// The masks that a statement stands under in the index, one a service.
    pub(crate) fn masks(refs: Option<&[ActionRef]>) -> Vec<ActionMask> {
        let Some(refs) = refs else { return vec![ActionMask { service: ANY_SERVICE, bits: ANY }] };
        let mut masks: Vec<ActionMask> = Vec::new();
        for ActionRef { service, pattern } in refs {
            let bits = bit_of(*pattern);
            if let Some(mask) = masks.iter_mut().find(|mask| mask.service == *service) {
                mask.bits |= bits;
            } else if masks.len() < MOST_SERVICES {
                masks.push(ActionMask { service: *service, bits });
            } else {
                return vec![ActionMask { service: ANY_SERVICE, bits: CHECK }];
            }
        }
        masks
    }

    /// Matches every operation that is named in full with the wildcards of its service; to be called
    /// when all statements are in.
    pub(crate) fn finish(&mut self) {
        self.known.clear();
        for (id, service) in (1..).zip(&mut self.services) {
            service.uncertain = service.unclear_bits();
            for (number, pattern) in (0..).zip(&service.patterns) {
                let Some(operation) = pattern.as_exact() else { continue };
                let bits = bit_of(number) | service.glob_bits(operation);
                let key = ActionHashes::new(&service.name, operation).action();
                let known = Known { service: id, pattern: number, bits };
                self.known.entry(key).or_insert(known);
            }
            service.by_text = HashMap::new();
        }
    }

    /// The action of a request; `whole_service` as [ACT-9] asks of an allow.
    pub(crate) fn find(
        &self,
        hashes: ActionHashes,
        service: &str,
        operation: &str,
        whole_service: bool,
    ) -> ActionKey {
        let found = match self.known.get(&hashes.action()) {
            Some(known) if self.is(known, service, operation) => Some((known.service, known.bits)),
            known => self.service_of(hashes.service(), service).and_then(|id| {
                let own = get(&self.services, id)?;
                let exact = if known.is_some() { own.exact_bit(operation) } else { 0 };
                Some((id, exact | own.glob_bits(operation)))
            }),
        };
        let (service, bits) = found.unwrap_or((u32::MAX, 0));
        let uncertain = get(&self.services, service).map_or(CHECK, |own| own.uncertain);
        let bits = if whole_service { WHOLE } else { bits | WHOLE } | ANY | CHECK;
        ActionKey { service, bits, certain: bits & !uncertain }
    }

    fn is(&self, known: &Known, service: &str, operation: &str) -> bool {
        get(&self.services, known.service).is_some_and(|own| {
            let text = own.patterns.get(known.pattern as usize).and_then(Matcher::as_exact);
            text == Some(operation) && *own.name == *service
        })
    }

    /// Whether a pattern covers an action, in full.
    pub(crate) fn covers(
        &self,
        pattern: ActionRef,
        service: &str,
        operation: &str,
        whole_service: bool,
    ) -> bool {
        get(&self.services, pattern.service).is_some_and(|own| {
            let fits =
                |pattern: &Matcher| pattern.matches(operation, &Variables::default()) == Truth::Yes;
            *own.name == *service
                && (pattern.pattern == 0
                    || !whole_service
                        && own.patterns.get(pattern.pattern as usize).is_some_and(fits))
        })
    }

    pub(crate) fn memory_usage(&self) -> usize {
        let services = self.services.iter().map(|service| {
            let patterns = service.patterns.iter().map(|p| size_of_val(p) + p.memory_usage());
            size_of_val(service)
                + service.name.len()
                + patterns.sum::<usize>()
                + size_of_val(&*service.globs)
        });
        services.sum::<usize>() + table_usage(&self.known) + table_usage(&self.by_name)
    }
}

impl Service {
    fn pattern(&mut self, text: &str) -> u32 {
        if let Some(number) = self.by_text.get(text) {
            return *number;
        }
        let number = u32::try_from(self.patterns.len()).unwrap_or(u32::MAX);
        let matcher = Matcher::of_stars(text);
        if matcher.as_exact().is_none() {
            self.globs.push(number);
        }
        self.by_text.insert(text.into(), number);
        self.patterns.push(matcher);
        number
    }

    /// Needed for the second operation of a hash only.
    fn exact_bit(&self, operation: &str) -> u64 {
        let mut all = (0..).zip(&self.patterns);
        let found = all.find(|(_, pattern)| pattern.as_exact() == Some(operation));
        found.map_or(0, |(number, _)| bit_of(number))
    }

    /// The bits of the wildcards that cover an operation, or of all where there are too many.
    fn glob_bits(&self, operation: &str) -> u64 {
        let tried = self.globs.len() <= MOST_GLOBS;
        let matches = |number: &&u32| {
            let pattern = self.patterns.get(**number as usize);
            !tried
                || pattern.is_some_and(|pattern| {
                    pattern.matches(operation, &Variables::default()) == Truth::Yes
                })
        };
        self.globs.iter().filter(matches).fold(0, |bits, number| bits | bit_of(*number))
    }

    fn unclear_bits(&self) -> u64 {
        let count = u32::try_from(self.patterns.len()).unwrap_or(u32::MAX);
        let several = (1 + SHARED_BITS..count).take(SHARED_BITS as usize);
        let untried = self.globs.iter().filter(|_| self.globs.len() > MOST_GLOBS).copied();
        several.chain(untried).fold(CHECK, |bits, number| bits | bit_of(number))
    }
}

impl ActionMask {
    /// Whether the actions may cover the one of the request, and whether they surely do.
    pub(crate) fn covers(self, key: &ActionKey) -> Truth {
        let common = self.bits & key.bits;
        if common == 0 || (self.service != key.service && self.service != ANY_SERVICE) {
            Truth::No
        } else if common & key.certain == 0 {
            Truth::Unknown
        } else {
            Truth::Yes
        }
    }

    /// A key for each pattern, to file the statement under; `None` for one that counts everywhere.
    pub(crate) fn keys(self) -> Option<impl Iterator<Item = u64>> {
        let filed = self.service != ANY_SERVICE;
        filed.then(move || each_bit(self.bits).map(move |bit| bit_key(self.service, bit)))
    }
}

impl ActionKey {
    /// The keys of every pattern that may match.
    pub(crate) fn keys(&self) -> impl Iterator<Item = u64> {
        let service = self.service;
        each_bit(self.bits & !(ANY | CHECK)).map(move |bit| bit_key(service, bit))
    }
}

fn bit_key(service: ServiceId, bit: u32) -> u64 {
    hash::of_number(u128::from(service) << 64 | u128::from(bit))
}

fn each_bit(mut bits: u64) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let bit = bits.trailing_zeros();
        bits &= bits.checked_sub(1)?;
        Some(bit)
    })
}

fn bit_of(pattern: u32) -> u64 {
    pattern.checked_sub(1).map_or(WHOLE, |number| 1 << (1 + number % SHARED_BITS))
}

fn get(services: &[Service], id: ServiceId) -> Option<&Service> {
    services.get((id as usize).checked_sub(1)?)
}

fn get_mut(services: &mut [Service], id: ServiceId) -> Option<&mut Service> {
    services.get_mut((id as usize).checked_sub(1)?)
}
