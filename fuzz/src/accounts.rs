//! Accounts and requests from any bytes.

use arbitrary::{Result, Unstructured};
use camlock_directory::{Account, Authorizer};
use camlock_policy::Request;
use camlock_wire::WireRequest;

/// Any text is an account or has at least one fault, each with a place in its text.
pub(crate) fn account_or_faults(text: &str) {
    let account = match Account::from_json(text) {
        Ok(account) => account,
        Err(error) => {
            assert!(!error.findings().is_empty(), "no fault in {text:?}");
            for finding in error.findings() {
                let span = finding.diagnostic.span;
                let own = finding.source.text();
                let slice = own.get(span.start as usize..span.end as usize);
                assert!(slice.is_some(), "{span:?} is not inside {own:?}: {finding:?}");
            }
            return;
        }
    };
    let authorizer = Authorizer::new(account);
    for principal in
        ["qcs::cam::uin/1:root", "qcs::cam::uin/1:uin/11", "qcs::cam::uin/1:roleName/ops", "*"]
    {
        let request = Request::builder()
            .principal(principal)
            .action("cos:GetObject")
            .resource("qcs::cos:ap-guangzhou:uid/1250000001:b-1250000001/a")
            .build();
        let Ok(request) = request else { continue };
        let decided = authorizer.decide(&request);
        let explained = authorizer.explain(&request, None).map(|explanation| explanation.outcome);
        assert_eq!(decided.is_ok(), explained.is_ok());
        if let (Ok(decided), Ok(explained)) = (decided, explained) {
            assert_eq!(decided, explained);
        }
    }
}

const VALID: &str = include_str!("../seeds/account/whole.json");
const PARTS: [&str; 22] = [
    "null",
    "\"\"",
    "0",
    "[]",
    "{}",
    "true",
    "\"7\"",
    "7",
    "\"*\"",
    ",",
    ":",
    "{",
    "}",
    "[",
    "]",
    "\"uin\"",
    "\"policies\"",
    "\"document\"",
    "\"trust\"",
    "\"qcs::cos:::b/*\"",
    "\"2.0\"",
    "-1",
];

/// A valid account file with parts left out, doubled, or replaced by others is survived.
pub(crate) fn mutations_are_survived(data: &[u8]) {
    if let Ok(text) = mutated(&mut Unstructured::new(data)) {
        account_or_faults(&text);
    }
}

fn mutated(u: &mut Unstructured<'_>) -> Result<String> {
    let tokens: Vec<&str> = camlock_syntax::json::tokens(VALID)
        .map(|token| &VALID[token.span.start as usize..token.span.end as usize])
        .collect();
    let mut text = tokens.clone();
    for _ in 0..u.int_in_range(1..=4)? {
        let at = u.int_in_range(0..=text.len() - 1)?;
        match u.int_in_range(0..=3)? {
            0 => text[at] = "",
            1 => text.insert(at, u.choose(&tokens)?),
            2 => text[at] = u.choose(&PARTS)?,
            _ => {
                let other = u.int_in_range(0..=text.len() - 1)?;
                text.swap(at, other);
            }
        }
    }
    Ok(text.concat())
}

/// Any text is a request, or a refusal with a code.
pub(crate) fn request_or_refusal(text: &str) {
    let id = WireRequest::id_of(text);
    match WireRequest::parse(text) {
        Ok(wire) => {
            assert_eq!(wire.id, id, "{text:?}");
            assert!(!wire.request.resources().is_empty());
        }
        Err(error) => assert!(error.code().starts_with("CAM"), "{error:?}"),
    }
}
