//! Policy variables and what the caller puts in their place [VAR-1, VAR-5, VAR-6, VAR-7].

use camlock_policy::{AppId, Piece, Principal, Template, Uin, Variable};

use crate::wildcard::Token;

/// One tag of the caller, which the tag variables of one value refer to [VAR-7].
type Tag<'a> = (&'a str, &'a str);

/// The template with the caller's values, where it takes no tags; `None` if a variable has no value
/// [VAR-5].
pub(crate) fn fill(template: &Template, caller: &Principal) -> Option<Vec<Token>> {
    fill_with_tag(template, caller, None)
}

/// The alternatives that a condition value stands for: one a tag of the caller if it takes tags
/// [VAR-7].
///
/// `None` is an alternative that has no value, and so is a tag of a caller without tags [VAR-5].
pub(crate) fn candidates(template: &Template, caller: &Principal) -> Vec<Option<Vec<Token>>> {
    if !template.has_principal_tags() {
        return vec![fill(template, caller)];
    }
    if caller.tags().is_empty() {
        return vec![None];
    }
    let tags = caller.tags().iter();
    tags.map(|(key, value)| fill_with_tag(template, caller, Some((key, value)))).collect()
}

fn fill_with_tag(
    template: &Template,
    caller: &Principal,
    tag: Option<Tag<'_>>,
) -> Option<Vec<Token>> {
    let mut filled = vec![];
    for piece in template.pieces() {
        match piece {
            Piece::Text(text) => filled.extend(literal(text)),
            Piece::Star => filled.push(Token::Star),
            Piece::Variable(variable) => filled.extend(literal(value(*variable, caller, tag)?)),
        }
    }
    Some(filled)
}

/// Text stands for itself, and a star in a value is no wildcard [VAR-6].
fn literal(text: &str) -> impl Iterator<Item = Token> {
    text.chars().map(Token::Char)
}

/// What a variable stands for; a role session has no `${uin}`, an unsigned caller has nothing [VAR-5].
fn value<'a>(variable: Variable, caller: &'a Principal, tag: Option<Tag<'a>>) -> Option<&'a str> {
    match variable {
        Variable::Uin => caller.uin().map(Uin::as_str),
        Variable::OwnerUin => caller.owner_uin().map(Uin::as_str),
        Variable::AppId => caller.app_id().map(AppId::as_str),
        Variable::PrincipalTagKey => tag.map(|(key, _)| key),
        Variable::PrincipalTagValue => tag.map(|(_, value)| value),
        // A variable that this evaluator has not heard of has no value, which grants nothing.
        _ => None,
    }
}
