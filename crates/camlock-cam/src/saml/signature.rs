//! Signatures in XML, in the one form that SAML has: enveloped, one reference, to the element around it.

use bergshamra_c14n::{C14nMode, canonicalize_doc};
use bergshamra_xml::NodeSet;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA384_FIXED, RSA_PKCS1_2048_8192_SHA256,
    RSA_PKCS1_2048_8192_SHA384, RSA_PKCS1_2048_8192_SHA512, UnparsedPublicKey,
    VerificationAlgorithm,
};
use sha2::{Digest as _, Sha256, Sha384, Sha512};
use subtle::ConstantTimeEq as _;
use x509_cert::Certificate;
use x509_cert::der::Decode as _;
use x509_cert::der::asn1::ObjectIdentifier;

use super::space::SIGNATURE;
use super::xml::{Node, decode, parse};

const ENVELOPED: &str = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
const EXCLUSIVE: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";

const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const ELLIPTIC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const P384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");

/// The public key of a provider.
#[derive(Clone, Debug)]
pub(super) struct Key {
    kind: Kind,
    public: Vec<u8>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Kind {
    Rsa,
    P256,
    P384,
}

/// Shorter moduli are not believed, in bytes.
const SHORTEST_RSA: usize = 256;

impl Key {
    /// The key of a certificate in DER; `None` where it is of a kind that is not believed.
    ///
    /// The certificate is trusted since the metadata has it: its own signature and dates say nothing.
    pub(super) fn of_certificate(der: &[u8]) -> Option<Self> {
        let certificate = Certificate::from_der(der).ok()?;
        let info = certificate.tbs_certificate.subject_public_key_info;
        let curve = || info.algorithm.parameters.as_ref()?.decode_as::<ObjectIdentifier>().ok();
        let kind = match info.algorithm.oid {
            RSA => Kind::Rsa,
            ELLIPTIC if curve() == Some(P256) => Kind::P256,
            ELLIPTIC if curve() == Some(P384) => Kind::P384,
            _ => return None,
        };
        let public = info.subject_public_key.as_bytes()?.to_vec();
        (kind != Kind::Rsa || public.len() >= SHORTEST_RSA).then_some(Self { kind, public })
    }

    /// Whether the key made the signature; SHA-1 is not believed.
    fn made(&self, method: &str, bytes: &[u8], signature: &[u8]) -> bool {
        let name = method.strip_prefix("http://www.w3.org/2001/04/xmldsig-more#");
        let algorithm: &'static dyn VerificationAlgorithm = match (self.kind, name) {
            (Kind::Rsa, Some("rsa-sha256")) => &RSA_PKCS1_2048_8192_SHA256,
            (Kind::Rsa, Some("rsa-sha384")) => &RSA_PKCS1_2048_8192_SHA384,
            (Kind::Rsa, Some("rsa-sha512")) => &RSA_PKCS1_2048_8192_SHA512,
            (Kind::P256, Some("ecdsa-sha256")) => &ECDSA_P256_SHA256_FIXED,
            (Kind::P384, Some("ecdsa-sha384")) => &ECDSA_P384_SHA384_FIXED,
            _ => return false,
        };
        UnparsedPublicKey::new(algorithm, &self.public).verify(bytes, signature).is_ok()
    }
}

/// `SignedInfo` has no more elements than these in the one form that is read, and it is written before
/// anybody is known to have signed it.
const MOST_OF_INFO: usize = 16;

/// The bytes of an element that the signature in it covers, once one of the keys made it.
///
/// What the signature says of its key is not looked at. Everything that it does say is read from its
/// canonical bytes, which are what was signed.
pub(super) fn covered(signed: Node<'_, '_>, keys: &[Key]) -> Option<String> {
    let signature = signed.only(SIGNATURE, "Signature")?;
    let info = signature.only(SIGNATURE, "SignedInfo")?;
    if info.all().len() > MOST_OF_INFO {
        return None;
    }
    let form = Form::read(info.only(SIGNATURE, "CanonicalizationMethod")?)?;
    let document = signed.document();
    let bytes = form.write(info, &NodeSet::tree_without_comments(info.id, document))?;
    let value = decode(&signature.only(SIGNATURE, "SignatureValue")?.text()?)?;

    let document_of_info = parse(&bytes)?;
    let info = Node::root(&document_of_info)?;
    let method = info.only(SIGNATURE, "SignatureMethod")?.attribute("Algorithm")?;
    if !keys.iter().any(|key| key.made(method, bytes.as_bytes(), &value)) {
        return None;
    }

    let reference = info.only(SIGNATURE, "Reference")?;
    if reference.attribute("URI")?.strip_prefix('#')? != signed.attribute("ID")? {
        return None;
    }
    let content = NodeSet::tree_without_comments(signed.id, document)
        .subtract(&NodeSet::tree_with_comments(signature.id, document));
    let content = transforms(reference)?.write(signed, &content)?;
    let method = reference.only(SIGNATURE, "DigestMethod")?.attribute("Algorithm")?;
    let stated = decode(&reference.only(SIGNATURE, "DigestValue")?.text()?)?;
    let same: bool = digest(method, content.as_bytes())?.ct_eq(&stated).into();
    same.then_some(content)
}

/// What is done to the element: the signature is left out, and the rest is written in canonical form.
fn transforms(reference: Node<'_, '_>) -> Option<Form> {
    let all: Vec<_> = reference.only(SIGNATURE, "Transforms")?.children().collect();
    let [enveloped, form] = all.as_slice() else { return None };
    let known = all.iter().all(|transform| transform.is(SIGNATURE, "Transform"));
    if !known || enveloped.attribute("Algorithm")? != ENVELOPED {
        return None;
    }
    Form::read(*form)
}

fn digest(method: &str, bytes: &[u8]) -> Option<Vec<u8>> {
    Some(match method {
        "http://www.w3.org/2001/04/xmlenc#sha256" => Sha256::digest(bytes).to_vec(),
        "http://www.w3.org/2001/04/xmldsig-more#sha384" => Sha384::digest(bytes).to_vec(),
        "http://www.w3.org/2001/04/xmlenc#sha512" => Sha512::digest(bytes).to_vec(),
        _ => return None,
    })
}

/// Every element is compared with each prefix of the list.
const MOST_PREFIXES: usize = 32;

/// A canonical form without comments, so that none can split a text in two.
struct Form {
    mode: C14nMode,
    prefixes: Vec<String>,
}

impl Form {
    /// The form that an element names.
    fn read(node: Node<'_, '_>) -> Option<Self> {
        let mode = C14nMode::from_uri(node.attribute("Algorithm")?)?;
        if mode.with_comments() {
            return None;
        }
        let children: Vec<_> = node.children().collect();
        let prefixes = match children.as_slice() {
            [] => Vec::new(),
            [list] if mode.is_exclusive() && list.is(EXCLUSIVE, "InclusiveNamespaces") => {
                let list = list.attribute("PrefixList").unwrap_or_default();
                list.split_ascii_whitespace().map(str::to_owned).collect()
            }
            _ => return None,
        };
        (prefixes.len() <= MOST_PREFIXES).then_some(Self { mode, prefixes })
    }

    fn write(&self, node: Node<'_, '_>, nodes: &NodeSet) -> Option<String> {
        let written = canonicalize_doc(node.document(), self.mode, Some(nodes), &self.prefixes);
        String::from_utf8(written.ok()?).ok()
    }
}
