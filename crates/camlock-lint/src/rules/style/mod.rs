//! The rules of the group "style"; one line a rule, in the order of codes.

rule_list! {
    action_name_prefix: ActionNamePrefix,
    list_of_one: ListOfOne,
    short_region: ShortRegion,
    near_size_limit: NearSizeLimit,
}
