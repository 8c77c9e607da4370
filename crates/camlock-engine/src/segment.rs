//! Statements compiled together: the tables they share, and the index over them.

use camlock_policy::{Condition, Effect, Element, Policy, PolicyId, StatementId};

use crate::actions::{ActionKey, ActionMask, ActionRef, ActionTable};
use crate::condition::CompiledCondition;
use crate::index::{Draft, Index, Record};
use crate::pattern::{PatternNumbers, PatternTable};
use crate::prepare::Prepared;
use crate::principal::Principals;
use crate::statement::{Audience, CompiledStatement, Match, Places};
use crate::table::Names;
use crate::truth::Truth;

/// Everything that deciding asks about some policies; immutable.
#[derive(Debug, Default)]
pub(crate) struct Segment {
    pub(crate) policies: Vec<PolicyId>,
    pub(crate) statements: Vec<CompiledStatement>,
    /// Of each statement once more, where they lie close together.
    ids: Vec<StatementId>,
    pub(crate) actions: ActionTable,
    action_refs: Vec<ActionRef>,
    pub(crate) patterns: PatternTable,
    /// Equal conditions stand here once.
    pub(crate) conditions: Vec<CompiledCondition>,
    condition_refs: Vec<u32>,
    pub(crate) index: Index,
}

impl Segment {
    pub(crate) fn statement(&self, place: u32) -> Option<&CompiledStatement> {
        self.statements.get(place as usize)
    }

    pub(crate) fn id(&self, place: u32) -> Option<StatementId> {
        self.ids.get(place as usize).copied()
    }

    /// The action of a request in terms of this segment; `effect` because an allow of a service-level
    /// product needs the whole service [ACT-9].
    pub(crate) fn action_key(&self, request: &Prepared<'_>, effect: Effect) -> ActionKey {
        let whole_service = request.service_level && effect == Effect::Allow;
        self.actions.find(
            request.action_hashes(),
            request.service,
            request.operation,
            whole_service,
        )
    }

    /// Whether the statement of a record whose actions may cover the action matches with the resource
    /// pattern of the record: all elements, in three-valued logic, the cheap ones first
    /// [EVL-2, EVL-21].
    pub(crate) fn matches(
        &self,
        record: &Record,
        action: &ActionKey,
        request: &Prepared<'_>,
        audience: Audience,
        known: &mut KnownConditions,
    ) -> Match {
        let mut matched = Match::YES;
        let sure = record.actions().surely_covers(action);
        let plain = sure && !record.has_more;
        let statement = if plain { None } else { self.statement(record.place) };
        if let Some(statement) = statement {
            let acts = if sure { Truth::Yes } else { self.acts(statement, action, request) };
            if !matched.meet(Element::Actions, acts) {
                return matched;
            }
            let named = Self::names(statement, request, audience);
            if !matched.meet(Element::Principals, named) {
                return matched;
            }
        }
        let covers = self.patterns.covers(record.pattern, record.effect, record.kind, request);
        if !matched.meet(Element::Resources, covers) {
            return matched;
        }
        if let Some(statement) = statement {
            for (index, place) in (0..).zip(self.places_of_conditions(statement)) {
                let holds = known.get(*place, || self.holds(*place, request));
                if !matched.meet(Element::Condition(index), holds) {
                    break;
                }
            }
        }
        matched
    }

    /// Each element of a statement with whether it matches, in the order in which they are tried;
    /// `action` is the [key](Self::action_key) of the request.
    pub(crate) fn elements<'a>(
        &'a self,
        statement: &'a CompiledStatement,
        action: &'a ActionKey,
        request: &'a Prepared<'a>,
    ) -> impl Iterator<Item = (Element, Truth)> {
        let audience = Audience::Caller;
        let actions = move || (Element::Actions, self.acts(statement, action, request));
        let principals = move || (Element::Principals, Self::names(statement, request, audience));
        let resources = move || (Element::Resources, self.covers(statement, request));
        std::iter::once_with(actions)
            .chain(std::iter::once_with(principals))
            .chain(std::iter::once_with(resources))
            .chain(self.conditions_of(statement, request))
    }

    fn acts(
        &self,
        statement: &CompiledStatement,
        action: &ActionKey,
        request: &Prepared<'_>,
    ) -> Truth {
        let whole_service = request.service_level && statement.effect == Effect::Allow;
        let actions = statement.actions.map(|places| places.of(&self.action_refs));
        actions
            .is_none_or(|refs| self.actions.cover(refs, action, request.operation, whole_service))
            .into()
    }

    fn names(statement: &CompiledStatement, request: &Prepared<'_>, audience: Audience) -> Truth {
        let Some(principals) = &statement.principals else { return Truth::Yes };
        match audience {
            Audience::Everyone => principals.name_everyone().into(),
            Audience::Caller => principals.name(statement.effect, statement.kind, request),
        }
    }

    fn covers(&self, statement: &CompiledStatement, request: &Prepared<'_>) -> Truth {
        if !statement.kind.names_resources() {
            return Truth::Yes;
        }
        Truth::any(statement.resources.iter().map(|place| {
            // INVARIANT: the builder gave the place out; a missing one fails closed.
            self.patterns.get(place).map_or(Truth::Unknown, |pattern| {
                self.patterns.covers(pattern, statement.effect, statement.kind, request)
            })
        }))
    }

    fn conditions_of<'a>(
        &'a self,
        statement: &'a CompiledStatement,
        request: &'a Prepared<'a>,
    ) -> impl Iterator<Item = (Element, Truth)> {
        (0_u32..)
            .zip(self.places_of_conditions(statement))
            .map(|(index, place)| (Element::Condition(index), self.holds(*place, request)))
    }

    fn holds(&self, place: u32, request: &Prepared<'_>) -> Truth {
        // INVARIANT: as for patterns.
        let condition = self.conditions.get(place as usize);
        condition.map_or(Truth::Unknown, |condition| condition.holds(request))
    }

    pub(crate) fn places_of_conditions(&self, statement: &CompiledStatement) -> &[u32] {
        statement.conditions.of(&self.condition_refs)
    }

    pub(crate) fn memory_usage(&self) -> usize {
        let principals = self.statements.iter().filter_map(|s| s.principals.as_ref());
        let conditions: usize =
            self.conditions.iter().map(|c| size_of_val(c) + c.memory_usage()).sum();
        size_of_val(&*self.policies)
            + size_of_val(&*self.statements)
            + size_of_val(&*self.ids)
            + principals.map(|principals| principals.memory_usage()).sum::<usize>()
            + self.actions.memory_usage()
            + size_of_val(&*self.action_refs)
            + self.patterns.memory_usage()
            + conditions
            + size_of_val(&*self.condition_refs)
            + self.index.memory_usage()
    }
}

/// What is known already of conditions, which many statements may share: the last one of each place
/// modulo the room.
#[derive(Debug)]
pub(crate) struct KnownConditions([(u32, Truth); 4]);

impl KnownConditions {
    pub(crate) fn new() -> Self {
        Self([(u32::MAX, Truth::Unknown); 4])
    }

    fn get(&mut self, place: u32, holds: impl FnOnce() -> Truth) -> Truth {
        let Some(known) = self.0.get_mut(place as usize % 4) else { return holds() };
        if known.0 != place {
            *known = (place, holds());
        }
        known.1
    }
}

/// Collects policies into a [`Segment`].
#[derive(Debug, Default)]
pub(crate) struct SegmentBuilder {
    segment: Segment,
    numbers: PatternNumbers,
    conditions: Names<Condition, u32>,
    drafts: Vec<Draft>,
    /// Of one statement.
    masks: Vec<ActionMask>,
}

impl SegmentBuilder {
    pub(crate) fn push(&mut self, id: PolicyId, policy: &Policy) {
        // INVARIANT: 2^32 statements do not fit into memory, so no number saturates.
        let slot = u32::try_from(self.segment.policies.len()).unwrap_or(u32::MAX);
        self.segment.policies.push(id);
        for (index, statement) in (0_u32..).zip(policy.statements()) {
            let segment = &mut self.segment;
            let place = u32::try_from(segment.statements.len()).unwrap_or(u32::MAX);

            let before = segment.action_refs.len();
            let any = segment.actions.number(statement.actions(), &mut segment.action_refs);
            let actions = (!any).then(|| Places::since(before, segment.action_refs.len()));
            let refs = actions.map(|places| places.of(&segment.action_refs));
            ActionTable::masks(refs, &mut self.masks);

            let before = segment.patterns.len();
            for resource in statement.resources() {
                segment.patterns.add(resource, &mut self.numbers);
            }
            let resources = Places::since(before, segment.patterns.len());

            let before = segment.condition_refs.len();
            for condition in statement.conditions() {
                let conditions = &mut segment.conditions;
                let shared = share(condition, conditions, &mut self.conditions);
                segment.condition_refs.push(shared);
            }
            let conditions = Places::since(before, segment.condition_refs.len());

            let compiled = CompiledStatement {
                id: StatementId { policy: id, index },
                slot,
                effect: statement.effect(),
                kind: policy.kind(),
                principals: statement.principals().map(|all| Box::new(Principals::new(all))),
                actions,
                resources,
                conditions,
            };
            Draft::of_statement(place, &compiled, &self.masks, &segment.patterns, &mut self.drafts);
            segment.ids.push(compiled.id);
            segment.statements.push(compiled);
        }
    }

    pub(crate) fn build(self) -> Segment {
        let Self { mut segment, drafts, .. } = self;
        segment.actions.finish();
        segment.patterns.shrink();
        segment.statements.shrink_to_fit();
        segment.ids.shrink_to_fit();
        segment.action_refs.shrink_to_fit();
        segment.condition_refs.shrink_to_fit();
        segment.policies.shrink_to_fit();
        segment.index = Index::new(drafts, &segment);
        segment
    }
}

fn share(
    condition: &Condition,
    conditions: &mut Vec<CompiledCondition>,
    known: &mut Names<Condition, u32>,
) -> u32 {
    if let Some(place) = known.get(condition) {
        return *place;
    }
    let place = u32::try_from(conditions.len()).unwrap_or(u32::MAX);
    conditions.push(CompiledCondition::new(condition));
    known.insert(condition.clone(), place);
    place
}
