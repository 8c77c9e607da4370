//! The rules of the group "style"; one line a rule, in the order of codes.

rule_list! {
    action_name_prefix: ActionNamePrefix,
    list_of_one: ListOfOne,
    short_region: ShortRegion,
    near_size_limit: NearSizeLimit,
    capital_effect: CapitalEffect,
    unsorted_actions: UnsortedActions,
    element_order: ElementOrder,
    mixed_name_prefix: MixedNamePrefix,
    repeated_star: RepeatedStar,
    many_statements: ManyStatements,
    document_principal: DocumentPrincipal,
    empty_condition_object: EmptyConditionObject,
    everything_in_many_words: EverythingInManyWords,
    project_of_old: ProjectOfOld,
    star_for_empty_segment: StarForEmptySegment,
    needless_escape: NeedlessEscape,
    root_by_word: RootByWord,
    statement_without_list: StatementWithoutList,
    mixed_list_forms: MixedListForms,
    short_of_room: ShortOfRoom,
}
