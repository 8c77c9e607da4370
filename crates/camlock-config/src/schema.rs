//! The settings that there are, by the table that they stand in.

/// The settings of each table; the table of the file itself has no name. `levels` takes codes, names of
/// rules, groups and `all`, `kinds` takes kinds of policies.
///
/// `docs/camlock.schema.json` says the same to editors, which a test holds.
pub const KEYS: &[(&str, &[&str])] = &[
    (
        "",
        &[
            "account",
            "app-id",
            "catalog",
            "exclude",
            "extend",
            "include",
            "kinds",
            "levels",
            "overrides",
            "suppressions",
            "trusted-accounts",
            "uin",
        ],
    ),
    ("overrides", &["levels", "paths"]),
    ("suppressions", &["code", "path", "pointer", "reason"]),
];

/// The settings of a table.
pub(crate) fn keys(table: &str) -> &'static [&'static str] {
    KEYS.iter().find(|(own, _)| *own == table).map_or(&[], |(_, keys)| keys)
}
