//! Operators and condition keys.

use camlock_catalog::Catalog;
use camlock_policy::{Comparison, ConditionKey, Operator, OperatorFamily, Qualifier, TagSide};

use super::code;

/// What an operator tests, and what it does without the key.
pub(crate) fn operator(text: &str) -> String {
    let Ok(operator) = Operator::parse(text) else {
        return format!("{}: no operator has this name [CND-6]", code(text));
    };
    let base = operator.base();
    if base.comparison() == Comparison::Missing {
        return "**null_equal**: with `true` it holds where the key is missing, with `false` where it is \
                there [CND-23]"
            .to_owned();
    }
    let subject = match operator.qualifier() {
        None => "the value of the request",
        Some(Qualifier::ForAnyValue) => "at least one value of the request",
        Some(Qualifier::ForAllValue) => "every value of the request",
    };
    let one = if base.is_negated() { "no listed value" } else { "a listed value" };
    let compared = match base.comparison() {
        Comparison::Equal if base.family() == OperatorFamily::Ip => format!("is inside of {one}"),
        Comparison::Equal => format!("equals {one}"),
        Comparison::EqualIgnoreCase => format!("equals {one}, ASCII letter case aside"),
        Comparison::Like => format!("fits {one}, which may have `*` at its ends"),
        Comparison::Less => format!("is below {one}"),
        Comparison::LessOrEqual => format!("is {one} or below"),
        Comparison::Greater => format!("is above {one}"),
        Comparison::GreaterOrEqual => format!("is {one} or above"),
        Comparison::Missing => String::new(),
    };
    let values = match base.family() {
        OperatorFamily::String => "text, letter by letter [CND-16]",
        OperatorFamily::Binary => "text, byte by byte [CND-21]",
        OperatorFamily::Numeric => "decimal numbers [CND-18]",
        OperatorFamily::Date => "times such as `2026-01-31T00:00:00Z` [CND-19]",
        OperatorFamily::Bool => "`true` or `false` [CND-20]",
        OperatorFamily::Ip => "addresses and ranges such as `10.0.0.0/8` [CND-22]",
        OperatorFamily::Null => "`true` or `false` [CND-23]",
    };
    let missing = if operator.if_exist() {
        "Where the key is missing, it holds [CND-7]: in an allow that lets requests without the key through"
    } else if base.is_negated() {
        "Where the key is missing, it does **not** hold, although it is negated [CND-11]: a deny with it \
         does not stop requests without the key"
    } else {
        "Where the key is missing, it does not hold [CND-11]"
    };
    format!("**{operator}**: {subject} {compared}\n\nValues: {values}\n\n{missing}")
}

/// What a condition key holds.
pub(crate) fn key(text: &str, catalog: &Catalog) -> String {
    let Ok(key) = ConditionKey::parse(text) else {
        return format!("{}: no condition key can have this name [CND-24]", code(text));
    };
    if let Some(tag) = key.tag() {
        let whose = match tag.side() {
            TagSide::Resource => "of the resource",
            TagSide::Request => "that the request brings",
        };
        return match tag.name() {
            Some(name) => format!("the value of tag {} {whose} [CND-27]", code(name)),
            None => format!("the tags {whose}, each written `key&value` [CND-26]"),
        };
    }
    if let Some((_, said)) = KEYS.iter().find(|(own, _)| *own == text) {
        return format!("**{text}**: {said}");
    }
    let known = if catalog.is_condition_key(text) {
        "a condition key of its service"
    } else {
        "a condition key that is not known: it is missing unless the caller supplies it [CND-32]"
    };
    format!("{}: {known}", code(text))
}

/// What well-known keys hold (section 6.3 of the semantics); tags are told apart by the key itself.
const KEYS: &[(&str, &str)] = &[
    ("qcs:ip", "the address that the request comes from; with `ip_equal` and `ip_not_equal`"),
    ("qcs:current_time", "when the request is made; with the operators of dates"),
    ("qcs:uin", "the uin of the caller"),
    ("qcs:owner_uin", "the uin of the caller's root account"),
    ("qcs:create_uin", "the uin of whoever created the resource"),
    (
        "qcs:mfa",
        "whether a second factor was checked, `0` where not; other services say `mfa` [CND-31]",
    ),
    (
        "mfa",
        "whether a second factor was checked, `0` where not; other services say `qcs:mfa` [CND-31]",
    ),
    ("qcs:vpc", "the network that the request comes from; the same as `vpc:requester_vpc`"),
    ("vpc:requester_vpc", "the network that the request comes from, such as `vpc-1a2b3c4d`"),
    ("vpc:vpc", "the network of the resource"),
    ("vpc:accepter_vpc", "the network that a peering connection goes to"),
    ("vpc:region", "the region of the network"),
    ("cvm:region", "the region of the instance"),
    ("cvm:zone", "the zone of the instance"),
    ("cvm:instance_type", "the type of the instance, such as `S5.MEDIUM4`"),
    ("cvm:image_type", "the type of the image"),
    ("cvm:disk_type", "the type of the disk"),
    ("cvm:disk_size", "the size of the disk; with the operators of numbers"),
    ("cos:secure-transport", "whether the request comes over HTTPS; with `bool_equal`"),
    ("cos:tls-version", "the version of TLS; with the operators of numbers"),
    ("cos:content-length", "the length of what is uploaded; with the operators of numbers"),
    ("cos:content_length", "the old spelling of `cos:content-length`"),
    ("cos:content-type", "the type of what is uploaded, URL-encoded as on the wire [CND-30]"),
    ("cos:response-content-type", "the type that a download asks for, URL-encoded [CND-30]"),
    ("cos:x-cos-acl", "the access list that an upload asks for"),
    ("cos:x-cos-storage-class", "the storage class that an upload asks for"),
    ("cos:prefix", "the prefix that a listing asks for, URL-encoded [CND-30]"),
    ("cos:versionid", "the version of the object"),
    ("bmvpc:unVpcId", "the networks of the request; with `for_all_value:string_equal_if_exist`"),
    ("saml:aud", "where the SAML assertion was sent to"),
    ("saml:iss", "who issued the SAML assertion"),
    ("saml:sub", "whom the SAML assertion is about"),
    ("saml:sub_type", "how the SAML assertion names its subject"),
    ("oidc:iss", "who issued the token; with `string_equal` only"),
    ("oidc:aud", "whom the token is meant for; with `string_equal` only"),
    ("oidc:sub", "whom the token is about; at most 10 values"),
];

#[cfg(test)]
mod tests {
    use super::{KEYS, key, operator};
    use camlock_catalog::Catalog;
    use camlock_policy::{BaseOperator, ConditionKey, Operator};

    #[test]
    fn every_well_known_key_is_described() {
        for known in ConditionKey::well_known() {
            assert!(!key(known, Catalog::builtin()).contains("of its service"), "{known}");
        }
        assert!(KEYS.iter().all(|(own, _)| ConditionKey::well_known().any(|known| known == *own)));
    }

    #[test]
    fn every_operator_says_what_it_does_without_the_key() {
        for base in BaseOperator::ALL {
            let said = operator(base.name());
            assert!(said.contains("missing") && said.contains(base.name()), "{said}");
            assert_eq!(
                said.contains("**not**"),
                Operator::new(*base).base().is_negated(),
                "{said}"
            );
        }
        assert!(operator("string_equal_if_exist").contains("it holds [CND-7]"));
        assert!(operator("StringEquals").contains("no operator"));
    }
}
