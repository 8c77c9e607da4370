//! Credentials for whoever a provider of SAML vouches for.

use super::Reply;
use super::sts::{check_session_name, issue, vouched};
use crate::ApiError;
use crate::context::Context;
use crate::control::lock;
use crate::model::ProviderFacts;
use crate::saml::{Metadata, Refusal, Taken, verify};
use crate::used::Used;

pub(super) fn assume_role(context: &Context<'_>) -> Reply {
    let params = context.params;
    check_session_name(params.needed_text("RoleSessionName")?)?;
    let arn = params.needed_text("PrincipalArn")?;
    let owner = format!("qcs::cam::uin/{}:", context.state.owner.uin);
    let provider = arn.strip_prefix(&owner).and_then(|key| context.state.providers.get(key));
    let metadata = provider.and_then(|provider| match &provider.facts {
        ProviderFacts::Saml { metadata } => Metadata::read(metadata).ok(),
        ProviderFacts::Oidc(_) => None,
    });
    let assertion = params.needed_text("SAMLAssertion")?;
    let said = verify(assertion, metadata.as_ref(), context.now)?;
    let provider = provider.ok_or(Refusal::Unverified)?;
    let facts = [
        ("saml:aud", &*said.recipient),
        ("saml:iss", &said.issuer),
        ("saml:sub", &said.subject),
        ("saml:sub_type", &said.subject_type),
    ];
    let grant = vouched(context, &provider.key, &said.subject, &facts)?;
    let name = format!("{}\n{}", said.issuer, said.id);
    let mut assertions = lock(&context.plane.assertions);
    // Two calls with one assertion come one after the other, and the second is refused. Should the process
    // end before it is written that the assertion was used, nobody has the credentials either.
    assertions.take(&name, (said.until, context.now), |name| {
        let reply = issue(context, grant)?;
        context.plane.keep_used(&Used::Assertion(name.to_owned()), said.until)?;
        Ok(reply)
    })
}

/// Who has nothing that a provider signed is not told which providers there are.
impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        let why = match refusal {
            Refusal::Unreadable => {
                return Self::parameter(
                    "`SAMLAssertion` is no response of SAML 2.0 with one assertion, in base64.",
                );
            }
            Refusal::Unverified => "no provider of this name vouches for it",
            Refusal::Signed(why) => why,
        };
        Self::new("UnauthorizedOperation", format!("The assertion is refused: {why}."))
    }
}

impl From<Taken> for ApiError {
    fn from(taken: Taken) -> Self {
        match taken {
            Taken::Used => Refusal::Signed("it was used before").into(),
            Taken::Full => Self::new(
                "RequestLimitExceeded",
                "There are too many assertions that are not over.",
            ),
        }
    }
}
