//! Assertions that are signed here, and one that another implementation signed; good and bad.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rcgen::{CertificateParams, KeyPair, PKCS_ECDSA_P256_SHA256};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use sha2::{Digest as _, Sha256};

use super::assertion::Vouched;
use super::*;

/// 2023-11-14T22:13:20Z
const NOW: i64 = 1_700_000_000;
const ISSUER: &str = "https://idp.example.com";
const RECIPIENT: &str = "https://cloud.tencent.com/login/saml";

/// A provider that signs.
struct Provider {
    keys: EcdsaKeyPair,
    certificate: String,
}

impl Provider {
    fn new() -> Self {
        let pair = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).unwrap();
        let params = CertificateParams::new(vec!["idp.example.com".to_owned()]).unwrap();
        let certificate = STANDARD.encode(params.self_signed(&pair).unwrap().der());
        let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
        let der = pair.serialize_der();
        let keys = EcdsaKeyPair::from_pkcs8(algorithm, &der, &SystemRandom::new()).unwrap();
        Self { keys, certificate }
    }

    fn metadata(&self) -> Metadata {
        Metadata::read(&STANDARD.encode(metadata(&self.certificate))).unwrap()
    }

    /// Signs an element in canonical form; `{}` stands where the signature goes.
    fn sign(&self, element: &str, id: &str) -> String {
        self.sign_with(element, id, |info| info)
    }

    fn sign_with(&self, element: &str, id: &str, info: impl Fn(String) -> String) -> String {
        let digest = STANDARD.encode(Sha256::digest(element.replace("{}", "")));
        let info = info(format!(
            r##"<ds:SignedInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"></ds:CanonicalizationMethod><ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"></ds:SignatureMethod><ds:Reference URI="#{id}"><ds:Transforms><ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"></ds:Transform><ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"></ds:Transform></ds:Transforms><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"></ds:DigestMethod><ds:DigestValue>{digest}</ds:DigestValue></ds:Reference></ds:SignedInfo>"##
        ));
        let value = self.keys.sign(&SystemRandom::new(), info.as_bytes()).unwrap();
        let value = STANDARD.encode(value);
        let certificate = &self.certificate;
        // The element around it declares the prefix, so that a canonical whole does not repeat it.
        let info = info.replacen(r#" xmlns:ds="http://www.w3.org/2000/09/xmldsig#""#, "", 1);
        let signature = format!(
            r#"<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#">{info}<ds:SignatureValue>{value}</ds:SignatureValue><ds:KeyInfo><ds:X509Data><ds:X509Certificate>{certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></ds:Signature>"#
        );
        element.replace("{}", &signature)
    }
}

fn metadata(certificate: &str) -> String {
    format!(
        r#"<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{ISSUER}"><IDPSSODescriptor><KeyDescriptor><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>{certificate}</X509Certificate></X509Data></KeyInfo></KeyDescriptor></IDPSSODescriptor></EntityDescriptor>"#
    )
}

/// An assertion in canonical form, with a place for its signature.
fn assertion(id: &str, subject: &str) -> String {
    format!(
        r#"<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="{id}" IssueInstant="2023-11-14T22:13:20Z" Version="2.0"><saml:Issuer>{ISSUER}</saml:Issuer>{{}}<saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">{subject}</saml:NameID><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData NotOnOrAfter="2023-11-14T22:18:20Z" Recipient="{RECIPIENT}"></saml:SubjectConfirmationData></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="2023-11-14T22:13:20Z" NotOnOrAfter="2023-11-14T22:18:20Z"><saml:AudienceRestriction><saml:Audience>https://cloud.tencent.com</saml:Audience></saml:AudienceRestriction></saml:Conditions></saml:Assertion>"#
    )
}

/// A response around assertions or whatever else, with a place for its signature.
fn response(content: &str) -> String {
    format!(
        r#"<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_r" Version="2.0">{{}}<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"></samlp:StatusCode></samlp:Status>{content}</samlp:Response>"#
    )
}

fn unsigned_response(content: &str) -> String {
    response("")
        .replace("{}", "")
        .replace("</samlp:Response>", &format!("{content}</samlp:Response>"))
}

fn read(provider: &Provider, text: &str, now: i64) -> Result<Vouched, Refusal> {
    verify(&STANDARD.encode(text), Some(&provider.metadata()), now)
}

#[track_caller]
fn refused(provider: &Provider, text: &str, why: Refusal) {
    assert_eq!(read(provider, text, NOW).map(|_| ()), Err(why), "{text}");
}

#[test]
fn what_another_implementation_signed_is_good() {
    let (metadata, response) =
        (include_str!("data/metadata.xml"), include_str!("data/response.xml"));
    let metadata = Metadata::read(&STANDARD.encode(metadata)).unwrap();
    let good = verify(&STANDARD.encode(response), Some(&metadata), NOW + 60).unwrap();
    assert_eq!((&*good.id, &*good.issuer, &*good.recipient), ("_a1", ISSUER, RECIPIENT));
    assert_eq!((&*good.subject, &*good.subject_type), ("ann&co", "persistent"));
    assert_eq!(good.until, NOW + 300 + 60);
    for (from, to) in [
        ("ann&amp;co", "bob"),
        ("ann&amp;co", "bob<!---->"),
        ("<saml:Subject>", "<saml:Subject xml:lang=\"en\">"),
        ("22:18:20Z\" Rec", "23:18:20Z\" Rec"),
    ] {
        let altered = response.replacen(from, to, 1);
        assert_ne!(altered, response);
        let why = verify(&STANDARD.encode(&altered), Some(&metadata), NOW).map(|_| ());
        assert_eq!(why, Err(Refusal::Unverified), "{to}");
    }
}

#[test]
fn an_assertion_counts_alone_and_in_a_response_and_where_that_is_signed() {
    let provider = Provider::new();
    let alone = provider.sign(&assertion("_a", "ann"), "_a");
    let unsigned = assertion("_a", "ann").replace("{}", "");
    let both = response(&alone).replacen("{}", "\u{0}", 1);
    for good in [
        alone.clone(),
        unsigned_response(&alone),
        provider.sign(&response(&unsigned), "_r"),
        provider.sign(&both.replace('\u{0}', "{}"), "_r"),
    ] {
        assert_eq!(
            read(&provider, &good, NOW).map(|read| read.subject),
            Ok("ann".to_owned()),
            "{good}"
        );
    }
    refused(&provider, &unsigned, Refusal::Unverified);
    refused(&provider, &unsigned_response(&unsigned), Refusal::Unverified);
}

#[test]
fn a_comment_does_not_cut_a_name() {
    let provider = Provider::new();
    let good = provider.sign(&assertion("_a", "ann.evil"), "_a");
    let commented = good.replace("ann.evil", "ann<!-- -->.evil");
    assert_eq!(read(&provider, &commented, NOW).unwrap().subject, "ann.evil");
}

#[test]
fn wrapped_signatures_are_refused() {
    let provider = Provider::new();
    let good = provider.sign(&assertion("_a", "ann"), "_a");
    let (start, rest) = good.split_once("<ds:Signature ").unwrap();
    let (signature, end) = rest.split_once("</ds:Signature>").unwrap();
    let signature = format!("<ds:Signature {signature}</ds:Signature>");
    let original = format!("{start}{end}");
    let evil = |id: &str, signature: &str| assertion(id, "root").replace("{}", signature);
    let holding = |content: &str| {
        let object = format!("<ds:Object>{content}</ds:Object></ds:Signature>");
        signature.replace("</ds:Signature>", &object)
    };
    for (wrapped, why) in [
        // A second assertion beside the first, before and after it.
        (unsigned_response(&format!("{}{good}", evil("_e", ""))), Refusal::Unreadable),
        (unsigned_response(&format!("{good}{}", evil("_e", ""))), Refusal::Unreadable),
        // The signed one inside the evil one, inside its signature, or elsewhere.
        (unsigned_response(&evil("_e", &good)), Refusal::Unreadable),
        (unsigned_response(&evil("_e", &holding(&original))), Refusal::Unreadable),
        (unsigned_response(&format!("{}<x>{good}</x>", evil("_e", ""))), Refusal::Unreadable),
        (unsigned_response(&format!("<x>{good}</x>")), Refusal::Unreadable),
        // The signature on another element, under another id, or under the same one.
        (unsigned_response(&evil("_e", &signature)), Refusal::Unverified),
        (unsigned_response(&evil("_a", &signature)), Refusal::Unverified),
        (unsigned_response(&good).replace("ID=\"_r\"", "ID=\"_a\""), Refusal::Unreadable),
        (good.replace("<saml:Subject>", "<saml:Subject Id=\"_a\">"), Refusal::Unreadable),
        // A signature that is not where the schema has it.
        (
            unsigned_response(&good.replace(&signature, &format!("<x>{signature}</x>"))),
            Refusal::Unverified,
        ),
        (good.replace(&signature, &format!("{signature}{signature}")), Refusal::Unverified),
        // An encrypted one besides; and a response of failure.
        (
            unsigned_response(&format!(
                "{good}<saml:EncryptedAssertion xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\"/>"
            )),
            Refusal::Unreadable,
        ),
        (unsigned_response(&good).replace(":Success", ":Requester"), Refusal::Unreadable),
    ] {
        refused(&provider, &wrapped, why);
    }
}

#[test]
fn a_bad_signature_of_the_response_is_not_mended_by_a_good_one_of_the_assertion() {
    let provider = Provider::new();
    let alone = provider.sign(&assertion("_a", "ann"), "_a");
    let both = response(&alone).replacen("{}", "\u{0}", 1);
    let both = provider.sign(&both.replace('\u{0}', "{}"), "_r");
    refused(
        &provider,
        &both.replace("Version=\"2.0\"><ds", "Version=\"2.1\"><ds"),
        Refusal::Unverified,
    );
}

#[test]
fn signatures_of_another_form_or_key_are_refused() {
    let (provider, foreign) = (Provider::new(), Provider::new());
    let element = assertion("_a", "ann");
    refused(&provider, &foreign.sign(&element, "_a"), Refusal::Unverified);
    let forms = [
        ("xmldsig-more#ecdsa-sha256", "xmldsig-more#ecdsa-sha1"),
        ("2001/04/xmlenc#sha256", "2000/09/xmldsig#sha1"),
        ("URI=\"#_a\"", "URI=\"\""),
        ("URI=\"#_a\"", "URI=\"#_b\""),
        ("xml-exc-c14n#\"></ds:Transform>", "xml-exc-c14n#WithComments\"></ds:Transform>"),
        ("xmldsig#enveloped-signature", "xmldsig#base64"),
        (
            "<ds:Transforms>",
            "<ds:Transforms><ds:Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xslt-19991116\"></ds:Transform>",
        ),
        ("<ds:Reference ", "<ds:Reference URI=\"#_b\"></ds:Reference><ds:Reference "),
    ];
    for (from, to) in forms {
        let bad = provider.sign_with(&element, "_a", |info| {
            let other = info.replacen(from, to, 1);
            assert_ne!(info, other, "{from}");
            other
        });
        refused(&provider, &bad, Refusal::Unverified);
    }
}

#[test]
fn what_is_signed_has_to_hold_now() {
    let provider = Provider::new();
    let element = assertion("_a", "ann");
    let good = provider.sign(&element, "_a");
    let at = |now| read(&provider, &good, now).map(|_| ());
    assert_eq!(at(NOW - 60), Ok(()));
    assert_eq!(at(NOW - 61), Err(Refusal::Signed("it does not hold yet")));
    assert_eq!(at(NOW + 359), Ok(()));
    assert_eq!(at(NOW + 360), Err(Refusal::Signed("it has expired")));
    for (from, to, why) in [
        ("<saml:Issuer>https://idp", "<saml:Issuer>https://evil", "it is from another issuer"),
        ("NotBefore=\"2023-11-14", "NotBefore=\"2023-11-15", "it does not hold yet"),
        (
            "<saml:Conditions NotBefore=\"2023-11-14T22:13:20Z\" NotOnOrAfter=\"2023",
            "<saml:Conditions NotBefore=\"2023-11-14T22:13:20Z\" NotOnOrAfter=\"2022",
            "it has expired",
        ),
        ("Data NotOnOrAfter=\"2023", "Data NotOnOrAfter=\"2022", "it has expired"),
        ("NotBefore=\"2023-11-14T22:13:20Z\"", "NotBefore=\"soon\"", "it has a time that is none"),
        ("Data NotOnOrAfter=\"2023-11-14T22:18:20Z\" Rec", "Data Rec", "nobody may just bear it"),
        (&format!(" Recipient=\"{RECIPIENT}\""), "", "nobody may just bear it"),
        ("cm:bearer", "cm:holder-of-key", "nobody may just bear it"),
        ("Version=\"2.0\"", "Version=\"1.1\"", "it lacks what SAML 2.0 asks for"),
        (">ann<", "><", "it lacks what SAML 2.0 asks for"),
        (
            "<saml:AudienceRestriction>",
            "<saml:Other></saml:Other><saml:AudienceRestriction>",
            "it has a condition that is not known here",
        ),
    ] {
        let other = element.replacen(from, to, 1);
        assert_ne!(other, element, "{from}");
        refused(&provider, &provider.sign(&other, "_a"), Refusal::Signed(why));
    }
    let email = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress";
    let other = element.replace("urn:oasis:names:tc:SAML:2.0:nameid-format:persistent", email);
    let read = read(&provider, &provider.sign(&other, "_a"), NOW).unwrap();
    assert_eq!(read.subject_type, email);
}

#[test]
fn what_is_no_assertion_is_refused_without_a_look_at_keys() {
    let provider = Provider::new();
    let good = provider.sign(&assertion("_a", "ann"), "_a");
    for bad in [
        String::new(),
        "<a/>".to_owned(),
        format!("<!DOCTYPE x>{good}"),
        format!("<!DOCTYPE x [<!ENTITY e \"ann\">]>{}", good.replace(">ann<", ">&e;<")),
        format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000)),
        unsigned_response(&format!("{}{}{good}", "<a>".repeat(40), "</a>".repeat(40))),
        format!("{good}{}", " ".repeat(256 << 10)),
        good.replace("<saml:Subject>", &format!("<saml:Subject {}>", many_attributes(65))),
    ] {
        refused(&provider, &bad, Refusal::Unreadable);
    }
    assert_eq!(verify("%", Some(&provider.metadata()), NOW).map(|_| ()), Err(Refusal::Unreadable));
}

#[test]
fn long_documents_do_not_take_long() {
    let provider = Provider::new();
    let good = provider.sign(&assertion("_a", "ann"), "_a");
    let namespaces: Vec<String> =
        (0..8_000).map(|number| format!("xmlns:a{number}=\"urn:{number}\"")).collect();
    for bad in [
        good.replace("<saml:Subject>", &format!("<saml:Subject {}>", many_attributes(20_000))),
        good.replace("<saml:Subject>", &format!("<saml:Subject {}>", namespaces.join(" "))),
    ] {
        refused(&provider, &bad, Refusal::Unreadable);
    }
    let list = format!(
        "<InclusiveNamespaces xmlns=\"http://www.w3.org/2001/10/xml-exc-c14n#\" PrefixList=\"{}\"/>",
        "a ".repeat(33)
    );
    let method = "xml-exc-c14n#\"></ds:CanonicalizationMethod>";
    let listed = format!("xml-exc-c14n#\">{list}</ds:CanonicalizationMethod>");
    let long = good.replace(method, &listed);
    assert_ne!(long, good);
    refused(&provider, &long, Refusal::Unverified);
    let wide = good.replace("<saml:Subject>", &format!("{}<saml:Subject>", "<a/>".repeat(10_000)));
    refused(&provider, &wide, Refusal::Unreadable);
}

#[test]
fn a_canonical_form_has_little_to_compare() {
    let provider = Provider::new();
    let element = assertion("_a", "ann");
    // Each element is compared with the namespaces that hold there, and `SignedInfo` is written before a
    // key is tried. With good signatures it is the bound that refuses, and not the key.
    let inclusive = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315\"></ds:Can";
    let exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#\"></ds:Can";
    let with = |form: &str, more: usize| {
        provider.sign_with(&element, "_a", |info| {
            let end = format!("{}</ds:SignedInfo>", "<ds:x></ds:x>".repeat(more));
            let info = info.replacen(exclusive, form, 1).replacen("</ds:SignedInfo>", &end, 1);
            // An inclusive form has every namespace that holds there.
            let start = "xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"";
            let all = format!("{start} xmlns:saml=\"{}\"", space::ASSERTION);
            if form == inclusive { info.replacen(start, &all, 1) } else { info }
        })
    };
    for form in [exclusive, inclusive] {
        assert!(read(&provider, &with(form, 7), NOW).is_ok(), "{form}");
        refused(&provider, &with(form, 8), Refusal::Unverified);
    }
    let nested = |count: usize| {
        let start = |number: usize| format!("<a xmlns:n{number}=\"urn:n\">");
        let starts: String = (0..count).map(start).collect();
        let flat = (0..count).map(|number| format!(" xmlns:m{number}=\"urn:m\""));
        let flat = format!("<b{}></b>", flat.collect::<String>());
        format!("<r>{}{}{}</r>", &starts, flat, "</a>".repeat(count))
    };
    assert!(xml::parse(&nested(16)).is_some());
    assert!(xml::parse(&nested(17)).is_none(), "more hold at once");
    let side_by_side = |count: usize| format!("<r>{}</r>", "<a xmlns:n=\"\"/>".repeat(count));
    assert!(xml::parse(&side_by_side(2_049).replace("\"\"", "\"urn:n\"")).is_none());
    assert!(xml::parse(&side_by_side(2_048).replace("\"\"", "\"urn:n\"")).is_some());
    let elements = |count: usize| format!("<r>{}</r>", "<a/>".repeat(count));
    assert!(xml::parse(&elements(8_190)).is_some());
    assert!(xml::parse(&elements(8_191)).is_none());
}

#[test]
fn names_are_taken_letter_by_letter() {
    let provider = Provider::new();
    for blank in ["\u{a0}", " ", "\n", "\u{2003}"] {
        let subject = format!("ann{blank}");
        let good = provider.sign(&assertion("_a", &subject), "_a");
        assert_eq!(read(&provider, &good, NOW).unwrap().subject, subject);
        let other = assertion("_a", "ann").replace(ISSUER, &format!("{ISSUER}{blank}"));
        let why = Refusal::Signed("it is from another issuer");
        refused(&provider, &provider.sign(&other, "_a"), why);
    }
    let named = metadata(&provider.certificate).replace(ISSUER, &format!("{ISSUER}\u{a0}"));
    let named = Metadata::read(&STANDARD.encode(named)).unwrap();
    let good = STANDARD.encode(provider.sign(&assertion("_a", "ann"), "_a"));
    let why = Refusal::Signed("it is from another issuer");
    assert_eq!(verify(&good, Some(&named), NOW).map(|_| ()), Err(why));
}

fn many_attributes(count: usize) -> String {
    let all: Vec<String> = (0..count).map(|number| format!("a{number}=\"\"")).collect();
    all.join(" ")
}

#[test]
fn metadata_has_a_name_and_a_key_to_sign_with() {
    let certificate = Provider::new().certificate;
    let good = metadata(&certificate);
    assert!(Metadata::read(&STANDARD.encode(&good)).is_ok());
    let signing = good.replace("<KeyDescriptor>", "<KeyDescriptor use=\"signing\">");
    assert!(Metadata::read(&STANDARD.encode(signing)).is_ok());
    for (bad, why) in [
        (String::new(), "EntityDescriptor"),
        ("<EntityDescriptor/>".to_owned(), "EntityDescriptor"),
        (format!("<!DOCTYPE x>{good}"), "EntityDescriptor"),
        (good.replace("entityID", "entity"), "entityID"),
        (good.replace(&certificate, "AAAA"), "certificate"),
        (good.replace("<KeyDescriptor>", "<KeyDescriptor use=\"encryption\">"), "certificate"),
        (good.replace("IDPSSO", "SPSSO"), "certificate"),
    ] {
        let said = Metadata::read(&STANDARD.encode(&bad)).unwrap_err();
        assert!(said.contains(why), "{bad}: {said}");
    }
    assert!(Metadata::read("%").is_err());
}
