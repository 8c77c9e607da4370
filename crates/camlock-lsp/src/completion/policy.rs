//! Elements, effects, actions, principals.

use camlock_policy::PolicyKind;
use gen_lsp_types::{CompletionItem, CompletionItemKind};

use super::item::{Writer, ranked};
use crate::about;
use crate::tree;
use crate::view::{Pointed, View};

/// A statement to fill in, for an identity policy.
const STATEMENT: &str = "[\n    {\n        \"effect\": \"${1|allow,deny|}\",\n        \"action\": \
                         [\"$2\"],\n        \"resource\": [\"$3\"]\n    }\n]";

/// The elements that an object does not have yet.
pub(super) fn elements(
    view: &View<'_>,
    pointed: &Pointed<'_>,
    writer: &Writer<'_>,
    elements: &[&str],
    in_statement: bool,
) -> Vec<CompletionItem> {
    let there = others(pointed);
    let kind = view.kind_at(pointed.piece.start.saturating_add(place(pointed)));
    let kind = kind.unwrap_or(PolicyKind::Identity);
    // A policy that is new may become any kind.
    let is_new = view.documents().is_empty()
        || view
            .checked
            .findings
            .iter()
            .any(|found| found.diagnostic.severity == camlock_source::Severity::Error);
    let fits = |name: &str| match name {
        "principal" => kind.names_principals() || is_new,
        "resource" => kind.names_resources() || is_new,
        _ => true,
    };
    let fresh = elements.iter().filter(|name| fits(name) && !there.iter().any(|own| own == *name));
    let items = fresh.enumerate().map(|(index, name)| {
        let value = match *name {
            "version" => "\"2.0\"",
            "statement" => STATEMENT,
            "effect" => "\"${1|allow,deny|}\"",
            "action" | "resource" => "[\"$1\"]",
            "principal" => "{\"${1|qcs,service,federated|}\": [\"$2\"]}",
            "condition" => "{\n    \"$1\": {\"$2\": \"$3\"}\n}",
            _ => "\"$1\"",
        };
        let about = about::element::element(name, in_statement).map(str::to_owned);
        ranked(writer.name(name, value, about), u8::try_from(index).unwrap_or(9))
    });
    items.collect()
}

/// Where the object begins that the place is in.
fn place(pointed: &Pointed<'_>) -> u32 {
    pointed.value().map_or(0, |value| value.span.start)
}

/// The names of the members, that of the one that is being typed aside, in lower case.
fn others(pointed: &Pointed<'_>) -> Vec<String> {
    let own = pointed.cursor.token.as_ref().map(|spot| spot.span.start);
    let members = pointed.value().map(tree::members).unwrap_or_default();
    let others = members.iter().filter(|member| Some(member.name.span.start) != own);
    others.map(|member| member.name.decoded.to_ascii_lowercase()).collect()
}

pub(super) fn effects(writer: &Writer<'_>) -> Vec<CompletionItem> {
    ["allow", "deny"]
        .map(|effect| writer.value(effect, about::element::effect(effect).map(str::to_owned)))
        .into()
}

/// Services, and behind the colon the actions of the service.
pub(super) fn actions(view: &View<'_>, writer: &Writer<'_>) -> Vec<CompletionItem> {
    let catalog = view.catalog();
    let typed = writer.typed();
    let prefix = if typed.starts_with("name/") { "name/" } else { "" };
    let bare = typed.strip_prefix("name/").unwrap_or(typed);
    let Some((service, _)) = bare.split_once(':') else {
        let services = catalog.services().map(|service| {
            let text = format!("{prefix}{}:", service.name());
            let item = writer.value(&text, Some(about::action::service(service)));
            CompletionItem { kind: Some(CompletionItemKind::Module), ..item }
        });
        let mut items: Vec<CompletionItem> = services.collect();
        items.push(writer.value("*", Some(about::action::action("*", catalog))));
        return items;
    };
    let Some(known) = catalog.service(service) else { return Vec::new() };
    let single = known.actions().map(|action| {
        let text = format!("{prefix}{service}:{}", action.name());
        let about = about::action::level(action.access_level());
        let item = writer.value(&text, None);
        let item = CompletionItem {
            kind: Some(CompletionItemKind::Method),
            detail: Some(about.to_owned()),
            ..item
        };
        ranked(item, 1)
    });
    let mut items: Vec<CompletionItem> = single.collect();
    for pattern in patterns(known) {
        let text = format!("{prefix}{service}:{pattern}");
        let about = about::action::action(&format!("{service}:{pattern}"), catalog);
        items.push(ranked(writer.value(&text, Some(about)), 0));
    }
    items
}

/// Every action of a service, and the verbs that many of them begin with.
fn patterns(service: camlock_catalog::Service<'_>) -> Vec<String> {
    let mut patterns = vec!["*".to_owned()];
    for verb in ["Describe", "Get", "List", "Head", "Create", "Modify", "Put", "Delete"] {
        let pattern = format!("{verb}*");
        if service.actions_matching(&pattern).nth(1).is_some() {
            patterns.push(pattern);
        }
    }
    patterns
}

pub(super) fn principal_members(pointed: &Pointed<'_>, writer: &Writer<'_>) -> Vec<CompletionItem> {
    let there = others(pointed);
    let fresh =
        about::principal::MEMBERS.iter().filter(|(name, _)| !there.iter().any(|own| own == name));
    fresh.map(|(name, _)| writer.name(name, "[\"$1\"]", about::principal::member(name))).collect()
}

pub(super) fn principals(writer: &Writer<'_>, member: Option<&str>) -> Vec<CompletionItem> {
    let forms: &[(&str, &str)] = match member {
        None => return vec![writer.value("*", Some(about::principal::principal("*", None)))],
        Some("service") => &[("cvm.cloud.tencent.com", "cvm.cloud.tencent.com")],
        Some("federated") => &[
            (
                "qcs::cam::uin/ACCOUNT:saml-provider/NAME",
                "qcs::cam::uin/${1:ACCOUNT}:saml-provider/${2:NAME}",
            ),
            (
                "qcs::cam::uin/ACCOUNT:oidc-provider/NAME",
                "qcs::cam::uin/${1:ACCOUNT}:oidc-provider/${2:NAME}",
            ),
        ],
        Some(_) => &[
            ("qcs::cam::uin/ACCOUNT:root", "qcs::cam::uin/${1:ACCOUNT}:root"),
            ("qcs::cam::uin/ACCOUNT:uin/USER", "qcs::cam::uin/${1:ACCOUNT}:uin/${2:USER}"),
            (
                "qcs::cam::uin/ACCOUNT:groupid/GROUP",
                "qcs::cam::uin/${1:ACCOUNT}:groupid/${2:GROUP}",
            ),
            ("qcs::cam::uin/ACCOUNT:role/ID", "qcs::cam::uin/${1:ACCOUNT}:role/${2:ID}"),
            (
                "qcs::cam::uin/ACCOUNT:roleName/NAME",
                "qcs::cam::uin/${1:ACCOUNT}:roleName/${2:NAME}",
            ),
            ("qcs::cam::anyone:anyone", "qcs::cam::anyone:anyone"),
        ],
    };
    let items = forms.iter().map(|(plain, snippet)| {
        writer.snippet(plain, snippet, plain, Some(about::principal::principal(plain, member)))
    });
    items.collect()
}
