//! Which rule has which level.

use std::fmt;

use crate::faults::fault_rules;
use crate::rule::{Group, Level, RuleMeta};
use crate::rules::rules;

/// Levels of rules, where they differ from the ones that rules come with.
///
/// Settings are asked from the last to the first, so that a later one wins over an earlier one.
///
/// # Examples
///
/// ```
/// use camlock_lint::{Level, Levels};
///
/// let levels = Levels::default()
///     .with("redundancy", Level::Off)?
///     .with("miscased-action", Level::Error)?
///     .with("CAM2006", Level::Off)?;
/// assert!(levels.with("CAM0000", Level::Off).is_err());
/// # Ok::<(), camlock_lint::LevelError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Levels {
    settings: Vec<(Selector, Level)>,
}

#[derive(Clone, Copy, Debug)]
enum Selector {
    Everything,
    Group(Group),
    Rule(&'static RuleMeta),
}

impl Levels {
    /// Sets the level of a code, of a rule by its name, of a group, or of `all`.
    ///
    /// # Errors
    ///
    /// A [`LevelError`] where nothing has this name.
    pub fn with(mut self, name: &str, level: Level) -> Result<Self, LevelError> {
        let selector = Selector::parse(name).ok_or_else(|| LevelError { name: name.to_owned() })?;
        self.settings.push((selector, level));
        Ok(self)
    }

    /// The level of a rule, where one was set.
    pub(crate) fn of(&self, rule: &RuleMeta) -> Option<Level> {
        let is_of = |selector: &Selector| match selector {
            Selector::Everything => true,
            Selector::Group(group) => *group == rule.group,
            Selector::Rule(own) => own.code == rule.code,
        };
        self.settings.iter().rev().find(|(selector, _)| is_of(selector)).map(|(_, level)| *level)
    }
}

impl Selector {
    fn parse(name: &str) -> Option<Self> {
        if name == "all" {
            return Some(Self::Everything);
        }
        if let Some(group) = Group::parse(name) {
            return Some(Self::Group(group));
        }
        crate::rules::explain(name).map(Self::Rule)
    }
}

/// A name that no rule and no group has.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct LevelError {
    name: String,
}

impl LevelError {
    /// The name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The rule or group whose name is close.
    pub fn close(&self) -> Option<&'static str> {
        let rules = rules().iter().map(|rule| rule.meta().name);
        let faults = fault_rules().iter().map(|rule| rule.name);
        let groups = Group::ALL.into_iter().map(Group::as_str);
        camlock_catalog::closest(&self.name, rules.chain(faults).chain(groups))
    }
}

impl fmt::Display for LevelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no rule and no group is called `{}`", camlock_source::quote(&self.name))?;
        match self.close() {
            Some(close) => write!(f, "; did you mean `{close}`"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for LevelError {}
