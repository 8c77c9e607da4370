//! Suggestions are close or absent.

use super::{element, operator};

#[test]
fn operators_of_another_cloud_are_translated() {
    let check = |theirs: &str, ours: &str| assert_eq!(operator(theirs).as_deref(), Some(ours));
    check("StringEquals", "string_equal");
    check("ForAllValues:StringEquals", "for_all_value:string_equal");
    check("NumericLessThanIfExists", "numeric_less_than_if_exist");
    check("string_equal_if_exists", "string_equal_if_exist");
    check("IpAddress", "ip_equal");
    check("Null", "null_equal");
    // It takes neither qualifier nor suffix, so none is suggested.
    check("String_Equal", "string_equal");
    check("For_Any_Value:STRING_EQUAL_IF_EXIST", "for_any_value:string_equal_if_exist");
    check("NullIfExists", "null_equal");
    check("null_equal_if_exist", "null_equal");
    check("for_any_value:null_equal", "null_equal");
}

#[test]
fn far_words_give_no_suggestion() {
    assert_eq!(operator("numeric_between_any_of"), None);
    assert_eq!(element("banana"), None);
    assert_eq!(element("resources"), Some("resource"));
}

#[test]
fn a_key_in_the_place_of_an_operator_has_one() {
    for (key, operator) in [
        ("qcs:ip", Some("ip_equal")),
        ("qcs:current_time", Some("date_equal")),
        ("qcs:resource_tag", Some("string_equal")),
        ("cos:secure-transport", Some("bool_equal")),
        ("own:key", None),
        ("string_equal", None),
    ] {
        assert_eq!(super::operator_of_key(key), operator, "{key}");
    }
}
