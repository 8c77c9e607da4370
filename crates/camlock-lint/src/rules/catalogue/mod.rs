//! The rules of the group "catalogue"; one line a rule, in the order of codes.

mod forms;
mod names_here;
mod patterns;

rule_list! {
    unknown_service: UnknownService,
    unknown_action: UnknownAction,
    miscased_action: MiscasedAction,
    unknown_resource_service: UnknownResourceService,
    unknown_service_principal: UnknownServicePrincipal,
    unknown_condition_key: UnknownConditionKey,
    key_of_other_service: KeyOfOtherService,
    key_never_present: KeyNeverPresent,
    action_fits_no_resource: ActionFitsNoResource,
    resource_without_action: ResourceWithoutAction,
    narrowed_operation: NarrowedOperation,
    narrowed_service: NarrowedService,
    unknown_region: UnknownRegion,
    unknown_resource_type: UnknownResourceType,
    resource_without_type: ResourceWithoutType,
    former_condition_key: FormerConditionKey,
    former_service: FormerService,
    tag_of_no_resource: TagOfNoResource,
    request_tag_on_reads: RequestTagOnReads,
    service_on_other_resources: ServiceOnOtherResources,
    service_of_the_interface: ServiceOfTheInterface,
}
