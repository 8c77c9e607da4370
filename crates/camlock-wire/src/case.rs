//! Conformance cases: policies, a request, and what must come of them.

use std::fmt;
use std::io::Read;

use camlock_policy::{Outcome, Policy, PolicyKind, PolicyLayers, Request};
use camlock_syntax::parse;
use serde::de::{DeserializeSeed, Deserializer, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::{WireError, WireRequest};

/// One case of a conformance file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::exhaustive_structs, reason = "the members of the JSON form")]
pub struct Case {
    /// Unique name.
    pub id: String,
    /// The rules that decide the case.
    #[serde(default)]
    pub rule_ids: Vec<String>,
    /// The policies, all attached where their kind belongs.
    pub policies: Vec<CasePolicy>,
    /// The request, in the form of [`WireRequest`].
    pub request: Box<RawValue>,
    /// What must come of it.
    pub expect: Expectation,
    /// For a parse error: CAM's code of the first fault.
    #[serde(default)]
    pub expect_error_code: Option<String>,
    /// One sentence on the reason.
    #[serde(default)]
    pub why: String,
}

/// One policy of a case.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::exhaustive_structs, reason = "the members of the JSON form")]
pub struct CasePolicy {
    /// The kind: `identity`, `resource`, `boundary`, `session`, `scp` or `trust`.
    pub kind: String,
    /// The document as a JSON value.
    #[serde(default)]
    pub document: Option<Box<RawValue>>,
    /// The exact text of the document, where JSON details matter.
    #[serde(default)]
    pub raw: Option<String>,
    /// For service control policies: 0 is the account of the resource.
    #[serde(default)]
    pub level: usize,
}

/// What a case expects, or got.
#[expect(clippy::exhaustive_enums, reason = "the words of the JSON form")]
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Expectation {
    /// Allowed.
    Allow,
    /// Refused by a statement.
    ExplicitDeny,
    /// Granted by nothing.
    ImplicitDeny,
    /// A policy does not parse, so nothing is decided [EVL-22].
    ParseError,
}

impl Expectation {
    /// The word of the JSON form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::ExplicitDeny => "explicit_deny",
            Self::ImplicitDeny => "implicit_deny",
            Self::ParseError => "parse_error",
        }
    }
}

impl From<&Outcome> for Expectation {
    fn from(outcome: &Outcome) -> Self {
        match outcome.decision {
            camlock_policy::Decision::Allow => Self::Allow,
            camlock_policy::Decision::ExplicitDeny => Self::ExplicitDeny,
            camlock_policy::Decision::ImplicitDeny => Self::ImplicitDeny,
        }
    }
}

/// What came of a case.
#[derive(Clone, Debug, Eq, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "plain results that a caller takes apart")]
pub struct Verdict {
    /// The decision, or a parse error.
    pub got: Expectation,
    /// CAM's code of the first fault, for a parse error.
    pub error_code: Option<String>,
}

impl Case {
    /// Puts the case to an evaluator.
    ///
    /// # Errors
    ///
    /// A [`WireError`] where the case itself is malformed: its request, or the kind of a policy.
    pub fn run(
        &self,
        evaluate: impl FnOnce(&Request, &PolicyLayers) -> Outcome,
    ) -> Result<Verdict, WireError> {
        let mut layers = PolicyLayers::default();
        for policy in &self.policies {
            match policy.parse()? {
                Ok(parsed) => {
                    layers.push(parsed, policy.level);
                }
                Err(code) => {
                    return Ok(Verdict { got: Expectation::ParseError, error_code: Some(code) });
                }
            }
        }
        let wire = WireRequest::parse(self.request.get())?;
        if let Some(session) = wire.session_policy {
            layers.push(session, 0);
        }
        let outcome = evaluate(&wire.request, &layers);
        Ok(Verdict { got: (&outcome).into(), error_code: None })
    }

    /// Whether a verdict is the expected one.
    pub fn is_met_by(&self, verdict: &Verdict) -> bool {
        self.expect == verdict.got
            && (self.expect_error_code.is_none() || self.expect_error_code == verdict.error_code)
    }
}

impl CasePolicy {
    /// The policy, or CAM's code of its first fault.
    ///
    /// # Errors
    ///
    /// A [`WireError`] where the case does not say which policy it means.
    pub fn parse(&self) -> Result<Result<Policy, String>, WireError> {
        let kind = PolicyKind::parse(&self.kind).ok_or_else(|| {
            WireError::new("CAM4004", format!("`{}` is not a kind of policy", self.kind))
        })?;
        let text = match (&self.document, &self.raw) {
            (Some(document), None) => document.get(),
            (None, Some(raw)) => raw,
            _ => return Err(WireError::new("CAM4004", "a policy has either `document` or `raw`")),
        };
        let parsed = parse(text, kind);
        let code = parsed.first_error().map(|fault| fault.api_code.unwrap_or(fault.code.as_str()));
        Ok(parsed.policy.ok_or_else(|| code.unwrap_or("CAM2001").to_owned()))
    }
}

/// Reads an array of cases one at a time, so that memory does not grow with their number.
///
/// # Errors
///
/// The [`WireError`] of the first text that is not a case; those before it were given.
pub fn for_each_case(
    reader: impl Read,
    mut give: impl FnMut(Case) -> Result<(), WireError>,
) -> Result<(), WireError> {
    let mut deserializer = serde_json::Deserializer::from_reader(reader);
    let mut stopped = None;
    let result = CaseSeq { give: &mut give, stopped: &mut stopped }.deserialize(&mut deserializer);
    if let Some(error) = stopped {
        return Err(error);
    }
    result?;
    deserializer.end()?;
    Ok(())
}

struct CaseSeq<'f, F> {
    give: &'f mut F,
    stopped: &'f mut Option<WireError>,
}

impl<'de, F: FnMut(Case) -> Result<(), WireError>> DeserializeSeed<'de> for CaseSeq<'_, F> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, F: FnMut(Case) -> Result<(), WireError>> Visitor<'de> for CaseSeq<'_, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of conformance cases")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut cases: A) -> Result<(), A::Error> {
        while let Some(case) = cases.next_element()? {
            if let Err(error) = (self.give)(case) {
                let message = error.to_string();
                *self.stopped = Some(error);
                return Err(serde::de::Error::custom(message));
            }
        }
        Ok(())
    }
}
