//! Patterns over the six segments.

use std::fmt;
use std::ops::Range;

use smol_str::SmolStr;

use crate::error::Segment;
use crate::grammar::{self, RawPiece};
use crate::variable::TemplateBuilder;
use crate::{AppId, NameError, NameFault, Region, Template, Uin, Variable, action};

/// Which resources a statement speaks about.
#[expect(clippy::exhaustive_enums, reason = "an evaluator must handle both forms")]
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum ResourcePattern {
    /// Bare `*`: every resource, and the only value that grants a request for `*` [RES-1].
    Any,
    /// Six segments.
    Segments(SegmentPatterns),
}

/// Patterns for the segments behind `qcs` and the project.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct SegmentPatterns {
    service: Option<SmolStr>,
    region: Option<Region>,
    account: AccountPattern,
    resource: Template,
}

/// The account segment of a policy [RES-8].
#[expect(clippy::exhaustive_enums, reason = "an evaluator must handle every form")]
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum AccountPattern {
    /// Empty: the account that owns the policy.
    Owner,
    /// `*`: any account.
    Any,
    /// `uin/-1`: the root account of the principal, in every kind of policy [RES-22, RD-2].
    Caller,
    /// `uin/…`: the account id.
    Uin(Uin),
    /// `uid/…`: the APPID.
    AppId(AppId),
}

impl ResourcePattern {
    /// Reads a resource of a policy; the first fault is the error.
    ///
    /// # Errors
    ///
    /// A [`NameError`] with a `Resource…` fault.
    ///
    /// # Examples
    ///
    /// ```
    /// use camlock_policy::{NameFault, ResourcePattern};
    ///
    /// assert!(ResourcePattern::parse("qcs::cvm:::instance/*").is_ok());
    /// let error = ResourcePattern::parse("qcs:id/7:cvm:::instance/*").unwrap_err();
    /// assert_eq!((error.fault(), error.span()), (NameFault::ResourceProject, 4..8));
    /// ```
    pub fn parse(text: &str) -> Result<Self, NameError> {
        let mut first = None;
        let pattern = Self::parse_all(text, &mut |error| {
            first.get_or_insert(error);
        });
        match (first, pattern) {
            (Some(error), _) => Err(error),
            (None, Some(pattern)) => Ok(pattern),
            (None, None) => Err(NameError::whole(NameFault::ResourceSegments, text)),
        }
    }

    /// Reads a resource of a policy and reports every faulty segment in order.
    ///
    /// Answers a pattern exactly when nothing was reported.
    pub fn parse_all(text: &str, report: &mut impl FnMut(NameError)) -> Option<Self> {
        if text == "*" {
            return Some(Self::Any);
        }
        let Some((head, resource)) =
            grammar::six_segments(text).filter(|(_, resource)| !resource.is_empty())
        else {
            let arn = text.starts_with("arn:");
            let fault = if arn { NameFault::ResourceArn } else { NameFault::ResourceSegments };
            report(NameError::whole(fault, text));
            return None;
        };
        let [qcs, project, service, region, account] = head;
        if qcs != "qcs" {
            let arn = qcs == "arn";
            let fault = if arn { NameFault::ResourceArn } else { NameFault::ResourceNotQcs };
            report(NameError::new(fault, text, 0..qcs.len()));
            return None;
        }
        let parts = [project, service, region, account];
        // Where a part begins matters only to a report.
        let span = |index: usize| {
            let before: usize = parts.iter().take(index).map(|part| part.len() + 1).sum();
            let start = qcs.len() + 1 + before;
            start..start + parts.get(index).map_or(0, |part| part.len())
        };
        let mut ok = true;
        let mut check = |fault: Option<NameFault>, index: usize| {
            if let Some(fault) = fault {
                ok = false;
                report(NameError::new(fault, text, span(index)));
            }
        };
        check(project_fault(project), 0);
        check(service_fault(service), 1);
        check(region_fault(region), 2);
        let account_pattern = AccountPattern::parse(account);
        check(account_pattern.as_ref().err().copied(), 3);
        let resource_at = text.len() - resource.len();
        let resource = last_segment(resource, service, &mut |fault, span: Range<usize>| {
            ok = false;
            let span = resource_at + span.start..resource_at + span.end;
            report(NameError::new(fault, text, span));
        });
        ok.then_some(Self::Segments(SegmentPatterns {
            service: named(service).map(Into::into),
            region: named(region).map(Region::new),
            account: account_pattern.ok()?,
            resource,
        }))
    }
}

impl SegmentPatterns {
    /// The service, or `None` for every service [RES-5].
    pub fn service(&self) -> Option<&str> {
        self.service.as_deref()
    }

    /// The region, or `None` for every region [RES-6].
    pub fn region(&self) -> Option<&Region> {
        self.region.as_ref()
    }

    /// Whose resources.
    pub fn account(&self) -> &AccountPattern {
        &self.account
    }

    /// The last segment; `*/*` is one star already [RES-16, RD-22].
    pub fn resource(&self) -> &Template {
        &self.resource
    }
}

/// The text of a segment that names something; empty and `*` name everything.
fn named(segment: &str) -> Option<&str> {
    (!segment.is_empty() && segment != "*").then_some(segment)
}

fn project_fault(text: &str) -> Option<NameFault> {
    let any = matches!(text, "" | "id/0" | "*" | "id/*");
    let fault = || mark(text, Segment::Project).unwrap_or(NameFault::ResourceProject);
    (!any).then(fault)
}

fn service_fault(text: &str) -> Option<NameFault> {
    let good = named(text).is_none_or(|name| name.bytes().all(action::is_service_byte));
    let fault = || mark(text, Segment::Service).unwrap_or(NameFault::ResourceService);
    (!good).then(fault)
}

fn region_fault(text: &str) -> Option<NameFault> {
    let fits = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
    if named(text).is_none_or(|name| name.bytes().all(fits)) {
        return None;
    }
    let wildcard = text.bytes().all(|byte| fits(byte) || byte == b'*');
    let fault =
        if wildcard { NameFault::ResourceRegionWildcard } else { NameFault::ResourceRegion };
    Some(mark(text, Segment::Region).unwrap_or(fault))
}

/// Whether a faulty segment is a variable or a fill-in mark such as `<AppId>`, `[UIN]`, `$region`.
fn mark(text: &str, segment: Segment) -> Option<NameFault> {
    if let Some((_, rest)) = text.split_once("${") {
        let known = rest.split('}').next().is_some_and(|name| Variable::parse(name).is_some());
        return Some(if known {
            NameFault::ResourceVariablePlace(segment)
        } else {
            NameFault::ResourcePlaceholder(segment)
        });
    }
    is_mark(text).then_some(NameFault::ResourcePlaceholder(segment))
}

pub(crate) fn is_mark(text: &str) -> bool {
    text.contains(['<', '>', '[', ']', '{', '}', '$'])
        || text.contains("xxx")
        || text.contains("***")
        || !text.is_ascii()
}

impl AccountPattern {
    fn parse(text: &str) -> Result<Self, NameFault> {
        let fault = || account_fault(text);
        if text.is_empty() {
            Ok(Self::Owner)
        } else if text == "*" {
            Ok(Self::Any)
        } else if text == "uin/-1" {
            Ok(Self::Caller)
        } else if let Some(digits) = text.strip_prefix("uin/") {
            Uin::parse(digits).map(Self::Uin).ok_or_else(fault)
        } else if let Some(digits) = text.strip_prefix("uid/") {
            AppId::parse(digits).map(Self::AppId).ok_or_else(fault)
        } else if crate::identity::is_digits(text) {
            Err(NameFault::ResourceAccountPrefix)
        } else {
            Err(fault())
        }
    }
}

fn account_fault(text: &str) -> NameFault {
    mark(text, Segment::Account).unwrap_or(NameFault::ResourceAccount)
}

/// Reads the last segment: stars, the three variables, everything else is text [RES-10, VAR-2].
fn last_segment(
    text: &str,
    service: &str,
    report: &mut impl FnMut(NameFault, Range<usize>),
) -> Template {
    let mut template = TemplateBuilder::default();
    if is_everything(text) {
        template.star();
        return template.build();
    }
    let mut at = 0;
    for piece in grammar::template(text) {
        let start = at;
        at += piece.len();
        match piece {
            RawPiece::Text(text) => template.text(text),
            RawPiece::Star => template.star(),
            RawPiece::Variable(_) | RawPiece::Open if service == "cos" => {
                report(NameFault::ResourceCosVariable, start..at);
            }
            RawPiece::Variable(name) => {
                match Variable::parse(name).filter(|v| !v.is_principal_tag()) {
                    Some(variable) => template.variable(variable),
                    None => report(NameFault::ResourceVariable, start..at),
                }
            }
            RawPiece::Open => report(NameFault::ResourceVariableOpen, start..text.len()),
        }
    }
    template.build()
}

/// Stars, or two runs of stars with a slash between them [RES-16, RD-22].
fn is_everything(text: &str) -> bool {
    let is_stars = |text: &str| !text.is_empty() && text.bytes().all(|b| b == b'*');
    text.starts_with('*')
        && match text.split_once('/') {
            None => is_stars(text),
            Some((before, after)) => is_stars(before) && is_stars(after),
        }
}

impl fmt::Display for ResourcePattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Segments(segments) = self else { return f.write_str("*") };
        let region = segments.region.as_ref().map_or("", Region::as_str);
        write!(f, "qcs::{}:{region}:", segments.service.as_deref().unwrap_or(""))?;
        match &segments.account {
            AccountPattern::Owner => {}
            AccountPattern::Any => f.write_str("*")?,
            AccountPattern::Caller => f.write_str("uin/-1")?,
            AccountPattern::Uin(uin) => write!(f, "uin/{uin}")?,
            AccountPattern::AppId(app_id) => write!(f, "uid/{app_id}")?,
        }
        write!(f, ":{}", segments.resource)
    }
}
