//! Variables.

use camlock_policy::Variable;

/// Every variable.
pub(crate) const ALL: [Variable; 5] = [
    Variable::Uin,
    Variable::OwnerUin,
    Variable::AppId,
    Variable::PrincipalTagKey,
    Variable::PrincipalTagValue,
];

/// What a variable stands for.
pub(crate) fn variable(variable: Variable) -> &'static str {
    match variable {
        Variable::Uin => "the id of the caller [VAR-1]",
        Variable::OwnerUin => "the id of the caller's root account [VAR-1]",
        Variable::AppId => "the APPID of the caller's root account [VAR-1]",
        Variable::PrincipalTagKey => "the key of one tag of the caller, in conditions only [VAR-7]",
        Variable::PrincipalTagValue => {
            "the value of the same tag of the caller, in conditions only [VAR-7]"
        }
        _ => "a value that the caller brings",
    }
}

/// The variable around a byte of a text, with its range: `${uin}`.
pub(crate) fn around(text: &str, at: usize) -> Option<(&str, std::ops::Range<usize>)> {
    let before = text.get(..at.min(text.len()))?;
    // The place may be between the dollar and the brace.
    let start = if before.ends_with('$') && text.get(at..)?.starts_with('{') {
        at - 1
    } else if text.get(at..)?.starts_with("${") {
        at
    } else {
        before.rfind("${")?
    };
    let length = text.get(start..)?.find('}')? + 1;
    let end = start + length;
    let name = text.get(start + 2..end - 1)?;
    (at < end).then_some((name, start..end))
}

#[cfg(test)]
mod tests {
    use super::around;

    #[test]
    fn the_variable_around_a_place_is_found() {
        let text = "a${uin}b${x";
        let names: Vec<Option<&str>> =
            (0..=text.len()).map(|at| around(text, at).map(|(name, _)| name)).collect();
        let uin = Some("uin");
        assert_eq!(names, [None, uin, uin, uin, uin, uin, uin, None, None, None, None, None]);
    }
}
