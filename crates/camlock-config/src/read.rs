//! From the text of a file to what it says.

use camlock_catalog::closest;
use camlock_lint::{Group, Level, Override, PathGlobs, Suppression};
use camlock_policy::{AppId, PolicyKind, Uin};
use camlock_source::{Diagnostic, SourceText, Span, quote};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::anchor::anchored;
use crate::config::{Config, Path, SuppressionPlace, leveled};
use crate::fault::{BAD_VALUE, MALFORMED, MISSING, UNKNOWN};
use crate::schema::keys;

type Value<'a> = Spanned<DeValue<'a>>;

impl Config {
    /// Reads the text of a file that stands in `folder`, an absolute path with slashes; the paths of
    /// files are held against its globs in the same form.
    ///
    /// # Errors
    ///
    /// Every fault of the file, in its order; there is at least one.
    pub fn read(source: &SourceText, folder: &str) -> Result<Self, Vec<Diagnostic>> {
        let (table, errors) = DeTable::parse_recoverable(source.text());
        let mut reader = Reader { source, folder, faults: Vec::new() };
        for error in &errors {
            let span = error.span().map_or(Span::empty(0), |range| span(&range));
            reader.faults.push(Diagnostic::error(MALFORMED, span, error.message().to_lowercase()));
        }
        // What was read of a broken file would give faults that follow from the first.
        if !reader.faults.is_empty() {
            return Err(reader.faults);
        }
        let config = reader.file(table.get_ref());
        if reader.faults.is_empty() {
            return Ok(config);
        }
        reader.faults.sort_by_key(|fault| fault.span);
        Err(reader.faults)
    }
}

struct Reader<'a> {
    source: &'a SourceText,
    folder: &'a str,
    faults: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn file(&mut self, table: &DeTable<'_>) -> Config {
        let mut config = Config::default();
        for (name, at, value) in members(table) {
            match name {
                "extend" => config.extend = self.path(value),
                "account" => config.account = self.path(value),
                "catalog" => config.catalog = self.path(value),
                "include" => config.include = self.globs(value),
                "exclude" => config.exclude = self.globs(value),
                "uin" => config.uin = self.id(value, Uin::parse),
                "app-id" => config.app_id = self.id(value, AppId::parse),
                "trusted-accounts" => config.trusted_accounts = self.strings(value),
                "levels" => config.levels = self.levels(value),
                "kinds" => config.kinds = self.kinds(value),
                "overrides" => {
                    config.overrides =
                        self.tables(value).filter_map(|t| self.an_override(&t)).collect();
                }
                "suppressions" => {
                    for table in self.tables(value) {
                        if let Some(own) = self.suppression(&table) {
                            config.suppressions.push(own);
                            let source = self.source.clone();
                            config.places.push(SuppressionPlace { source, span: table.span });
                        }
                    }
                }
                _ => self.unknown(name, at, ""),
            }
        }
        config
    }

    fn an_override(&mut self, table: &Table<'_, '_>) -> Option<Override> {
        let (mut paths, mut levels) = (None, Vec::new());
        for (name, at, value) in members(table.members) {
            match name {
                "paths" => paths = self.globs(value),
                "levels" => levels = self.levels(value),
                _ => self.unknown(name, at, "overrides"),
            }
        }
        if paths.is_none() {
            self.missing(table.span, "an override needs `paths`");
        }
        Some(Override { paths: paths?, levels: leveled(&levels).ok()? })
    }

    fn suppression(&mut self, table: &Table<'_, '_>) -> Option<Suppression> {
        let (mut code, mut reason, mut paths, mut pointer) = (None, None, None, None);
        for (name, at, value) in members(table.members) {
            match name {
                "code" => code = Some(self.code(value)),
                "reason" => reason = self.string(value).map(ToOwned::to_owned),
                "path" => paths = Some(self.globs(value)),
                "pointer" => pointer = self.pointer(value),
                _ => self.unknown(name, at, "suppressions"),
            }
        }
        if code.is_none() {
            self.missing(table.span, "a suppression needs the `code` that it is about");
        }
        if reason.as_deref().is_none_or(|reason| reason.trim().is_empty()) {
            self.missing(table.span, "a suppression needs a `reason`, for whoever reads it later");
        }
        // One that could not be read must not become one for all files.
        let paths = match paths {
            Some(None) => return None,
            Some(paths) => paths,
            None => Some(PathGlobs::new(&[anchored(self.folder, "**/*")]).ok()?),
        };
        Some(Suppression { paths, code: code??, pointer, reason: reason? })
    }

    fn code(&mut self, value: &Value<'_>) -> Option<camlock_source::Code> {
        let name = self.string(value)?;
        if let Some(rule) = camlock_lint::explain(name) {
            return Some(rule.code);
        }
        let message = match camlock_lint::Levels::default().with(name, Level::Off) {
            Ok(_) => format!("`{}` is a group; a suppression is about one code", quote(name)),
            Err(error) => error.to_string(),
        };
        self.bad(value, message);
        None
    }

    fn pointer(&mut self, value: &Value<'_>) -> Option<String> {
        let text = self.string(value)?;
        if text.is_empty() || text.starts_with('/') {
            return Some(text.to_owned());
        }
        self.bad(value, "a JSON pointer begins with a slash");
        None
    }

    fn levels(&mut self, value: &Value<'_>) -> Vec<(String, Level)> {
        let mut levels = Vec::new();
        for (name, at, value) in self.table(value).into_iter().flat_map(members) {
            let Some(text) = self.string(value) else { continue };
            let Some(level) = Level::parse(text) else {
                let close = closest(text, ["off", "info", "warning", "error"]);
                let message = format!("`{}` is not a level", quote(text));
                self.bad_with_help(value, message, close, "one of off, info, warning, error");
                continue;
            };
            match leveled(&[(name.to_owned(), level)]) {
                Ok(_) => levels.push((name.to_owned(), level)),
                Err(error) => {
                    let groups = Group::ALL.map(Group::as_str).join(", ");
                    let message = format!("no rule and no group is called `{}`", quote(name));
                    let help = format!("a code, the name of a rule, a group ({groups}) or all");
                    let fault = Diagnostic::error(UNKNOWN, at, message);
                    self.faults.push(fault.with_help(did_you_mean(error.close(), &help)));
                }
            }
        }
        levels
    }

    fn kinds(&mut self, value: &Value<'_>) -> Vec<(PathGlobs, PolicyKind)> {
        let mut kinds = Vec::new();
        for (name, at, value) in self.table(value).into_iter().flat_map(members) {
            let globs = self.globs(value);
            if let Some(kind) = PolicyKind::parse(name) {
                kinds.extend(globs.map(|globs| (globs, kind)));
                continue;
            }
            let names = PolicyKind::ALL.map(PolicyKind::as_str);
            let message = format!("`{}` is not a kind of policy", quote(name));
            let help = format!("one of {}", names.join(", "));
            let fault = Diagnostic::error(UNKNOWN, at, message);
            self.faults.push(fault.with_help(did_you_mean(closest(name, names), &help)));
        }
        kinds
    }

    fn path(&mut self, value: &Value<'_>) -> Option<Path> {
        let text = self.string(value)?;
        if text.is_empty() {
            self.bad(value, "a path is empty");
            return None;
        }
        let (path, source) = (text.to_owned(), self.source.clone());
        Some(Path { path, source, span: span(&value.span()) })
    }

    fn globs(&mut self, value: &Value<'_>) -> Option<PathGlobs> {
        let mut anchored_globs = Vec::new();
        let one = std::slice::from_ref(value);
        let items: Vec<&Value<'_>> = match value.get_ref() {
            DeValue::Array(items) => items.iter().collect(),
            _ => one.iter().collect(),
        };
        for item in items {
            let Some(glob) = self.string(item) else { continue };
            match PathGlobs::new(&[glob]) {
                Ok(_) => anchored_globs.push(anchored(self.folder, glob)),
                Err(error) => self.bad(item, error.to_string()),
            }
        }
        // Its parts were read one by one.
        PathGlobs::new(&anchored_globs).ok()
    }

    fn id<T>(&mut self, value: &Value<'_>, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let text = self.string(value)?;
        let id = read(text);
        if id.is_none() {
            self.bad(value, format!("`{}` is not an id, which is a number in quotes", quote(text)));
        }
        id
    }

    fn strings(&mut self, value: &Value<'_>) -> Vec<String> {
        let DeValue::Array(items) = value.get_ref() else {
            self.bad(value, "a list of texts is wanted here");
            return Vec::new();
        };
        items.iter().filter_map(|item| self.string(item).map(ToOwned::to_owned)).collect()
    }

    fn string<'v>(&mut self, value: &'v Value<'_>) -> Option<&'v str> {
        let text = value.get_ref().as_str();
        if text.is_none() {
            self.bad(value, "a text in quotes is wanted here");
        }
        text
    }

    fn table<'v, 'i>(&mut self, value: &'v Value<'i>) -> Option<&'v DeTable<'i>> {
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.bad(value, "a table is wanted here");
        }
        table
    }

    fn tables<'v, 'i>(&mut self, value: &'v Value<'i>) -> std::vec::IntoIter<Table<'v, 'i>> {
        let Some(items) = value.get_ref().as_array() else {
            self.bad(value, "a list of tables is wanted here, each under a title in two brackets");
            return Vec::new().into_iter();
        };
        let mut tables = Vec::new();
        for item in items {
            if let Some(members) = self.table(item) {
                tables.push(Table { members, span: span(&item.span()) });
            }
        }
        tables.into_iter()
    }

    fn unknown(&mut self, name: &str, at: Span, table: &str) {
        let known = keys(table);
        let message = format!("there is no setting `{}`", quote(name));
        let help = format!("settings here are {}", known.join(", "));
        let close = closest(name, known.iter().copied());
        let fault = Diagnostic::error(UNKNOWN, at, message);
        self.faults.push(fault.with_help(did_you_mean(close, &help)));
    }

    fn missing(&mut self, at: Span, message: &str) {
        self.faults.push(Diagnostic::error(MISSING, at, message));
    }

    fn bad(&mut self, value: &Value<'_>, message: impl Into<String>) {
        self.faults.push(Diagnostic::error(BAD_VALUE, span(&value.span()), message));
    }

    fn bad_with_help(
        &mut self,
        value: &Value<'_>,
        message: String,
        close: Option<&str>,
        all: &str,
    ) {
        let fault = Diagnostic::error(BAD_VALUE, span(&value.span()), message);
        self.faults.push(fault.with_help(did_you_mean(close, all)));
    }
}

/// A table of a list, and its place.
struct Table<'v, 'i> {
    members: &'v DeTable<'i>,
    span: Span,
}

/// Name, place of the name, value; in the order of the file.
fn members<'v, 'i>(table: &'v DeTable<'i>) -> Vec<(&'v str, Span, &'v Value<'i>)> {
    let member =
        |(name, value): (&'v Spanned<_>, &'v Value<'i>)| -> (&'v str, Span, &'v Value<'i>) {
            let text: &std::borrow::Cow<'i, str> = name.get_ref();
            (text.as_ref(), span(&name.span()), value)
        };
    let mut members: Vec<_> = table.iter().map(member).collect();
    members.sort_by_key(|(_, at, _)| *at);
    members
}

fn did_you_mean(close: Option<&str>, otherwise: &str) -> String {
    close.map_or_else(|| otherwise.to_owned(), |close| format!("did you mean `{close}`"))
}

fn span(range: &std::ops::Range<usize>) -> Span {
    let small = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span::new(small(range.start), small(range.end))
}
