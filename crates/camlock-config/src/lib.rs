//! The settings of the linter as `camlock.toml` says them, every fault with its place.
//!
//! [`Config::read`] takes the text of a file and answers what it sets, or every [`Diagnostic`] about it.
//! Files are opened by whoever uses this crate: what `extend`, `account` and `catalog` name is a path,
//! relative to the folder of the file. [`Config::over`] puts one file over another, and
//! [`Config::settings`] makes the [`Settings`] of a linter.
//!
//! [`Diagnostic`]: camlock_source::Diagnostic
//! [`Settings`]: camlock_lint::Settings
//!
//! # Examples
//!
//! ```
//! use camlock_config::Config;
//! use camlock_source::SourceText;
//!
//! let source = SourceText::new("camlock.toml", r#"
//!     account = "account.json"
//!     [levels]
//!     redundancy = "off"
//!     [[suppressions]]
//!     code = "CAM6001"
//!     path = "break-glass/*.json"
//!     reason = "locked away, used with two people present"
//! "#);
//! let config = Config::read(&source, "/repository").map_err(|faults| faults[0].message.clone())?;
//! assert_eq!(config.settings().suppressions.len(), 1);
//! # Ok::<(), String>(())
//! ```

mod anchor;
mod config;
mod fault;
mod read;
mod schema;
mod write;

pub use config::{Config, Path, SuppressionPlace};
pub use fault::{CODES, ConfigCode};
pub use schema::KEYS;
pub use write::{NewSuppression, suppressions_text};
