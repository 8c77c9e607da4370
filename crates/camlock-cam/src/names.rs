//! Which names new objects may have.

use crate::ApiError;

/// Names of sub-users, since 2022-12-16.
const LONGEST_USER: usize = 64;
/// Names of policies, roles and providers.
const LONGEST: usize = 128;

/// The name of a new sub-user.
pub(crate) fn user(name: &str) -> Result<(), ApiError> {
    check(name, LONGEST_USER, "UserNameIllegal")
}

/// The name of a new policy.
pub(crate) fn policy(name: &str) -> Result<(), ApiError> {
    check(name, LONGEST, "PolicyNameError")
}

/// The name of a new role.
pub(crate) fn role(name: &str) -> Result<(), ApiError> {
    check(name, LONGEST, "RoleNameError")
}

/// The name of a new identity provider.
pub(crate) fn provider(name: &str) -> Result<(), ApiError> {
    check(name, LONGEST, "NameError").map_err(|error| {
        ApiError::new("InvalidParameterValue.NameError", error.message().to_owned())
    })
}

fn check(name: &str, longest: usize, code: &str) -> Result<(), ApiError> {
    if name.is_empty() {
        return Err(ApiError::invalid(code, "The name is empty."));
    }
    let fits = |c: char| c.is_ascii_alphanumeric() || "+=,.@-_".contains(c);
    if let Some((at, c)) = (1_usize..).zip(name.chars()).find(|(_, c)| !fits(*c)) {
        let shown = c.escape_default();
        return Err(ApiError::invalid(
            code,
            format!(
                "The name may hold letters, digits and + = , . @ - _ only; character {at} is '{shown}'."
            ),
        ));
    }
    if name.len() > longest {
        let length = name.len();
        return Err(ApiError::invalid(
            code,
            format!("The name has {length} characters; {longest} are allowed."),
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_names_the_character_and_its_place() {
        let error = user("ops team").unwrap_err();
        assert_eq!(error.code(), "InvalidParameter.UserNameIllegal");
        assert!(error.message().contains("character 4 is ' '"), "{error}");
        assert!(user("张三").unwrap_err().message().contains("character 1 is '\\u{5f20}'"));
    }

    #[test]
    fn lengths_are_bounded() {
        assert!(user("").is_err());
        assert!(user(&"a".repeat(64)).is_ok());
        assert!(user(&"a".repeat(65)).is_err());
        assert!(policy(&"+=,.@-_a".repeat(16)).is_ok());
        assert!(role(&"a".repeat(129)).is_err());
    }
}
