//! What a request says before anything is checked.

use serde_json::{Map, Value};

use crate::ApiError;
use crate::body;
use crate::calls;
use crate::control::Asked;
use crate::schema::{self, Call};
use crate::signature::{Authorization, Request};

/// What a request says before anything is checked.
pub(crate) struct Form<'r, 'a> {
    asked: &'r Asked<'a>,
    pub(crate) action: String,
    pub(crate) authorization: Option<Authorization<'a>>,
    /// The query of a GET, read.
    pairs: Vec<(String, String)>,
}

/// The larger of the limits that are published for this signature.
const LONGEST_BODY: usize = 10 << 20;
/// What a call without a key may have: a token or an assertion, and little besides.
const LONGEST_UNSIGNED: usize = 1 << 20;
const LONGEST_QUERY: usize = 32 << 10;

impl<'r, 'a> Form<'r, 'a> {
    pub(crate) fn read(asked: &'r Asked<'a>) -> Result<Self, ApiError> {
        let request = &asked.request;
        if !matches!(request.method, "GET" | "POST") {
            let message = "Requests have the method GET or POST.";
            return Err(ApiError::new("UnsupportedProtocol", message));
        }
        let too_large =
            || ApiError::new("RequestSizeLimitExceeded", "The request is larger than the limit.");
        if request.body.len() > LONGEST_BODY || request.query.len() > LONGEST_QUERY {
            return Err(too_large());
        }
        let action = (request.header)("x-tc-action").ok_or_else(|| no_action(request))?;
        let text = (request.header)("authorization").ok_or_else(|| {
            ApiError::new(
                "AuthFailure.InvalidAuthorization",
                "The Authorization header is missing.",
            )
        })?;
        let authorization =
            if text.trim() == "SKIP" { None } else { Some(Authorization::parse(text)?) };
        if authorization.is_none() && request.body.len() > LONGEST_UNSIGNED {
            return Err(too_large());
        }
        let pairs = if request.method == "GET" { pairs(request.query) } else { Vec::new() };
        Ok(Self { asked, action: action.to_owned(), authorization, pairs })
    }

    pub(crate) fn header(&self, name: &str) -> Option<&'a str> {
        (self.asked.request.header)(name)
    }

    /// The service that the signature is for, or that of the calls that need none.
    pub(crate) fn service(&self) -> Result<&'static str, ApiError> {
        let unsigned = || calls::unsigned(&self.action).unwrap_or("sts");
        let wanted = self.authorization.as_ref().map_or_else(unsigned, Authorization::service);
        let known = schema::VERSIONS.iter().find(|(service, _)| *service == wanted);
        known.map(|(service, _)| *service).ok_or_else(|| {
            ApiError::new("NoSuchProduct", "The services here are `cam`, `sts` and `wecom`.")
        })
    }

    pub(crate) fn call(&self, service: &str) -> Result<&'static Call, ApiError> {
        let version = self.header("x-tc-version").ok_or_else(|| ApiError::missing("Version"))?;
        if !schema::VERSIONS.contains(&(service, version)) {
            let message = format!("`{service}` has no version `{}`.", shortened(version));
            return Err(ApiError::new("NoSuchVersion", message));
        }
        schema::call(service, &self.action).ok_or_else(|| {
            let message = format!("`{service}` has no action `{}`.", shortened(&self.action));
            ApiError::new("InvalidAction", message)
        })
    }

    pub(crate) fn parameters(
        &self,
        call: &Call,
        asked: &Asked<'_>,
    ) -> Result<Map<String, Value>, ApiError> {
        if asked.request.method == "GET" {
            return call.read_form(self.pairs.iter().map(|(name, value)| (&**name, &**value)));
        }
        let kind = self.header("content-type").unwrap_or_default();
        if !kind.trim().to_lowercase().starts_with("application/json") {
            let message = "A POST has the content type application/json.";
            return Err(ApiError::new("UnsupportedProtocol", message));
        }
        let mut parameters = body::read(asked.request.body, LONGEST_BODY)?;
        call.read_numbers(&mut parameters);
        Ok(parameters)
    }
}

/// Why a request that says no call is refused.
fn no_action(request: &Request<'_>) -> ApiError {
    let kind = (request.header)("content-type").unwrap_or_default().trim().to_lowercase();
    let form = kind.starts_with("application/x-www-form-urlencoded");
    let body = std::str::from_utf8(request.body).unwrap_or_default();
    let signed = |pairs: &str| pairs.split('&').any(|pair| pair.starts_with("Signature="));
    // The older signatures have the call among the parameters.
    if signed(request.query) || (form && signed(body)) {
        let message =
            "Requests are signed with TC3-HMAC-SHA256 here, and not with HmacSHA1 or HmacSHA256.";
        return ApiError::new("AuthFailure.InvalidAuthorization", message);
    }
    ApiError::missing("Action")
}

fn pairs(query: &str) -> Vec<(String, String)> {
    let decode = |text: &str| {
        let text = text.replace('+', " ");
        percent_encoding::percent_decode_str(&text).decode_utf8_lossy().into_owned()
    };
    let parts = query.split('&').filter(|part| !part.is_empty());
    parts
        .map(|part| part.split_once('=').unwrap_or((part, "")))
        .map(|(name, value)| (decode(name), decode(value)))
        .collect()
}

fn shortened(text: &str) -> String {
    text.chars().take(64).collect()
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};

    use super::*;
    use crate::signature::Request;

    #[test]
    fn who_has_no_key_sends_less() {
        let code = |authorization: &str, length: usize| {
            let header = |name: &str| match name {
                "x-tc-action" => Some("AssumeRoleWithWebIdentity"),
                "authorization" => Some(authorization),
                _ => None,
            };
            let body = vec![b' '; length];
            let request = Request { method: "POST", query: "", header: &header, body: &body };
            let source_ip = IpAddr::V4(Ipv4Addr::LOCALHOST);
            let asked = Asked { request, source_ip, now: 0 };
            Form::read(&asked).map(|_| ()).map_err(|error| error.code().to_owned())
        };
        let signed = format!(
            "TC3-HMAC-SHA256 Credential=AKID1/2023-11-14/sts/tc3_request, \
             SignedHeaders=content-type;host, Signature={}",
            "0".repeat(64)
        );
        let refused = Err("RequestSizeLimitExceeded".to_owned());
        assert_eq!(code("SKIP", LONGEST_UNSIGNED), Ok(()));
        assert_eq!(code("SKIP", LONGEST_UNSIGNED + 1), refused);
        assert_eq!(code(&signed, LONGEST_UNSIGNED + 1), Ok(()));
        assert_eq!(code(&signed, LONGEST_BODY + 1), refused);
    }
}
