//! One statement of a policy.

use crate::{ActionPattern, Condition, Effect, PrincipalPattern, ResourcePattern};

/// One effect with the principals, actions, resources and conditions it takes [EVL-2].
///
/// A statement is put together freely; whether it may stand in a policy of some kind is checked by
/// [`Policy::new`](crate::Policy::new).
///
/// # Examples
///
/// ```
/// use camlock_policy::{ActionPattern, Effect, ResourcePattern, Statement};
///
/// let statement = Statement::new(Effect::Allow)
///     .with_action(ActionPattern::parse("cos:Get*")?)
///     .with_resource(ResourcePattern::Any);
/// assert_eq!(statement.actions().len(), 1);
/// # Ok::<(), camlock_policy::NameError>(())
/// ```
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Statement {
    effect: Effect,
    principals: Option<Vec<PrincipalPattern>>,
    actions: Vec<ActionPattern>,
    resources: Vec<ResourcePattern>,
    conditions: Vec<Condition>,
}

impl Statement {
    /// A statement that covers nothing yet.
    pub fn new(effect: Effect) -> Self {
        Self { effect, principals: None, actions: vec![], resources: vec![], conditions: vec![] }
    }

    /// Adds an action pattern.
    #[must_use]
    pub fn with_action(mut self, action: ActionPattern) -> Self {
        self.actions.push(action);
        self
    }

    /// Adds action patterns.
    #[must_use]
    pub fn with_actions(mut self, mut actions: Vec<ActionPattern>) -> Self {
        match &mut *self.actions {
            [] => self.actions = actions,
            _ => self.actions.append(&mut actions),
        }
        self
    }

    /// Adds a resource pattern.
    #[must_use]
    pub fn with_resource(mut self, resource: ResourcePattern) -> Self {
        self.resources.push(resource);
        self
    }

    /// Adds resource patterns.
    #[must_use]
    pub fn with_resources(mut self, mut resources: Vec<ResourcePattern>) -> Self {
        match &mut *self.resources {
            [] => self.resources = resources,
            _ => self.resources.append(&mut resources),
        }
        self
    }

    /// Adds someone whom the statement names.
    ///
    /// Services stand behind everyone else, because documents name the two apart; the order has no
    /// meaning, and equal statements are to be equal values.
    #[must_use]
    pub fn with_principal(mut self, principal: PrincipalPattern) -> Self {
        let principals = self.principals.get_or_insert_default();
        let is_service = |p: &PrincipalPattern| matches!(p, PrincipalPattern::Service(_));
        let end = if is_service(&principal) {
            principals.len()
        } else {
            principals.partition_point(|present| !is_service(present))
        };
        principals.insert(end, principal);
        self
    }

    /// Adds a condition.
    ///
    /// Conditions of one operator stand together, as documents have them. Two conditions with the same
    /// operator and key both have to hold, which no document can say; print such a statement and it
    /// does not read back.
    #[must_use]
    pub fn with_condition(mut self, condition: Condition) -> Self {
        let same = |present: &Condition| present.operator() == condition.operator();
        let end = self.conditions.iter().rposition(same).map_or(self.conditions.len(), |at| at + 1);
        self.conditions.insert(end, condition);
        self
    }

    /// Adds conditions; see [`with_condition`](Self::with_condition).
    #[must_use]
    pub fn with_conditions(mut self, conditions: Vec<Condition>) -> Self {
        if self.conditions.is_empty() && conditions.len() < 2 {
            self.conditions = conditions;
            return self;
        }
        conditions.into_iter().fold(self, Self::with_condition)
    }

    /// What the statement does when it applies.
    pub fn effect(&self) -> Effect {
        self.effect
    }

    /// Whom it names; `None` in kinds of policy that name nobody.
    pub fn principals(&self) -> Option<&[PrincipalPattern]> {
        self.principals.as_deref()
    }

    /// Which actions, any of which suffices.
    pub fn actions(&self) -> &[ActionPattern] {
        &self.actions
    }

    /// Which resources, any of which suffices; empty in trust policies, which speak about their role.
    pub fn resources(&self) -> &[ResourcePattern] {
        &self.resources
    }

    /// What must hold besides, all of it.
    pub fn conditions(&self) -> &[Condition] {
        &self.conditions
    }
}
