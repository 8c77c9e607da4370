//! What is known of a provider: its name and its keys.

use super::signature::Key;
use super::space::{METADATA, SIGNATURE};
use super::xml::{Node, decode, parse};

/// The name and the keys of a provider.
#[derive(Debug)]
pub(crate) struct Metadata {
    pub(super) issuer: String,
    pub(super) keys: Vec<Key>,
}

/// More keys would make every refusal slow.
const MOST_KEYS: usize = 16;

impl Metadata {
    /// Reads an `EntityDescriptor` in base64.
    ///
    /// # Errors
    ///
    /// What is wrong with it, as the end of a sentence.
    pub(crate) fn read(base64: &str) -> Result<Self, &'static str> {
        const NONE: &str = "is no SAML 2.0 `EntityDescriptor` in base64";
        let text = decode(base64).and_then(|bytes| String::from_utf8(bytes).ok()).ok_or(NONE)?;
        let document = parse(&text).ok_or(NONE)?;
        let root = Node::root(&document).filter(|root| root.is(METADATA, "EntityDescriptor"));
        let root = root.ok_or(NONE)?;
        let issuer = root.attribute("entityID").filter(|id| !id.is_empty());
        let issuer = issuer.ok_or("has no `entityID`")?.to_owned();
        let roles = root.named(METADATA, "IDPSSODescriptor");
        let keys: Vec<Key> = roles.flat_map(keys_of).take(MOST_KEYS).collect();
        if keys.is_empty() {
            return Err(
                "has no `IDPSSODescriptor` with a certificate to sign with, of RSA from 2048 \
                        bits on, P-256 or P-384",
            );
        }
        Ok(Self { issuer, keys })
    }
}

/// The keys that a role signs with.
fn keys_of(role: Node<'_, '_>) -> Vec<Key> {
    let signing = role
        .named(METADATA, "KeyDescriptor")
        .filter(|key| key.attribute("use").is_none_or(|what| what == "signing"));
    let certificates = signing
        .flat_map(|key| key.named(SIGNATURE, "KeyInfo"))
        .flat_map(|info| info.named(SIGNATURE, "X509Data"))
        .flat_map(|data| data.named(SIGNATURE, "X509Certificate"));
    let bytes = certificates.filter_map(|node| decode(&node.text()?));
    bytes.filter_map(|der| Key::of_certificate(&der)).collect()
}
