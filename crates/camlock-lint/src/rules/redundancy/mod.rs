//! The rules of the group "redundancy"; one line a rule, in the order of codes.

rule_list! {
    duplicate_action: DuplicateAction,
    covered_action: CoveredAction,
    covered_statement: CoveredStatement,
}
