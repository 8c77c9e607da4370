//! Credentials for whoever a provider of `OpenID` Connect vouches for.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jsonwebtoken::jwk::{Jwk, JwkSet};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::Reply;
use super::sts::{check_session_name, issue, vouched};
use crate::ApiError;
use crate::context::Context;
use crate::model::{Oidc, Provider, ProviderFacts};

/// Clocks of provider and server may be so many seconds apart.
const LEEWAY: i64 = 60;

/// What a token has to say.
#[derive(Deserialize)]
struct Claims {
    iss: String,
    aud: Value,
    sub: String,
    exp: i64,
    #[serde(default)]
    nbf: i64,
}

/// The facts that trust policies may ask for.
struct Vouched {
    issuer: String,
    audience: String,
    subject: String,
}

pub(super) fn assume_role(context: &Context<'_>) -> Reply {
    let params = context.params;
    check_session_name(params.needed_text("RoleSessionName")?)?;
    let name = params.needed_text("ProviderId")?;
    let token = params.needed_text("WebIdentityToken")?;
    let provider = context.state.providers.get(&Provider::oidc_key(name));
    let Some(ProviderFacts::Oidc(facts)) = provider.map(|provider| &provider.facts) else {
        return Err(unverified());
    };
    let said = verify(facts, token, context.now)?;
    let facts =
        [("oidc:iss", &*said.issuer), ("oidc:aud", &said.audience), ("oidc:sub", &said.subject)];
    // A token may be shown until it is over, as often as its bearer likes.
    issue(context, vouched(context, &Provider::oidc_key(name), &said.subject, &facts)?)
}

/// Checks the signature of a token, its times, and that it is from the provider and for one of its
/// clients.
fn verify(provider: &Oidc, token: &str, now: i64) -> Result<Vouched, ApiError> {
    let header = decode_header(token).map_err(|_| unverified())?;
    if demands(token) {
        return Err(refused("its header demands what is not known here (`crit`)"));
    }
    let keys = STANDARD.decode(&provider.keys).unwrap_or_default();
    let keys: JwkSet = serde_json::from_slice(&keys).map_err(|_| unverified())?;
    let key = match &header.kid {
        Some(kid) => keys.find(kid),
        None => keys.keys.first().filter(|_| keys.keys.len() == 1),
    };
    let key = key.ok_or_else(unverified)?;
    // A key is public; a secret shared with the provider is none.
    if !matches!(
        header.alg,
        Algorithm::RS256
            | Algorithm::RS384
            | Algorithm::RS512
            | Algorithm::PS256
            | Algorithm::PS384
            | Algorithm::PS512
            | Algorithm::ES256
            | Algorithm::ES384
            | Algorithm::EdDSA
    ) {
        return Err(unverified());
    }
    let claims = claims(key, header.alg, token)?;
    if claims.iss != provider.url {
        return Err(refused("it is from another issuer"));
    }
    if claims.exp.saturating_add(LEEWAY) <= now || claims.nbf.saturating_sub(LEEWAY) > now {
        return Err(refused("it has expired, or does not hold yet"));
    }
    let audiences: Vec<&str> = match &claims.aud {
        Value::String(audience) => vec![audience],
        Value::Array(audiences) => audiences.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let meant =
        audiences.into_iter().find(|audience| provider.clients.iter().any(|c| c == audience));
    let audience = meant.ok_or_else(|| refused("it is for another client"))?.to_owned();
    Ok(Vouched { issuer: claims.iss, audience, subject: claims.sub })
}

/// Whether the header names extensions that have to be understood, of which none is (RFC 7515, 4.1.11).
fn demands(token: &str) -> bool {
    let header = token.split('.').next().unwrap_or_default();
    let header = URL_SAFE_NO_PAD.decode(header).unwrap_or_default();
    let members = serde_json::from_slice::<Map<String, Value>>(&header);
    // What cannot be read demands more than is known.
    members.map_or(true, |members| members.contains_key("crit"))
}

fn claims(key: &Jwk, algorithm: Algorithm, token: &str) -> Result<Claims, ApiError> {
    let key = DecodingKey::from_jwk(key).map_err(|_| unverified())?;
    let mut validation = Validation::new(algorithm);
    // The clock is the caller's, and audiences are compared with what the provider lists.
    validation.validate_exp = false;
    validation.validate_aud = false;
    validation.required_spec_claims.clear();
    let read = decode::<Claims>(token, &key, &validation);
    read.map(|read| read.claims).map_err(|_| unverified())
}

/// One answer for everything before the signature is known to be good: who has no such token is not
/// told which providers there are.
fn unverified() -> ApiError {
    refused("no provider of this name vouches for it")
}

fn refused(why: &str) -> ApiError {
    ApiError::invalid("WebIdentityTokenError", format!("The token is refused: {why}."))
}

#[cfg(test)]
mod tests {
    use jsonwebtoken::{EncodingKey, Header, encode};
    use serde_json::json;

    use super::*;

    /// The key pair of RFC 8037, appendix A.
    const PRIVATE: &str = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";
    const PUBLIC: &str = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
    const NOW: i64 = 1_700_000_000;

    fn provider() -> Oidc {
        let keys = json!({ "keys": [
            { "kty": "OKP", "crv": "Ed25519", "kid": "k1", "x": PUBLIC, "alg": "EdDSA" },
        ] });
        Oidc {
            url: "https://id.example.com".to_owned(),
            clients: vec!["shop".to_owned()],
            keys: STANDARD.encode(keys.to_string()),
            rotates: false,
        }
    }

    fn token(change: impl FnOnce(&mut Value)) -> String {
        let mut claims = json!({ "iss": "https://id.example.com", "aud": ["shop"],
            "sub": "job-7", "exp": NOW + 600 });
        change(&mut claims);
        let mut header = Header::new(Algorithm::EdDSA);
        header.kid = Some("k1".to_owned());
        encode(&header, &claims, &private_key()).unwrap()
    }

    fn private_key() -> EncodingKey {
        let seed = URL_SAFE_NO_PAD.decode(PRIVATE).unwrap();
        // A private key of Ed25519 in PKCS #8.
        let der = [&b"\x30\x2e\x02\x01\x00\x30\x05\x06\x03\x2b\x65\x70\x04\x22\x04\x20"[..], &seed];
        EncodingKey::from_ed_der(&der.concat())
    }

    /// A token that is signed well, with a header of one's own making.
    fn token_with_header(header: &Value) -> String {
        let good = token(|_| {});
        let claims = good.split('.').nth(1).unwrap();
        let signed = format!("{}.{claims}", URL_SAFE_NO_PAD.encode(header.to_string()));
        let key = private_key();
        let signature =
            jsonwebtoken::crypto::sign(signed.as_bytes(), &key, Algorithm::EdDSA).unwrap();
        format!("{signed}.{signature}")
    }

    #[test]
    fn a_token_that_demands_what_is_not_known_is_refused() {
        let header = json!({ "alg": "EdDSA", "kid": "k1", "typ": "JWT" });
        assert!(verify(&provider(), &token_with_header(&header), NOW).is_ok());
        for crit in [json!(["exp"]), json!(["b64"]), json!([]), json!(null)] {
            let mut header = header.clone();
            header["crit"] = crit;
            let refused = verify(&provider(), &token_with_header(&header), NOW);
            let refused = refused.map(|_| ()).unwrap_err();
            assert_eq!(refused.code(), "InvalidParameter.WebIdentityTokenError");
            assert!(refused.message().contains("crit"), "{}", refused.message());
        }
    }

    #[test]
    fn a_token_of_the_provider_for_its_client_is_good() {
        let vouched = verify(&provider(), &token(|_| {}), NOW).unwrap();
        assert_eq!((&*vouched.issuer, &*vouched.subject), ("https://id.example.com", "job-7"));
        assert_eq!(vouched.audience, "shop");
    }

    #[test]
    fn other_tokens_are_refused() {
        let good = token(|_| {});
        let (signed, _) = good.rsplit_once('.').unwrap();
        let (_, claims) = signed.split_once('.').unwrap();
        let unsigned = URL_SAFE_NO_PAD.encode(r#"{"alg":"none","kid":"k1"}"#);
        let shared = encode(
            &Header { kid: Some("k1".to_owned()), ..Header::new(Algorithm::HS256) },
            &json!({ "iss": "https://id.example.com", "aud": "shop", "sub": "x", "exp": NOW + 600 }),
            &EncodingKey::from_secret(PUBLIC.as_bytes()),
        );
        for bad in [
            token(|claims| claims["iss"] = "https://evil.example.com".into()),
            token(|claims| claims["aud"] = "other".into()),
            token(|claims| claims["exp"] = (NOW - 600).into()),
            token(|claims| claims["nbf"] = (NOW + 600).into()),
            format!("{signed}.{}", URL_SAFE_NO_PAD.encode([0; 64])),
            format!("{unsigned}.{claims}."),
            shared.unwrap(),
            "no token".to_owned(),
        ] {
            let refused = verify(&provider(), &bad, NOW).map(|_| ()).unwrap_err();
            assert_eq!(refused.code(), "InvalidParameter.WebIdentityTokenError", "{bad}");
        }
    }
}
