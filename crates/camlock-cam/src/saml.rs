//! SAML 2.0: which assertions of a provider are believed.
//!
//! XML signatures can be good and still cover something else than what is read. So nothing is read from
//! the document that came: [`signature`] gives back the very bytes that a signature covers, in canonical
//! form, and [`assertion`] reads those and no others.

mod assertion;
mod metadata;
mod once;
mod signature;
#[cfg(test)]
mod tests;
mod xml;

pub(crate) use assertion::{Refusal, verify};
pub(crate) use metadata::Metadata;
pub(crate) use once::{Once, Taken};

/// The namespaces of what is read.
mod space {
    pub(super) const ASSERTION: &str = "urn:oasis:names:tc:SAML:2.0:assertion";
    pub(super) const METADATA: &str = "urn:oasis:names:tc:SAML:2.0:metadata";
    pub(super) const PROTOCOL: &str = "urn:oasis:names:tc:SAML:2.0:protocol";
    pub(super) const SIGNATURE: &str = "http://www.w3.org/2000/09/xmldsig#";
}
