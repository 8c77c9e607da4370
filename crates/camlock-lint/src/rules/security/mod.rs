//! The rules of the group "security"; one line a rule, in the order of codes.

rule_list! {
    allow_everything: AllowEverything,
    pass_any_role: PassAnyRole,
    trust_everyone: TrustEveryone,
}
