//! Who asks: the key that signed, and whether it did.

use std::sync::{Arc, PoisonError};

use super::record::shown_id;
use super::{Asked, ControlPlane, Record, lock};
use crate::ApiError;
use crate::calls;
use crate::form::Form;
use crate::identity::Caller;
use crate::session::Session;
use crate::signature::failure;
use crate::when;

/// Requests may be so many seconds off the clock.
const WINDOW: i64 = 300;

impl ControlPlane {
    pub(super) fn authenticate(
        &self,
        form: &Form<'_, '_>,
        asked: &Asked<'_>,
        record: &mut Record,
    ) -> Result<Caller, ApiError> {
        let Some(authorization) = &form.authorization else {
            if calls::unsigned(&form.action).is_none() {
                return Err(ApiError::new(
                    "AuthFailure.InvalidAuthorization",
                    "The call has to be signed.",
                ));
            }
            return Ok(Caller { uin: 0, key: None, session: None, unsigned: true });
        };
        record.secret_id = shown_id(authorization);
        let timestamp =
            form.header("x-tc-timestamp").ok_or_else(|| ApiError::missing("Timestamp"))?;
        let seconds = timestamp.parse::<i64>().ok().ok_or_else(|| {
            ApiError::new("InvalidParameter", "`X-TC-Timestamp` is no number of seconds.")
        })?;
        if seconds.abs_diff(asked.now) > WINDOW.unsigned_abs() {
            let message = "The signature has expired: the timestamp is more than five minutes off.";
            return Err(ApiError::new("AuthFailure.SignatureExpire", message));
        }
        if when::date(seconds) != authorization.date() {
            return Err(failure("the date of the credential is not that of the timestamp"));
        }
        if self.options.require_signed_action && !authorization.covers("x-tc-action") {
            return Err(failure("`x-tc-action` has to be among the signed headers"));
        }
        let id = authorization.secret_id();
        let published = self.published();
        let key = published.state.keys.get(id);
        let session = {
            let sessions = self.sessions.read().unwrap_or_else(PoisonError::into_inner);
            sessions.get(id).map(Arc::clone)
        };
        let (secret, caller) = match (key, session) {
            (Some(key), _) if key.active => {
                let caller = Caller {
                    uin: key.uin,
                    key: Some(id.to_owned()),
                    session: None,
                    unsigned: false,
                };
                (self.seal.open(id, &key.sealed_secret)?, caller)
            }
            (None, Some(session)) => {
                let token = form.header("x-tc-token").unwrap_or_default();
                if !session.has_token(token) || session.record.expires <= asked.now {
                    return Err(bad_token());
                }
                let secret = session.secret(&self.seal)?;
                let caller = Caller {
                    uin: session.record.asked_by,
                    key: None,
                    session: Some(session),
                    unsigned: false,
                };
                (secret, caller)
            }
            (None, None) if Session::is_id(id) => return Err(bad_token()),
            _ => return Err(unknown_key()),
        };
        let unsigned_body = form.header("x-tc-content-sha256") == Some("UNSIGNED-PAYLOAD");
        if self.options.require_signed_action && unsigned_body {
            return Err(failure("the body has to be signed"));
        }
        if !authorization.is_of(&secret, &asked.request, timestamp)? {
            return Err(failure("the signature does not match"));
        }
        if caller.is_permanent() {
            let mut uses = lock(&self.uses);
            uses.all.insert(id.to_owned(), asked.now);
            uses.unwritten.insert(id.to_owned(), asked.now);
        }
        Ok(caller)
    }
}

/// Of credentials that are over nothing is kept, so the same is said of ones that never were.
fn bad_token() -> ApiError {
    ApiError::new("AuthFailure.TokenFailure", "The token is wrong or has expired.")
}

pub(super) fn unknown_key() -> ApiError {
    let message = "The SecretId is not found, please ensure that your SecretId is correct.";
    ApiError::new("AuthFailure.SecretIdNotFound", message)
}
