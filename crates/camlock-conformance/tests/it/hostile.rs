//! Crowds of the shapes that an index likes least, each made of one kind of statement.

use arbitrary::{Arbitrary, Result, Unstructured};
use camlock_policy::{
    AccountIds, ActionPattern, AppId, Condition, ConditionKey, Deployment, Effect, Operator,
    Policy, PolicyKind, Principal, PrincipalPattern, RawValue, Request, ResourcePattern,
    RoleSession, Statement, Uin, User,
};

use crate::crowd::Dice;
use crate::situation::Situation;

/// What all statements of a crowd are like.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Shape {
    /// Each on `*`, with a condition of its own.
    OwnConditions,
    /// Each pattern with a star in front and more inside.
    Stars,
    /// Each pattern names two parts of a path behind a star, some with a variable.
    Joints,
    /// One literal text in front of every pattern.
    SharedPrefix,
    /// Each names dozens of users.
    Principals,
    /// Directories in directories.
    Deep,
    /// Names of hundreds of bytes that differ at their ends.
    Long,
    /// Levels of service control policies that mostly deny.
    Levels,
    /// Policies in every layer.
    AllLayers,
}

impl Shape {
    pub(crate) const ALL: [Self; 9] = [
        Self::OwnConditions,
        Self::Stars,
        Self::Joints,
        Self::SharedPrefix,
        Self::Principals,
        Self::Deep,
        Self::Long,
        Self::Levels,
        Self::AllLayers,
    ];

    fn kinds(self) -> &'static [PolicyKind] {
        match self {
            Self::Principals => &[PolicyKind::Resource],
            Self::Levels => &[PolicyKind::Scp],
            Self::AllLayers => &PolicyKind::ALL,
            _ => &[PolicyKind::Identity],
        }
    }
}

/// A crowd and its shape.
#[derive(Debug)]
pub(crate) struct Hostile {
    pub(crate) shape: Shape,
    pub(crate) situation: Situation,
}

impl<'a> Arbitrary<'a> for Hostile {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let shape = *u.choose(&Shape::ALL)?;
        let denied = *u.choose(&[0, 5, 50])?;
        let mut draw = Draw { sorts: u.int_in_range(2..=40)?, denied, dice: Dice(0) };
        let mut policies = Vec::new();
        for _ in 0..u.int_in_range(1..=4)? {
            let most = if shape == Shape::AllLayers { 30 } else { 120 };
            let (count, level) = (u.int_in_range(1..=most)?, u.int_in_range(0..=5)?);
            draw.dice = Dice(u.arbitrary()?);
            for kind in shape.kinds() {
                // Few grants of their own leave callers to the policies of resources.
                let own = shape == Shape::AllLayers && *kind == PolicyKind::Identity;
                let count = if own { count.min(3) } else { count };
                let mut all: Vec<Statement> =
                    (0..count).map(|number| draw.statement(shape, *kind, number)).collect();
                let limits =
                    matches!(kind, PolicyKind::Scp | PolicyKind::Boundary | PolicyKind::Session);
                if limits && draw.dice.below(9) > 0 {
                    all.push(everything());
                }
                policies.push((Policy::new(*kind, all).expect("valid for its kind"), level));
            }
        }
        if matches!(shape, Shape::Principals | Shape::Levels) && draw.dice.below(4) > 0 {
            policies
                .push((Policy::new(PolicyKind::Identity, vec![everything()]).expect("whole"), 0));
        }
        let deployment = Deployment { accounts: vec![account("1")], ..Deployment::default() };
        let request = draw.request(shape);
        Ok(Self { shape, situation: Situation { request, policies, deployment } })
    }
}

fn everything() -> Statement {
    let all = Statement::new(Effect::Allow).with_action(ActionPattern::Any);
    all.with_resource(ResourcePattern::Any)
}

fn account(uin: &str) -> AccountIds {
    AccountIds::new(Uin::parse(uin), AppId::parse(&format!("125000000{uin}")))
}

/// Draws the parts of one crowd.
struct Draw {
    /// How many different things of a kind there are.
    sorts: u64,
    /// How many of a hundred statements deny.
    denied: u64,
    dice: Dice,
}

impl Draw {
    fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        let at = self.dice.below(from.len() as u64);
        from[usize::try_from(at).expect("within the list")].clone()
    }

    fn sort(&mut self) -> u64 {
        self.dice.below(self.sorts)
    }

    fn statement(&mut self, shape: Shape, kind: PolicyKind, number: u64) -> Statement {
        let denied = if shape == Shape::Levels { 95 } else { self.denied };
        let deny = self.dice.below(100) < denied;
        let mut new = Statement::new(if deny { Effect::Deny } else { Effect::Allow });
        if kind.names_principals() {
            let most = if shape == Shape::Principals { 60 } else { 3 };
            for _ in 0..=self.dice.below(most) {
                let name = self.principal();
                new = new.with_principal(PrincipalPattern::parse_qcs(&name).expect("valid"));
            }
        }
        let action = match self.dice.below(6) {
            _ if kind == PolicyKind::Trust => "sts:AssumeRole".to_owned(),
            0 => "*".to_owned(),
            1 => "cos:*".to_owned(),
            2 => "cos:Get*".to_owned(),
            _ => self.pick(&["cos:GetObject", "cos:PutObject"]).to_owned(),
        };
        new = new.with_action(ActionPattern::parse(&action).expect("valid"));
        if kind.names_resources() {
            let resource = self.resource(shape);
            new = new.with_resource(ResourcePattern::parse(&resource).expect("valid"));
        }
        let some = matches!(shape, Shape::AllLayers | Shape::Levels) && self.dice.below(4) == 0;
        if shape == Shape::OwnConditions || some {
            new = new.with_condition(self.condition(number));
        }
        new
    }

    fn principal(&mut self) -> String {
        let user = 100 + self.sort();
        match self.dice.below(20) {
            0 => "qcs::cam::uin/1:root".to_owned(),
            1 => "qcs::cam::uin/2:root".to_owned(),
            2 => "qcs::cam::uin/1:groupid/7".to_owned(),
            3 => "qcs::cam::uin/1:roleName/ops".to_owned(),
            4 | 5 => format!("qcs::cam::uin/2:uin/{user}"),
            _ => format!("qcs::cam::uin/1:uin/{user}"),
        }
    }

    fn resource(&mut self, shape: Shape) -> String {
        let (one, two, form) = (self.sort(), self.sort(), self.dice.below(5));
        let team = two % 3;
        let last = match shape {
            Shape::OwnConditions => return "*".to_owned(),
            Shape::Stars => match form {
                0 => format!("*/{one}/*"),
                1 => format!("*a{one}*/{two}*"),
                2 => format!("*{one}*{two}*.log"),
                3 => format!("*/b{two}*/x*"),
                _ => format!("*{one}*"),
            },
            Shape::Joints if form == 0 => {
                // Variables have no place in the resources of `cos`.
                return format!("qcs::::uid/1250000001:*${{uin}}-{one}/team-{team}/*");
            }
            Shape::Joints => match form {
                1 => format!("w*_{one}/team-{team}/log*"),
                2 => format!("*/{one}/team-{team}/{one}/*.log"),
                _ => format!("*-{one}/team-{team}/*"),
            },
            Shape::Deep => {
                let end = self.pick(&["*", "x", "*/x", "e/*", ""]);
                if end.is_empty() { "*".to_owned() } else { deep(one, two) + end }
            }
            Shape::Long => {
                let (text, end) = (long(one), self.pick(&["*", "2", "", "/*"]));
                if form == 0 { format!("*{text}") } else { text + end }
            }
            Shape::SharedPrefix | Shape::Principals | Shape::Levels | Shape::AllLayers => {
                match form {
                    0 => format!("shared/by/all/{one}/*"),
                    1 => format!("shared/by/all/{one}/{two}"),
                    2 => format!("shared/by/all/{one}*"),
                    3 => format!("shared/by/all/*{two}"),
                    _ => "shared/by/*".to_owned(),
                }
            }
        };
        format!("qcs::cos::uid/1250000001:{last}")
    }

    /// Of five keys in turn; the number makes it the statement's own.
    fn condition(&mut self, number: u64) -> Condition {
        let near = number % self.sorts;
        let (day, network) = (1 + number % 28, format!("10.0.{near}.0/{}", 24 + number % 8));
        let (tag, count) = (format!("env&{near}"), near.to_string());
        let date = format!("2026-06-{day:02}T00:00:{:02}Z", number % 60);
        let (operator, key, value) = match number % 5 {
            0 => ("ip_equal", "qcs:ip", RawValue::Text(&network)),
            1 => ("string_equal", "qcs:resource_tag", RawValue::Text(&tag)),
            2 if number.is_multiple_of(2) => {
                ("date_less_than", "qcs:current_time", RawValue::Text(&date))
            }
            2 => ("date_greater_than", "qcs:current_time", RawValue::Text(&date)),
            3 => ("bool_equal", "cos:secure-transport", RawValue::Bool(number.is_multiple_of(2))),
            _ if number.is_multiple_of(3) => ("numeric_equal", "x:count", RawValue::Number(&count)),
            _ => ("numeric_greater_than", "x:count", RawValue::Number(&count)),
        };
        let (operator, key) = (Operator::parse(operator), ConditionKey::parse(key));
        let condition = Condition::new(operator.expect("valid"), key.expect("valid"), &[value]);
        condition.expect("key, operator and value go together")
    }

    fn request(&mut self, shape: Shape) -> Request {
        let (one, two) = (self.sort(), self.sort());
        let team = two % 3;
        let last = match shape {
            Shape::Stars => format!("a{one}/b{two}/{one}/x{two}.log"),
            Shape::Joints => match self.dice.below(4) {
                0 => format!("w{one}_{one}/team-{team}/log-{one}"),
                1 => format!("{}{one}/team-{team}/{one}/a.log", "d-/".repeat(9)),
                2 => format!("w101-{one}/team-{team}/{one}"),
                _ => format!("w-{one}/team-{team}/{one}/{two}"),
            },
            Shape::Deep => deep(one, two) + self.pick(&["x", "y", "e/x", "e/e/y"]),
            Shape::Long => long(one) + self.pick(&["", "/0"]),
            _ => format!("shared/by/all/{one}/{two}"),
        };
        let assumes = shape == Shape::AllLayers && self.dice.below(4) == 0;
        let (action, resource) = match self.dice.below(6) {
            _ if assumes => ("sts:AssumeRole", "qcs::cam::uin/1:roleName/ops".to_owned()),
            0 => ("cos:PutObject", "*".to_owned()),
            1 => ("cos:PutObject", format!("qcs::cos::uid/1250000001:{last}")),
            2 => ("cos:HeadObject", format!("qcs::cos::uid/1250000001:{last}")),
            _ => ("cos:GetObject", format!("qcs::cos::uid/1250000001:{last}")),
        };
        let mut builder =
            Request::builder().principal_facts(self.caller()).action(action).resource(&resource);
        // Where a key is absent a condition fails or holds by its suffix alone.
        if self.dice.below(4) > 0 {
            let context = (self.sort(), self.sort(), self.dice.below(30));
            builder = builder
                .context("qcs:ip", format!("10.0.{}.{}", context.0, self.dice.below(9)))
                .context("qcs:resource_tag", format!("env&{}", context.1))
                .context("qcs:current_time", format!("2026-06-{:02}T12:00:00Z", 1 + context.2))
                .context("cos:secure-transport", context.2.is_multiple_of(2))
                .context("x:count", context.0.to_string());
        }
        builder.build().expect("names of the generator are valid")
    }

    fn caller(&mut self) -> Principal {
        let user = |uin: &str, number: u64| {
            let uin_of_user = Uin::parse(&(100 + number).to_string()).expect("digits");
            let groups = vec!["7".into()];
            User { account: account(uin), uin: uin_of_user, groups, tags: Vec::new() }
        };
        let number = self.sort();
        match self.dice.below(8) {
            0 => Principal::Root(account("1")),
            1 => Principal::Anonymous,
            2 => Principal::User(user("2", number)),
            3 => Principal::Role(RoleSession {
                account: account("1"),
                id: None,
                name: Some("ops".into()),
                service_linked: false,
                tags: Vec::new(),
            }),
            _ => Principal::User(user("1", number)),
        }
    }
}

/// One of two kinds of directory at each depth, down to some ninety.
fn deep(depth: u64, kind: u64) -> String {
    (0..depth * 9 / 4).map(|at| if at % (2 + kind) == 0 { "d/" } else { "e/" }).collect()
}

/// Alike in hundreds of bytes.
fn long(sort: u64) -> String {
    let length = usize::try_from(300 + sort % 4).unwrap_or(300);
    format!("{}/{}{sort}", "l".repeat(16), "long-".repeat(length / 5))
}
