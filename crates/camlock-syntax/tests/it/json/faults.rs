//! JSON texts, good and bad: each fault with its place and words, and what is kept of the rest.

use camlock_syntax::json::{Kind, Parsed, Value, parse, write};
use camlock_syntax::limits::Limits;

/// Reads a text whose lines that begin with `//^` point at the faults of the line above.
///
/// The carets are as wide as the fault, and one wide where something is missing. What follows them is
/// the beginning of `code message`. Every fault needs a line, in document order.
#[track_caller]
fn check(fixture: &str) {
    let (text, expected) = split(fixture);
    let parsed = parse(&text, &Limits::policy());
    let source = camlock_source::SourceText::new("fixture", text.as_str());
    let found: Vec<_> = parsed
        .diagnostics
        .iter()
        .map(|fault| {
            let place = source.line_column(fault.span.start);
            let width = source.slice(fault.span).chars().count().max(1);
            let words = format!("{} {}", fault.code, fault.message);
            (place.line as usize, place.column as usize, width, words)
        })
        .collect();
    let matches = found.len() == expected.len()
        && found.iter().zip(&expected).all(|(found, expected)| {
            (found.0, found.1, found.2) == (expected.0, expected.1, expected.2)
                && found.3.starts_with(&expected.3)
        });
    assert!(matches, "in\n{text}\nfound    {found:#?}\nexpected {expected:#?}");
    for fault in &parsed.diagnostics {
        assert!(fault.help.is_some(), "{fault:?} has no help");
        assert!(fault.api_code.is_some(), "{fault:?} has no answer of the interface");
        assert!(!fault.message.ends_with('.'), "{fault:?} ends with a full stop");
        assert!(!fault.message.starts_with(char::is_uppercase), "{fault:?} begins in upper case");
    }
}

fn split(fixture: &str) -> (String, Vec<(usize, usize, usize, String)>) {
    let mut lines: Vec<&str> = Vec::new();
    let mut expected = Vec::new();
    for line in fixture.trim_matches('\n').lines() {
        let Some(words) = line.trim_start().strip_prefix("//^") else {
            lines.push(line);
            continue;
        };
        let column = line.chars().take_while(|c| *c != '^').count() + 1;
        let more = words.chars().take_while(|c| *c == '^').count();
        let words = words.trim_start_matches('^').trim().to_owned();
        expected.push((lines.len(), column, more + 1, words));
    }
    (lines.join("\n"), expected)
}

fn read(text: &str) -> Parsed<'_> {
    parse(text, &Limits::policy())
}

/// What a text with faults is read as.
#[track_caller]
fn check_kept(text: &str, kept: &str) {
    let parsed = read(text);
    assert!(!parsed.diagnostics.is_empty(), "{text:?} has no fault");
    let root = parsed.root.expect("something is kept");
    let expected = read(kept);
    assert!(expected.diagnostics.is_empty(), "{kept:?} is no JSON");
    assert_eq!(write(&root), write(&expected.root.unwrap()), "of {text:?}");
}

/// The first fault of a text, as `code message`.
fn first(text: &str) -> String {
    let parsed = read(text);
    let fault = parsed.diagnostics.first().expect("there is a fault");
    format!("{} {}", fault.code, fault.message)
}

#[test]
fn a_document_without_faults_has_no_diagnostics() {
    check(r#"{ "version": "2.0", "statement": [ { "n": [-0.5e+3, 0, true, null, "\u4e2d"] } ] }"#);
}

#[test]
fn trailing_and_extra_commas_are_pointed_at() {
    check(
        r#"
  [ "a", "b", ]
          //^ CAM1016 a comma before the closing bracket
"#,
    );
    check(
        r#"
   {"a": 1,, "b": 2}
         //^ CAM1019 a comma without anything before it
"#,
    );
    check_kept("{\"a\": [1, 2,],}", "{\"a\": [1, 2]}");
    check_kept("[1,,2]", "[1, 2]");
}

#[test]
fn a_missing_comma_is_missed_behind_the_value() {
    check(
        r#"
 { "version": "2.0"
                 //^ CAM1017 a comma is missing before `"statement"`
   "statement": [ 1 2 ] }
                 //^ CAM1017 a comma is missing before `2`
"#,
    );
    check_kept("{\"a\": 1 \"b\": [2 3]}", "{\"a\": 1, \"b\": [2, 3]}");
}

#[test]
fn comments_of_every_form_are_refused_and_passed_over() {
    check(
        r"
 [ // the first
 //^^^^^^^^^^^^ CAM1021 a comment
   1, # the second
    //^^^^^^^^^^^^ CAM1021 a comment
   2 /* the third */ ]
   //^^^^^^^^^^^^^^^ CAM1021 a comment
",
    );
    check_kept("{\"a\": 1, // x\n\"b\": 2 /* y */}", "{\"a\": 1, \"b\": 2}");
}

#[test]
fn quotes_of_word_processors_are_pointed_at() {
    check(
        r#"
 { “effect": "allow",
 //^^^^^^^^ CAM1022 `“` is not a quotation mark of JSON
   "action": "cos:*”,
                 //^ CAM1022 `”` is not a quotation mark of JSON
   "more": ["a“, 'b', ＂c＂] }
            //^ CAM1022 `“` is not a quotation mark of JSON
               //^^^ CAM1022 `'` is not a quotation mark of JSON
                    //^^^ CAM1022 `＂` is not a quotation mark of JSON
"#,
    );
    check(
        r#"
 [ 'open,
 //^^^^^ CAM1022 `'` is not a quotation mark of JSON
 //^^^^^ CAM1028 a string that is not closed on its line
   "b" ]
"#,
    );
    check_kept("{“a”: ‘b’,\n \"c\": \"d”,\n \"e\": \"f“\n}", r#"{"a": "b", "c": "d", "e": "f"}"#);
}

#[test]
fn a_curly_quote_inside_of_a_closed_string_is_text() {
    check("[\"so “they” say\", \"5′\"]");
}

#[test]
fn an_open_string_ends_with_its_line() {
    check(
        r#"
 [ "a,
 //^^ CAM1028 a string that is not closed on its line
   "b"]
"#,
    );
    check_kept("{\"a\": \"x,\n\"b\": \"y}\n", "{\"a\": \"x\", \"b\": \"y\"}");
}

#[test]
fn a_misplaced_quote_is_one_fault_of_its_line() {
    check(
        r#"
 { "a": "say "hi" to", "b": 1,
            //^^ CAM1037 `hi` stands directly behind a closing quote
   "c": [1,] }
        //^ CAM1016 a comma before the closing bracket
"#,
    );
    assert!(first("{\"effect\": \"allow”, \"action\": \"x\"}").starts_with("CAM1022 `”`"));
}

#[test]
fn full_width_punctuation_is_named_and_understood() {
    check(
        r#"
   { "a"： 1， "b": ［2、3］ }
      //^ CAM1023 a full-width colon
         //^ CAM1024 `，` where a comma belongs
                //^ CAM1025 a full-width bracket
                  //^ CAM1024 `、` where a comma belongs
                    //^ CAM1025 a full-width bracket
"#,
    );
    check_kept("｛\"a\"：［1，2、3；4］｝", "{\"a\": [1, 2, 3, 4]}");
}

#[test]
fn what_a_member_lacks_is_named() {
    check(
        r#"
   { "a": , "b" 2,
       //^ CAM1019 the member `a` has no value
             //^ CAM1018 a colon is missing behind `b`
     "c": {"d"} }
         //^^^ CAM1020 a value without a name
"#,
    );
    check(
        r#"
 { "action": "a", "b", "c": 1 }
                //^^^ CAM1020 a value without a name
"#,
    );
    check_kept("{\"a\" 1, \"b\" = 2}", "{\"a\": 1, \"b\": 2}");
}

#[test]
fn bare_text_is_one_fault() {
    check(
        r"
 [ 1, cos:*, name/cos:Get* ]
    //^^^^^ CAM1032 `cos:*` is not in quotes
           //^^^^^^^^^^^^^ CAM1032 `name/cos:Get*` is not in quotes
",
    );
    check(
        r#"
 { version: "2.0" }
 //^^^^^^^ CAM1033 the name `version` is not in quotes
"#,
    );
    check_kept("{version: \"2.0\"}", "{\"version\": \"2.0\"}");
}

#[test]
fn marks_to_be_filled_in_are_recognized() {
    check(
        r"
 [ <AppId>, ${uin}, [UIN], [cos], [your id] ]
 //^^^^^^^ CAM1034 `<AppId>` was not filled in
          //^^^^^^ CAM1034 `${uin}` was not filled in
                  //^^^^^ CAM1034 `[UIN]` was not filled in
                          //^^^ CAM1032 `cos` is not in quotes
                                //^^^^^^^^^ CAM1034 `[your id]` was not filled in
",
    );
}

#[test]
fn words_of_other_languages_are_explained() {
    for (text, expected) in [
        ("[True]", "CAM1032 `True` is written in lower case"),
        ("[None]", "CAM1032 `None` is not JSON"),
        ("[NaN]", "CAM1032 `NaN` is not a number of JSON"),
        ("[-Infinity]", "CAM1032 `-Infinity` is not a number of JSON"),
        ("[007]", "CAM1032 `007` is not a number of JSON"),
        ("[+1]", "CAM1032 `+1` is not a number of JSON"),
        ("[.5]", "CAM1032 `.5` is not a number of JSON"),
        ("[1.]", "CAM1032 `1.` is not a number of JSON"),
        ("[0x1F]", "CAM1032 `0x1F` is not a number of JSON"),
        ("[1e]", "CAM1032 `1e` is not a number of JSON"),
        ("[10.0.0.1]", "CAM1032 `10.0.0.1` is not in quotes"),
        ("[2024-01-01T00:00:00Z]", "CAM1032 `2024-01-01T00:00:00Z` is not in quotes"),
        ("[ ... ]", "CAM1032 `...` stands for something left out"),
    ] {
        assert!(first(text).starts_with(expected), "{text}: {}", first(text));
    }
}

#[test]
fn strings_hold_no_control_characters_and_only_known_escapes() {
    check(
        "
 [ \"a\tb\", \"\\q\", \"\\u12\", \"\\ud800x\" ]
   //^ CAM1029 a control character in a string
         //^^ CAM1030 an escape that JSON does not have
               //^^ CAM1030 an escape that JSON does not have
                       //^^^^^^ CAM1031 half of a surrogate pair
",
    );
}

#[test]
fn brackets_that_do_not_fit_are_named() {
    check(
        r#"
 [ { "a": [1, 2 } ]
        //^ CAM1035 the `[` is never closed
"#,
    );
    check(
        r"
 [ 1, 2 }
      //^ CAM1035 `[` is closed by `}`
",
    );
    check(
        r"
 [ 1 }, 2 ]
   //^ CAM1035 a closing bracket that nothing opened
",
    );
    check(
        r#"
 {"a": {"b": 1}}}
              //^ CAM1035 a closing bracket that nothing opened
"#,
    );
    check_kept("{\"a\": [{\"b\": 1, \"c\": [2]", "{\"a\": [{\"b\": 1, \"c\": [2]}]}");
}

#[test]
fn an_unclosed_bracket_says_where_that_shows() {
    let parsed = read("{\"a\": [1, 2}");
    let [fault] = &parsed.diagnostics[..] else { panic!("{:?}", parsed.diagnostics) };
    assert_eq!(format!("{:?} {:?}", fault.span, fault.secondary[0].span), "6..7 11..12");
}

#[test]
fn what_surrounds_the_document_is_refused() {
    assert!(first("\u{feff}{}").starts_with("CAM1027"));
    assert!(first("{} {}").starts_with("CAM1036"));
    assert!(first("{},").starts_with("CAM1036"));
    assert!(first("\"a\": 1").starts_with("CAM1036 a name and a colon outside of any object"));
    assert!(first("\u{a0}{}").starts_with("CAM1026"));
    assert!(first("{\u{3000}}").starts_with("CAM1026"));
}

#[test]
fn an_empty_text_has_an_answer_of_its_own() {
    for text in ["", " \r\n\t "] {
        let parsed = read(text);
        assert!(parsed.root.is_none());
        let [fault] = &parsed.diagnostics[..] else { panic!("{:?}", parsed.diagnostics) };
        assert_eq!(fault.api_code, Some("InvalidParameter.PolicyDocumentEmpty"));
    }
}

#[test]
fn a_name_that_stands_twice_shows_the_first() {
    let parsed = read(r#"{"a": 1, "b": 2, "\u0061": 3}"#);
    let [fault] = &parsed.diagnostics[..] else { panic!("{:?}", parsed.diagnostics) };
    assert_eq!(fault.message, "the name `a` stands twice in one object");
    assert_eq!(format!("{:?} {:?}", fault.span, fault.secondary[0].span), "17..25 1..4");
    let Some(Kind::Object(members)) = parsed.root.map(|root| root.kind) else { panic!() };
    assert_eq!(members.len(), 3);
}

#[test]
fn limits_are_faults_at_the_first_excess() {
    let limits = Limits { max_depth: 2, max_members: 3, ..Limits::policy() };
    let code = |text| {
        let parsed = parse(text, &limits);
        parsed.diagnostics.iter().map(|d| format!("{} {:?}", d.code, d.span)).collect::<Vec<_>>()
    };
    assert!(code("[[1, 2, 3], 4, 5]").is_empty());
    assert_eq!(code("[[[1], [2]]]"), ["CAM1013 2..3", "CAM1013 7..8"]);
    assert_eq!(code("[1, 2, 3, 4, 5]"), ["CAM1014 10..11"]);
    let limits = Limits { max_bytes: 3, ..Limits::policy() };
    assert_eq!(parse("[12]", &limits).diagnostics[0].code.as_str(), "CAM1011");
}

#[test]
fn no_limit_lets_the_stack_overflow() {
    let limits = Limits { max_depth: usize::MAX, ..Limits::policy() };
    let text = "[".repeat(100_000);
    assert!(parse(&text, &limits).diagnostics.iter().any(|d| d.code.as_str() == "CAM1013"));
}

#[test]
fn many_faults_end_in_one_that_says_so() {
    let limits = Limits { max_faults: 5, ..Limits::policy() };
    let parsed = parse("[,,,,,,,,,,]", &limits);
    assert_eq!(parsed.diagnostics.len(), 6);
    assert_eq!(parsed.diagnostics[5].code.as_str(), "CAM1012");
}

#[test]
fn size_leaves_out_the_blanks_between_tokens() {
    assert_eq!(read("{ \"a b\" :\n[ 1 , \"漢\" ] }").significant_chars, 15);
}

#[test]
fn numbers_stay_as_written() {
    let parsed = read("[1.50, 1E400, -0, 12345678901234567890]");
    let Some(Kind::Array(items)) = parsed.root.map(|root| root.kind) else { panic!() };
    let number = |value: &Value<'_>| match value.kind {
        Kind::Number(text) => text.to_owned(),
        _ => panic!("{value:?}"),
    };
    let numbers: Vec<_> = items.iter().map(number).collect();
    assert_eq!(numbers, ["1.50", "1E400", "-0", "12345678901234567890"]);
}

#[test]
fn lists_of_scalars_stay_on_one_line_where_they_fit() {
    let text = format!("{{\"a\":[\"{}\",1],\"b\":[{{}},[]]}}", "x".repeat(82));
    let printed = write(&read(&text).root.unwrap());
    assert!(printed.contains("x\", 1],\n"), "{printed}");
    assert!(printed.contains("\"b\": [\n        {},\n        []\n    ]\n"), "{printed}");
    let longer = text.replace("x\"", "xxxxx\"");
    assert!(write(&read(&longer).root.unwrap()).contains("\",\n        1\n    ],"), "{printed}");
}
