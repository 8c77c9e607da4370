//! The catalogue that is compiled in, and what a text has to be like.

use std::collections::BTreeSet;

use super::*;
use crate::ActionEntry;

#[test]
fn the_compiled_catalogue_is_read_and_has_what_everyone_uses() {
    let read = read::catalog(Cow::Borrowed(BUILTIN));
    assert_eq!(read.err(), None);
    let catalog = Catalog::builtin();
    assert!(catalog.services().count() > 250);
    assert!(catalog.actions.len() > 15_000);
    for (service, action) in [
        ("cos", "GetObject"),
        ("cos", "PutBucketPolicy"),
        ("cam", "PassRole"),
        ("cam", "AttachUserPolicy"),
        ("sts", "AssumeRole"),
        ("cls", "SearchLog"),
        ("cvm", "RunInstances"),
    ] {
        assert!(
            catalog.service(service).is_some_and(|own| own.action(action).is_some()),
            "{action}"
        );
    }
    assert!(catalog.is_condition_key("qcs:ip") && catalog.is_condition_key("vpc:vpc"));
    assert!(catalog.is_region("ap-guangzhou") && !catalog.is_region("gz"));
}

#[test]
fn the_objects_of_cam_calls_are_those_since_they_are_authorized_one_by_one() {
    let cam = Catalog::builtin().service("cam").unwrap();
    let attach = cam.action("AttachUserPolicy").unwrap();
    assert_eq!(attach.granularity(), Some(Granularity::Resource));
    assert!(attach.resource_forms().any(|form| form.path() == "policyid/*"));
}

#[test]
fn an_incomplete_list_says_so() {
    assert!(!Catalog::builtin().service("cos").unwrap().is_complete());
    assert!(Catalog::builtin().service("sts").unwrap().is_complete());
}

#[test]
fn a_text_of_ones_own_is_read() {
    let text = "D 2030-01-02\nR xx-moon\nK a:b\nF a rd x/*\nS a c s\nA Do Wr 0 0\nA Go R- - -\n";
    let catalog = Catalog::read(text).unwrap();
    assert_eq!(catalog.date(), "2030-01-02");
    let action = catalog.service("a").unwrap().action("Do").unwrap();
    assert_eq!(action.granularity(), Some(Granularity::Service), "the service as a whole");
    assert_eq!(action.access_level(), AccessLevel::Write);
    let forms: Vec<String> = action.resource_forms().map(|form| form.to_string()).collect();
    assert_eq!(forms, ["qcs::a:$region:uid/$appid:x/*"]);
    assert_eq!(action.condition_keys().collect::<Vec<_>>(), ["a:b"]);
    let service = catalog.service("a").unwrap();
    assert_eq!(service.actions_matching("*o").count(), 2);
    assert_eq!(service.action_ignoring_case("GO").unwrap().name(), "Go");
}

#[test]
fn what_cannot_be_read_is_named_with_its_line() {
    for (text, line) in [
        ("", 1),
        ("D 2030-01-01\nX y\n", 2),
        ("D 2030-01-01\nS b c r\nS a c r\n", 3),
        ("D 2030-01-01\nA Do Wr - -\n", 2),
        ("D 2030-01-01\nS a c r\nA Do Wr 7 -\n", 3),
        ("D 2030-01-01\nS a c\n", 2),
        ("D 2030-01-01\nS a c r r\n", 2),
        ("D 2030-01-01\nS a c x\n", 2),
    ] {
        assert_eq!(Catalog::read(text).unwrap_err().line(), line, "{text}");
    }
}

#[test]
fn patterns_find_what_a_walk_over_all_actions_finds() {
    let cam = Catalog::builtin().service("cam").unwrap();
    for pattern in ["", "*", "Get*", "*Role*", "GetUser", "GetUserX", "Zz*", "A*Policy", "List**s"]
    {
        let walked = cam.actions().filter(|own| crate::matches(pattern, own.name()));
        let found: Vec<_> = cam.actions_matching(pattern).collect();
        assert_eq!(found, walked.collect::<Vec<_>>(), "{pattern}");
    }
    assert!(cam.actions_matching("*Role*").count() > 5);
}

#[test]
fn types_are_those_of_the_forms_of_the_service_itself() {
    let catalog = Catalog::builtin();
    for service in catalog.services() {
        let forms = service.actions().flat_map(ActionEntry::resource_forms);
        let own = forms.filter(|form| form.service() == service.name());
        let words = own.map(|form| form.path().split('/').next().unwrap_or_default());
        let words: BTreeSet<&str> =
            words.filter(|word| !word.is_empty() && !word.contains('*')).collect();
        assert!(service.resource_types().eq(words), "{service:?}");
    }
    let cam = catalog.service("cam").unwrap();
    assert!(cam.has_resource_type("roleName") && !cam.has_resource_type("rolename"));
}
