//! Which edits go together.

use super::*;

fn fix(edits: &[(u32, u32, &str)]) -> Fix {
    let edits = edits.iter().map(|(from, to, text)| Edit::replace(Span::new(*from, *to), *text));
    Fix { title: "mend".into(), edits: edits.collect(), grade: Grade::Safe }
}

fn check(text: &str, fixes: &[Fix], expected: &str, applied: &[usize]) {
    let rewrite = apply_fixes(text, fixes);
    assert_eq!((rewrite.text.as_str(), rewrite.applied.as_slice()), (expected, applied));
}

#[test]
fn neighbouring_edits_go_together() {
    check("abcd", &[fix(&[(0, 2, "x")]), fix(&[(2, 4, "y")])], "xy", &[0, 1]);
}

#[test]
fn of_two_edits_that_overlap_the_first_in_the_text_wins() {
    check("abcd", &[fix(&[(1, 4, "y")]), fix(&[(0, 2, "x")])], "xcd", &[1]);
}

#[test]
fn a_long_edit_keeps_out_what_begins_inside_of_it() {
    check("abcdef", &[fix(&[(0, 5, "x")]), fix(&[(1, 2, "y")]), fix(&[(3, 4, "z")])], "xf", &[0]);
}

#[test]
fn two_insertions_at_one_place_have_no_order_and_do_not_go_together() {
    check("ab", &[fix(&[(1, 1, "x")]), fix(&[(1, 1, "y")])], "axb", &[0]);
}

#[test]
fn a_fix_is_carried_out_whole_or_not_at_all() {
    check("abcd", &[fix(&[(2, 3, "1")]), fix(&[(0, 1, "x"), (2, 4, "y")])], "xby", &[1]);
    check("abcd", &[fix(&[(0, 1, "1")]), fix(&[(0, 1, "x"), (2, 4, "y")])], "1bcd", &[0]);
}

#[test]
fn what_a_refused_fix_had_taken_is_free_again() {
    let refused = fix(&[(0, 1, "x"), (0, 2, "y")]);
    check("abcd", &[refused, fix(&[(0, 1, "1")])], "1bcd", &[1]);
}

#[test]
fn edits_outside_of_the_text_or_inside_of_a_character_are_refused() {
    check("ä", &[fix(&[(1, 2, "x")]), fix(&[(0, 9, "x")]), fix(&[])], "ä", &[]);
}
