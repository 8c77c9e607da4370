//! Where WeCom is asked, and as which application.

use std::fmt;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use ureq::http::Uri;

/// Where WeCom is asked, and as which application. The secret never shows.
///
/// # Examples
///
/// ```
/// use camlock_wecom::Config;
///
/// let config = Config::read(r#"{ "suite_id": "ww1", "suite_secret": "s3cret",
///     "suite_ticket_file": "ticket", "install_address": "https://console.example.com/wecom/link",
///     "scan_address": "https://console.example.com/wecom/scan",
///     "apply_address": "https://console.example.com/wecom/apply" }"#)?;
/// assert_eq!(config.endpoint(), "https://qyapi.weixin.qq.com");
/// assert!(!format!("{config:?}").contains("s3cret"));
/// # Ok::<(), camlock_wecom::ConfigError>(())
/// ```
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    #[serde(default = "official")]
    endpoint: String,
    pub(crate) suite_id: String,
    pub(crate) suite_secret: String,
    /// WeCom sends a new ticket every ten minutes to whoever receives its events, who writes it here.
    pub(crate) suite_ticket_file: PathBuf,
    pub(crate) install_address: String,
    pub(crate) scan_address: String,
    pub(crate) apply_address: String,
    /// Seconds that one question may take, with all its requests.
    #[serde(default = "patience")]
    pub(crate) timeout_seconds: u64,
}

fn official() -> String {
    "https://qyapi.weixin.qq.com".to_owned()
}

fn patience() -> u64 {
    10
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Config");
        shown.field("endpoint", &self.endpoint).field("suite_id", &self.suite_id);
        shown.finish_non_exhaustive()
    }
}

/// Why a text is no configuration. Says the place and never a value.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ConfigError(String);

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ConfigError {}

impl Config {
    /// Reads a configuration in JSON.
    ///
    /// # Errors
    ///
    /// A [`ConfigError`] for what is no JSON of this form, and for an endpoint that would send secrets
    /// unencrypted over a network.
    pub fn read(text: &str) -> Result<Self, ConfigError> {
        let read: Self = serde_json::from_str(text).map_err(|why| {
            // The message of a wrong type quotes the value, which may be the secret.
            let (line, column) = (why.line(), why.column());
            let what = why.to_string();
            let what = match what.split_once(" at line") {
                Some((what, _)) if about_a_field(what) => what.to_owned(),
                _ => "not a configuration of this form".to_owned(),
            };
            ConfigError(format!("line {line}, column {column}: {what}"))
        })?;
        if !is_private(&read.endpoint) {
            let what = "`endpoint` has to be https, or on this machine";
            return Err(ConfigError(what.to_owned()));
        }
        Ok(read)
    }

    /// The same, with files found from the folder of the configuration.
    #[must_use]
    pub fn within(mut self, folder: &Path) -> Self {
        self.suite_ticket_file = folder.join(&self.suite_ticket_file);
        self
    }

    /// Where WeCom is asked.
    pub fn endpoint(&self) -> &str {
        self.endpoint.trim_end_matches('/')
    }
}

/// Whether what is sent there can be read by nobody else.
fn is_private(endpoint: &str) -> bool {
    let Ok(address) = endpoint.parse::<Uri>() else { return false };
    // What stands before an `@` is easily taken for the host.
    if address.authority().is_none_or(|authority| authority.as_str().contains('@')) {
        return false;
    }
    match address.scheme_str() {
        Some("https") => true,
        Some("http") => matches!(address.host(), Some("127.0.0.1" | "localhost" | "[::1]")),
        _ => false,
    }
}

/// Whether a message of the reader names a member; others quote values.
fn about_a_field(message: &str) -> bool {
    let kinds = ["missing field", "unknown field", "duplicate field"];
    kinds.iter().any(|kind| message.starts_with(kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(endpoint: &str) -> Result<Config, ConfigError> {
        Config::read(&format!(
            r#"{{ "endpoint": "{endpoint}", "suite_id": "a", "suite_secret": "b", "suite_ticket_file": "c",
                "install_address": "d", "scan_address": "e", "apply_address": "f" }}"#
        ))
    }

    #[test]
    fn secrets_travel_encrypted_only() {
        assert!(with("https://example.com/").is_ok());
        assert!(with("http://127.0.0.1:80").is_ok());
        for endpoint in [
            "http://example.com",
            "http://127.0.0.1.example.com",
            "http://127.0.0.1:80@localhost.example.com:9",
            "ftp://127.0.0.1",
            "",
        ] {
            assert!(with(endpoint).is_err(), "{endpoint}");
        }
    }

    #[test]
    fn faults_have_a_place_and_no_value() {
        let why = Config::read("{\n \"suite_id\": 7, \"suite_secret\": \"s3cret\" }").unwrap_err();
        assert!(why.to_string().starts_with("line 2"), "{why}");
        let why = Config::read(r#"{ "suite_secret": ["s3cret"] }"#).unwrap_err();
        assert!(!why.to_string().contains("s3cret"), "{why}");
        let why = Config::read(r#"{ "timeout_seconds": "s3cret field" }"#).unwrap_err();
        assert!(!why.to_string().contains("s3cret"), "{why}");
        let why = Config::read(r#"{ "suite": 1 }"#).unwrap_err();
        assert!(why.to_string().contains("`suite`"), "{why}");
    }
}
