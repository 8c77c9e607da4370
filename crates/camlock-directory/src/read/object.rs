//! Objects, lists and scalars of the account file, each fault with its place.

use std::borrow::Cow;
use std::fmt;
use std::rc::Rc;

use camlock_source::{Code, Diagnostic, SourceText, Span};
use camlock_syntax::json::{Kind, Value};

use crate::Finding;
use crate::finding as codes;

/// A place in the account file, written out as a JSON pointer only where a fault needs it.
#[derive(Clone, Debug)]
pub(super) struct Place(Option<Rc<Below>>);

#[derive(Debug)]
struct Below {
    parent: Place,
    step: Step,
}

#[derive(Debug)]
enum Step {
    Name(Cow<'static, str>),
    Index(usize),
}

impl Place {
    pub(super) fn root() -> Self {
        Self(None)
    }

    pub(super) fn name(&self, name: impl Into<Cow<'static, str>>) -> Self {
        self.below(Step::Name(name.into()))
    }

    pub(super) fn index(&self, index: usize) -> Self {
        self.below(Step::Index(index))
    }

    fn below(&self, step: Step) -> Self {
        Self(Some(Rc::new(Below { parent: self.clone(), step })))
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(below) = &self.0 else { return Ok(()) };
        below.parent.fmt(f)?;
        match &below.step {
            Step::Name(name) => write!(f, "/{}", name.replace('~', "~0").replace('/', "~1")),
            Step::Index(index) => write!(f, "/{index}"),
        }
    }
}

/// Collects what is wrong while values are taken out of the tree.
pub(super) struct Reader {
    source: SourceText,
    findings: Vec<Finding>,
}

/// The members of one object.
pub(super) struct Object<'v, 'a> {
    value: &'v Value<'a>,
    members: Vec<(&'v str, &'v Value<'a>)>,
    place: Place,
}

impl<'v, 'a> Object<'v, 'a> {
    /// The member, where it is there and not `null`.
    pub(super) fn take(&mut self, name: &'static str) -> Option<(&'v Value<'a>, Place)> {
        let (_, value) = self.members.iter().find(|(own, _)| *own == name)?;
        let there = !matches!(value.kind, Kind::Null);
        there.then(|| (*value, self.place.name(name)))
    }

    /// The member, or a report that it is missing.
    pub(super) fn required(
        &mut self,
        reader: &mut Reader,
        name: &'static str,
    ) -> Option<(&'v Value<'a>, Place)> {
        let found = self.take(name);
        if found.is_none() {
            let span = reader.start_of(self.value);
            let message = format!("`{name}` is missing");
            reader.error(codes::MISSING_MEMBER, span, message, "add it", &self.place);
        }
        found
    }
}

impl Reader {
    pub(super) fn new(source: SourceText, diagnostics: Vec<Diagnostic>) -> Self {
        let findings = diagnostics
            .into_iter()
            .map(|diagnostic| Finding { source: source.clone(), diagnostic })
            .collect();
        Self { source, findings }
    }

    /// Every finding: those of the account file in document order, then those of its policy files.
    pub(super) fn into_findings(mut self) -> Vec<Finding> {
        let name = self.source.name().to_owned();
        self.findings.sort_by_key(|finding| {
            let own = finding.source.name() == name;
            (!own, if own { finding.diagnostic.span.start } else { 0 })
        });
        self.findings
    }

    pub(super) fn source(&self) -> &SourceText {
        &self.source
    }

    /// The span of a scalar, or of the bracket that opens anything longer.
    pub(super) fn start_of(&self, value: &Value<'_>) -> Span {
        camlock_syntax::start_of(self.source.text(), value)
    }

    pub(super) fn error(
        &mut self,
        code: Code,
        span: Span,
        message: String,
        help: &str,
        place: &Place,
    ) {
        let diagnostic =
            Diagnostic::error(code, span, message).with_help(help).with_pointer(place.to_string());
        self.push(diagnostic);
    }

    pub(super) fn warn(
        &mut self,
        code: Code,
        span: Span,
        message: String,
        help: &str,
        place: &Place,
    ) {
        let diagnostic = Diagnostic::warning(code, span, message)
            .with_help(help)
            .with_pointer(place.to_string());
        self.push(diagnostic);
    }

    fn push(&mut self, diagnostic: Diagnostic) {
        self.findings.push(Finding { source: self.source.clone(), diagnostic });
    }

    pub(super) fn add(&mut self, source: &SourceText, diagnostics: Vec<Diagnostic>) {
        self.findings.extend(
            diagnostics
                .into_iter()
                .map(|diagnostic| Finding { source: source.clone(), diagnostic }),
        );
    }

    pub(super) fn duplicate(&mut self, what: &str, key: &str, value: &Value<'_>, place: &Place) {
        let message = format!("the {what} `{}` is taken already", camlock_source::quote(key));
        let span = self.start_of(value);
        self.error(codes::DUPLICATE, span, message, "give each its own", place);
    }

    /// The members of an object; unknown ones are reported.
    pub(super) fn object<'v, 'a>(
        &mut self,
        value: &'v Value<'a>,
        place: &Place,
        known: &[&str],
    ) -> Option<Object<'v, 'a>> {
        let Kind::Object(members) = &value.kind else {
            self.wrong_type(value, "an object", place);
            return None;
        };
        for member in members {
            let name = &*member.name.decoded;
            if !known.contains(&name) {
                let message = format!("unknown member `{}`", camlock_source::quote(name));
                let help = format!("remove it; the members here are {}", known.join(", "));
                self.error(codes::UNKNOWN_MEMBER, member.name.span, message, &help, place);
            }
        }
        let members = members.iter().map(|m| (&*m.name.decoded, &m.value)).collect();
        Some(Object { value, members, place: place.clone() })
    }

    /// The items of a list; nothing where there is none.
    pub(super) fn list<'v, 'a>(
        &mut self,
        list: Option<(&'v Value<'a>, Place)>,
    ) -> Vec<(&'v Value<'a>, Place)> {
        let Some((value, place)) = list else { return Vec::new() };
        let Kind::Array(items) = &value.kind else {
            self.wrong_type(value, "a list", &place);
            return Vec::new();
        };
        items.iter().enumerate().map(|(index, item)| (item, place.index(index))).collect()
    }

    /// A string that is not empty.
    pub(super) fn text(&mut self, value: &Value<'_>, place: &Place) -> Option<String> {
        match &value.kind {
            Kind::String(text) if !text.decoded.is_empty() => Some(text.decoded.to_string()),
            _ => {
                self.wrong_type(value, "a string that is not empty", place);
                None
            }
        }
    }

    /// A name, or an id written as a number.
    pub(super) fn name(&mut self, value: &Value<'_>, place: &Place) -> Option<String> {
        match &value.kind {
            Kind::Number(digits) => Some((*digits).to_owned()),
            _ => self.text(value, place),
        }
    }

    /// An id: decimal digits, as a string or as a number.
    pub(super) fn id(&mut self, value: &Value<'_>, place: &Place) -> Option<String> {
        let text = self.name(value, place)?;
        if text.bytes().all(|b| b.is_ascii_digit()) {
            return Some(text);
        }
        let message = format!("`{}` is not an id", camlock_source::quote(&text));
        self.error(codes::BAD_VALUE, value.span, message, "ids are decimal digits", place);
        None
    }

    pub(super) fn boolean(&mut self, value: &Value<'_>, place: &Place) -> bool {
        if let Kind::Bool(value) = value.kind {
            return value;
        }
        self.wrong_type(value, "`true` or `false`", place);
        false
    }

    /// An object of strings.
    pub(super) fn tags(&mut self, tags: Option<(&Value<'_>, Place)>) -> Vec<(Box<str>, Box<str>)> {
        let Some((value, place)) = tags else { return Vec::new() };
        let Kind::Object(members) = &value.kind else {
            self.wrong_type(value, "an object of tags", &place);
            return Vec::new();
        };
        let mut tags = Vec::new();
        for member in members {
            let key = &*member.name.decoded;
            match &member.value.kind {
                Kind::String(text) => tags.push((key.into(), (&*text.decoded).into())),
                _ => self.wrong_type(&member.value, "a string", &place.name(key.to_owned())),
            }
        }
        tags
    }

    pub(super) fn wrong_type(&mut self, value: &Value<'_>, wanted: &str, place: &Place) {
        // What the JSON stage could not read, it reported.
        if !matches!(value.kind, Kind::Invalid) {
            let message = format!("here belongs {wanted}");
            let span = self.start_of(value);
            self.error(codes::WRONG_TYPE, span, message, "see the page on formats", place);
        }
    }
}
