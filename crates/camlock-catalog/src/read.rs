//! The text form of a catalogue.
//!
//! A line is a tag and fields, one blank between them. Lists are places separated by commas, `-` where
//! there is nothing.
//!
//! ```text
//! D 2026-07-15            the date
//! R ap-guangzhou          a region, in order
//! K vpc:vpc               a condition key, in order
//! F cvm ri instance/*     a form: service, `r` with region, `i` with uin or `d` with APPID, last segment
//! S cvm c r               a service, in order: `c` complete or `i` incomplete, granularity
//! A RunInstances Wr 0,3 2 an action of it, in order: level and granularity, forms, keys
//! ```
//!
//! Granularity is `r`, `o`, `s` or `-`; level is `L`, `R`, `W` or `-`.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use crate::CatalogError;
use crate::catalog::{ActionRow, Catalog, FormRow, ServiceRow, Slice};
use crate::entry::{AccessLevel, ActionEntry, Granularity, ResourceForm, Service};

/// Reads a catalogue.
pub(crate) fn catalog(source: Cow<'static, str>) -> Result<Catalog, CatalogError> {
    let error = |problem| CatalogError::new(1, problem);
    let Ok(length) = u32::try_from(source.len()) else { return Err(error("too long")) };
    let mut reader = Reader {
        catalog: Catalog {
            source: Cow::Borrowed(""),
            date: Slice { start: length, end: length },
            services: Vec::new(),
            places: HashMap::default(),
            actions: Vec::new(),
            forms: Vec::new(),
            keys: Vec::new(),
            regions: Vec::new(),
            types: Vec::new(),
            lists: Vec::new(),
        },
        text: &source,
    };
    for (index, line) in source.lines().enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        reader.line(line).map_err(|problem| CatalogError::new(index + 1, problem))?;
    }
    let mut catalog = reader.catalog;
    catalog.source = source;
    if catalog.date().is_empty() {
        return Err(error("a catalogue says its date: `D 2026-07-15`"));
    }
    collect_types(&mut catalog);
    Ok(catalog)
}

/// Gathers the types of each service's resources from the forms of its actions.
fn collect_types(catalog: &mut Catalog) {
    let mut ranges = Vec::with_capacity(catalog.services.len());
    let mut types = Vec::new();
    for row in &catalog.services {
        let service = Service { catalog, row };
        let forms = service.actions().flat_map(ActionEntry::resource_forms);
        let own = forms.filter(|form| form.service() == service.name());
        let words: BTreeMap<&str, Slice> = own.filter_map(ResourceForm::type_word).collect();
        let begin = types.len();
        types.extend(words.into_values());
        ranges.push(begin..types.len());
    }
    for (row, range) in catalog.services.iter_mut().zip(ranges) {
        row.types = range;
    }
    catalog.types = types;
}

struct Reader<'t> {
    catalog: Catalog,
    text: &'t str,
}

type Read = Result<(), &'static str>;

impl<'t> Reader<'t> {
    fn line(&mut self, line: &'t str) -> Read {
        let mut fields = line.split(' ');
        let tag = fields.next().unwrap_or_default();
        let mut field =
            || fields.next().filter(|field| !field.is_empty()).ok_or("a field is missing");
        let first = field()?;
        match tag {
            "D" => self.catalog.date = self.slice(first),
            "R" => {
                let name = self.slice(first);
                self.in_order(self.catalog.regions.last().copied(), first)?;
                self.catalog.regions.push(name);
            }
            "K" => {
                let name = self.slice(first);
                self.in_order(self.catalog.keys.last().copied(), first)?;
                self.catalog.keys.push(name);
            }
            "F" => self.form(first, field()?, field()?),
            "S" => self.service(first, field()?, field()?)?,
            "A" => self.action(first, field()?, field()?, field()?)?,
            _ => return Err("an unknown tag"),
        }
        if fields.next().is_some() { Err("too many fields") } else { Ok(()) }
    }

    fn form(&mut self, service: &str, flags: &str, path: &str) {
        let form = FormRow {
            service: self.slice(service),
            regional: flags.contains('r'),
            app_id: flags.contains('d'),
            path: self.slice(path),
        };
        self.catalog.forms.push(form);
    }

    fn service(&mut self, name: &str, list: &str, granularity: &str) -> Read {
        self.in_order(self.catalog.services.last().map(|row| row.name), name)?;
        let begin = self.catalog.actions.len();
        let service = ServiceRow {
            name: self.slice(name),
            granularity: self::granularity(granularity)?,
            complete: list == "c",
            actions: begin..begin,
            types: 0..0,
        };
        self.catalog.places.insert(name.into(), self.catalog.services.len());
        self.catalog.services.push(service);
        Ok(())
    }

    fn action(&mut self, name: &str, facts: &str, forms: &str, keys: &str) -> Read {
        let Some(service) = self.catalog.services.last() else {
            return Err("an action stands below its service");
        };
        let before = self.catalog.actions.get(service.actions.clone()).and_then(|rows| rows.last());
        self.in_order(before.map(|row| row.name), name)?;
        let (level, own) = facts.split_at_checked(1).ok_or("a field is missing")?;
        let row = ActionRow {
            name: self.slice(name),
            level: access_level(level)?,
            granularity: granularity(own)?,
            forms: self.list(forms, self.catalog.forms.len())?,
            keys: self.list(keys, self.catalog.keys.len())?,
        };
        self.catalog.actions.push(row);
        if let Some(service) = self.catalog.services.last_mut() {
            service.actions.end += 1;
        }
        Ok(())
    }

    /// Searching needs names in order, each once.
    fn in_order(&self, before: Option<Slice>, name: &str) -> Read {
        let before =
            before.and_then(|slice| self.text.get(slice.start as usize..slice.end as usize));
        if before.is_some_and(|before| before >= name) {
            Err("names are not in order")
        } else {
            Ok(())
        }
    }

    fn list(&mut self, text: &str, known: usize) -> Result<Range<usize>, &'static str> {
        let begin = self.catalog.lists.len();
        if text != "-" {
            for place in text.split(',') {
                let place: u32 = place.parse().map_err(|_| "not a list of places")?;
                if place as usize >= known {
                    return Err("a place that is not there");
                }
                self.catalog.lists.push(place);
            }
        }
        Ok(begin..self.catalog.lists.len())
    }

    /// Where a part of the text is in it.
    fn slice(&self, part: &str) -> Slice {
        let start = (part.as_ptr() as usize).wrapping_sub(self.text.as_ptr() as usize);
        let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Slice { start: small(start), end: small(start + part.len()) }
    }
}

fn granularity(text: &str) -> Result<Option<Granularity>, &'static str> {
    Ok(match text {
        "r" => Some(Granularity::Resource),
        "o" => Some(Granularity::Operation),
        "s" => Some(Granularity::Service),
        "-" => None,
        _ => return Err("not a granularity"),
    })
}

fn access_level(text: &str) -> Result<AccessLevel, &'static str> {
    Ok(match text {
        "L" => AccessLevel::List,
        "R" => AccessLevel::Read,
        "W" => AccessLevel::Write,
        "-" => AccessLevel::Other,
        _ => return Err("not an access level"),
    })
}
