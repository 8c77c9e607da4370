//! What the fuzz targets check: one documented function a target, which panics where its property
//! does not hold.
//!
//! The laws themselves stand beside the bounded tests that check them too; here is only how bytes
//! become their arguments.

mod accounts;
mod names;

#[path = "../../crates/camlock-extract/tests/it/laws.rs"]
mod embedded;

#[path = "../../crates/camlock-syntax/tests/it/laws.rs"]
mod texts;

#[path = "../../crates/camlock-cam/tests/it/laws.rs"]
mod calls;
#[path = "../../crates/camlock-conformance/tests/it/crowd.rs"]
mod crowd;
#[path = "../../crates/camlock-conformance/tests/it/hostile.rs"]
mod hostile;
#[path = "../../crates/camlock-conformance/tests/it/laws.rs"]
mod laws;
#[path = "../../crates/camlock-lint/tests/it/laws.rs"]
mod lint_laws;
#[path = "../../crates/camlock-lint/tests/it/near.rs"]
mod near;
#[path = "../../crates/camlock-lint/tests/it/spelt.rs"]
mod spelt;
#[path = "../../crates/camlock-lsp/tests/it/laws.rs"]
mod sessions;
#[path = "../../crates/camlock-engine/tests/it/pattern_laws.rs"]
mod pattern_laws;
#[path = "../../crates/camlock-serve/tests/it/laws.rs"]
mod records;
#[path = "../../crates/camlock-conformance/tests/it/situation.rs"]
mod situation;

use arbitrary::{Arbitrary, Unstructured};
use camlock_policy::PolicyKind;

use situation::Situation;

/// The spans of the tokens tile the text, every fault has a place inside it, nothing panics; layout is
/// stable, and spans inside strings decode to what they stand for.
pub fn json_tiles(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    texts::tokens_tile_the_text(&text);
    texts::layout_is_stable(&text);
    texts::spans_decode_to_their_text(&text);
}

/// A text is accepted exactly when `serde_json` accepts it, as the same tree; limits and names given
/// twice aside.
pub fn json_vs_serde(data: &[u8]) {
    texts::accepts_what_serde_json_accepts(&String::from_utf8_lossy(data));
}

/// Any bytes as any kind are a policy or have at least one error, never both, never neither; and a
/// policy survives printing and layout.
pub fn parse_policy(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    for kind in PolicyKind::ALL {
        texts::policy_or_errors(&text, kind);
    }
}

/// Any bytes as any kind, alone and in a list: the way without tree and spans answers what the other
/// one answers, and only where that one has nothing to report.
pub fn fast_vs_lossless(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    for kind in PolicyKind::ALL {
        texts::both_ways_agree(&text, kind);
        texts::documents_in_a_list_agree(&format!("[{text} , {text}]"), kind);
    }
}

/// No name, pattern, operator or value panics, and each that parses prints to what parses to an equal
/// one.
pub fn names(data: &[u8]) {
    names::survive_printing(&String::from_utf8_lossy(data));
}

/// Patterns match what a naive matcher and `globset` match: in operations, last segments and
/// `string_like`.
pub fn patterns(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let Some((pattern, text)) = text.split_once('\n') else { return };
    pattern_laws::last_segments_match(pattern, text);
    pattern_laws::operations_match(pattern, text);
    pattern_laws::string_like_matches(pattern, text);
}

/// Engine and reference answer the same outcome, to the last field, and the explanation has it too.
pub fn engine_vs_reference(data: &[u8]) {
    if let Some((situation, _)) = situation(data) {
        laws::engine_is_the_reference(&situation);
        // Printing takes longer than deciding; one policy a situation is enough of it.
        if let Some((policy, _)) = situation.policies.first() {
            laws::print_and_parse_are_inverse(policy);
        }
    }
}

/// The same for policies of hundreds of statements, mixed or all of one hostile shape, which make the
/// index split its lists, and for sets that were edited and selections of them.
pub fn crowd_vs_reference(data: &[u8]) {
    let mut u = Unstructured::new(data);
    let situation = if u.arbitrary().unwrap_or(false) {
        hostile::Hostile::arbitrary(&mut u).map(|hostile| hostile.situation)
    } else {
        crowd::Crowd::arbitrary(&mut u).map(|crowd| crowd.0)
    };
    if let Ok(situation) = situation {
        laws::engine_is_the_reference(&situation);
        laws::edits_equal_a_build(&situation, &mut u);
    }
}

/// The order of policies and statements does not change the decision.
pub fn order_independent(data: &[u8]) {
    if let Some((situation, mut rest)) = situation(data) {
        laws::order_says_nothing(&situation, &mut rest);
    }
}

/// A deny more never grants, an allow more never denies.
pub fn deny_monotone(data: &[u8]) {
    if let Some((situation, mut rest)) = situation(data) {
        laws::statements_are_monotone(&situation, &mut rest);
    }
}

/// Any bytes are an account or have a fault, and a mutated account file is one of both without a panic;
/// each fault has a place in its text.
pub fn account(data: &[u8]) {
    accounts::account_or_faults(&String::from_utf8_lossy(data));
    accounts::mutations_are_survived(data);
}

/// Any bytes are a request or a coded refusal; the id of a request is found where there is one.
pub fn request(data: &[u8]) {
    accounts::request_or_refusal(&String::from_utf8_lossy(data));
}

/// Any header, body and query is answered by the local CAM, with members or a coded error.
pub fn api_call(data: &[u8]) {
    calls::any_call_is_answered(data);
}

/// No `Authorization` header panics; a signed one is accepted for what was signed, and for nothing else.
pub fn authorization_header(data: &[u8]) {
    calls::signatures_hold_what_they_cover(data);
}

/// Whatever a call says and comes to, its audit record is JSON on one line, without secrets.
pub fn audit_record(data: &[u8]) {
    records::a_record_is_one_line_without_secrets(data);
}

/// Safe repairs of a policy, each alone and all together, keep the decision on requests made from the
/// strings of both, change nothing but what they edit, and come to an end; narrowing repairs never allow
/// more.
pub fn safe_fix(data: &[u8]) {
    lint_laws::repairs_keep_their_promise(&mut Unstructured::new(data));
}

/// Any bytes are linted as any kind without a panic; the places of findings are in the text, and their
/// number is bounded.
pub fn lint_any(data: &[u8]) {
    lint_laws::any_text_is_linted(&String::from_utf8_lossy(data));
}

fn situation(data: &[u8]) -> Option<(Situation, Unstructured<'_>)> {
    let mut u = Unstructured::new(data);
    let situation = Situation::arbitrary(&mut u).ok()?;
    Some((situation, u))
}

/// Any bytes in a file of any form: every document found has all of its places in the file.
pub fn extract_any(data: &[u8]) {
    let Some((form, text)) = data.split_first() else { return };
    embedded::places_are_in_the_file(usize::from(*form), &String::from_utf8_lossy(text));
}

/// Any changes of parts of any text leave the text and the findings that the whole text has, every
/// question has an answer at every place; any bytes over a stream and any message are survived.
pub fn lsp_session(data: &[u8]) {
    sessions::any_bytes_are_survived(data);
    let mut bytes = Unstructured::new(data);
    let Ok((start, changes, together, utf8, asked)) =
        <(&str, Vec<(u16, u16, &str)>, bool, bool, [u16; 4])>::arbitrary(&mut bytes)
    else {
        return;
    };
    let changes: Vec<sessions::Change<'_>> = changes
        .into_iter()
        .take(16)
        .map(|(from, to, new)| (usize::from(from), usize::from(to), new))
        .collect();
    sessions::parts_and_wholes_are_the_same(start, &changes, together, utf8, &asked.map(usize::from));
    if let Ok(params) = serde_json::from_str(start) {
        for method in ["initialize", "textDocument/didChange", "textDocument/codeAction"] {
            sessions::any_message_is_survived(method, &params);
        }
    }
}
