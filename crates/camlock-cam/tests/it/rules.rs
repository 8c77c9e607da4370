//! The rules of the notices and the limits, by subject.

mod factors;
mod federated;
mod fields;
mod imported;
mod keys;
mod names;
mod quotas;
mod records;
mod requests;
mod rights;
mod roles;
mod sessions;
mod settings;
mod users;

use serde_json::{Value, json};

use crate::client::{Client, Key, Refusal};

/// The code that a call is refused with.
#[track_caller]
fn code(result: Result<Value, Refusal>) -> String {
    match result {
        Ok(answer) => panic!("not refused: {answer}"),
        Err((code, _)) => code,
    }
}

/// The message that a call is refused with.
#[track_caller]
fn message(result: Result<Value, Refusal>) -> String {
    match result {
        Ok(answer) => panic!("not refused: {answer}"),
        Err((_, message)) => message,
    }
}

const REFUSED: &str = "AuthFailure.UnauthorizedOperation";

/// Whether a call without parameters is answered; it fails for a refusal of any other kind.
fn may(client: &Client, key: &Key, action: &str) -> bool {
    match client.cam(key, action, json!({})) {
        Ok(_) => true,
        Err((code, _)) => {
            assert_eq!(code, REFUSED);
            false
        }
    }
}
