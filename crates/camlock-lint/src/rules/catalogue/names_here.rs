//! What operations are called here, where other clouds or a slip call them otherwise.

/// Service, the name elsewhere, the name here.
///
/// Names that a service here has as well are no entries; those of S3 are told by `operation-of-s3`.
const NAMES: &[(&str, &str, &str)] = &[
    ("as", "SetDesiredCapacity", "ModifyDesiredCapacity"),
    ("as", "UpdateAutoScalingGroup", "ModifyAutoScalingGroup"),
    ("cam", "CreateUser", "AddUser"),
    ("cls", "PutLog", "pushLog"),
    ("cls", "PutLogEvents", "pushLog"),
    ("cls", "PutLogs", "pushLog"),
    ("cos", "ListObject", "GetBucket"),
    ("cvm", "RestartInstances", "RebootInstances"),
    ("lighthouse", "RestartInstances", "RebootInstances"),
    ("vpc", "AllocateAddress", "AllocateAddresses"),
    ("vpc", "ReleaseAddress", "ReleaseAddresses"),
];

/// What the service calls the operation, where the name is one of another cloud.
pub(crate) fn name_here(service: &str, operation: &str) -> Option<&'static str> {
    let own = NAMES.iter().find(|(of, elsewhere, _)| *of == service && *elsewhere == operation);
    own.map(|(_, _, here)| *here)
}

/// Whether the two are the same name but for a plural or a single letter.
pub(crate) fn is_slip(name: &str, known: &str) -> bool {
    let (name, known) = (name.to_ascii_lowercase(), known.to_ascii_lowercase());
    singular(&name) == singular(&known) || is_one_letter_away(&name, &known)
}

/// The name without what makes its end a plural.
fn singular(name: &str) -> String {
    let stem = name.strip_suffix("ies").map(|stem| format!("{stem}y"));
    stem.unwrap_or_else(|| name.strip_suffix('s').unwrap_or(name).to_owned())
}

/// Whether one letter more, one less, another one, or two swapped ones make one of the other.
fn is_one_letter_away(left: &str, right: &str) -> bool {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    let start = left.iter().zip(right).take_while(|(a, b)| a == b).count();
    let rest = |of: &[u8]| of.get(start..).unwrap_or_default().to_vec();
    let (left, right) = (rest(left), rest(right));
    let same = |skip_left: usize, skip_right: usize| {
        left.get(skip_left..).is_some_and(|left| right.get(skip_right..) == Some(left))
    };
    let is_swap = || match (left.as_slice(), right.as_slice()) {
        ([a, b, ..], [c, d, ..]) => a == d && b == c && same(2, 2),
        _ => false,
    };
    same(1, 0) || same(0, 1) || same(1, 1) || is_swap()
}

#[cfg(test)]
mod tests {
    use camlock_catalog::Catalog;

    use super::{NAMES, is_slip, name_here};

    #[test]
    fn every_name_here_exists_and_no_name_elsewhere_does() {
        let catalog = Catalog::builtin();
        for (service, elsewhere, here) in NAMES {
            let known = catalog.service(service).unwrap();
            assert!(known.action(here).is_some(), "{service}:{here}");
            assert!(known.action(elsewhere).is_none(), "{service}:{elsewhere}");
            assert_eq!(name_here(service, elsewhere), Some(*here));
        }
        assert_eq!(name_here("cls", "ListBucket"), None);
    }

    #[test]
    fn a_slip_is_a_letter_or_a_plural() {
        for (name, known) in [
            ("RunInstance", "RunInstances"),
            ("ModifyInstanceAttribute", "ModifyInstancesAttribute"),
            ("CreatePolicy", "CreatePolicies"),
            ("DescirbeVpcs", "DescribeVpcs"),
            ("DescribeVpxs", "DescribeVpcs"),
        ] {
            assert!(is_slip(name, known), "{name}");
            assert!(is_slip(known, name), "{known}");
        }
        assert!(!is_slip("DescribeVpcEx", "DescribeVpcs"));
        assert!(!is_slip("DescribeVpcs", "DescribeVpnGws"));
        assert!(!is_slip("", "ab"));
    }
}
