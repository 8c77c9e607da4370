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

/// One resource pattern of a statement.
#[derive(Debug)]
pub(crate) enum Pattern {
    /// Bare `*` [RES-1].
    Everything,
    /// Six segments.
    Segments(Segments),
}

/// The segments that restrict anything, as places in the [`PatternTable`].
#[derive(Debug)]
pub(crate) struct Segments {
    service: NameId,
    /// The current name of the region [RES-7].
    region: NameId,
    account: u32,
    path: Path,
}

/// The last segment; most are plain texts, which stand together in the table.
#[derive(Debug)]
pub(crate) enum Path {
    /// `*`
    Any,
    /// `text`
    Exact(Text),
    /// `text*`
    Prefix(Text),
    /// Anything else.
    Other(Box<Matcher>),
}

/// A text in the table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Text {
    start: u32,
    end: u32,
}

/// A name in the table from 1; 0 restricts nothing.
type NameId = u32;

/// Patterns and what they share.
#[derive(Debug, Default)]
pub(crate) struct PatternTable {
    patterns: Vec<Pattern>,
    names: Vec<Box<str>>,
    accounts: Vec<AccountPattern>,
    texts: String,
}

/// Finds what a table holds already; only while statements are added.
#[derive(Debug, Default)]
pub(crate) struct PatternNumbers {
    names: Names<Box<str>, NameId>,
    accounts: Names<AccountPattern, u32>,
}

impl PatternTable {
    /// Adds a pattern and answers its place.
    pub(crate) fn add(&mut self, pattern: &ResourcePattern, known: &mut PatternNumbers) -> u32 {
        let place = u32::try_from(self.patterns.len()).unwrap_or(u32::MAX);
        let compiled = match pattern {
            ResourcePattern::Any => Pattern::Everything,
            ResourcePattern::Segments(segments) => Pattern::Segments(Segments {
                service: self.name(segments.service(), known),
                region: self.name(segments.region().map(Region::canonical), known),
                account: self.account(segments.account(), known),
                path: self.path(segments.resource()),
            }),
        };
        self.patterns.push(compiled);
        place
    }

    pub(crate) fn get(&self, place: u32) -> Option<&Pattern> {
        self.patterns.get(place as usize)
    }

    pub(crate) fn len(&self) -> usize {
        self.patterns.len()
    }

    pub(crate) fn text(&self, text: Text) -> &str {
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
        match template.pieces() {
            [Piece::Star] => Path::Any,
            [Piece::Text(text)] => self.write(text).map_or_else(|| other(template), Path::Exact),
            [Piece::Text(text), Piece::Star] => {
                self.write(text).map_or_else(|| other(template), Path::Prefix)
            }
            _ => other(template),
        }
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
        self.texts.shrink_to_fit();
    }

    pub(crate) fn memory_usage(&self) -> usize {
        let others = self.patterns.iter().map(|pattern| match pattern {
            Pattern::Segments(Segments { path: Path::Other(matcher), .. }) => {
                size_of_val(&**matcher) + matcher.memory_usage()
            }
            _ => 0,
        });
        let names = self.names.iter().map(|name| size_of_val(name) + name.len());
        size_of_val(&*self.patterns)
            + others.sum::<usize>()
            + names.sum::<usize>()
            + size_of_val(&*self.accounts)
            + self.texts.capacity()
    }

    /// Whether the pattern covers the resource of the request.
    pub(crate) fn covers(
        &self,
        pattern: &Pattern,
        effect: Effect,
        kind: PolicyKind,
        request: &Prepared<'_>,
    ) -> Truth {
        let Pattern::Segments(segments) = pattern else { return Truth::Yes };
        match (request.path, effect) {
            // An allow of a service-level product counts on bare `*` only [ACT-9].
            _ if request.service_level && effect == Effect::Allow => Truth::No,
            (None, Effect::Allow) => Truth::No,
            (None, Effect::Deny) => self.cover_operation(segments, kind, request),
            (Some(path), _) => self.cover(segments, path, kind, request),
        }
    }

    fn cover(
        &self,
        segments: &Segments,
        path: &ResourcePath,
        kind: PolicyKind,
        request: &Prepared<'_>,
    ) -> Truth {
        let resource = path.resource();
        let fits = match &segments.path {
            Path::Any => Truth::Yes,
            Path::Exact(text) => (self.bytes(*text) == resource.as_bytes()).into(),
            Path::Prefix(text) => resource.as_bytes().starts_with(self.bytes(*text)).into(),
            Path::Other(matcher) => matcher.matches(resource, &request.variables()),
        };
        if fits == Truth::No
            || !self.is_any_or(segments.service, path.service())
            || !self.is_any_or(segments.region, path.region().canonical())
        {
            return Truth::No;
        }
        fits.and(self.covers_account(segments, path, kind, request))
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
        segments: &Segments,
        path: &ResourcePath,
        kind: PolicyKind,
        request: &Prepared<'_>,
    ) -> Truth {
        let same = |account| request.pairs().same(account, request.account_of(path));
        // INVARIANT: the builder gave the place out; a missing one fails closed.
        let Some(account) = self.accounts.get(segments.account as usize) else {
            return Truth::Unknown;
        };
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
    fn cover_operation(
        &self,
        segments: &Segments,
        kind: PolicyKind,
        request: &Prepared<'_>,
    ) -> Truth {
        let whole = segments.region == 0
            && matches!(segments.path, Path::Any)
            && self.is_any_or(segments.service, request.service);
        if !whole {
            return Truth::No;
        }
        let owner = match kind {
            PolicyKind::Resource => request.stated_owner().unwrap_or(request.account()),
            _ => request.account(),
        };
        let Some(account) = self.accounts.get(segments.account as usize) else {
            return Truth::Unknown;
        };
        match account {
            AccountPattern::Any | AccountPattern::Owner => Truth::Yes,
            AccountPattern::Caller => request.pairs().same(request.caller(), owner),
            named => accounts::of_pattern(named)
                .map_or(Truth::No, |own| request.pairs().same(own, owner)),
        }
    }

    /// The only text that the last segment can be, where there is one.
    pub(crate) fn exact<'a>(&'a self, pattern: &'a Pattern) -> Option<&'a str> {
        match pattern {
            Pattern::Segments(Segments { path: Path::Exact(text), .. }) => Some(self.text(*text)),
            Pattern::Segments(Segments { path: Path::Other(matcher), .. }) => matcher.as_exact(),
            _ => None,
        }
    }

    /// What the last segment begins with whenever the pattern matches.
    pub(crate) fn literal_prefix<'a>(&'a self, pattern: &'a Pattern) -> &'a str {
        let Pattern::Segments(segments) = pattern else { return "" };
        match &segments.path {
            Path::Any => "",
            Path::Exact(text) | Path::Prefix(text) => self.text(*text),
            Path::Other(matcher) => matcher.literal_prefix(),
        }
    }

    /// Texts that the last segment contains whenever the pattern matches; the first one begins it
    /// where `starts` says so.
    pub(crate) fn literals<'a>(&'a self, pattern: &'a Pattern) -> Literals<'a> {
        let others = match pattern {
            Pattern::Segments(Segments { path: Path::Other(matcher), .. }) => {
                matcher.inner_literals()
            }
            _ => Vec::new(),
        };
        Literals { prefix: self.literal_prefix(pattern), others }
    }

    /// Whether the pattern takes values from the caller.
    pub(crate) fn has_variables(pattern: &Pattern) -> bool {
        matches!(pattern, Pattern::Segments(Segments { path: Path::Other(matcher), .. })
            if matcher.has_variables())
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

fn other(template: &Template) -> Path {
    Path::Other(Box::new(Matcher::new(template)))
}

/// Whether the policy belongs to whoever owns the resource, so that an empty account always fits.
fn is_of_owner(kind: PolicyKind) -> bool {
    matches!(kind, PolicyKind::Resource | PolicyKind::Scp)
}
