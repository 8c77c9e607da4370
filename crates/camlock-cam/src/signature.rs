//! TC3-HMAC-SHA256: who signed a request.
//!
//! The signature covers the headers that it lists and no others: action, version, region and token
//! travel in headers that need not be among them.

use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq as _;

use crate::ApiError;

const ALGORITHM: &str = "TC3-HMAC-SHA256";
const UNSIGNED: &str = "UNSIGNED-PAYLOAD";

/// A signed request, as it came.
#[derive(Clone, Copy)]
#[expect(clippy::exhaustive_structs, reason = "filled in by servers")]
pub struct Request<'a> {
    /// `GET` or `POST`.
    pub method: &'a str,
    /// What stands behind the `?`, as sent.
    pub query: &'a str,
    /// The value of a header by its name in lower case.
    pub header: &'a dyn Fn(&str) -> Option<&'a str>,
    /// The bytes of the body.
    pub body: &'a [u8],
}

impl std::fmt::Debug for Request<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Bodies and headers may hold what nobody should read.
        f.debug_struct("Request").field("method", &self.method).finish_non_exhaustive()
    }
}

/// What an `Authorization` header says.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Authorization<'a> {
    secret_id: &'a str,
    date: &'a str,
    service: &'a str,
    signed_headers: &'a str,
    signature: &'a str,
}

impl<'a> Authorization<'a> {
    /// Reads the header.
    ///
    /// # Errors
    ///
    /// `AuthFailure.InvalidAuthorization`, with what is missing.
    ///
    /// # Examples
    ///
    /// ```
    /// use camlock_cam::signature::Authorization;
    ///
    /// let header = "TC3-HMAC-SHA256 Credential=AKID1/2019-02-25/cvm/tc3_request, \
    ///     SignedHeaders=content-type;host, Signature=00";
    /// let read = Authorization::parse(header)?;
    /// assert_eq!((read.secret_id(), read.service()), ("AKID1", "cvm"));
    /// # Ok::<(), camlock_cam::ApiError>(())
    /// ```
    pub fn parse(text: &'a str) -> Result<Self, ApiError> {
        let rest = text.strip_prefix(ALGORITHM).and_then(|rest| rest.strip_prefix(' '));
        let rest = rest.ok_or_else(|| malformed("it does not begin with `TC3-HMAC-SHA256 `"))?;
        let (mut credential, mut signed_headers, mut signature) = (None, None, None);
        for part in rest.split(',').map(str::trim) {
            let slot = match part.split_once('=') {
                Some(("Credential", value)) => (&mut credential, value),
                Some(("SignedHeaders", value)) => (&mut signed_headers, value),
                Some(("Signature", value)) => (&mut signature, value),
                _ => return Err(malformed("it has a part that has no place there")),
            };
            if slot.0.replace(slot.1).is_some() {
                return Err(malformed("it has a part twice"));
            }
        }
        let credential = credential.ok_or_else(|| malformed("`Credential` is missing"))?;
        let mut scope = credential.split('/');
        let parts = (scope.next(), scope.next(), scope.next(), scope.next(), scope.next());
        let (Some(secret_id), Some(date), Some(service), Some("tc3_request"), None) = parts else {
            return Err(malformed("`Credential` is not `id/date/service/tc3_request`"));
        };
        Ok(Self {
            secret_id,
            date,
            service,
            signed_headers: signed_headers
                .ok_or_else(|| malformed("`SignedHeaders` is missing"))?,
            signature: signature.ok_or_else(|| malformed("`Signature` is missing"))?,
        })
    }

    /// The key that signed.
    pub fn secret_id(&self) -> &'a str {
        self.secret_id
    }

    /// The service that the signature is for.
    pub fn service(&self) -> &'a str {
        self.service
    }

    /// The day that the signature is for, in UTC.
    pub fn date(&self) -> &'a str {
        self.date
    }

    /// Whether the signature covers a header.
    pub fn covers(&self, header: &str) -> bool {
        self.signed_headers.split(';').any(|own| own == header)
    }

    /// Whether the secret made the signature of the request, in time that says nothing.
    ///
    /// # Errors
    ///
    /// `AuthFailure.SignatureFailure` where a header is listed that is not there, or `content-type` or
    /// `host` is not listed.
    pub fn is_of(
        &self,
        secret: &str,
        request: &Request<'_>,
        timestamp: &str,
    ) -> Result<bool, ApiError> {
        let expected = self.sign(secret, request, timestamp)?;
        Ok(expected.as_bytes().ct_eq(self.signature.as_bytes()).into())
    }

    fn sign(
        &self,
        secret: &str,
        request: &Request<'_>,
        timestamp: &str,
    ) -> Result<String, ApiError> {
        let canonical = self.canonical(request)?;
        let scope = format!("{}/{}/tc3_request", self.date, self.service);
        let text =
            format!("{ALGORITHM}\n{timestamp}\n{scope}\n{}", hex(&Sha256::digest(canonical)));
        let date = mac(format!("TC3{secret}").as_bytes(), self.date.as_bytes());
        let service = mac(&date, self.service.as_bytes());
        let signing = mac(&service, b"tc3_request");
        Ok(hex(&mac(&signing, text.as_bytes())))
    }

    fn canonical(&self, request: &Request<'_>) -> Result<String, ApiError> {
        if !self.covers("content-type") || !self.covers("host") {
            return Err(failure("`content-type` and `host` have to be signed"));
        }
        let mut headers = String::new();
        for name in self.signed_headers.split(';') {
            let value = (request.header)(name)
                .ok_or_else(|| failure("a header is signed that the request does not have"))?;
            headers.push_str(name);
            headers.push(':');
            headers.push_str(&value.trim().to_lowercase());
            headers.push('\n');
        }
        let query = if request.method == "POST" { "" } else { request.query };
        let unsigned = (request.header)("x-tc-content-sha256") == Some(UNSIGNED);
        let body = if unsigned { UNSIGNED.as_bytes() } else { request.body };
        Ok(format!(
            "{}\n/\n{query}\n{headers}\n{}\n{}",
            request.method,
            self.signed_headers,
            hex(&Sha256::digest(body))
        ))
    }
}

/// The `Authorization` header of a request whose signature covers the listed headers, such as
/// `content-type;host`; for clients and tests.
///
/// # Errors
///
/// An [`ApiError`] where a listed header is not there, or the timestamp is no number of seconds.
pub fn sign(
    secret_id: &str,
    secret: &str,
    service: &str,
    signed_headers: &str,
    timestamp: &str,
    request: &Request<'_>,
) -> Result<String, ApiError> {
    let seconds = timestamp.parse().map_err(|_| failure("the timestamp is no number"))?;
    let date = crate::when::date(seconds);
    let own = Authorization { secret_id, date: &date, service, signed_headers, signature: "" };
    let signature = own.sign(secret, request, timestamp)?;
    Ok(format!(
        "{ALGORITHM} Credential={secret_id}/{date}/{service}/tc3_request, \
         SignedHeaders={signed_headers}, Signature={signature}"
    ))
}

fn mac(key: &[u8], text: &[u8]) -> Vec<u8> {
    // INVARIANT: HMAC takes keys of any length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return Vec::new() };
    mac.update(text);
    mac.finalize().into_bytes().to_vec()
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

fn malformed(why: &str) -> ApiError {
    let message = format!("The Authorization header is malformed: {why}.");
    ApiError::new("AuthFailure.InvalidAuthorization", message)
}

pub(crate) fn failure(why: &str) -> ApiError {
    let message = format!("The provided credentials could not be validated: {why}.");
    ApiError::new("AuthFailure.SignatureFailure", message)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE";
    const BODY: &str =
        r#"{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}"#;

    struct Vector {
        secret: String,
        method: &'static str,
        query: &'static str,
        content_type: &'static str,
        host: &'static str,
        body: &'static str,
        signed: &'static str,
        service: &'static str,
        date: &'static str,
        timestamp: &'static str,
        canonical: &'static str,
        signature: &'static str,
    }

    impl Vector {
        /// The first of the published examples.
        fn first() -> Self {
            Self {
                secret: KEY.to_owned(),
                method: "POST",
                query: "",
                content_type: "application/json; charset=utf-8",
                host: "cvm.tencentcloudapi.com",
                body: BODY,
                signed: "content-type;host",
                service: "cvm",
                date: "2019-02-25",
                timestamp: "1551113065",
                canonical: "5ffe6a04c0664d6b969fab9a13bdab201d63ee709638e2749d62a09ca18d7031",
                signature: "72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168",
            }
        }

        fn check(&self) {
            let header = |name: &str| match name {
                "content-type" => Some(self.content_type),
                "host" => Some(self.host),
                "x-tc-action" => Some("DescribeInstances"),
                _ => None,
            };
            let request = Request {
                method: self.method,
                query: self.query,
                header: &header,
                body: self.body.as_bytes(),
            };
            let text = format!(
                "TC3-HMAC-SHA256 Credential=AKID/{}/{}/tc3_request, SignedHeaders={}, Signature={}",
                self.date, self.service, self.signed, self.signature
            );
            let read = Authorization::parse(&text).unwrap();
            let canonical = hex(&Sha256::digest(read.canonical(&request).unwrap()));
            assert_eq!(canonical, self.canonical);
            assert_eq!(read.sign(&self.secret, &request, self.timestamp).unwrap(), self.signature);
            assert!(read.is_of(&self.secret, &request, self.timestamp).unwrap());
            assert!(!read.is_of("other", &request, self.timestamp).unwrap());
        }
    }

    #[test]
    fn the_published_examples_come_out() {
        Vector::first().check();
        let with_action = || Vector {
            secret: "*".repeat(32),
            signed: "content-type;host;x-tc-action",
            canonical: "7019a55be8395899b900fb5564e4200d984910f34794a27cb3fb7d10ff6a1e84",
            signature: "10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f",
            ..Vector::first()
        };
        with_action().check();
        Vector {
            secret: "Gu5t9xGARNpq86cd98joQYCN3*******".to_owned(),
            signature: "be4f67d323c78ab9acb7395e43c0dbcf822a9cfac32fea2449a7bc7726b770a3",
            ..with_action()
        }
        .check();
        Vector {
            method: "GET",
            query: "Limit=10&Offset=0",
            content_type: "application/x-www-form-urlencoded",
            body: "",
            date: "2018-10-09",
            timestamp: "1539084154",
            canonical: "91c9c192c14460df6c1ffc69e34e6c5e90708de2a6d282cccf957dbf1aa7f3a7",
            signature: "5da7a33f6993f0614b047e5df4582db9e9bf4672ba50567dba16c6ccf174c474",
            ..Vector::first()
        }
        .check();
        Vector {
            content_type: "application/json",
            host: "cam.tencentcloudapi.com",
            body: r#"{"Name":"test124"}"#,
            service: "cam",
            date: "2023-11-14",
            timestamp: "1700000000",
            canonical: "e8fd9ef4a48bc878e7b1f5c083a64908cca8167046fa9ad659b0a866ab20b56f",
            signature: "52216dad89fa3cf79f9f5ebbc71cd2bd3673be80ac9f74ec4573978bdefcfff0",
            ..Vector::first()
        }
        .check();
    }

    #[test]
    fn malformed_headers_are_refused() {
        for text in [
            "",
            "TC3-HMAC-SHA256",
            "TC3-HMAC-SHA256 Credential=a/b/c/tc3_request",
            "TC3-HMAC-SHA256 Credential=a/b/c, SignedHeaders=host, Signature=00",
            "TC3-HMAC-SHA256 Credential=a/b/c/tc3_request/d, SignedHeaders=host, Signature=00",
            "TC3-HMAC-SHA256 Signature=00, Signature=00",
            "TC3-HMAC-SHA1 Credential=a/b/c/tc3_request, SignedHeaders=host, Signature=00",
        ] {
            let error = Authorization::parse(text).unwrap_err();
            assert_eq!(error.code(), "AuthFailure.InvalidAuthorization", "{text}");
        }
    }
}
