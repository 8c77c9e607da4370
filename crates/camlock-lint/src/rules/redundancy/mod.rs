//! The rules of the group "redundancy"; one line a rule, in the order of codes.

mod elsewhere;
mod repeated;

rule_list! {
    duplicate_action: DuplicateAction,
    covered_action: CoveredAction,
    covered_statement: CoveredStatement,
    duplicate_resource: DuplicateResource,
    covered_resource: CoveredResource,
    duplicate_principal: DuplicatePrincipal,
    covered_principal: CoveredPrincipal,
    duplicate_value: DuplicateValue,
    covered_value: CoveredValue,
    implied_condition: ImpliedCondition,
    contradictory_conditions: ContradictoryConditions,
    duplicate_statement: DuplicateStatement,
    denied_statement: DeniedStatement,
    statement_covered_together: StatementCoveredTogether,
    action_covered_elsewhere: ActionCoveredElsewhere,
    resource_covered_elsewhere: ResourceCoveredElsewhere,
    denied_action: DeniedAction,
    always_true_condition: AlwaysTrueCondition,
    presence_test: PresenceTest,
    never_true_condition: NeverTrueCondition,
    needless_if_exist: NeedlessIfExist,
    needless_qualifier: NeedlessQualifier,
    mergeable_statements: MergeableStatements,
    granted_by_companion: GrantedByCompanion,
    denied_by_companion: DeniedByCompanion,
    outside_ceiling: OutsideCeiling,
    session_beyond_grants: SessionBeyondGrants,
}
