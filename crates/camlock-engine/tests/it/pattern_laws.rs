//! What patterns match, asked through the door: one statement, one request, one decision.

use camlock_engine::CompiledLayers;
use camlock_policy::{
    ActionPattern, Condition, ConditionKey, Decision, Deployment, Effect, Operator, Policy,
    PolicyKind, PolicyLayers, RawValue, Request, ResourcePattern, Statement,
};
use globset::GlobBuilder;

/// Whether `pattern` matches the whole of `text`, where `*` is any run of characters: by trying every
/// length of every run, remembered in a table.
pub(crate) fn naive(pattern: &str, text: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    // reached[n]: the pattern so far matches the first n characters.
    let mut reached = vec![false; text.len() + 1];
    reached[0] = true;
    for p in pattern.chars() {
        let mut next = vec![false; text.len() + 1];
        for at in 0..=text.len() {
            next[at] = if p == '*' {
                reached[at] || (at > 0 && next[at - 1])
            } else {
                at > 0 && reached[at - 1] && text[at - 1] == p
            };
        }
        reached = next;
    }
    reached[text.len()]
}

/// The same by `globset`, with `/` an ordinary character and every special character but `*` quoted.
fn by_globset(pattern: &str, text: &str) -> bool {
    let mut quoted = String::new();
    for c in pattern.chars() {
        if matches!(c, '?' | '[' | ']' | '{' | '}' | '!' | '\\' | ',') {
            quoted.push('\\');
        }
        // Two stars in a row mean directories there, and here no more than one.
        if c != '*' || !quoted.ends_with('*') || quoted.ends_with("\\*") {
            quoted.push(c);
        }
    }
    let glob = GlobBuilder::new(&quoted).literal_separator(false).backslash_escape(true).build();
    let glob = glob.unwrap_or_else(|error| panic!("{quoted:?}: {error}"));
    glob.compile_matcher().is_match(text)
}

fn allowed(statement: Statement, request: &Request) -> bool {
    let mut layers = PolicyLayers::default();
    layers.push(Policy::new(PolicyKind::Identity, vec![statement]).expect("a whole policy"), 0);
    let outcome = CompiledLayers::new(&layers).decide(request, &Deployment::default());
    assert!(!outcome.indeterminate, "nothing here is unknown: {outcome:?}");
    outcome.decision == Decision::Allow
}

/// The last segment of a resource matches what a naive matcher and `globset` match.
pub(crate) fn last_segments_match(pattern: &str, text: &str) {
    let resource = ResourcePattern::parse(&format!("qcs::cvm:::{pattern}"));
    let request = Request::builder()
        .principal("qcs::cam::uin/1:uin/2")
        .action("cvm:Run")
        .resource(&format!("qcs::cvm:::{text}"))
        .build();
    // Variables and empty segments are other laws' business.
    let (Ok(resource), Ok(request), false) = (resource, request, pattern.contains("${")) else {
        return;
    };
    let statement = Statement::new(Effect::Allow).with_action(ActionPattern::Any);
    let engine = allowed(statement.with_resource(resource), &request);
    // `*/*` means every resource [RES-16].
    let parts: Vec<&str> = pattern.split('/').collect();
    let stars = |part: &&str| !part.is_empty() && part.bytes().all(|b| b == b'*');
    let every = parts.len() <= 2 && parts.iter().all(stars);
    let expected = every || naive(pattern, text);
    assert_eq!(engine, expected, "pattern {pattern:?} and text {text:?}");
    if !every {
        assert_eq!(engine, by_globset(pattern, text), "globset: {pattern:?} and text {text:?}");
    }
}

/// The operation of an action matches likewise.
pub(crate) fn operations_match(pattern: &str, text: &str) {
    let action = ActionPattern::parse(&format!("cvm:{pattern}"));
    let request = Request::builder()
        .principal("qcs::cam::uin/1:uin/2")
        .action(&format!("cvm:{text}"))
        .resource("*")
        .build();
    let (Ok(action), Ok(request)) = (action, request) else { return };
    let statement = Statement::new(Effect::Allow).with_resource(ResourcePattern::Any);
    let engine = allowed(statement.with_action(action), &request);
    assert_eq!(engine, naive(pattern, text), "pattern {pattern:?} and text {text:?}");
    assert_eq!(engine, by_globset(pattern, text), "globset: {pattern:?} and text {text:?}");
}

/// `string_like` matches likewise, and its negation is the opposite.
pub(crate) fn string_like_matches(pattern: &str, text: &str) {
    if pattern.contains("${") {
        return;
    }
    let request = Request::builder()
        .principal("qcs::cam::uin/1:uin/2")
        .action("cvm:Run")
        .resource("*")
        .context("x:text", text)
        .build();
    let (Ok(request), Ok(key)) = (request, ConditionKey::parse("x:text")) else { return };
    for (name, negated) in [("string_like", false), ("string_not_like", true)] {
        let operator = Operator::parse(name).expect("an operator of the table");
        let condition = Condition::new(operator, key.clone(), &[RawValue::Text(pattern)]);
        // Stars inside the text are refused [CND-17].
        let Ok(condition) = condition else { return };
        let statement = Statement::new(Effect::Allow)
            .with_action(ActionPattern::Any)
            .with_resource(ResourcePattern::Any)
            .with_condition(condition);
        let engine = allowed(statement, &request) != negated;
        assert_eq!(engine, naive(pattern, text), "{name} {pattern:?} and text {text:?}");
        assert_eq!(engine, by_globset(pattern, text), "{name} by globset {pattern:?} {text:?}");
    }
}
