//! One record a call, in the shape that `CloudAudit` has: what a replay reads.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use camlock_cam::{Answer, Asked, Record};
use serde_json::{Value, json};

/// Where records go: a file of JSON Lines, or nowhere.
#[derive(Debug, Default)]
pub struct AuditLog {
    file: Option<Mutex<Lines<File>>>,
}

/// Lines of a file, each whole: what a full disk cut off does not swallow the line behind it.
#[derive(Debug)]
struct Lines<W> {
    out: W,
    torn: bool,
}

impl<W: io::Write> Lines<W> {
    fn write(&mut self, line: &str) -> io::Result<()> {
        let start = if self.torn { "\n" } else { "" };
        // One write a line, so that lines of several writers do not mix.
        let written = self.out.write_all(format!("{start}{line}\n").as_bytes());
        self.torn = written.is_err();
        written
    }
}

/// What the request said besides.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "filled in by whoever serves")]
pub struct Around<'a> {
    /// The program that sent it.
    pub agent: &'a str,
    /// `X-TC-Region`.
    pub region: &'a str,
    /// `X-TC-Version`.
    pub version: &'a str,
}

/// Longer texts of a request are cut.
const LONGEST: usize = 1_024;

impl AuditLog {
    /// Keeps no records.
    pub fn none() -> Self {
        Self::default()
    }

    /// Appends records to a file; a new one is on Unix its owner's alone.
    ///
    /// # Errors
    ///
    /// That of the file.
    pub fn append_to(path: &Path) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        options.create(true).append(true);
        // Who asked for what is not for everybody on the machine.
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(path)?;
        Ok(Self { file: Some(Mutex::new(Lines { out: file, torn: false })) })
    }

    pub(crate) fn write(&self, answer: &Answer, asked: &Asked<'_>, around: &Around<'_>) {
        let Some(file) = &self.file else { return };
        let line = line(answer, asked, around);
        let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
        // A full disk must not stop the service; what was decided is answered all the same.
        if let Err(why) = file.write(&line) {
            let request_id = &*answer.request_id;
            tracing::error!(request_id, error = %why, "an audit record was not written");
        }
    }
}

/// The record of a call: JSON on one line, without its end.
pub fn line(answer: &Answer, asked: &Asked<'_>, around: &Around<'_>) -> String {
    record(answer, asked, around).to_string()
}

/// The inner record; sections 6 and 7 of the description of the interface tell what its fields hold.
fn record(answer: &Answer, asked: &Asked<'_>, around: &Around<'_>) -> Value {
    let own = &answer.record;
    let error = answer.result.as_ref().err();
    let (denied, failed) = if own.denied { (error, None) } else { (None, error) };
    let code = |error: Option<&camlock_cam::ApiError>| {
        error.map_or(Value::from(0), |error| error.code().into())
    };
    let message = |error: Option<&camlock_cam::ApiError>| {
        error.map_or(String::new(), |error| error.message().to_owned())
    };
    // What was looked at is not kept a second time.
    let changed = answer.result.as_ref().ok().filter(|_| !reads(&own.action));
    let response = changed.map(|members| {
        let mut shown = Value::Object(members.clone());
        hide(&mut shown);
        shown.to_string()
    });
    // A request that was not read to its end may not have said which service it is for.
    let known = Some(&*own.service).filter(|service| !service.is_empty());
    let source = known.map(|service| format!("{service}.tencentcloudapi.com")).unwrap_or_default();
    let resources = match &own.resources[..] {
        [] => vec!["*".to_owned()],
        named => named.to_vec(),
    };
    let tags = own.tags.iter().map(|(key, value)| json!({ "key": key, "value": value }));
    let action_type = if reads(&own.action) { "Read" } else { "Write" };
    json!({
        "userIdentity": {
            "type": own.identity,
            "principalId": own.principal_id,
            "accountId": own.account_id,
            "userName": own.user_name,
            "secretId": own.secret_id,
            "sessionContext": session_context(own),
        },
        "eventName": own.action,
        "resourceType": own.service,
        "resources": &resources,
        "resourceName": resource_name(&resources),
        "resourceSet": &resources,
        "tags": tags.collect::<Vec<Value>>(),
        "requestParameters": Value::Object(own.parameters.clone()).to_string(),
        "responseElements": response.unwrap_or_default(),
        "sourceIPAddress": asked.source_ip.to_string(),
        "eventTime": asked.now,
        "eventRegion": cut(around.region),
        "eventType": "ApiCall",
        "actionType": action_type,
        "sensitiveAction": u8::from(is_sensitive(own)),
        // None is made by the platform for the account.
        "eventPlatform": 0,
        "errorCode": code(denied),
        "errorMessage": message(denied),
        "apiErrorCode": code(failed),
        "apiErrorMessage": message(failed),
        "apiVersion": cut(around.version),
        "eventVersion": "1.0",
        "eventID": answer.request_id,
        "requestID": answer.request_id,
        "userAgent": cut(around.agent),
        "httpMethod": asked.request.method,
        "eventSource": source,
    })
}

/// Which credentials signed, and what limits them; the keys are those of a session of the console.
fn session_context(own: &Record) -> Value {
    if own.identity.is_empty() {
        return json!({});
    }
    let asked_by = own.session.as_ref().map_or(&own.principal_id, |session| &session.asked_by);
    let mut context = json!({
        "uin": asked_by,
        "ownerUin": own.account_id,
        "appId": own.app_id,
        "mfa": u8::from(own.factor),
    });
    if let (Some(session), Some(members)) = (&own.session, context.as_object_mut()) {
        members.insert("expireTime".to_owned(), session.expires.into());
        members.insert("hasPolicyFilter".to_owned(), session.policy.is_some().into());
        members.insert("policyFilter".to_owned(), session.policy.as_deref().unwrap_or("").into());
        members.insert("extraInfo".to_owned(), json!({ "sessionName": session.name }));
    }
    context
}

/// The last segment of the first resource, such as `policyid/7`; nothing where none is named.
fn resource_name(resources: &[String]) -> &str {
    let first = resources.first().map_or("", |first| first);
    first.rsplit_once(':').map_or("", |(_, name)| name)
}

/// Which calls count is nowhere published in full: here those that change who may do what, and those that hand
/// credentials out.
fn is_sensitive(own: &Record) -> bool {
    own.service == "cam" && !reads(&own.action)
        || own.service == "sts" && own.action.starts_with("AssumeRole")
        || matches!(&*own.action, "GetFederationToken" | "GetSessionToken")
}

fn reads(action: &str) -> bool {
    ["Get", "List", "Describe", "Query"].iter().any(|verb| action.starts_with(verb))
}

fn cut(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}

/// Secrets are in answers of calls that create them, and nowhere else.
fn hide(value: &mut Value) {
    const SECRETS: [&str; 7] = [
        "SecretKey",
        "SecretAccessKey",
        "Password",
        "TmpSecretKey",
        "Token",
        // The address of a ticket has the ticket in it.
        "Ticket",
        "Address",
    ];
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                if SECRETS.contains(&name.as_str()) {
                    *value = "***".into();
                } else {
                    hide(value);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(hide),
        _ => {}
    }
}

#[cfg(test)]
mod tests;
