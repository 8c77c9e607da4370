//! Assertions: what is signed, whether it holds now, and what it says.

use super::metadata::Metadata;
use super::signature::covered;
use super::space::{ASSERTION, PROTOCOL, SIGNATURE};
use super::xml::{Node, decode, parse};
use crate::when;

/// Clocks of provider and server may be so many seconds apart.
const LEEWAY: i64 = 60;

const SUCCESS: &str = "urn:oasis:names:tc:SAML:2.0:status:Success";
const BEARER: &str = "urn:oasis:names:tc:SAML:2.0:cm:bearer";
const UNSPECIFIED: &str = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified";

/// The facts that trust policies may ask for, and what tells one assertion from another.
#[derive(Debug)]
pub(crate) struct Vouched {
    /// Unique for its issuer.
    pub(crate) id: String,
    pub(crate) issuer: String,
    /// Where the assertion was sent: what CAM calls its audience.
    pub(crate) recipient: String,
    pub(crate) subject: String,
    /// `persistent`, `transient`, or the whole name of another format.
    pub(crate) subject_type: String,
    /// When nobody accepts it any longer, in seconds since 1970.
    pub(crate) until: i64,
}

/// Why an assertion is not believed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Refusal {
    /// It is none, whoever signed it.
    Unreadable,
    /// The provider did not sign it as it has to be.
    Unverified,
    /// The provider signed it, and it does not hold: the end of a sentence.
    Signed(&'static str),
}

/// Believes a response or an assertion in base64 that a provider signed and that holds at `now`.
///
/// Without a provider it is refused as if somebody else had signed it, and read as far.
pub(crate) fn verify(
    base64: &str,
    metadata: Option<&Metadata>,
    now: i64,
) -> Result<Vouched, Refusal> {
    let text = decode(base64).and_then(|bytes| String::from_utf8(bytes).ok());
    let text = text.ok_or(Refusal::Unreadable)?;
    let document = parse(&text).ok_or(Refusal::Unreadable)?;
    let root = Node::root(&document).ok_or(Refusal::Unreadable)?;
    let assertion = the_assertion(root).ok_or(Refusal::Unreadable)?;
    let metadata = metadata.ok_or(Refusal::Unverified)?;
    let signed = signed(root, assertion, metadata).ok_or(Refusal::Unverified)?;
    // From here on the document that came is not looked at any more.
    let document = parse(&signed).ok_or(Refusal::Unverified)?;
    let root = Node::root(&document).ok_or(Refusal::Unverified)?;
    let assertion = the_assertion(root).ok_or(Refusal::Unverified)?;
    read(assertion, metadata, now).map_err(Refusal::Signed)
}

/// The one assertion of a document: it is the root, or right under a response of success.
fn the_assertion<'d, 'a>(root: Node<'d, 'a>) -> Option<Node<'d, 'a>> {
    let all = root.all();
    let named = |name| all.iter().filter(move |node| node.is(ASSERTION, name)).count();
    if named("Assertion") != 1 || named("EncryptedAssertion") != 0 {
        return None;
    }
    let mut ids: Vec<&str> = all.iter().flat_map(|node| node.ids()).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    if ids.len() != count {
        return None;
    }
    if root.is(ASSERTION, "Assertion") {
        return Some(root);
    }
    let status = root.only(PROTOCOL, "Status")?.only(PROTOCOL, "StatusCode")?;
    let succeeded = status.attribute("Value") == Some(SUCCESS);
    let response = root.is(PROTOCOL, "Response") && succeeded;
    root.only(ASSERTION, "Assertion").filter(|_| response)
}

/// The bytes of the assertion that are signed, alone or with the response around it.
fn signed(root: Node<'_, '_>, assertion: Node<'_, '_>, metadata: &Metadata) -> Option<String> {
    let has = |node: Node<'_, '_>| node.named(SIGNATURE, "Signature").count();
    let (of_root, of_assertion) = (has(root), has(assertion));
    let all = root.all().iter().filter(|node| node.is(SIGNATURE, "Signature")).count();
    let placed = if root.id == assertion.id { of_root } else { of_root + of_assertion };
    if all != placed {
        return None;
    }
    // Where both are signed, both have to be good.
    let whole = if of_root > 0 { Some(covered(root, &metadata.keys)?) } else { None };
    if of_assertion > 0 { covered(assertion, &metadata.keys) } else { whole }
}

fn read(assertion: Node<'_, '_>, metadata: &Metadata, now: i64) -> Result<Vouched, &'static str> {
    const BARE: &str = "it lacks what SAML 2.0 asks for";
    let text = |node: Option<Node<'_, '_>>| node?.text().filter(|text| !text.is_empty());
    if assertion.attribute("Version") != Some("2.0") {
        return Err(BARE);
    }
    let id = assertion.attribute("ID").filter(|id| !id.is_empty()).ok_or(BARE)?.to_owned();
    let issuer = text(assertion.only(ASSERTION, "Issuer")).ok_or(BARE)?;
    if issuer != metadata.issuer {
        return Err("it is from another issuer");
    }
    let mut until = i64::MAX;
    for conditions in assertion.named(ASSERTION, "Conditions") {
        const KNOWN: [&str; 3] = ["AudienceRestriction", "OneTimeUse", "ProxyRestriction"];
        let known = |child: Node<'_, '_>| KNOWN.iter().any(|name| child.is(ASSERTION, name));
        if !conditions.children().all(known) {
            return Err("it has a condition that is not known here");
        }
        until = until.min(end(conditions, now)?);
    }
    let subject = assertion.only(ASSERTION, "Subject").ok_or(BARE)?;
    let name = subject.only(ASSERTION, "NameID").ok_or(BARE)?;
    let format = name.attribute("Format").unwrap_or(UNSPECIFIED);
    let short = format.strip_prefix("urn:oasis:names:tc:SAML:2.0:nameid-format:");
    let short = short.filter(|short| matches!(*short, "persistent" | "transient"));
    let (recipient, confirmed) = confirmation(subject, now)?;
    Ok(Vouched {
        id,
        issuer,
        recipient,
        subject: text(Some(name)).ok_or(BARE)?,
        subject_type: short.unwrap_or(format).to_owned(),
        until: until.min(confirmed),
    })
}

/// Where whoever bears the assertion may show it, and until when.
fn confirmation(subject: Node<'_, '_>, now: i64) -> Result<(String, i64), &'static str> {
    let mut why = "nobody may just bear it";
    for confirmation in subject.named(ASSERTION, "SubjectConfirmation") {
        if confirmation.attribute("Method") != Some(BEARER) {
            continue;
        }
        let data = confirmation.only(ASSERTION, "SubjectConfirmationData");
        let recipient = data.and_then(|data| data.attribute("Recipient"));
        let (Some(data), Some(recipient)) = (data, recipient) else { continue };
        if data.attribute("NotOnOrAfter").is_none() {
            continue;
        }
        match end(data, now) {
            Ok(until) => return Ok((recipient.to_owned(), until)),
            Err(stale) => why = stale,
        }
    }
    Err(why)
}

/// When an element that holds now is over.
fn end(node: Node<'_, '_>, now: i64) -> Result<i64, &'static str> {
    let time = |name| match node.attribute(name) {
        None => Ok(None),
        Some(text) => when::parse(text).map(Some).ok_or("it has a time that is none"),
    };
    if time("NotBefore")?.is_some_and(|start| start.saturating_sub(LEEWAY) > now) {
        return Err("it does not hold yet");
    }
    let end = time("NotOnOrAfter")?.map_or(i64::MAX, |end| end.saturating_add(LEEWAY));
    if end <= now { Err("it has expired") } else { Ok(end) }
}
