//! Resource patterns of a set in matching form: heads interned, texts in one place.

use camlock_policy::{
    AccountPattern, AccountSegment, Effect, Piece, PolicyKind, Region, ResourcePath,
    ResourcePattern, Template,
};

use crate::accounts;
use crate::matcher::Matcher;
use crate::prepare::Prepared;
use crate::short;
use crate::table::Names;
use crate::truth::Truth;

/// One resource pattern of a statement, as places in the [`PatternTable`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pattern {
    head: u32,
    path: Path,
}

/// What stands before the last segment, of what restricts anything.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
struct Head {
    service: NameId,
    /// The current name of the region [RES-7].
    region: NameId,
    account: u32,
}

/// The last segment; most are plain texts, which stand together in the table.
#[derive(Clone, Copy, Debug)]
enum Path {
    /// No pattern of segments at all: bare `*` [RES-1].
    Everything,
    /// `*`
    Any,
    /// `text`
    Exact(Text),
    /// `text*`
    Prefix(Text),
    /// Anything else.
    Other(u32),
}

impl Pattern {
    /// Bare `*`, which restricts nothing.
    pub(crate) const EVERYTHING: Self = Self { head: 0, path: Path::Everything };
}

/// A text in the table.
#[derive(Clone, Copy, Debug)]
struct Text {
    start: u32,
    end: u32,
}

/// A name in the table from 1; 0 restricts nothing.
type NameId = u32;

/// Patterns and what they share.
#[derive(Debug, Default)]
pub(crate) struct PatternTable {
    patterns: Vec<Pattern>,
    heads: Vec<Head>,
    others: Vec<Matcher>,
    names: Vec<Box<str>>,
    accounts: Vec<AccountPattern>,
    texts: String,
}

/// Finds what a table holds already; only while statements are added.
#[derive(Debug, Default)]
pub(crate) struct PatternNumbers {
    heads: Names<Head, u32>,
    names: Names<Box<str>, NameId>,
    accounts: Names<AccountPattern, u32>,
}

impl PatternTable {
    /// Adds a pattern and answers its place.
    pub(crate) fn add(&mut self, pattern: &ResourcePattern, known: &mut PatternNumbers) -> u32 {
        let place = u32::try_from(self.patterns.len()).unwrap_or(u32::MAX);
        let compiled = match pattern {
            ResourcePattern::Any => Pattern::EVERYTHING,
            ResourcePattern::Segments(segments) => {
                let head = Head {
                    service: self.name(segments.service(), known),
                    region: self.name(segments.region().map(Region::canonical), known),
                    account: self.account(segments.account(), known),
                };
                Pattern { head: self.head(head, known), path: self.path(segments.resource()) }
            }
        };
        self.patterns.push(compiled);
        place
    }

    pub(crate) fn get(&self, place: u32) -> Option<Pattern> {
        self.patterns.get(place as usize).copied()
    }

    fn head(&mut self, head: Head, known: &mut PatternNumbers) -> u32 {
        if let Some(place) = known.heads.get(&head) {
            return *place;
        }
        let place = u32::try_from(self.heads.len()).unwrap_or(u32::MAX);
        self.heads.push(head);
        known.heads.insert(head, place);
        place
    }

    pub(crate) fn len(&self) -> usize {
        self.patterns.len()
    }

    fn text(&self, text: Text) -> &str {
        // INVARIANT: texts are cut where they were written.
        self.texts.get(text.start as usize..text.end as usize).unwrap_or_default()
    }

    #[inline]
    fn bytes(&self, text: Text) -> &[u8] {
        // INVARIANT: as above.
        self.texts.as_bytes().get(text.start as usize..text.end as usize).unwrap_or_default()
    }

    fn name(&mut self, name: Option<&str>, known: &mut PatternNumbers) -> NameId {
        let Some(name) = name else { return 0 };
        if let Some(id) = known.names.get(name) {
            return *id;
        }
        self.names.push(name.into());
        let id = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        known.names.insert(name.into(), id);
        id
    }

    fn account(&mut self, account: &AccountPattern, known: &mut PatternNumbers) -> u32 {
        if let Some(place) = known.accounts.get(account) {
            return *place;
        }
        let place = u32::try_from(self.accounts.len()).unwrap_or(u32::MAX);
        self.accounts.push(account.clone());
        known.accounts.insert(account.clone(), place);
        place
    }

    fn path(&mut self, template: &Template) -> Path {
        let path = match template.pieces() {
            [Piece::Star] => Some(Path::Any),
            [Piece::Text(text)] => self.write(text).map(Path::Exact),
            [Piece::Text(text), Piece::Star] => self.write(text).map(Path::Prefix),
            _ => None,
        };
        path.unwrap_or_else(|| {
            self.others.push(Matcher::new(template));
            Path::Other(u32::try_from(self.others.len() - 1).unwrap_or(u32::MAX))
        })
    }

    /// `None` where the texts of one set would take more than 4 GiB.
    fn write(&mut self, text: &str) -> Option<Text> {
        let start = u32::try_from(self.texts.len()).ok()?;
        let end = u32::try_from(self.texts.len() + text.len()).ok()?;
        self.texts.push_str(text);
        Some(Text { start, end })
    }

    /// Gives back what growing took too much.
    pub(crate) fn shrink(&mut self) {
        self.patterns.shrink_to_fit();
        self.others.shrink_to_fit();
        self.texts.shrink_to_fit();
    }

    pub(crate) fn memory_usage(&self) -> usize {
        let others = self.others.iter().map(|other| size_of_val(other) + other.memory_usage());
        let names = self.names.iter().map(|name| size_of_val(name) + name.len());
        size_of_val(&*self.patterns)
            + size_of_val(&*self.heads)
            + others.sum::<usize>()
            + names.sum::<usize>()
            + size_of_val(&*self.accounts)
            + self.texts.capacity()
    }

    /// Whether the pattern covers the resource of the request.
    #[inline]
    pub(crate) fn covers(
        &self,
        pattern: Pattern,
        effect: Effect,
        kind: PolicyKind,
        request: &Prepared<'_>,
    ) -> Truth {
        if matches!(pattern.path, Path::Everything) {
            return Truth::Yes;
        }
        match (request.path, effect) {
            // An allow of a service-level product counts on bare `*` only [ACT-9].
            _ if request.service_level && effect == Effect::Allow => Truth::No,
            (None, Effect::Allow) => Truth::No,
            (None, Effect::Deny) => self.cover_operation(pattern, kind, request),
            (Some(path), _) => self.cover(pattern, path, kind, request),
        }
    }

    fn cover(
        &self,
        pattern: Pattern,
        path: &ResourcePath,
        kind: PolicyKind,
        request: &Prepared<'_>,
    ) -> Truth {
        let resource = path.resource();
        let fits = match pattern.path {
            Path::Everything | Path::Any => Truth::Yes,
            Path::Exact(text) => (self.bytes(text) == resource.as_bytes()).into(),
            Path::Prefix(text) => resource.as_bytes().starts_with(self.bytes(text)).into(),
            Path::Other(place) => {
                // INVARIANT: the builder gave the place out; a missing one fails closed.
                let other = self.others.get(place as usize);
                other.map_or(Truth::Unknown, |own| own.matches(resource, &request.variables()))
            }
        };
        if fits == Truth::No {
            return Truth::No;
        }
        // INVARIANT: as above.
        let Some(head) = self.heads.get(pattern.head as usize) else { return Truth::Unknown };
        if !self.is_any_or(head.service, path.service())
            || !self.is_any_or(head.region, path.region().canonical())
        {
            return Truth::No;
        }
        fits.and(self.covers_account(head.account, path, kind, request))
    }

    /// Whether a name is the wanted one, or restricts nothing.
    fn is_any_or(&self, name: NameId, wanted: &str) -> bool {
        let Some(place) = name.checked_sub(1) else { return true };
        self.names
            .get(place as usize)
            .is_some_and(|own| short::same(own.as_bytes(), wanted.as_bytes()))
    }

    /// Whose resources the pattern means depends on whose policy it stands in [RES-8, RD-2].
    fn covers_account(
        &self,
        account: u32,
        path: &ResourcePath,
        kind: PolicyKind,
        request: &Prepared<'_>,
    ) -> Truth {
        let same = |account| request.pairs().same(account, request.account_of(path));
        // INVARIANT: the builder gave the place out; a missing one fails closed.
        let Some(account) = self.accounts.get(account as usize) else { return Truth::Unknown };
        match account {
            AccountPattern::Any => Truth::Yes,
            AccountPattern::Uin(_) | AccountPattern::AppId(_) => match (account, path.account()) {
                // Most names say it in the same words.
                (AccountPattern::Uin(own), AccountSegment::Uin(uin)) => (*own == *uin).into(),
                (AccountPattern::AppId(own), AccountSegment::AppId(id)) => (*own == *id).into(),
                _ => accounts::of_pattern(account).map_or(Truth::No, same),
            },
            AccountPattern::Owner if is_of_owner(kind) => Truth::Yes,
            // Which was asked before anything else.
            AccountPattern::Owner if request.principal.account().is_some() => request.own,
            AccountPattern::Owner => Truth::Unknown,
            AccountPattern::Caller => same(request.caller()),
        }
    }

    /// A deny on a whole service plainly means its operations without resources too [RES-18].
    fn cover_operation(&self, pattern: Pattern, kind: PolicyKind, request: &Prepared<'_>) -> Truth {
        // INVARIANT: as for resources.
        let Some(head) = self.heads.get(pattern.head as usize) else { return Truth::Unknown };
        let whole = head.region == 0
            && matches!(pattern.path, Path::Any)
            && self.is_any_or(head.service, request.service);
        if !whole {
            return Truth::No;
        }
        let owner = match kind {
            PolicyKind::Resource => request.stated_owner().unwrap_or(request.account()),
            _ => request.account(),
        };
        let Some(account) = self.accounts.get(head.account as usize) else {
            return Truth::Unknown;
        };
        match account {
            AccountPattern::Any | AccountPattern::Owner => Truth::Yes,
            AccountPattern::Caller => request.pairs().same(request.caller(), owner),
            named => accounts::of_pattern(named)
                .map_or(Truth::No, |own| request.pairs().same(own, owner)),
        }
    }

    fn other(&self, pattern: Pattern) -> Option<&Matcher> {
        let Path::Other(place) = pattern.path else { return None };
        self.others.get(place as usize)
    }

    /// The only text that the last segment can be, where there is one.
    pub(crate) fn exact(&self, pattern: Pattern) -> Option<&str> {
        match pattern.path {
            Path::Exact(text) => Some(self.text(text)),
            _ => self.other(pattern)?.as_exact(),
        }
    }

    /// What the last segment begins with whenever the pattern matches.
    pub(crate) fn literal_prefix(&self, pattern: Pattern) -> &str {
        match pattern.path {
            Path::Exact(text) | Path::Prefix(text) => self.text(text),
            _ => self.other(pattern).map_or("", Matcher::literal_prefix),
        }
    }

    /// Texts that the last segment contains whenever the pattern matches.
    pub(crate) fn literals(&self, pattern: Pattern) -> Literals<'_> {
        let others = self.other(pattern).map(Matcher::inner_literals).unwrap_or_default();
        Literals { prefix: self.literal_prefix(pattern), others }
    }

    /// Whether the pattern takes values from the caller.
    pub(crate) fn has_variables(&self, pattern: Pattern) -> bool {
        self.other(pattern).is_some_and(Matcher::has_variables)
    }
}

/// The literal texts of a pattern.
#[derive(Debug, Default)]
pub(crate) struct Literals<'a> {
    /// What every match begins with.
    pub(crate) prefix: &'a str,
    /// What every match contains somewhere.
    pub(crate) others: Vec<&'a str>,
}

/// Whether the policy belongs to whoever owns the resource, so that an empty account always fits.
fn is_of_owner(kind: PolicyKind) -> bool {
    matches!(kind, PolicyKind::Resource | PolicyKind::Scp)
}
