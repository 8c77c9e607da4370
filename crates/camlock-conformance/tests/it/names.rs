//! Names at the borders of what the index looks up by: empty, deep, long, at the ends of the blocks of
//! the hash, and beyond ASCII. Engine and reference must answer alike.

use std::collections::BTreeMap;

use camlock_engine::CompiledLayers;
use camlock_policy::{
    ActionPattern, Condition, ConditionKey, Decision, Deployment, Effect, Operator, Policy,
    PolicyKind, PolicyLayers, RawValue, Request, ResourcePattern, Statement,
};

pub(crate) fn statement(effect: Effect, action: &str, resource: &str) -> Statement {
    Statement::new(effect)
        .with_action(ActionPattern::parse(action).expect("an action"))
        .with_resource(ResourcePattern::parse(resource).expect("a resource"))
}

pub(crate) fn condition(operator: &str, key: &str, values: &[&str]) -> Condition {
    let operator = Operator::parse(operator).expect("an operator");
    let values: Vec<RawValue<'_>> = values.iter().map(|value| RawValue::Text(value)).collect();
    Condition::new(operator, ConditionKey::parse(key).expect("a key"), &values).expect("values")
}

pub(crate) fn layers_of(statements: Vec<Statement>) -> PolicyLayers {
    let mut layers = PolicyLayers::default();
    layers.push(Policy::new(PolicyKind::Identity, statements).expect("a policy"), 0);
    layers
}

pub(crate) fn request(action: &str, resource: &str) -> Request {
    let builder = Request::builder().principal("qcs::cam::uin/1:uin/2").action(action);
    builder.resource(resource).build().expect("a request")
}

/// Puts every request to both evaluators; answers how often each decision came.
pub(crate) fn agree(
    layers: &PolicyLayers,
    requests: impl IntoIterator<Item = Request>,
) -> BTreeMap<&'static str, usize> {
    let (compiled, deployment) = (CompiledLayers::new(layers), Deployment::default());
    let mut decisions = BTreeMap::new();
    for request in requests {
        let engine = compiled.decide(&request, &deployment);
        let reference = camlock_reference::decide(&request, layers, &deployment);
        let (action, resources) = (request.action(), request.resources());
        assert_eq!(engine, reference, "{action} on {resources:?} with {:?}", request.context());
        assert_eq!(compiled.explain(&request, &deployment).outcome, engine);
        *decisions.entry(engine.decision.as_str()).or_default() += 1;
    }
    decisions
}

/// Every pattern alone with every text, then all allows with one pattern denied.
fn every_pattern_meets_every_text(patterns: &[String], texts: &[String]) {
    let name = |last: &String| format!("qcs::cvm:::{last}");
    let requests =
        || texts.iter().map(|text| request("cvm:Run", &name(text))).collect::<Vec<Request>>();
    let allow = |pattern: &String| statement(Effect::Allow, "cvm:Run", &name(pattern));
    let mut decisions = BTreeMap::new();
    let mut add = |more: BTreeMap<&'static str, usize>| {
        for (decision, count) in more {
            *decisions.entry(decision).or_insert(0) += count;
        }
    };
    for pattern in patterns {
        add(agree(&layers_of(vec![allow(pattern)]), requests()));
    }
    for denied in patterns.iter().step_by(7) {
        let mut all: Vec<Statement> = patterns.iter().map(allow).collect();
        all.push(statement(Effect::Deny, "*", &name(denied)));
        add(agree(&layers_of(all), requests()));
    }
    for decision in [Decision::Allow, Decision::ExplicitDeny, Decision::ImplicitDeny] {
        let count = decisions.get(decision.as_str()).copied();
        assert!(count.is_some_and(|count| count > 3), "{decision} in {decisions:?}");
    }
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().copied().map(str::to_owned).collect()
}

#[test]
fn paths_with_empty_parts_are_names_like_others() {
    let patterns = [
        "/", "/*", "//", "//*", "/a", "/a/", "/a/*", "a", "a/", "a/*", "a//", "a//*", "a//b", "*",
        "**", "*/", "/*/", "*//*", "/*a", "*a", "a*", "*/a/*", "*/*", "**/**", "*/**/*",
    ];
    let texts = ["/", "//", "///", "/a", "/a/", "/a/b", "a", "a/", "a//", "a//b", "b", "a/b/", "*"];
    every_pattern_meets_every_text(&owned(&patterns), &owned(&texts));
}

/// As deep as any list of directories that a request may keep, and one more and one less.
#[test]
fn directories_count_at_every_depth() {
    let depths = [1, 5, 6, 7, 15, 16, 17, 63, 64, 65, 130];
    let deep = |depth: usize| "d/".repeat(depth);
    let patterns: Vec<String> = depths
        .iter()
        .flat_map(|depth| [deep(*depth) + "*", deep(*depth) + "x", deep(*depth) + "*/y"])
        .collect();
    let texts: Vec<String> = depths
        .iter()
        .flat_map(|depth| [deep(*depth), deep(*depth) + "x", deep(*depth) + "e/y"])
        .chain(["d".to_owned(), "e/x".to_owned(), deep(131) + "x"])
        .collect();
    every_pattern_meets_every_text(&patterns, &texts);
}

/// A request keeps short names inside itself and hashes them in blocks of 16 bytes.
#[test]
fn names_of_every_length_around_a_block_are_told_apart() {
    let lengths = [1, 7, 8, 9, 15, 16, 17, 31, 32, 33, 47, 48, 49, 64];
    for shape in ["abcdefgh", "ab/cdefg", "/a/b/c/d", "éé/éa"] {
        let cut = |length: usize| -> String { shape.chars().cycle().take(length).collect() };
        let patterns: Vec<String> = lengths.iter().map(|length| cut(*length)).collect();
        let mut texts = patterns.clone();
        texts.extend(lengths.iter().map(|length| cut(length - 1) + "z"));
        texts.extend(lengths.iter().map(|length| format!("z{}", cut(*length))));
        let patterns: Vec<String> =
            patterns.into_iter().flat_map(|text| [text.clone() + "*", text]).collect();
        every_pattern_meets_every_text(&patterns, &texts);
    }
}

#[test]
fn letters_of_several_bytes_are_matched_whole() {
    let patterns = [
        "é",
        "é*",
        "*é",
        "*é*",
        "é/*",
        "é/中文/*",
        "中*",
        "*文",
        "中*文",
        "中文",
        "*中文*",
        "🦀*",
        "*🦀",
        "🦀*🦀",
        "e\u{301}*",
        "*\u{301}",
        "e*",
        "*文/é*/🦀",
        "\u{301}*",
        "é*é*é",
    ];
    let texts = [
        "é",
        "éé",
        "ééé",
        "e\u{301}",
        "e",
        "é/中文/a",
        "é/中文",
        "é/中/文",
        "中文",
        "中間文",
        "文",
        "中",
        "🦀",
        "🦀🦀",
        "🦀中🦀",
        "中文/éa/🦀",
        "a\u{301}",
        "\u{301}a",
        "ê",
        "乭",
    ];
    every_pattern_meets_every_text(&owned(&patterns), &owned(&texts));
}

#[test]
fn values_of_several_bytes_are_matched_whole() {
    let values = ["é", "é*", "*é", "中*", "*文", "*中*", "🦀", "e\u{301}", "*\u{301}"];
    let texts = ["é", "éa", "aé", "中文", "a中b", "文", "🦀", "e\u{301}", "ê", "e", ""];
    let mut allowed = 0;
    for value in values {
        let like = statement(Effect::Allow, "*", "*").with_condition(condition(
            "string_like",
            "x:text",
            &[value],
        ));
        let tag = statement(Effect::Allow, "*", "*").with_condition(condition(
            "string_equal",
            "qcs:resource_tag",
            &[&format!("é&{value}")],
        ));
        let requests = texts.iter().map(|text| {
            let builder = Request::builder().principal("qcs::cam::uin/1:uin/2").action("cvm:Run");
            let builder = builder.resource("*").context("x:text", *text);
            builder.context("qcs:resource_tag", format!("é&{text}")).build().expect("a request")
        });
        let requests: Vec<Request> = requests.collect();
        for statement in [like, tag] {
            let decisions = agree(&layers_of(vec![statement]), requests.iter().cloned());
            allowed += decisions.get("allow").copied().unwrap_or(0);
        }
    }
    assert!(allowed > 12, "only {allowed} were allowed");
}

/// Names as long as a request takes them, and patterns longer than any name. The reference would take
/// minutes; with one star at most the expectation is plain.
#[test]
fn names_longer_than_any_buffer_are_matched_to_the_end() {
    let longest = 65_536 - "qcs::cvm:::".len();
    let long = |end: &str| "a".repeat(longest - end.len()) + end;
    let patterns = [
        long(""),
        long("*"),
        long("b"),
        long("/*"),
        long("") + "a",
        long("") + "*",
        long("") + "a*",
        format!("*{}", "a".repeat(longest)),
        format!("*{}b", "a".repeat(40_000)),
        format!("{}*{}", "a".repeat(30_000), "a".repeat(30_000)),
        format!("{}*{}", "a".repeat(40_000), "a".repeat(40_000)),
        "*b".to_owned(),
        "a*".to_owned(),
        "a/".repeat(longest / 2 - 1) + "*",
    ];
    let texts =
        [long(""), long("b"), long("/b"), "a".repeat(longest - 1), "a/".repeat(longest / 2)];
    let name = |last: &String| format!("qcs::cvm:::{last}");
    let allow = |pattern: &String| statement(Effect::Allow, "cvm:Run", &name(pattern));
    let all = CompiledLayers::new(&layers_of(patterns.iter().map(allow).collect()));
    for text in &texts {
        let request = request("cvm:Run", &name(text));
        let mut first = None;
        for (number, pattern) in (0..).zip(&patterns) {
            let expected = pattern.split_once('*').map_or(pattern == text, |(start, end)| {
                let rest = text.strip_prefix(start);
                rest.is_some_and(|rest| rest.ends_with(end))
            });
            let alone = CompiledLayers::new(&layers_of(vec![allow(pattern)]));
            let allowed = alone.decide(&request, &Deployment::default()).is_allowed();
            assert_eq!(allowed, expected, "pattern {number} and {} bytes", text.len());
            first = first.or(expected.then_some(number));
        }
        let statements = all.decide(&request, &Deployment::default()).statements;
        assert_eq!(statements[0].map(|id| id.index), first, "{} bytes", text.len());
    }
}

/// Variables whose text, written out, is longer than what is matched without a heap.
#[test]
fn variables_with_long_values_are_written_out() {
    for length in [1, 40, 300, 700] {
        variables_of_length(length);
    }
}

/// Longer than the room on the stack, too long for the reference; the expectation is plain.
#[test]
fn variables_with_values_longer_than_any_room_are_written_out() {
    let user = "7".repeat(20_000);
    let allow = statement(Effect::Allow, "*", "qcs::cvm:::*a${uin}b*");
    let compiled = CompiledLayers::new(&layers_of(vec![allow]));
    for (last, expected) in [
        (format!("xa{user}b"), true),
        (format!("xa{user}ba{user}b"), true),
        (format!("xa{user}7b"), false),
        (format!("xa{user}"), false),
        ("xa7b".to_owned(), false),
    ] {
        let builder = Request::builder().principal(&format!("qcs::cam::uin/1:uin/{user}"));
        let builder = builder.action("cvm:Run").resource(&format!("qcs::cvm:::{last}"));
        let request = builder.build().expect("a request");
        let outcome = compiled.decide(&request, &Deployment::default());
        assert_eq!(outcome.is_allowed(), expected, "{} bytes", last.len());
    }
}

fn variables_of_length(length: usize) {
    let user = "7".repeat(length);
    let name = |last: &str| format!("qcs::cvm:::{last}");
    let patterns = ["*${uin}x*", "*a${uin}*", "${uin}/*", "*${uin}${uin}*", "*x*${uin}"];
    let statements = patterns.map(|last| statement(Effect::Allow, "*", &name(last)));
    let texts = [
        format!("{user}/x"),
        format!("b{user}x/y"),
        format!("aa{user}b"),
        format!("x/{user}"),
        format!("b{user}{user}b"),
        format!("b{}b", "7".repeat(length - 1)),
        "b".to_owned(),
    ];
    for statement in statements {
        let requests = texts.iter().map(|text| {
            let builder = Request::builder().principal(&format!("qcs::cam::uin/1:uin/{user}"));
            builder.action("cvm:Run").resource(&name(text)).build().expect("a request")
        });
        let decisions = agree(&layers_of(vec![statement]), requests);
        assert_eq!(decisions.len(), 2, "{decisions:?}");
    }
}
