//! Credentials for whoever a provider of SAML vouches for.

use super::Reply;
use super::sts::{assume_vouched, check_session_name};
use crate::ApiError;
use crate::context::Context;
use crate::control::lock;
use crate::model::ProviderFacts;
use crate::saml::{Metadata, Refusal, Taken, verify};

pub(super) fn assume_role(context: &Context<'_>) -> Reply {
    let params = context.params;
    check_session_name(params.needed_text("RoleSessionName")?)?;
    let arn = params.needed_text("PrincipalArn")?;
    let owner = format!("qcs::cam::uin/{}:", context.state.owner.uin);
    let provider = arn.strip_prefix(&owner).and_then(|key| context.state.providers.get(key));
    let metadata = provider.and_then(|provider| match &provider.facts {
        ProviderFacts::Saml { metadata } => Some((provider, Metadata::read(metadata).ok()?)),
        ProviderFacts::Oidc(_) => None,
    });
    let assertion = params.needed_text("SAMLAssertion")?;
    let (provider, metadata) = metadata.ok_or_else(|| error(Refusal::Unverified))?;
    let vouched = verify(assertion, &metadata, context.now).map_err(error)?;
    let facts = [
        ("saml:aud", &*vouched.recipient),
        ("saml:iss", &vouched.issuer),
        ("saml:sub", &vouched.subject),
        ("saml:sub_type", &vouched.subject_type),
    ];
    assume_vouched(context, &provider.key, &facts, || {
        let name = format!("{}\n{}", vouched.issuer, vouched.id);
        let taken = lock(&context.plane.assertions).take(&name, vouched.until, context.now);
        taken.map_err(|taken| match taken {
            Taken::Used => error(Refusal::Signed("it was used before")),
            Taken::Full => ApiError::new(
                "RequestLimitExceeded",
                "There are too many assertions that are not over.",
            ),
        })
    })
}

/// Who has nothing that a provider signed is not told which providers there are.
fn error(refusal: Refusal) -> ApiError {
    let why = match refusal {
        Refusal::Unreadable => {
            return ApiError::parameter(
                "`SAMLAssertion` is no response of SAML 2.0 with one assertion, in base64.",
            );
        }
        Refusal::Unverified => "no provider of this name vouches for it",
        Refusal::Signed(why) => why,
    };
    ApiError::new("UnauthorizedOperation", format!("The assertion is refused: {why}."))
}
