//! Organizations of WeCom: what Camlock needs of them, and what it remembers between two steps.
//!
//! Whoever serves hands in a [`WeCom`]; nothing here knows a network or a clock.

use std::collections::BTreeMap;
use std::fmt;
use std::net::IpAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use sha2::{Digest, Sha256};

use crate::ApiError;
use crate::control::lock;
use crate::identity::Caller;
use crate::random;
use crate::signature::hex;

/// The side of WeCom: the mini-program's steps, and what an organization has authorized.
///
/// A method may take seconds, and ends after a bounded time, whatever the other side does.
pub trait WeCom: fmt::Debug + Send + Sync {
    /// What an administrator of an organization opens or scans to authorize it; `ticket` has to come back
    /// with the [`Installation`].
    fn link_address(&self, ticket: &str) -> String;

    /// What a member scans to confirm who asks.
    fn scan_address(&self, ticket: &str) -> String;

    /// What an administrator who got an application opens.
    fn apply_address(&self, token: &str) -> String;

    /// Exchanges the code that an authorization gave; a code is good once.
    ///
    /// # Errors
    ///
    /// A [`WeComError`] where the code is not good or the side cannot be asked.
    fn install(&self, code: &str) -> Result<Installation, WeComError>;

    /// Who scanned, by the code that the scan gave; a code is good once.
    ///
    /// # Errors
    ///
    /// As [`install`](Self::install).
    fn identify(&self, code: &str) -> Result<Scanned, WeComError>;

    /// What an organization has authorized to be seen.
    ///
    /// # Errors
    ///
    /// As [`install`](Self::install).
    fn scope(&self, organization: &Access) -> Result<Scope, WeComError>;

    /// Sends members a message.
    ///
    /// # Errors
    ///
    /// As [`install`](Self::install).
    fn tell(&self, organization: &Access, members: &[String], text: &str)
    -> Result<(), WeComError>;
}

/// An organization that was authorized.
#[derive(Clone)]
#[expect(clippy::exhaustive_structs, reason = "filled in by whoever asks WeCom")]
pub struct Installation {
    /// How it is reached from now on.
    pub access: Access,
    /// The member who authorized it.
    pub member: String,
    /// The ticket of the address that was opened.
    pub ticket: String,
}

impl fmt::Debug for Installation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The ticket is good until it is used.
        let mut shown = f.debug_struct("Installation");
        shown.field("access", &self.access).field("member", &self.member).finish_non_exhaustive()
    }
}

/// How an organization is reached.
#[derive(Clone)]
#[expect(clippy::exhaustive_structs, reason = "filled in by whoever asks WeCom")]
pub struct Access {
    /// Its id.
    pub corp: String,
    /// The secret that came with the authorization.
    pub permanent_code: String,
    /// The application's id within the organization.
    pub agent: u64,
}

impl fmt::Debug for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Access");
        shown.field("corp", &self.corp).field("agent", &self.agent).finish_non_exhaustive()
    }
}

/// Who scanned.
#[derive(Clone, Debug, Eq, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "filled in by whoever asks WeCom")]
pub struct Scanned {
    /// The organization.
    pub corp: String,
    /// The id of the member in it.
    pub member: String,
}

/// What an organization has authorized.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "filled in by whoever asks WeCom")]
pub struct Scope {
    /// The name of the organization.
    pub name: String,
    /// The departments, by id.
    pub departments: Vec<u64>,
    /// The members, without those of other departments.
    pub members: Vec<Member>,
}

/// A member of an organization.
#[derive(Clone, Debug, Eq, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "filled in by whoever asks WeCom")]
pub struct Member {
    /// The id, which is the default name of a sub-user.
    pub id: String,
    /// The name that is displayed; never kept.
    pub name: String,
}

/// Why WeCom gave no answer. Never holds a code or a secret.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum WeComError {
    /// It refused, with its number and message.
    Refused(i64, String),
    /// It cannot be reached, or answers what cannot be read.
    Unavailable(String),
}

impl fmt::Display for WeComError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(number, message) => write!(f, "WeCom refuses: {message} ({number})"),
            Self::Unavailable(why) => write!(f, "WeCom does not answer: {why}"),
        }
    }
}

impl std::error::Error for WeComError {}

impl From<WeComError> for ApiError {
    fn from(error: WeComError) -> Self {
        let code = match error {
            WeComError::Refused(..) => "FailedOperation.WeComRefused",
            WeComError::Unavailable(_) => "FailedOperation.WeComUnavailable",
        };
        Self::new(code, format!("{error}."))
    }
}

/// What a ticket is for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Purpose {
    Link,
    Scan,
}

/// A step that was begun at the console and goes on in the mini-program.
#[derive(Clone, Debug)]
pub(crate) struct Ticket {
    pub(crate) purpose: Purpose,
    /// Who began it, and has to be allowed to still when it is confirmed.
    pub(crate) caller: Caller,
    /// Where it was begun.
    pub(crate) source_ip: IpAddr,
    pub(crate) expires: i64,
    attempts: u8,
}

/// Steps that are under way and scans that are fresh; gone with the process.
#[derive(Debug)]
pub(crate) struct Desk {
    side: Arc<dyn WeCom>,
    /// By the hash of what was given out.
    tickets: Mutex<BTreeMap<String, Ticket>>,
    /// Until when which credentials may see which organization.
    scans: Mutex<BTreeMap<(String, String), i64>>,
    /// Members who have just applied, and until when they do not again.
    applied: Mutex<BTreeMap<(String, String), i64>>,
    /// Questions to the side that are not answered yet.
    asking: AtomicUsize,
}

/// One question to the side; others may be asked while it is there.
#[derive(Debug)]
pub(crate) struct Question<'a> {
    desk: &'a Desk,
    /// Whoever has no key is not told what is wrong between us and WeCom.
    discreet: bool,
}

impl Question<'_> {
    /// Asks the side.
    pub(crate) fn ask<T>(
        &self,
        what: impl FnOnce(&dyn WeCom) -> Result<T, WeComError>,
    ) -> Result<T, ApiError> {
        what(&*self.desk.side).map_err(|error| match error {
            WeComError::Refused(number, _) if self.discreet => {
                WeComError::Refused(number, "the code is not good".to_owned()).into()
            }
            WeComError::Unavailable(_) if self.discreet => {
                WeComError::Unavailable("try again later".to_owned()).into()
            }
            error => error.into(),
        })
    }
}

impl Drop for Question<'_> {
    fn drop(&mut self) {
        self.desk.asking.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Questions that may wait for answers at once, so that a side which does not answer stops nothing else;
/// callers without a key get half of them.
const MOST_ASKING: usize = 16;
/// A member applies again after so long at the earliest, in seconds.
const BETWEEN_APPLICATIONS: i64 = 60;

/// Tickets are good so long, in seconds.
const TICKET_LIFE: i64 = 600;
/// A scan is fresh so long, in seconds.
const SCAN_LIFE: i64 = 300;
/// Tickets of one caller, and of all.
const MOST_OF_CALLER: usize = 10;
const MOST: usize = 1_000;
/// Codes that may be tried with a ticket.
const MOST_ATTEMPTS: u8 = 5;

impl Desk {
    pub(crate) fn new(side: Arc<dyn WeCom>) -> Self {
        Self {
            side,
            tickets: Mutex::default(),
            scans: Mutex::default(),
            applied: Mutex::default(),
            asking: AtomicUsize::new(0),
        }
    }

    /// The side, for what needs no answer from outside.
    pub(crate) fn side(&self) -> &dyn WeCom {
        &*self.side
    }

    /// A question to the side, if not too many wait for answers.
    pub(crate) fn question(&self, caller: &Caller) -> Result<Question<'_>, ApiError> {
        let most = if caller.unsigned { MOST_ASKING / 2 } else { MOST_ASKING };
        let question = Question { desk: self, discreet: caller.unsigned };
        if self.asking.fetch_add(1, Ordering::Relaxed) >= most {
            let message = "Too many questions to WeCom wait for an answer.";
            return Err(ApiError::new("RequestLimitExceeded", message));
        }
        Ok(question)
    }

    /// Begins a step: the ticket, and when it is over.
    pub(crate) fn begin(
        &self,
        purpose: Purpose,
        caller: &Caller,
        source_ip: IpAddr,
        now: i64,
    ) -> Result<(String, i64), ApiError> {
        let ticket = random::letters(43)?;
        let expires = now.saturating_add(TICKET_LIFE);
        let mut tickets = lock(&self.tickets);
        tickets.retain(|_, own| own.expires > now);
        let own = tickets.values().filter(|own| own.caller.uin == caller.uin).count();
        if own >= MOST_OF_CALLER || tickets.len() >= MOST {
            let message = "Too many steps are under way; they end after ten minutes.";
            return Err(ApiError::new("RequestLimitExceeded", message));
        }
        let own = Ticket { purpose, caller: caller.clone(), source_ip, expires, attempts: 0 };
        tickets.insert(hash_of(&ticket), own);
        Ok((ticket, expires))
    }

    /// A ticket that is good, for one attempt more.
    pub(crate) fn attempt(&self, ticket: &str, now: i64) -> Result<Ticket, ApiError> {
        let mut tickets = lock(&self.tickets);
        let found = tickets.get_mut(&hash_of(ticket)).filter(|own| own.expires > now);
        let own = found.filter(|own| own.attempts < MOST_ATTEMPTS).ok_or_else(no_ticket)?;
        own.attempts += 1;
        Ok(own.clone())
    }

    /// Uses a ticket up; only one of several who try at once succeeds.
    pub(crate) fn finish(&self, ticket: &str, now: i64) -> Result<(), ApiError> {
        let own = lock(&self.tickets).remove(&hash_of(ticket)).filter(|own| own.expires > now);
        own.map(|_| ()).ok_or_else(no_ticket)
    }

    /// Notes that somebody confirmed by a scan who they are.
    pub(crate) fn confirm(&self, caller: &Caller, corp: &str, now: i64) {
        let mut scans = lock(&self.scans);
        scans.retain(|_, until| *until > now);
        scans.insert(of(caller.credential(), corp), now.saturating_add(SCAN_LIFE));
    }

    /// Whether somebody has confirmed by a scan, minutes ago.
    pub(crate) fn is_confirmed(&self, caller: &Caller, corp: &str, now: i64) -> bool {
        lock(&self.scans).get(&of(caller.credential(), corp)).is_some_and(|until| *until > now)
    }

    /// Forgets the scans for an organization.
    pub(crate) fn forget(&self, corp: &str) {
        lock(&self.scans).retain(|(_, own), _| own != corp);
    }

    /// Lets a member apply, once in a while; of several at once one.
    pub(crate) fn applies(&self, corp: &str, member: &str, now: i64) -> Result<(), ApiError> {
        let mut applied = lock(&self.applied);
        applied.retain(|_, until| *until > now);
        if applied.len() >= MOST || applied.contains_key(&of(member, corp)) {
            let message = "The member has applied a moment ago; wait for a minute.";
            return Err(ApiError::new("RequestLimitExceeded", message));
        }
        applied.insert(of(member, corp), now.saturating_add(BETWEEN_APPLICATIONS));
        Ok(())
    }
}

fn of(whose: &str, corp: &str) -> (String, String) {
    (whose.to_owned(), corp.to_owned())
}

fn no_ticket() -> ApiError {
    let message = "The ticket is unknown, was used, or is over; begin the step anew.";
    ApiError::new("FailedOperation.WeComTicketInvalid", message)
}

/// What is kept of a ticket or of the token of an application.
pub(crate) fn hash_of(token: &str) -> String {
    hex(&Sha256::digest(token))
}
