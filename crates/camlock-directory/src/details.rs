//! What an account file may say besides: kept by whoever keeps the account, decided on by nobody here.

/// What is known of a user besides.
#[derive(Clone, Debug, Default)]
#[expect(clippy::exhaustive_structs, reason = "the members of the account file")]
pub struct UserDetails {
    /// What somebody noted about it.
    pub remark: Box<str>,
    /// Its address for mail.
    pub email: Box<str>,
    /// Its telephone number.
    pub phone: Box<str>,
    /// The country code of that number.
    pub country_code: Box<str>,
    /// Whether it may sign in to the console.
    pub console_login: bool,
    /// Whether it has to choose another password when it signs in.
    pub need_reset_password: bool,
    /// The organization of a `WeCom` sub-user; empty where it is not stated.
    pub corp: Box<str>,
    /// Which member of the organization it is; empty where it is not stated.
    pub member: Box<str>,
}

/// What is known of a role besides.
#[derive(Clone, Debug, Default)]
#[expect(clippy::exhaustive_structs, reason = "the members of the account file")]
pub struct RoleDetails {
    /// What somebody noted about it.
    pub description: Box<str>,
    /// How many seconds its sessions last at most; 0 where that is left to the platform.
    pub session_duration: u64,
    /// Whether its sessions may use the console.
    pub console_login: bool,
    /// The services that it was made for.
    pub linked_services: Vec<Box<str>>,
}

/// What is known of a policy besides.
#[derive(Clone, Debug)]
#[expect(clippy::exhaustive_structs, reason = "the members of the account file")]
pub struct PolicyDetails {
    /// What somebody noted about it.
    pub description: Box<str>,
    /// Its name for people, where it has one.
    pub alias: Box<str>,
    /// The number of the version that the document is.
    pub version: u64,
    /// The last number that a version was given; at least `version`.
    pub last_version: u64,
    /// Its tags.
    pub tags: Vec<(Box<str>, Box<str>)>,
}

impl Default for PolicyDetails {
    fn default() -> Self {
        Self {
            description: Box::default(),
            alias: Box::default(),
            version: 1,
            last_version: 1,
            tags: Vec::new(),
        }
    }
}
