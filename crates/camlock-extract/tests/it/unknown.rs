//! What is not known gives no findings and is not edited.

use camlock_source::{Code, Diagnostic, Edit, Fix, Grade, Span};

use super::{edited, found, outer};

const FILE: &str = r#"
resource "tencentcloud_cam_policy" "a" {
  document = <<EOF
{"version": "2.0", "statement": [
  {"effect": "allow", "action": "cos:Get*",
   "resource": ["qcs::cos::uid/${var.app_id}:logs-${var.app_id}/*", ${var.more}]},
  {"effect": "deny", "action": "cam:*", "resource": "*"}
]}
EOF
}
resource "tencentcloud_cam_policy" "b" {
  document = jsonencode({ statement = { effect = "allow", resource = "a\"-${local.x}-${local.x}", action = concat(["a"], var.b) } })
}
"#;

#[test]
fn opaque_words_stand_for_values() {
    let all = found("a.tf", FILE);
    for own in &all {
        assert!(!own.text().contains("${"), "{}", own.text());
    }
    let resource = all[0].text().split("uid/").nth(1).unwrap();
    assert!(resource.bytes().take(13).all(|b| b.is_ascii_digit()), "{resource}");
    assert!(
        all[1].text().starts_with("{\"statement\": {\"effect\": \"allow\""),
        "{}",
        all[1].text()
    );
    let own = all[1].text().split("a\\\"-").nth(1).unwrap();
    let (first, rest) = own.split_once('-').unwrap();
    assert!(rest.starts_with(&format!("{first}\"")), "equal expressions are equal words: {own}");
}

#[test]
fn findings_about_values_that_are_not_known_are_none() {
    let all = found("a.tf", FILE);
    let at = |own: &camlock_extract::Embedded, needle: &str| {
        let start = u32::try_from(own.text().find(needle).unwrap()).unwrap();
        Span::new(start, start + u32::try_from(needle.len()).unwrap())
    };
    let own = &all[0];
    assert!(
        own.is_unknown(at(own, "qcs::cos::uid/")),
        "a part of a string that is unknown in part"
    );
    assert!(own.is_unknown(at(own, "\"qcs::cos::uid/")));
    assert!(!own.is_unknown(at(own, "\"cos:Get*\"")) && !own.is_unknown(at(own, "\"deny\"")));
    let statement = own.text().find("{\"effect\"").unwrap();
    let end = own.text().find("]},").unwrap() + 2;
    let small = |at: usize| u32::try_from(at).unwrap();
    assert!(!own.is_unknown(Span::new(small(statement), small(end))), "a statement as a whole");
    assert!(all[1].is_unknown(at(&all[1], "a\\\"-")));
}

#[test]
fn what_is_not_known_is_not_edited() {
    let all = found("a.tf", FILE);
    assert!(edited(FILE, &all[0], "qcs::cos", "x").is_none());
    assert!(edited(FILE, &all[0], "\"cos:Get*\"", "\"x\"").is_some());
    let statement = all[0].text().find("{\"effect\"").unwrap();
    let end = all[0].text().find("]},").unwrap() + 2;
    let small = |at: usize| u32::try_from(at).unwrap();
    let edit = Edit::remove(Span::new(small(statement), small(end)));
    assert_eq!(all[0].outer_edit(&edit), None);
}

#[test]
fn messages_name_what_the_file_says_and_lost_repairs_are_helps() {
    let all = found("a.tf", FILE);
    let text = all[0].text();
    let mask = text.split("logs-").nth(1).unwrap().split('/').next().unwrap();
    let start = u32::try_from(text.find("\"cos:Get*\"").unwrap()).unwrap();
    let span = Span::new(start, start + 10);
    let fix = Fix {
        title: format!("write `{mask}`"),
        edits: vec![Edit::replace(span, mask)],
        grade: Grade::Safe,
    };
    let own = Diagnostic::error(Code::new("CAM0000"), span, format!("not `{mask}`")).with_fix(fix);
    let own = all[0].outer_diagnostic(own).unwrap();
    assert_eq!(own.message, "not `${var.app_id}`");
    assert_eq!((own.help.as_deref(), own.fix), (Some("write `${var.app_id}`"), None));
    assert_eq!(&FILE[own.span.start as usize..own.span.end as usize], "\"cos:Get*\"");
    assert_eq!(outer(FILE, &all[0], mask), "${var.app_id}");
}

#[test]
fn what_tools_put_into_yaml_is_not_known() {
    let file = "a: &x cos:*\nb:\n  statement:\n    effect: allow\n    action: [*x, !Sub 'y', \"{{ z }}\", cos:Get]\n";
    let all = found("a.yaml", file);
    for needle in ["*x", "'y'", "{{ z }}"] {
        assert!(!all[0].text().contains(needle), "{}", all[0].text());
    }
    // What an alias stands for is known, but not to be edited there.
    let alias = u32::try_from(all[0].text().find("\"cos:*\"").unwrap()).unwrap();
    assert!(!all[0].is_unknown(Span::new(alias, alias + 7)));
    assert!(edited(file, &all[0], "cos:*", "cos:Get*").is_none());
    assert!(all[0].is_unknown(Span::new(alias + 9, alias + 11)), "{}", all[0].text());
    let known = u32::try_from(all[0].text().find("\"cos:Get\"").unwrap()).unwrap();
    assert!(!all[0].is_unknown(Span::new(known, known + 9)));
}

/// Whether a finding at the first place of a text in the document is told.
fn is_told(own: &camlock_extract::Embedded, code: &'static str, needle: &str) -> bool {
    let start = u32::try_from(own.text().find(needle).unwrap()).unwrap();
    let span = Span::new(start, start + u32::try_from(needle.len()).unwrap());
    own.outer_diagnostic(Diagnostic::error(Code::new(code), span, "")).is_some()
}

#[test]
fn what_is_known_beside_the_unknown_is_told() {
    let file = r#"
resource "tencentcloud_cam_policy" "a" {
  document = jsonencode({ statement = { effect = "allow", action = "cso:${var.a}",
    resource = "qcs::cvm:${var.b}:uin/${var.c}:insance/${var.d}-x" } })
}
"#;
    let own = &found("a.tf", file)[0];
    for known in ["cso", "cvm", "insance"] {
        assert!(is_told(own, "CAM0000", known), "{known}");
    }
    let name = own.text().split("\"resource\": ").nth(1).unwrap().trim_end_matches([' ', '}']);
    for touched in [name, "-x", name.split(':').nth(4).unwrap()] {
        assert!(!is_told(own, "CAM0000", touched), "{touched}");
    }
}

#[test]
fn who_gets_what_is_told_for_any_value_of_a_part() {
    let file = r#"
resource "tencentcloud_cam_policy" "a" {
  document = jsonencode({ statement = { effect = "allow", action = var.all,
    resource = "qcs::cam::uin/${var.c}:roleName/*" } })
}
"#;
    let own = &found("a.tf", file)[0];
    let name = own.text().split("\"resource\": ").nth(1).unwrap().trim_end_matches([' ', '}']);
    assert!(is_told(own, "CAM6002", name) && is_told(own, "CAM3001", name));
    assert!(!is_told(own, "CAM6016", name) && !is_told(own, "CAM2113", name));
    let all = own.text().split("\"action\": ").nth(1).unwrap().split(',').next().unwrap();
    assert!(!is_told(own, "CAM6002", all), "all of it is unknown");
}

#[test]
fn lists_that_are_put_together_are_read_as_far_as_they_are_written() {
    let file = r#"
resource "tencentcloud_cos_bucket_policy" "a" {
  policy = jsonencode({ Statement = [for own in var.all : { effect = "allow", principal = own.who,
    action = concat(["cos:Get*"], var.more, ["cos:Head*"]), resource = [for k, path in own.paths : "qcs::cos:::${path}"] }] })
}
"#;
    let own = &found("a.tf", file)[0];
    assert_eq!(own.text().matches('[').count(), own.text().matches(']').count());
    for known in ["\"cos:Get*\"", "\"cos:Head*\"", "cos"] {
        assert!(is_told(own, "CAM0000", known), "{known}");
    }
    assert_eq!(outer(file, own, "\"cos:Head*\""), "\"cos:Head*\"");
    assert!(!is_told(own, "CAM2113", &own.text()[own.text().find("\"qcs::").unwrap()..][..14]));
    let edit = |needle: &str| edited(file, own, needle, "\"x\"");
    assert!(edit("\"cos:Head*\"").is_some_and(|file| file.contains("var.more, [\"x\"]")));
}

#[test]
fn the_name_of_a_bucket_adds_no_segment() {
    let file = r#"
resource "tencentcloud_cos_bucket_policy" "a" {
  policy = jsonencode({ statement = { effect = "allow", resource = ["${tencentcloud_cos_bucket.logs.bucket}/*", tencentcloud_cos_bucket.logs.id, "${var.name}/*"] } })
}
"#;
    let own = &found("a.tf", file)[0];
    let list = own.text().split('[').nth(1).unwrap().split(']').next().unwrap();
    let [bucket, id, other] = list.split(", ").collect::<Vec<_>>()[..] else { panic!("{list}") };
    assert!(is_told(own, "CAM2113", bucket) && is_told(own, "CAM2113", id));
    assert!(!is_told(own, "CAM2113", other));
    assert!(!is_told(own, "CAM3070", bucket));
}

#[test]
fn a_file_may_be_a_template_of_a_policy() {
    let file = "{\"statement\": [{\"effect\": \"allow\", \"action\": ${jsonencode({a = \"b\"})},\n \
                \"resource\": \"qcs::cvm::uin/${uin}:insance/$${uin}$b%\" %{ if x }, \"a\": \"c\" %{ endif }}]}\n";
    let all = found("policy.json.tftpl", file);
    let own = &all[0];
    assert!(own.text().contains("insance/${uin}$b%\" }]}"), "{}", own.text());
    assert!(!own.text().contains("jsonencode") && !own.text().contains("endif"), "{}", own.text());
    assert!(is_told(own, "CAM0000", "insance"));
    assert!(found("a.tftpl", "#!/bin/sh\necho ${a}\n").is_empty());
    for piece in ["${", "%{ if a }", "%{ endif }", "%{"] {
        assert!(found("a.tftpl", &format!("{{{}", piece.repeat(20_000))).is_empty(), "{piece}");
    }
    // A directive looks back at what is no blank.
    let blanks = " ".repeat(20_000) + &"%{}".repeat(20_000);
    for start in ["{", "{[", "{\"a\": "] {
        assert!(found("a.tftpl", &format!("{start}{blanks}")).is_empty(), "{start}");
    }
    let policy = format!("{{\"statement\": {{\"effect\": \"allow\"{blanks}, \"a\": [{blanks}]}}}}");
    let all = found("a.tftpl", &policy);
    let tight: String = all[0].text().split_whitespace().collect();
    let list = tight.strip_prefix("{\"statement\":{\"effect\":\"allow\",\"a\":[\"").unwrap();
    assert_eq!(list.matches('"').count(), 1, "one may be in the list: {list}");
}

#[test]
fn what_a_directive_holds_may_be_there_or_not() {
    let policy = "{\"statement\": [%{ for x in xs }{\"effect\": \"${x}\"},%{ endfor }\n {\"effect\": \"allow\"%{ if y }, \"a\": 1%{ else }, \"b\": %{ if z }2%{ endif }%{ endif },\n \
                  \"action\": [\"cos:Get*\", %{ if y }\"cos:Put*\"%{ endif }], \"resource\": \"a%{ if y }b%{ endif }\"}]}";
    for (name, file) in
        [("a.tf", format!("x = <<EOF\n{policy}\nEOF\n")), ("a.tftpl", policy.to_owned())]
    {
        let own = &found(name, &file)[0];
        let text = own.text();
        assert!(!text.contains(['%', '1', '2']) && !text.contains("Put"), "{name}: {text}");
        let list = text.split("[\"cos:Get*\", \"").nth(1).unwrap();
        assert!(list.split_once("\"], ").is_some(), "{name}: {text}");
        assert!(
            text.starts_with("{\"statement\": [\"") && text.contains("\",\n {"),
            "{name}: {text}"
        );
        assert!(text.contains("\"allow\",\n"), "{name}: {text}");
    }
}

#[test]
fn a_value_that_is_unknown_in_many_places_takes_no_long_time() {
    let many = "${a}".repeat(100_000);
    let document = format!(
        "{{\"statement\": {{\"effect\": \"allow\", \"action\": \"cos:{many}\", \"resource\": \"a/${{a}}b:${{a}}\"}}}}"
    );
    for (name, file) in [
        ("a.sh", format!("x <<EOF\n{document}\nEOF\n")),
        ("a.tf", format!("x = jsonencode({document})\n")),
        ("a.tftpl", document),
    ] {
        let all = found(name, &file);
        let [own] = all.as_slice() else { panic!("{name}") };
        let action = own.text().split("\"cos:").nth(1).unwrap().split('"').next().unwrap();
        assert_eq!(action.len(), many.len(), "{name}");
        assert!(!is_told(own, "CAM0000", action) && is_told(own, "CAM0000", "cos"), "{name}");
        let resource = own.text().split("\"a/").nth(1).unwrap().split('"').next().unwrap();
        let (before, behind) = resource.split_once(':').unwrap();
        assert!(!is_told(own, "CAM0000", before), "{name}");
        assert!(is_told(own, "CAM0000", "a/") && is_told(own, "CAM0000", "allow"), "{name}");
        assert!(!is_told(own, "CAM0000", &format!(":{behind}")), "{name}");
    }
}

#[test]
fn escapes_between_unknown_values_move_none_of_them() {
    let file = "a = jsonencode({ statement = { effect = \"allow\", action = \"é\\\"\\\"${var.long}\\\\-\\t${var.other}:b\" } })\n";
    let own = &found("a.tf", file)[0];
    let value = own.text().split("\"é\\\"\\\"").nth(1).unwrap().split(":b").next().unwrap();
    let (long, other) = value.split_once("\\\\-\\t").unwrap();
    let start = u32::try_from(own.text().find("allow").unwrap()).unwrap();
    let told =
        Diagnostic::error(Code::new("CAM0000"), Span::empty(start), format!("{long} {other}"));
    assert_eq!(own.outer_diagnostic(told).unwrap().message, "${var.long} ${var.other}");
    assert_eq!((outer(file, own, long), outer(file, own, other)), ("${var.long}", "${var.other}"));
    assert!(!is_told(own, "CAM0000", other) && is_told(own, "CAM0000", ":b"));
}
