//! The rules of the group "catalogue"; one line a rule, in the order of codes.

rule_list! {
    unknown_service: UnknownService,
    unknown_action: UnknownAction,
    miscased_action: MiscasedAction,
}
