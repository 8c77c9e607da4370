//! Policies in Terraform: heredocs, quoted strings, and `jsonencode` of objects.

mod encode;
mod template;

use camlock_policy::PolicyKind;
use camlock_source::Diagnostic;
use camlock_syntax::codes::MALFORMED_TERRAFORM;
use hcl_edit::expr::Expression;
use hcl_edit::structure::{Block, BlockLabel, Body};
use hcl_edit::{Span as _, parser};

use crate::draft::Draft;
use crate::embedded::Embedded;
use crate::encode::Encoding;
use crate::limits::{MAX_DOCUMENT, MAX_DOCUMENTS};
use crate::look::{is_foreign, looks_like_policy};
use crate::malformed::{malformed, said};

/// The policies in a text, or why it is not Terraform.
pub(crate) fn find(text: &str) -> Result<Vec<Embedded>, Box<Diagnostic>> {
    // What marks the encoding is no text; as many blanks keep every place.
    let plain = text.strip_prefix('\u{feff}').map(|rest| format!("   {rest}"));
    let body = parser::parse_body(plain.as_deref().unwrap_or(text)).map_err(|error| {
        let message = format!("not Terraform: {}", said(error.message()));
        let fault = malformed(MALFORMED_TERRAFORM, text, error.location().offset(), message)
            .with_help("mend it, `terraform validate` says more; no policy in it was looked at");
        Box::new(fault)
    })?;
    let mut search = Search { text, found: Vec::new() };
    search.body(&body, "", None);
    Ok(search.found)
}

/// The policy that a file is a template of, such as one that `templatefile` reads.
pub(crate) fn of_template(text: &str) -> Vec<Embedded> {
    let mut draft = Draft::default();
    template::whole(text, &mut draft);
    let mut search = Search { text, found: Vec::new() };
    search.take(draft, Encoding::Heredoc, "", None);
    search.found
}

struct Search<'t> {
    text: &'t str,
    found: Vec<Embedded>,
}

impl Search<'_> {
    /// Recursion is bounded: the parser bounds the depth of blocks and expressions.
    fn body(&mut self, body: &Body, address: &str, kind: Option<PolicyKind>) {
        for attribute in body.attributes() {
            let name = attribute.key.as_str();
            let label =
                if address.is_empty() { name.to_owned() } else { format!("{address}.{name}") };
            self.expression(&attribute.value, &label, kind);
        }
        for block in body.blocks() {
            let address = address_of(block, address);
            self.body(&block.body, &address, kind_of(block).or(kind));
        }
    }

    fn expression(&mut self, value: &Expression, label: &str, kind: Option<PolicyKind>) {
        if self.found.len() >= MAX_DOCUMENTS {
            return;
        }
        let mut draft = Draft::default();
        let encoding = match value {
            Expression::Parenthesis(inner) => return self.expression(inner.inner(), label, kind),
            Expression::String(_) | Expression::StringTemplate(_) => {
                template::quoted(self.text, value, &mut draft);
                Encoding::Quoted
            }
            Expression::HeredocTemplate(heredoc) => {
                template::elements(self.text, &heredoc.template, false, &mut draft);
                Encoding::Heredoc
            }
            Expression::FuncCall(call) if call.name.name.as_str() == "jsonencode" => {
                let Some(argument) = call.args.iter().next() else { return };
                encode::value(self.text, argument, &mut draft);
                // What is written there is JSON to the letter, but for templates.
                Encoding::Heredoc
            }
            Expression::FuncCall(call) => {
                for argument in &call.args {
                    self.expression(argument, label, kind);
                }
                return;
            }
            Expression::Conditional(own) => {
                self.expression(&own.true_expr, label, kind);
                return self.expression(&own.false_expr, label, kind);
            }
            Expression::Array(items) => {
                for item in items {
                    self.expression(item, label, kind);
                }
                return;
            }
            Expression::Object(members) => {
                for (_, member) in members {
                    self.expression(member.expr(), label, kind);
                }
                return;
            }
            _ => return,
        };
        self.take(draft, encoding, label, kind);
    }

    fn take(&mut self, draft: Draft, encoding: Encoding, label: &str, kind: Option<PolicyKind>) {
        let text = &draft.builder.text;
        let fits = text.len() <= MAX_DOCUMENT && looks_like_policy(text) && !is_foreign(text);
        if fits {
            let own = Embedded::new(draft.builder, encoding, label).with_kind(kind);
            self.found.push(own.with_unknowns(draft.unknowns));
        }
    }
}

fn address_of(block: &Block, outer: &str) -> String {
    let labels: Vec<&str> = block.labels.iter().map(BlockLabel::as_str).collect();
    let own = match block.ident.as_str() {
        "resource" => labels.join("."),
        ident if labels.is_empty() => ident.to_owned(),
        ident => format!("{ident}.{}", labels.join(".")),
    };
    if outer.is_empty() { own } else { format!("{outer}.{own}") }
}

/// What the type of a resource says about the policy in it.
fn kind_of(block: &Block) -> Option<PolicyKind> {
    let of = block.labels.first().map(BlockLabel::as_str)?;
    match of {
        "tencentcloud_cam_role" | "tencentcloud_cam_role_by_name" => Some(PolicyKind::Trust),
        "tencentcloud_cos_bucket_policy" => Some(PolicyKind::Resource),
        "tencentcloud_organization_service_control_policy"
        | "tencentcloud_organization_policy"
        | "tencentcloud_organization_org_manage_policy" => Some(PolicyKind::Scp),
        // A policy of users may be used as a boundary too, which reads alike.
        _ if of.starts_with("tencentcloud_cam_policy") => Some(PolicyKind::Identity),
        _ => None,
    }
}

/// The bytes of an expression.
fn range(value: &Expression) -> std::ops::Range<usize> {
    value.span().unwrap_or(0..0)
}
