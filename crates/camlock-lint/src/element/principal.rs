//! Somebody whom a statement or a document names.

use camlock_policy::PrincipalPattern;

use crate::element::StringElement;

/// An entry of `principal` as it is written, and as a pattern where it is one.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct PrincipalElement<'a> {
    /// The string.
    pub string: StringElement<'a>,
    /// The member that it stands under, `qcs`, `service` or `federated` as written; nothing for
    /// `"principal": "*"`.
    pub member: Option<StringElement<'a>>,
    /// Who is meant; nothing where the entry is malformed.
    pub pattern: Option<PrincipalPattern>,
    /// The index of the statement; nothing for the principal of the whole document [SYN-16].
    pub statement: Option<usize>,
}

impl<'a> PrincipalElement<'a> {
    pub(crate) fn new(
        string: StringElement<'a>,
        member: Option<StringElement<'a>>,
        statement: Option<usize>,
    ) -> Self {
        let text = string.decoded();
        let pattern = match member.map(|member| member.decoded()) {
            None => (text == "*").then_some(PrincipalPattern::Everyone),
            Some("qcs") => PrincipalPattern::parse_qcs(text).ok(),
            Some("service") => PrincipalPattern::parse_service(text).ok(),
            Some("federated") => PrincipalPattern::parse_federated(text).ok(),
            Some(_) => None,
        };
        Self { string, member, pattern, statement }
    }

    /// What stands there.
    pub fn text(&self) -> &'a str {
        self.string.decoded()
    }

    /// Whether it is everyone, signed or not [PRN-1, PRN-5].
    pub fn is_everyone(&self) -> bool {
        self.pattern == Some(PrincipalPattern::Everyone)
    }

    /// The account that it belongs to, where it names one.
    pub fn account(&self) -> Option<&str> {
        use PrincipalPattern as P;
        match self.pattern.as_ref()? {
            P::Root(account)
            | P::User { account, .. }
            | P::Group { account, .. }
            | P::Role { account, .. }
            | P::AccountService { account, .. } => Some(account.as_str()),
            P::Provider(provider) => Some(provider.account().as_str()),
            _ => None,
        }
    }
}
