//! Obvious repairs of faults that the front end finds.

use camlock_source::{Diagnostic, Edit, Fix, Grade};

use crate::document::Document;

/// What repairs a fault: a title and an edit.
type Repair = fn(&Diagnostic, &Document<'_>) -> Option<(String, Edit)>;

/// Which fault is repaired how, and what the repair does to decisions. A document with a fault is no
/// policy; a repair is safe where it reads as it read before, with the fault passed over.
const REPAIRS: &[(&str, Grade, Repair)] =
    &[("CAM2006", Grade::Safe, lower_case_element), ("CAM2103", Grade::Suggestion, colon_for_dot)];

/// The fault with its repair, where there is an obvious one.
pub(crate) fn with_fix(fault: Diagnostic, document: &Document<'_>) -> Diagnostic {
    let row = REPAIRS.iter().find(|(code, ..)| *code == fault.code.as_str());
    let Some((_, grade, repair)) = row.filter(|_| fault.fix.is_none()) else { return fault };
    match repair(&fault, document) {
        Some((title, edit)) => fault.with_fix(Fix { title, edits: vec![edit], grade: *grade }),
        None => fault,
    }
}

fn lower_case_element(fault: &Diagnostic, document: &Document<'_>) -> Option<(String, Edit)> {
    let written = document.slice(fault.span);
    let lower = written.to_ascii_lowercase();
    (lower != written).then(|| (format!("write {lower}"), Edit::replace(fault.span, lower)))
}

fn colon_for_dot(fault: &Diagnostic, document: &Document<'_>) -> Option<(String, Edit)> {
    let dot = document.slice(fault.span) == ".";
    dot.then(|| ("write a colon".to_owned(), Edit::replace(fault.span, ":")))
}
