//! The rules of the group "security"; one line a rule, in the order of codes.

mod reach;

rule_list! {
    allow_everything: AllowEverything,
    pass_any_role: PassAnyRole,
    trust_everyone: TrustEveryone,
    attach_policy_to_self: AttachPolicyToSelf,
    attach_policy_to_group: AttachPolicyToGroup,
    attach_policy_to_role: AttachPolicyToRole,
    join_any_group: JoinAnyGroup,
    rewrite_any_policy: RewriteAnyPolicy,
    add_version_to_any_policy: AddVersionToAnyPolicy,
    switch_version_of_any_policy: SwitchVersionOfAnyPolicy,
    lift_own_boundary: LiftOwnBoundary,
    shed_own_deny: ShedOwnDeny,
    keys_for_other_users: KeysForOtherUsers,
    passwords_of_other_users: PasswordsOfOtherUsers,
    switch_off_mfa: SwitchOffMfa,
    rewrite_trust_of_any_role: RewriteTrustOfAnyRole,
    build_own_role: BuildOwnRole,
    take_over_identity_provider: TakeOverIdentityProvider,
    widen_use_of_any_role: WidenUseOfAnyRole,
    pass_any_role_to_machine: PassAnyRoleToMachine,
    pass_any_role_to_function: PassAnyRoleToFunction,
    change_code_of_any_function: ChangeCodeOfAnyFunction,
    commands_on_any_machine: CommandsOnAnyMachine,
    administer_any_cluster: AdministerAnyCluster,
    read_stored_credentials: ReadStoredCredentials,
    open_any_bucket: OpenAnyBucket,
    lift_organization_policies: LiftOrganizationPolicies,
    blind_the_audit: BlindTheAudit,
}
