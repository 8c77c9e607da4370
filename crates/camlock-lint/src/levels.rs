//! Which rule has which level.

use std::collections::HashMap;
use std::fmt;

use camlock_source::Code;

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
    rules: HashMap<Code, Setting>,
    /// Of groups, and of all rules where there is none.
    groups: HashMap<Option<Group>, Setting>,
    /// How many settings were made.
    made: usize,
}

/// A level, and how many settings were made before: of several, the last one counts.
type Setting = (usize, Level);

impl Levels {
    /// Sets the level of a code, of a rule by its name, of a group, or of `all`.
    ///
    /// # Errors
    ///
    /// A [`LevelError`] where nothing has this name.
    pub fn with(mut self, name: &str, level: Level) -> Result<Self, LevelError> {
        let setting = (self.made, level);
        if name == "all" {
            self.groups.insert(None, setting);
        } else if let Some(group) = Group::parse(name) {
            self.groups.insert(Some(group), setting);
        } else if let Some(rule) = crate::rules::explain(name) {
            self.rules.insert(rule.code, setting);
        } else {
            return Err(LevelError { name: name.to_owned() });
        }
        self.made += 1;
        Ok(self)
    }

    /// The level of a rule, where one was set.
    ///
    /// It is asked for every rule and every text, and a choice of rules sets the level of each.
    pub(crate) fn of(&self, rule: &RuleMeta) -> Option<Level> {
        let of_group = |group: Option<Group>| self.groups.get(&group);
        let set = [self.rules.get(&rule.code), of_group(Some(rule.group)), of_group(None)];
        set.into_iter().flatten().max_by_key(|(made, _)| *made).map(|(_, level)| *level)
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
