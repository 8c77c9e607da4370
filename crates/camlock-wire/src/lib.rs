//! The JSON forms of requests, decisions and test cases.
//!
//! A [`WireRequest`] is one request as a JSON object, the form that `camlock decide --requests` reads a
//! line at a time. A [`Case`] is one conformance case: policies, a request, an expectation. A
//! [`WireDecision`] is the answer. Names and members are those of the book's page on formats; unknown
//! members, members given twice and malformed names are errors, never passed over.
//!
//! # Examples
//!
//! ```
//! use camlock_wire::WireRequest;
//!
//! let line = r#"{"id": "r1", "principal": "qcs::cam::uin/1:uin/2", "action": "cos:GetObject", "resource": "*"}"#;
//! let request = WireRequest::parse(line)?;
//! assert_eq!(request.id.as_deref(), Some("r1"));
//! # Ok::<(), camlock_wire::WireError>(())
//! ```

mod decision;
mod error;
mod id;
mod principal;
mod request;

mod case;

pub use case::{Case, CasePolicy, Expectation, Verdict, for_each_case};
pub use decision::{WireDecision, WireStatement};
pub use error::WireError;
pub use request::WireRequest;
