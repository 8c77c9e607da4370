//! Lines are found as people would, and the table of classes holds together.

use super::classes::CLASSES;
use super::places::{Place, lines};

fn found(place: Place, words: &str, text: &str) -> Vec<u32> {
    lines(place, words, text).unwrap_or_default()
}

#[test]
fn words_are_looked_for_without_the_quotes_of_the_lists() {
    let text = "{\n\"effect\": \"allow \",\n\"action\": [\"a:b\",\n\"c:d\"]\n}";
    assert_eq!(found(Place::Words, "'allow '", text), [2]);
    assert_eq!(found(Place::Words, "a:b, c:d", text), [3, 4]);
    assert_eq!(found(Place::Words, "action=\"true\"", text), [3]);
    assert!(lines(Place::Words, "", text).is_none(), "no words, any place");
    assert!(lines(Place::Document, "allow", text).is_none());
    assert_eq!(found(Place::Any(&["{", "}"]), "", text), [1, 5]);
}

#[test]
fn commas_are_found_where_they_are_too_many_or_missing() {
    assert_eq!(found(Place::TrailingComma, "", "[1,\n2,\n\n]\n[3, 4]\n[5,]"), [2, 6]);
    let text = "{\n\"a\": \"b\"\n\"c\": [\"d\" \"e\"],\n\"f\": {},\n\"g\": {}\n}";
    assert_eq!(found(Place::MissingComma, "", text), [2, 3]);
}

#[test]
fn no_class_hides_behind_another() {
    for (place, class) in CLASSES.iter().enumerate() {
        for earlier in CLASSES.iter().take(place) {
            assert!(!class.key.starts_with(earlier.key), "{} is never reached", class.key);
        }
        assert!(!class.codes.is_empty() || class.accepted.is_some(), "{}", class.key);
    }
}
