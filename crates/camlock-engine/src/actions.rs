//! The actions of a set: names and patterns numbered by service, so that a statement's actions are
//! one mask and asking about a request is one look-up.

use camlock_policy::{ActionHashes, ActionPattern, hash};

use crate::matcher::Matcher;
use crate::short;
use crate::slots::{Slot, Slots};
use crate::table::{Names, Table, table_usage};
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
    known: Slots<Known>,
    /// The operations that are known.
    texts: Vec<u8>,
}

#[derive(Debug)]
struct Service {
    name: Box<str>,
    /// Number 0 is the whole service, whether it is used or not.
    patterns: Vec<Matcher>,
    globs: Vec<u32>,
    /// The bits of all wildcards.
    all_globs: u64,
    /// Only while statements are added.
    by_text: Names<Box<str>, u32>,
    /// Bits that say "maybe": given to several patterns, or not matched beforehand.
    uncertain: u64,
}

#[derive(Clone, Copy, Debug, Default)]
struct Known {
    service: ServiceId,
    /// Where `service:operation` stands in the texts.
    start: u32,
    end: u32,
    /// Of all patterns that match the operation.
    bits: u64,
    /// Of those that are several at once.
    uncertain: u64,
}

impl Slot for Known {
    fn is_void(&self) -> bool {
        self.service == ANY_SERVICE
    }
}

impl ActionTable {
    /// Appends the numbers of the patterns of a statement, sorted by service; answers whether one of
    /// them is `*`, and then appends nothing.
    pub(crate) fn number(&mut self, patterns: &[ActionPattern], refs: &mut Vec<ActionRef>) -> bool {
        let before = refs.len();
        for pattern in patterns {
            refs.push(match pattern {
                ActionPattern::Any => {
                    refs.truncate(before);
                    return true;
                }
                ActionPattern::Service(service) => {
                    ActionRef { service: self.service(service), pattern: 0 }
                }
                ActionPattern::Operation { service, operation } => {
                    let service = self.service(service);
                    ActionRef { service, pattern: self.pattern(service, operation) }
                }
            });
        }
        if let Some(own) = refs.get_mut(before..) {
            own.sort_unstable_by_key(|pattern| pattern.service);
        }
        false
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
            all_globs: 0,
            by_text: Names::default(),
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

    /// Puts the masks that a statement stands under in the index, one a service, into `masks`.
    pub(crate) fn masks(refs: Option<&[ActionRef]>, masks: &mut Vec<ActionMask>) {
        masks.clear();
        let Some(refs) = refs else {
            return masks.push(ActionMask { service: ANY_SERVICE, bits: ANY });
        };
        for ActionRef { service, pattern } in refs {
            let bits = bit_of(*pattern);
            if let Some(mask) = masks.last_mut().filter(|mask| mask.service == *service) {
                mask.bits |= bits;
            } else if masks.len() < MOST_SERVICES {
                masks.push(ActionMask { service: *service, bits });
            } else {
                masks.clear();
                return masks.push(ActionMask { service: ANY_SERVICE, bits: CHECK });
            }
        }
    }

    /// Matches every operation that is named in full with the wildcards of its service; to be called
    /// when all statements are in.
    pub(crate) fn finish(&mut self) {
        let mut known: Table<Known> = Table::default();
        for (id, service) in (1..).zip(&mut self.services) {
            service.uncertain = service.unclear_bits();
            for (number, pattern) in (0..).zip(&service.patterns) {
                let Some(operation) = pattern.as_exact() else { continue };
                let bits = bit_of(number) | service.glob_bits(operation);
                let key = ActionHashes::new(&service.name, operation).action();
                known.entry(key).or_insert_with(|| {
                    let place = |length| u32::try_from(length).unwrap_or(u32::MAX);
                    let start = place(self.texts.len());
                    self.texts.extend_from_slice(service.name.as_bytes());
                    self.texts.push(b':');
                    self.texts.extend_from_slice(operation.as_bytes());
                    let (end, uncertain) = (place(self.texts.len()), service.uncertain);
                    Known { service: id, start, end, bits, uncertain }
                });
            }
            service.by_text = Names::default();
        }
        self.known = Slots::new(&known.into_iter().collect::<Vec<_>>());
    }

    /// The action of a request; `whole_service` as [ACT-9] asks of an allow.
    pub(crate) fn find(
        &self,
        hashes: ActionHashes,
        service: &str,
        operation: &str,
        whole_service: bool,
    ) -> ActionKey {
        let known = self.known.get(hashes.action());
        let (service, bits, uncertain) = match known {
            Some(known) if self.is(known, service, operation) => {
                (known.service, known.bits, known.uncertain)
            }
            _ => self.find_unknown(hashes, service, operation, known.is_some()),
        };
        let bits = if whole_service { WHOLE } else { bits | WHOLE } | ANY | CHECK;
        ActionKey { service, bits, certain: bits & !uncertain }
    }

    /// An operation that no pattern names in full, unless its hash is that of another.
    fn find_unknown(
        &self,
        hashes: ActionHashes,
        service: &str,
        operation: &str,
        shares_hash: bool,
    ) -> (ServiceId, u64, u64) {
        let id = self.service_of(hashes.service(), service);
        let found = id.and_then(|id| Some((id, get(&self.services, id)?)));
        let Some((id, own)) = found else { return (u32::MAX, 0, CHECK) };
        let exact = if shares_hash { own.exact_bit(operation) } else { 0 };
        (id, exact | own.glob_bits(operation), own.uncertain)
    }

    #[inline]
    fn is(&self, known: &Known, service: &str, operation: &str) -> bool {
        let text = self.texts.get(known.start as usize..known.end as usize);
        text.and_then(|text| text.split_at_checked(service.len())).is_some_and(|(own, rest)| {
            // No service contains a colon.
            let rest = rest.strip_prefix(b":");
            rest.is_some_and(|rest| short::same(rest, operation.as_bytes()))
                && short::same(own, service.as_bytes())
        })
    }

    /// Whether any of some patterns, sorted by service, covers an action, in full; `key` is what
    /// [`find`](Self::find) answers for it.
    pub(crate) fn cover(
        &self,
        patterns: &[ActionRef],
        key: &ActionKey,
        operation: &str,
        whole_service: bool,
    ) -> bool {
        let Some(service) = get(&self.services, key.service) else { return false };
        let fits = |number: u32| {
            let pattern = service.patterns.get(number as usize);
            pattern.is_some_and(|pattern| {
                pattern.matches(operation, &Variables::default()) == Truth::Yes
            })
        };
        let first = patterns.partition_point(|pattern| pattern.service < key.service);
        let own = patterns.iter().skip(first).take_while(|own| own.service == key.service);
        own.into_iter().any(|own| own.pattern == 0 || !whole_service && fits(own.pattern))
    }

    pub(crate) fn memory_usage(&self) -> usize {
        let services = self.services.iter().map(|service| {
            let patterns = service.patterns.iter().map(|p| size_of_val(p) + p.memory_usage());
            size_of_val(service)
                + service.name.len()
                + patterns.sum::<usize>()
                + size_of_val(&*service.globs)
        });
        services.sum::<usize>()
            + self.texts.capacity()
            + self.known.memory_usage()
            + table_usage(&self.by_name)
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
            self.all_globs |= bit_of(number);
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
        if self.globs.len() > MOST_GLOBS {
            return self.all_globs;
        }
        let matches = |number: &&u32| {
            let pattern = self.patterns.get(**number as usize);
            pattern.is_some_and(|pattern| {
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
    /// Whether the actions may cover the one of the request.
    #[inline]
    pub(crate) fn may_cover(self, key: &ActionKey) -> bool {
        self.bits & key.bits != 0 && (self.service == key.service || self.service == ANY_SERVICE)
    }

    /// Whether actions that [may cover](Self::may_cover) the one of the request surely do.
    #[inline]
    pub(crate) fn surely_covers(self, key: &ActionKey) -> bool {
        self.bits & key.certain != 0
    }

    /// The place of the service among all; `None` for actions that count everywhere.
    pub(crate) fn place(self) -> Option<usize> {
        (self.service as usize).checked_sub(1)
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
        self.keys_of(self.bits & !(ANY | CHECK))
    }

    /// The keys of those that occur, given the bits that do by service; beyond the list, all may.
    pub(crate) fn keys_among(&self, occurring: &[u64]) -> impl Iterator<Item = u64> {
        let place = (self.service as usize).wrapping_sub(1);
        let occurring = occurring.get(place).copied().unwrap_or(u64::MAX);
        self.keys_of(self.bits & occurring & !(ANY | CHECK))
    }

    fn keys_of(&self, bits: u64) -> impl Iterator<Item = u64> {
        let service = self.service;
        each_bit(bits).map(move |bit| bit_key(service, bit))
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
