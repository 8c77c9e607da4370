//! Asks WeCom over HTTPS what linked organizations have authorized.
//!
//! [`Service`] is a [`WeCom`] that speaks the interface for third-party applications: the suite's token,
//! permanent codes, tokens of organizations, codes of mini-programs, members, messages. Where it is asked,
//! and as which application, says a [`Config`].

mod config;
mod service;
mod ticket;
mod tokens;

pub use config::{Config, ConfigError};
pub use service::Service;

#[cfg(doc)]
use camlock_cam::wecom::WeCom;
