//! What people see.

use camlock_source::{Code, Diagnostic, SourceText, Span};

use crate::{Excerpt, Style, text};

fn source(content: &str) -> SourceText {
    SourceText::new("a.json", content)
}

/// The place of `needle` in `content`.
fn at(content: &str, needle: &str) -> Span {
    let start = u32::try_from(content.find(needle).unwrap()).unwrap();
    Span::new(start, start + u32::try_from(needle.len()).unwrap())
}

fn fault(span: Span) -> Diagnostic {
    Diagnostic::error(Code::new("CAM2136"), span, "wrong").with_label("here")
}

fn check(content: &str, diagnostic: &Diagnostic, expected: &str) {
    let mut out = String::new();
    text::write(&mut out, &source(content), diagnostic, Style::plain()).unwrap();
    assert_eq!(out, expected.trim_start_matches('\n'));
}

/// The source line and the line under it, without the frame.
fn lines(content: &str, span: Span) -> Vec<String> {
    let mut out = String::new();
    text::write(&mut out, &source(content), &fault(span), Style::plain()).unwrap();
    let framed = out.lines().skip(3).filter_map(|line| line.split_once('│'));
    framed.map(|(_, line)| line.strip_prefix(' ').unwrap_or(line).to_owned()).collect()
}

#[test]
fn a_finding_says_what_where_why_and_what_to_do() {
    let content = "{\n    \"string_equals\": { \"cos:prefix\": \"logs/\" }\n}\n";
    let diagnostic = Diagnostic::error(
        Code::new("CAM2135"),
        at(content, "\"string_equals\""),
        "unknown condition operator `string_equals`",
    )
    .with_label("not an operator")
    .with_help("did you mean `string_equal`")
    .with_api_code("InvalidParameter.ConditionTypeError");
    check(
        content,
        &diagnostic,
        r#"
error[CAM2135]: unknown condition operator `string_equals`
  ┌─ a.json:2:5
  │
2 │     "string_equals": { "cos:prefix": "logs/" }
  │     ^^^^^^^^^^^^^^^ not an operator
  │
  = help: did you mean `string_equal`
  = note: InvalidParameter.ConditionTypeError
"#,
    );
}

#[test]
fn further_places_stand_in_document_order() {
    let content = "{\n \"a\": 1, \"b\": 2,\n\n\n\n\n\n\n \"a\": 3\n}";
    let second = u32::try_from(content.rfind("\"a\"").unwrap()).unwrap();
    let diagnostic =
        Diagnostic::warning(Code::new("CAM1015"), Span::new(second, second + 3), "twice")
            .with_secondary(at(content, "\"a\""), "first given here")
            .with_secondary(at(content, "\"b\""), "not this one");
    check(
        content,
        &diagnostic,
        r#"
warning[CAM1015]: twice
  ┌─ a.json:9:2
  │
2 │  "a": 1, "b": 2,
  │  --- first given here
  │          --- not this one
  ·
9 │  "a": 3
  │  ^^^
"#,
    );
}

#[test]
fn carets_stand_under_wide_characters() {
    let content = r#"{ "策略": "x" }"#;
    assert_eq!(lines(content, at(content, "\"x\"")), [content, "          ^^^ here"]);
    assert_eq!(lines(content, at(content, "策略")), [content, "   ^^^^ here"]);
}

#[test]
fn tabs_take_four_columns() {
    let content = "\t\t\"x\"";
    assert_eq!(lines(content, at(content, "\"x\"")), ["        \"x\"", "        ^^^ here"]);
}

#[test]
fn control_and_direction_characters_are_shown() {
    let content = "\"\u{1b}[31m\u{202e}\u{feff}\u{85}\" !";
    assert_eq!(
        lines(content, at(content, "!")),
        [r#""␛[31m\u{202e}\u{feff}\u{85}" !"#, "                              ^ here"],
    );
    let mut out = String::new();
    let evil = SourceText::new("\u{1b}[2J\n.json", "x");
    text::write(&mut out, &evil, &fault(Span::new(0, 1)), Style::plain()).unwrap();
    assert!(out.contains("┌─ ␛[2J␊.json:1:1\n"), "{out}");
}

#[test]
fn combining_marks_take_no_column() {
    let content = "\"e\u{301}\" !";
    assert_eq!(lines(content, at(content, "!")), [content, "    ^ here"]);
}

#[test]
fn a_place_without_extent_is_one_caret() {
    assert_eq!(lines("{ }", Span::empty(2)), ["{ }", "  ^ here"]);
}

#[test]
fn the_end_of_the_text_is_a_place() {
    assert_eq!(lines("{", Span::empty(1)), ["{", " ^ here"]);
    assert_eq!(lines("{\n", Span::empty(2)), ["", "^ here"]);
    assert_eq!(lines("{", Span::new(90, 99)), ["{", " ^ here"]);
}

#[test]
fn an_empty_text_has_no_lines_to_show() {
    check(
        "",
        &fault(Span::new(0, 1)).with_help("write something"),
        "
error[CAM2136]: wrong
  ┌─ a.json:1:1
  = help: write something
",
    );
}

#[test]
fn line_ends_of_both_systems_are_line_ends() {
    let content = "{\r\n  \"a\" 1\r\n}\r\n";
    assert_eq!(lines(content, at(content, "1")), ["  \"a\" 1", "      ^ here"]);
    assert_eq!(lines(content, at(content, "1\r\n}")), ["  \"a\" 1", "      ^… here"]);
}

#[test]
fn of_a_long_place_the_first_line_is_shown() {
    let content = "[{\n  1\n}]";
    assert_eq!(lines(content, Span::new(1, 9)), ["[{", " ^… here"]);
}

#[test]
fn a_place_between_bytes_of_a_character_is_the_character() {
    assert_eq!(lines("\"漢\"", Span::new(2, 3)), ["\"漢\"", " ^^ here"]);
}

#[test]
fn long_lines_are_cut_around_the_place() {
    let content = format!("[{}\"x\"{}]", "0, ".repeat(200), ", 0".repeat(200));
    let shown = lines(&content, at(&content, "\"x\""));
    assert_eq!(shown[0].chars().count(), 102);
    assert!(shown[0].starts_with('…') && shown[0].ends_with('…'), "{}", shown[0]);
    let column = shown[0].chars().position(|c| c == '"').unwrap();
    assert_eq!(shown[1], format!("{}^^^ here", " ".repeat(column)));

    let near_start = format!("\"x\"{}", ", 0".repeat(200));
    let shown = lines(&near_start, at(&near_start, "\"x\""));
    assert!(shown[0].starts_with("\"x\", 0") && shown[0].ends_with('…'), "{}", shown[0]);
    assert_eq!(shown[0].chars().count(), 101);

    let near_end = format!("{}\"x\"", "0, ".repeat(200));
    let shown = lines(&near_end, at(&near_end, "\"x\""));
    assert!(shown[0].starts_with('…') && shown[0].ends_with("\"x\""), "{}", shown[0]);

    let longer_than_a_line = format!("[\"{}\"]", "漢".repeat(200));
    let span = Span::new(1, u32::try_from(longer_than_a_line.len()).unwrap() - 1);
    let shown = lines(&longer_than_a_line, span);
    assert!(shown[0].starts_with("[\"漢") && shown[0].ends_with("漢…"), "{}", shown[0]);
    assert_eq!(shown[1], format!(" {} here", "^".repeat(99)));
}

#[test]
fn places_far_apart_on_one_line_are_both_in_view() {
    let content = format!("\"a\"{}\"b\"", " ".repeat(300));
    let diagnostic = Diagnostic::error(Code::new("CAM1015"), at(&content, "\"b\""), "twice")
        .with_secondary(at(&content, "\"a\""), "first");
    let mut out = String::new();
    text::write(&mut out, &source(&content), &diagnostic, Style::plain()).unwrap();
    assert_eq!(out.matches("1 │ ").count(), 2, "{out}");
    assert!(out.contains("^^^\n") && out.contains("--- first\n"), "{out}");
}

#[test]
fn long_surroundings_are_shown_at_their_ends_and_near_the_place() {
    let content = (1..=40).map(|n| format!("line {n}")).collect::<Vec<_>>().join("\n");
    let source = source(&content);
    let mut out = String::new();
    Excerpt::new(&source, at(&content, "20"))
        .within(at(&content, &content))
        .write(&mut out, Style::plain())
        .unwrap();
    assert_eq!(
        out,
        "   ┌─ a.json:20:6
   │
 1 │ line 1
   ·
18 │ line 18
19 │ line 19
20 │ line 20
   │      ^^
21 │ line 21
22 │ line 22
   ·
40 │ line 40
"
    );
}

#[test]
fn colors_surround_words_and_change_none() {
    let mut colored = String::new();
    let diagnostic = fault(Span::new(0, 1)).with_help("fix it");
    text::write(&mut colored, &source("{ }"), &diagnostic, Style::colored()).unwrap();
    assert!(colored.starts_with("\u{1b}[1m\u{1b}[31merror[CAM2136]\u{1b}[0m"), "{colored:?}");
    let mut stripped = String::new();
    for (index, part) in colored.split('\u{1b}').enumerate() {
        stripped.push_str(if index == 0 { part } else { part.split_once('m').unwrap().1 });
    }
    let mut plain = String::new();
    text::write(&mut plain, &source("{ }"), &diagnostic, Style::plain()).unwrap();
    assert_eq!(stripped, plain);
}
