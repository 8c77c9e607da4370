//! The macros that a rule file and a group are written with.

/// Declares a rule: its page, its metadata, its type, and the tests of its examples.
///
/// The doc comment is the page. Optional fields stand in this order: `spec`, `fix`, `supersedes`.
macro_rules! declare_rule {
    (
        $(#[doc = $line:literal])*
        $visibility:vis $type:ident = {
            code: $code:literal,
            name: $name:literal,
            group: $group:ident,
            level: $level:ident,
            since: $since:literal,
            summary: $summary:literal,
            $(spec: [$($spec:literal),+ $(,)?],)?
            $(fix: $fix:ident,)?
            $(supersedes: [$($superseded:literal),+ $(,)?],)?
        }
    ) => {
        $(#[doc = $line])*
        #[derive(Debug)]
        $visibility struct $type;

        impl $crate::rule::Described for $type {
            fn meta(&self) -> &'static $crate::rule::RuleMeta {
                static META: $crate::rule::RuleMeta = $crate::rule::RuleMeta {
                    code: camlock_source::Code::new($code),
                    name: $name,
                    group: $crate::rule::Group::$group,
                    level: $crate::rule::Level::$level,
                    since: $since,
                    summary: $summary,
                    page: concat!($($line, "\n"),*),
                    spec: &[$($($spec),+)?],
                    fix: declare_rule!(@fix $($fix)?),
                    supersedes: &[$($($superseded),+)?],
                    #[cfg(test)]
                    file: file!(),
                };
                &META
            }
        }

        #[cfg(test)]
        mod page {
            use $crate::rule::Described as _;

            /// The examples give what they say.
            #[test]
            fn examples() {
                $crate::testing::check_page(super::$type.meta());
            }

            /// Without the rule nothing finds what it finds.
            #[test]
            fn matters() {
                $crate::testing::check_matters(super::$type.meta());
            }
        }
    };
    (@fix) => { None };
    (@fix $fix:ident) => { Some(camlock_source::Grade::$fix) };
}

/// Lists the rules of a group, one a line: `file: Type,` in the order of codes.
macro_rules! rule_list {
    ($($(#[$attribute:meta])* $file:ident: $type:ident,)*) => {
        $(mod $file;)*

        /// The rules of the group, in the order of codes.
        pub(crate) const RULES: &[&dyn $crate::rule::Rule] = &[$(&$file::$type),*];
    };
}

/// Declares pages of faults that the front end finds, by code.
macro_rules! fault_pages {
    ($($(#[doc = $line:literal])* $code:literal: { $(spec: [$($spec:literal),+],)? $(fix: $fix:ident,)? })*) => {
        /// The pages of this file.
        pub(crate) const PAGES: &[$crate::faults::FaultPage] = &[$(
            $crate::faults::FaultPage {
                code: $code,
                page: concat!($($line, "\n"),*),
                spec: &[$($($spec),+)?],
                fix: declare_rule!(@fix $($fix)?),
            }
        ),*];
    };
}
