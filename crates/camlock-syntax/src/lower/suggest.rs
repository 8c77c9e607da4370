//! Did you mean: the known word that a misspelt one is close to.

use camlock_policy::{BaseOperator, Condition, ConditionKey, Operator};

const ELEMENTS: [&str; 9] =
    ["version", "statement", "principal", "effect", "action", "resource", "condition", "sid", "id"];

/// The element that `name` is a slip of.
pub(super) fn element(name: &str) -> Option<&'static str> {
    closest(&name.to_ascii_lowercase(), ELEMENTS)
}

/// What to write in place of an unknown operator.
///
/// Names of another cloud are taken apart (`ForAllValues:StringEquals`, `NumericLessThanIfExists`) and
/// put together the way this language spells them; the reading of absent keys differs, so this is a
/// suggestion and never a silent translation.
pub(super) fn operator(name: &str) -> Option<String> {
    let lower = name.to_ascii_lowercase();
    if Operator::parse(&lower).is_ok() {
        return Some(lower);
    }
    let (qualifier, base) = match name.split_once(':') {
        Some((qualifier, base)) => (qualifier_of(qualifier), base),
        None => ("", name),
    };
    let snake = snake_case(base);
    let (base, suffix) = match snake.strip_suffix("_if_exists").or(snake.strip_suffix("_if_exist"))
    {
        Some(base) => (base, "_if_exist"),
        None => (&*snake, ""),
    };
    let base = FOREIGN
        .iter()
        .find(|(theirs, _)| *theirs == base)
        .map(|(_, ours)| *ours)
        .or_else(|| closest(base, BaseOperator::ALL.iter().map(|operator| operator.name())))?;
    if base == BaseOperator::NullEqual.name() {
        // It takes neither [CND-8].
        return Some(base.to_owned());
    }
    Some(format!("{qualifier}{base}{suffix}"))
}

/// The operator that a well-known key takes first, for a key that stands in the place of one.
pub(super) fn operator_of_key(name: &str) -> Option<&'static str> {
    let key = ConditionKey::parse(name).ok().filter(ConditionKey::is_well_known)?;
    let takes = |own: &&BaseOperator| Condition::check_key(Operator::new(**own), &key, 1).is_ok();
    BaseOperator::ALL.iter().find(takes).map(|own| own.name())
}

/// Operators of another cloud in snake case, and their relatives here.
const FOREIGN: [(&str, &str); 24] = [
    ("string_equals", "string_equal"),
    ("string_not_equals", "string_not_equal"),
    ("string_equals_ignore_case", "string_equal_ignore_case"),
    ("string_not_equals_ignore_case", "string_not_equal_ignore_case"),
    ("string_like", "string_like"),
    ("string_not_like", "string_not_like"),
    ("numeric_equals", "numeric_equal"),
    ("numeric_not_equals", "numeric_not_equal"),
    ("numeric_less_than", "numeric_less_than"),
    ("numeric_less_than_equals", "numeric_less_than_equal"),
    ("numeric_greater_than", "numeric_greater_than"),
    ("numeric_greater_than_equals", "numeric_greater_than_equal"),
    ("date_equals", "date_equal"),
    ("date_not_equals", "date_not_equal"),
    ("date_less_than", "date_less_than"),
    ("date_less_than_equals", "date_less_than_equal"),
    ("date_greater_than", "date_greater_than"),
    ("date_greater_than_equals", "date_greater_than_equal"),
    ("bool", "bool_equal"),
    ("binary_equals", "binary_equal"),
    ("ip_address", "ip_equal"),
    ("not_ip_address", "ip_not_equal"),
    ("null", "null_equal"),
    ("arn_like", "string_like"),
];

fn qualifier_of(word: &str) -> &'static str {
    match snake_case(word).as_str() {
        "for_any_value" | "for_any_values" => "for_any_value:",
        "for_all_value" | "for_all_values" => "for_all_value:",
        _ => "",
    }
}

fn snake_case(name: &str) -> String {
    let mut snake = String::with_capacity(name.len() + 4);
    for c in name.chars() {
        if c.is_ascii_uppercase() && !snake.is_empty() && !snake.ends_with('_') {
            snake.push('_');
        }
        snake.push(c.to_ascii_lowercase());
    }
    snake
}

/// The word within a third of its own length of edits, and within three.
fn closest<'w>(name: &str, words: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    if name.len() > 64 {
        return None;
    }
    let near = words.into_iter().map(|word| (distance(name, word), word));
    let (edits, word) = near.min_by_key(|(edits, _)| *edits)?;
    (edits <= (word.len() / 3).min(3)).then_some(word)
}

/// How many insertions, deletions and replacements lead from one word to the other.
fn distance(from: &str, to: &str) -> usize {
    let mut row: Vec<usize> = (0..=to.chars().count()).collect();
    for (i, a) in from.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (b, cell) in to.chars().zip(row.iter_mut().skip(1)) {
            let above = *cell;
            *cell = (diagonal + usize::from(a != b)).min(above + 1).min(left + 1);
            diagonal = above;
            left = *cell;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests;
