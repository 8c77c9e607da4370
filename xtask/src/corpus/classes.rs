//! The classes of mistakes, and which codes say them.

use super::places::Place;

/// A class of mistakes of the lists.
pub(super) struct Class {
    /// How the lists begin its name.
    pub(super) key: &'static str,
    /// What the page calls it.
    pub(super) label: &'static str,
    pub(super) place: Place,
    /// The codes that say it; a rule that supersedes one of them says it too.
    pub(super) codes: &'static [&'static str],
    /// Why it is no mistake, where the semantics accepts it.
    pub(super) accepted: Option<&'static str>,
}

const fn wrong(
    key: &'static str,
    label: &'static str,
    place: Place,
    codes: &'static [&'static str],
) -> Class {
    Class { key, label, place, codes, accepted: None }
}

const fn right(
    key: &'static str,
    label: &'static str,
    place: Place,
    codes: &'static [&'static str],
    why: &'static str,
) -> Class {
    Class { key, label, place, codes, accepted: Some(why) }
}

/// Every class; where the key of one begins that of another, the longer one stands first.
#[rustfmt::skip]
pub(super) const CLASSES: &[Class] = &[
    wrong("invalid JSON: trailing comma", "trailing comma", Place::TrailingComma, &["CAM1016"]),
    wrong("invalid JSON: curly quotes", "curly quotes", Place::Any(&["“", "”", "‘", "’"]), &["CAM1022"]),
    wrong("invalid JSON: // comment", "comment with `//`", Place::Any(&["//"]), &["CAM1021"]),
    wrong("invalid JSON: # comment", "comment with `#`", Place::Any(&["#"]), &["CAM1021"]),
    wrong("invalid JSON: missing comma", "missing comma", Place::MissingComma, &["CAM1017"]),
    wrong("invalid JSON: ideographic comma", "ideographic comma", Place::Any(&["、"]), &["CAM1024"]),
    wrong("invalid JSON: two bare strings", "values of a list without its brackets", Place::Document, &["CAM1020"]),
    wrong("invalid JSON: object with a bare value", "a value without a name", Place::Document, &["CAM1020"]),
    wrong("invalid JSON: unbalanced brackets", "unbalanced brackets", Place::Document, &["CAM1035", "CAM1036"]),
    wrong("invalid JSON: non-ASCII space", "a blank that JSON does not have", Place::Any(&["\u{a0}", "\u{3000}"]), &["CAM1026"]),
    wrong("invalid JSON: full-width punctuation", "full-width punctuation", Place::Any(&["：", "，", "“", "”", "、", "；"]), &["CAM1022", "CAM1023", "CAM1024", "CAM1025"]),
    wrong("invalid JSON: stray token", "a token too many", Place::Document, &["CAM1017", "CAM1020", "CAM1036", "CAM1037"]),
    wrong("invalid JSON: control character", "control character in a string", Place::Document, &["CAM1029"]),
    wrong("invalid JSON: unquoted string", "text without quotes", Place::Document, &["CAM1032"]),
    wrong("version missing", "`version` missing", Place::Document, &["CAM2008"]),
    wrong("version is not", "`version` is not \"2.0\"", Place::Words, &["CAM2007", "CAM3012"]),
    wrong("statement array is empty", "empty list of statements", Place::Any(&["[]"]), &["CAM2009"]),
    right("effect casing", "`effect` with a capital letter", Place::Words, &["CAM3011"], "letter case does not matter [SYN-6]"),
    wrong("effect word is not", "`effect` is another word", Place::Words, &["CAM2011", "CAM3011"]),
    wrong("effect has stray whitespace", "blank in `effect`", Place::Words, &["CAM2011", "CAM3011", "CAM3033"]),
    right("mixed key casing", "elements in mixed spelling", Place::Document, &["CAM2006"], "both spellings are the same [SYN-10]"),
    wrong("action array is empty", "empty list of actions", Place::Any(&["[]"]), &["CAM2014"]),
    wrong("action without service prefix", "action without a service", Place::Words, &["CAM2102", "CAM2103", "CAM2104", "CAM3040", "CAM3050", "CAM3051"]),
    wrong("action has stray whitespace", "blank in an action", Place::Words, &["CAM2106", "CAM2108", "CAM3030"]),
    wrong("service prefix not lower-case", "capital letter in the service of an action", Place::Words, &["CAM2108", "CAM3021"]),
    wrong("service segment not lower-case", "capital letter in the service of a resource", Place::Words, &["CAM2117", "CAM3021"]),
    wrong("duplicate action", "action twice in one statement", Place::Words, &["CAM7001", "CAM7002"]),
    wrong("duplicate resource", "resource twice in one statement", Place::Words, &["CAM7004", "CAM7005"]),
    wrong("allow statement subsumed", "statement that an earlier one covers", Place::Document, &["CAM7002", "CAM7003", "CAM7005", "CAM7012"]),
    wrong("allow-all", "everything is allowed", Place::Document, &["CAM6001"]),
    right("deny touches nothing", "a deny of what nothing in the document allows", Place::Document, &[], "another policy of the user may allow it [EVL-6]"),
    wrong("resource is not a qcs string", "resource that is no name", Place::Words, &["CAM2113", "CAM3052"]),
    wrong("resource has 5 segments", "resource of five segments", Place::Words, &["CAM2113", "CAM3060", "CAM3061"]),
    wrong("account segment is neither", "malformed account segment", Place::Words, &["CAM2113", "CAM2120", "CAM2121", "CAM2123", "CAM3020", "CAM3031"]),
    right("double star in resource", "runs of stars in a resource", Place::Words, &["CAM2120", "CAM2123", "CAM3020"], "they count as one star [RD-22]; masked accounts are found"),
    wrong("resource has stray whitespace", "blank in a resource", Place::Words, &["CAM2117", "CAM2118", "CAM2120", "CAM3031"]),
    wrong("COS uid differs", "owner of a bucket is not the APPID in its name", Place::Words, &["CAM3002"]),
    wrong("uin/ owner used with COS", "bucket owned by `uin/`", Place::Words, &["CAM2123", "CAM3001"]),
    right("uid/ owner used with a service", "`uid/` beside another service than COS, CAS and CI", Place::Words, &[], "the vendor's own pages have it [RES-9]"),
    right("no action in the statement belongs", "no action is of the service of the resource", Place::Document, &[], "services of action and resource may differ [RES-5]"),
    right("principal at document level", "`principal` for the whole document", Place::Document, &[], "the older form [SYN-16]"),
    wrong("principal inside a session policy", "`principal` in a session policy", Place::Any(&["rincipal\""]), &["CAM2020"]),
    wrong("trust statement also carries", "`resource` in a trust policy", Place::Any(&["esource\""]), &["CAM2017"]),
    right("principal is not an object", "`principal` is a string", Place::Document, &[], "`\"*\"` is everyone [PRN-1]"),
    wrong("principal key is not", "unknown kind of principal", Place::Words, &["CAM2018", "CAM3022"]),
    right("anonymous principal spelt", "`anonymous` for `anyone`", Place::Any(&["anonymous"]), &[], "both are everyone [PRN-5]"),
    right("identity provider under", "identity provider under `qcs`", Place::Words, &["CAM3022"], "it counts as under `federated` [PRN-10]"),
    right("condition is not an object", "`condition` is an empty list", Place::Document, &["CAM2022"], "an empty list is no condition [SYN-9]"),
    right("condition object is empty", "empty `condition`", Place::Document, &[], "it is no condition [SYN-9]"),
    wrong("unknown condition operator", "unknown operator", Place::Words, &["CAM2135", "CAM2136", "CAM2137", "CAM3015"]),
    right("condition key has no namespace", "condition key without a service", Place::Words, &["CAM3016"], "unknown keys are legal [CND-32]"),
    wrong("condition key contains whitespace", "blank in a condition key", Place::Words, &["CAM2140", "CAM3032"]),
    wrong("AWS-style tag condition key", "tag key in the form of another cloud", Place::Words, &["CAM3016", "CAM3017"]),
    right("tag key written into", "tag key that names its tag", Place::Words, &["CAM3017"], "the per-key form exists [CND-27]"),
    wrong("tag condition value without", "tag without `&`", Place::Words, &["CAM2156"]),
    right("multi-valued tag key", "tags without `for_any_value`", Place::Words, &[], "any of the tags may fit [CND-13]"),
    right("bool operator", "`\"true\"` and `\"false\"` as strings", Place::Words, &[], "strings are accepted [CND-20]"),
    wrong("not an IP/CIDR", "malformed address", Place::Words, &["CAM2151"]),
    wrong("CIDR has host bits set", "host bits in a range", Place::Words, &["CAM3003"]),
    wrong("date operator", "malformed time", Place::Words, &["CAM2149"]),
];

/// Findings in clean documents that are right all the same: number or `*`, code, why.
#[rustfmt::skip]
pub(super) const EXPLAINED: &[(&str, &str, &str)] = &[
    ("*", "CAM2006", "accepted, but newer pages ask for lower case, and the semantics for a warning [SYN-10]"),
    ("0040", "CAM2025", "the deny does not stop who signs; the semantics asks for a warning [EVL-10]"),
    ("*", "CAM3071", "the old path matches no request of today, and the semantics asks for a warning [RES-20]"),
    ("*", "CAM3077", "the path is left to be filled in, and matches nothing until it is"),
    ("*", "CAM3080", "the region is that of the first version of COS; letter by letter it is another name [RES-7]"),
    ("0939", "CAM5012", "the key is in no list of the platform, so that the condition never holds [CND-32]"),
    ("*", "CAM6103", "whoever holds it can give a role any policy, that of administrators too"),
    ("0405", "CAM5003", "the service has the operation with a capital letter, and letter case counts [ACT-6]"),
    ("0420", "CAM5003", "the service has the operation with a capital letter, and letter case counts [ACT-6]"),
    ("0451", "CAM5003", "the service has the operation with a capital letter, and letter case counts [ACT-6]"),
];
