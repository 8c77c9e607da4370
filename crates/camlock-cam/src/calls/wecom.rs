//! Linking organizations of WeCom, and seeing what they have authorized.
//!
//! CAM has no public calls for these steps, which its console and a mini-program share; the calls here
//! are of a service of their own, `wecom`.

use serde_json::{Value, json};

use super::common::{done, reply};
use super::{Handler, Reply, members};
use crate::ApiError;
use crate::authorization::Target;
use crate::change::Change;
use crate::context::Context;
use crate::identity::Caller;
use crate::model::{Application, Organization, UserKind};
use crate::paging::Page;
use crate::wecom::{Access, Desk, Installation, Purpose, Scanned, Scope, Ticket};
use crate::when::iso;

/// What was heard from outside before a change began.
pub(crate) enum Heard {
    /// An organization was authorized, by whoever began the step.
    Installed(Ticket, Installation),
    /// Somebody scanned, for whoever began the step.
    Scanned(Ticket, Scanned),
    /// The member is one of the organization.
    Member,
    /// A member applies; administrators have been told the token.
    Applied { member: String, token: String },
}

impl Heard {
    /// Who began the step that somebody without a key goes on with.
    pub(crate) fn asker(&self) -> Option<&Caller> {
        match self {
            Self::Installed(ticket, _) | Self::Scanned(ticket, _) => Some(&ticket.caller),
            Self::Member | Self::Applied { .. } => None,
        }
    }
}

pub(super) fn handler(action: &str) -> Option<Handler> {
    Some(match action {
        "CreateTicket" => Handler::Read(create_ticket),
        "ConfirmTicket" => Handler::Outside(hear_ticket, confirm_ticket),
        "ListOrganizations" => Handler::Read(list_organizations),
        "DescribeOrganization" => Handler::Read(describe_organization),
        "DeleteOrganization" => Handler::Write(delete_organization),
        "ListMembers" => Handler::Read(list_members),
        _ => return members::handler(action),
    })
}

impl Context<'_> {
    pub(super) fn desk(&self) -> Result<&Desk, ApiError> {
        self.plane.desk.as_ref().ok_or_else(|| {
            let message = "No side of WeCom is configured; start the server with one.";
            ApiError::new("UnsupportedOperation", message)
        })
    }

    pub(super) fn organization(&self) -> Result<&Organization, ApiError> {
        let corp = self.params.needed_text("CorpId")?;
        let found = self.state.organizations.get(corp);
        found
            .map(|own| &**own)
            .ok_or_else(|| ApiError::not_found("NotFound", "No organization of this id is linked."))
    }

    pub(super) fn access(&self, organization: &Organization) -> Result<Access, ApiError> {
        let corp = organization.corp.clone();
        let permanent_code = self.plane.seal.open(&corp, &organization.sealed_code)?;
        Ok(Access { corp, permanent_code, agent: organization.agent })
    }

    /// What the organization has authorized, for those who have confirmed by a scan that it is them who
    /// ask.
    pub(super) fn scope(&self) -> Result<Scope, ApiError> {
        let desk = self.desk()?;
        let organization = self.organization()?;
        if !desk.is_confirmed(self.caller, &organization.corp, self.now) {
            let message = "A fresh scan is needed: create a ticket for one, and scan it.";
            return Err(ApiError::new("FailedOperation.WeComScanNeeded", message));
        }
        let access = self.access(organization)?;
        desk.question(self.caller)?.ask(|side| side.scope(&access))
    }
}

fn create_ticket(context: &Context<'_>) -> Reply {
    let desk = context.desk()?;
    if context.own_uin() == 0 {
        let message = "A role cannot confirm by a scan who it is.";
        return Err(ApiError::new("UnsupportedOperation", message));
    }
    let purpose = match context.params.needed_text("Purpose")? {
        "link" => Purpose::Link,
        "scan" => Purpose::Scan,
        _ => return Err(ApiError::parameter("`Purpose` is `link` or `scan`.")),
    };
    context.require("cam", needed_for(purpose), &Target::any())?;
    let (ticket, expires) = desk.begin(purpose, context.caller, context.source_ip, context.now)?;
    let address = match purpose {
        Purpose::Link => desk.side().link_address(&ticket),
        Purpose::Scan => desk.side().scan_address(&ticket),
    };
    reply(json!({ "Ticket": ticket, "Address": address, "ExpiredTime": expires }))
}

/// What a caller has to be allowed; the table has it for the other calls.
fn needed_for(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Link => "LinkQywxOrganization",
        Purpose::Scan => "AddQywxSubAccount",
    }
}

/// Asks WeCom what the code says; whoever sends it in has no key, and needs none.
fn hear_ticket(context: &Context<'_>) -> Result<Heard, ApiError> {
    let desk = context.desk()?;
    let given = context.params.needed_text("Ticket")?;
    let code = context.params.needed_text("Code")?;
    let ticket = desk.attempt(given, context.now)?;
    // A code is good once: it is not spent for somebody who may not.
    still_may(&asker(context, &ticket), &ticket)?;
    let question = desk.question(context.caller)?;
    match ticket.purpose {
        Purpose::Link => {
            let installation = question.ask(|side| side.install(code))?;
            if installation.ticket != given {
                let message = "The organization was authorized for another step.";
                return Err(ApiError::new("FailedOperation.WeComTicketInvalid", message));
            }
            Ok(Heard::Installed(ticket, installation))
        }
        Purpose::Scan => {
            let scanned = question.ask(|side| side.identify(code))?;
            Ok(Heard::Scanned(ticket, scanned))
        }
    }
}

/// The call as if whoever began the step made it, from where they began it.
fn asker<'a>(context: &Context<'a>, ticket: &'a Ticket) -> Context<'a> {
    Context { caller: &ticket.caller, source_ip: ticket.source_ip, ..*context }
}

/// Minutes have passed: whoever began the step has to be allowed to still.
fn still_may(asker: &Context<'_>, ticket: &Ticket) -> Result<(), ApiError> {
    let caller = asker.caller;
    let has_key = caller.has_active_key(asker.state) && !caller.is_over(asker.now);
    let may = asker.require("cam", needed_for(ticket.purpose), &Target::any());
    if has_key && may.is_ok() {
        return Ok(());
    }
    let message = "Whoever began the step may not go on with it any more.";
    Err(ApiError::new("FailedOperation.WeComTicketInvalid", message))
}

fn confirm_ticket(context: &Context<'_>, change: &mut Change, heard: &Heard) -> Reply {
    let desk = context.desk()?;
    let (Heard::Installed(ticket, _) | Heard::Scanned(ticket, _)) = heard else {
        return Err(ApiError::new("InternalError.SystemError", "The step was not asked about."));
    };
    let asker = asker(context, ticket);
    still_may(&asker, ticket)?;
    let uin = asker.own_uin();
    let given = context.params.needed_text("Ticket")?;
    let corp = match heard {
        Heard::Installed(_, installation) => {
            desk.finish(given, context.now)?;
            link(context, change, uin, installation)?;
            &installation.access.corp
        }
        Heard::Scanned(_, scanned) => {
            if !is_member(context, uin, scanned) {
                let message = "Whoever scanned is not the member who this administrator is.";
                return Err(ApiError::new("FailedOperation.WeComScanRefused", message));
            }
            desk.finish(given, context.now)?;
            desk.confirm(asker.caller, &scanned.corp, context.now);
            &scanned.corp
        }
        Heard::Member | Heard::Applied { .. } => return done(),
    };
    reply(json!({ "CorpId": corp }))
}

fn link(
    context: &Context<'_>,
    change: &mut Change,
    uin: u64,
    installation: &Installation,
) -> Result<(), ApiError> {
    let Installation { access, member, .. } = installation;
    let known = context.state.organizations.get(&access.corp);
    let mut organization = known.map(|own| Organization::clone(own)).unwrap_or_default();
    organization.sealed_code = context.plane.seal.seal(&access.corp, &access.permanent_code)?;
    organization.corp.clone_from(&access.corp);
    organization.agent = access.agent;
    organization.linked = context.now;
    organization.administrators.insert(uin, member.clone());
    change.put(organization)
}

/// Whether a member is who the administrator is: the one who linked the organization, or was imported.
fn is_member(context: &Context<'_>, uin: u64, scanned: &Scanned) -> bool {
    let Some(organization) = context.state.organizations.get(&scanned.corp) else { return false };
    if organization.administrators.get(&uin) == Some(&scanned.member) {
        return true;
    }
    let user = context.state.users.get(&uin);
    user.is_some_and(|user| {
        user.corp == scanned.corp && user.kind == UserKind::Wecom(scanned.member.clone())
    })
}

fn list_organizations(context: &Context<'_>) -> Reply {
    context.desk()?;
    // Names and scopes need a scan; that there is a link does not.
    let all = context
        .state
        .organizations
        .values()
        .map(|own| json!({ "CorpId": own.corp, "LinkTime": iso(own.linked) }));
    reply(json!({ "Organizations": all.collect::<Vec<Value>>() }))
}

fn describe_organization(context: &Context<'_>) -> Reply {
    let scope = context.scope()?;
    reply(json!({
        "CorpName": scope.name,
        "Departments": scope.departments,
        "MemberCount": scope.members.len(),
    }))
}

fn list_members(context: &Context<'_>) -> Reply {
    let scope = context.scope()?;
    let corp = context.params.needed_text("CorpId")?;
    let members = scope.members.iter().map(|member| {
        let uin = context.state.user_of_member(corp, &member.id).map(|user| user.uin);
        json!({ "WeChatWorkUserId": member.id, "MemberName": member.name, "Uin": uin })
    });
    let (members, total) = Page::from_offset(context.params)?.cut(members.collect());
    reply(json!({ "Members": members, "TotalCount": total }))
}

/// Unlinks an organization; sub-users that were imported keep working.
fn delete_organization(context: &Context<'_>, change: &mut Change) -> Reply {
    let corp = &context.organization()?.corp;
    context.desk()?.forget(corp);
    let of_it = context.state.applications.values().filter(|own| own.corp == *corp);
    for application in of_it {
        change.remove::<Application>(&application.id);
    }
    change.remove::<Organization>(corp);
    done()
}
