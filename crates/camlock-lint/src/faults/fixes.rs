//! Obvious repairs of faults that the front end finds.
//!
//! A document with a fault is no policy. A repair is safe where there is one way to read the text and the
//! repair keeps it; where it guesses what was meant, or lets a document be read that was not, a person
//! has to agree.

mod elements;
mod names;
mod text;

use camlock_source::{Diagnostic, Edit, Fix, Grade};

use crate::document::Document;
use text::Clarity;

/// What repairs a fault: a title and an edit.
type Repair = fn(&Diagnostic, &Document<'_>) -> Option<(String, Edit)>;

/// Which fault is repaired how where the tree of the document has to be known.
const REPAIRS: &[(&str, Grade, Repair)] = &[
    ("CAM1020", Grade::Suggestion, elements::list),
    ("CAM2003", Grade::Suggestion, elements::known_element),
    ("CAM2006", Grade::Safe, elements::lower_case),
    ("CAM2007", Grade::Suggestion, elements::version),
    ("CAM2008", Grade::Suggestion, elements::add_version),
    ("CAM2011", Grade::Suggestion, elements::effect),
    ("CAM2017", Grade::Suggestion, elements::remove),
    ("CAM2018", Grade::Suggestion, elements::principal_kind),
    ("CAM2020", Grade::Suggestion, elements::remove),
    ("CAM2103", Grade::Suggestion, names::colon),
    ("CAM2104", Grade::Suggestion, names::colon),
    ("CAM2105", Grade::Suggestion, names::action),
    ("CAM2106", Grade::Suggestion, names::action),
    ("CAM2108", Grade::Suggestion, names::action),
    ("CAM2113", Grade::Suggestion, names::resource),
    ("CAM2114", Grade::Suggestion, names::resource),
    ("CAM2117", Grade::Suggestion, names::resource),
    ("CAM2118", Grade::Suggestion, names::resource),
    ("CAM2120", Grade::Suggestion, names::resource),
    ("CAM2121", Grade::Suggestion, names::resource),
    ("CAM2128", Grade::Suggestion, elements::everyone),
    ("CAM2130", Grade::Suggestion, names::principal),
    ("CAM2132", Grade::Suggestion, names::principal),
    ("CAM2133", Grade::Suggestion, names::service_principal),
    ("CAM2135", Grade::Suggestion, names::operator),
    ("CAM2136", Grade::Suggestion, names::operator),
    ("CAM2137", Grade::Suggestion, names::operator),
    ("CAM2138", Grade::Suggestion, names::operator),
    ("CAM2140", Grade::Suggestion, names::key),
    ("CAM2142", Grade::Suggestion, names::key),
    ("CAM2147", Grade::Suggestion, names::number),
    ("CAM2148", Grade::Suggestion, names::number_as_text),
    ("CAM2150", Grade::Suggestion, names::boolean),
    ("CAM2151", Grade::Suggestion, names::address),
    ("CAM2156", Grade::Suggestion, names::tag),
];

/// The repairs of one text.
#[derive(Debug)]
pub(crate) struct Repairs<'d> {
    text: &'d str,
    clarity: Clarity,
}

impl<'d> Repairs<'d> {
    /// `faults` are all that the front end found in the text.
    pub(crate) fn new(text: &'d str, faults: &[Diagnostic]) -> Self {
        Self { text, clarity: Clarity::of(text, faults) }
    }

    /// The fault with its repair, where there is an obvious one. Outside of any document only the JSON
    /// can be repaired.
    pub(crate) fn add(&self, fault: Diagnostic, document: Option<&Document<'_>>) -> Diagnostic {
        if fault.fix.is_some() {
            return fault;
        }
        let fix = text::repair(&fault, self.text, self.clarity)
            .or_else(|| document.and_then(|document| of_document(&fault, document)));
        match fix {
            Some(fix) => fault.with_fix(fix),
            None => fault,
        }
    }
}

fn of_document(fault: &Diagnostic, document: &Document<'_>) -> Option<Fix> {
    let (_, grade, repair) = REPAIRS.iter().find(|(code, ..)| *code == fault.code.as_str())?;
    let (title, edit) = repair(fault, document)?;
    Some(Fix { title, edits: vec![edit], grade: *grade })
}

#[cfg(test)]
mod tests;
