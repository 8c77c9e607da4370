//! The rules of the notices and the limits, by subject.

mod imported;
mod keys;
mod names;
mod quotas;
mod requests;
mod rights;
mod sessions;
mod users;

use serde_json::Value;

use crate::client::Refusal;

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
