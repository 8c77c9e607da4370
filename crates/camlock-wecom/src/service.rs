//! The interface of WeCom for third-party applications.

use std::time::Duration;

use camlock_cam::wecom::{Access, Installation, Member, Scanned, Scope, WeCom, WeComError};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use ureq::Agent;

use crate::config::Config;
use crate::tokens::Tokens;

/// WeCom, asked over HTTPS.
#[derive(Debug)]
pub struct Service {
    config: Config,
    agent: Agent,
    /// The suite's under the empty name, those of organizations under their ids.
    tokens: Tokens,
}

/// The largest answer that is read; the members of a large organization are some megabytes.
const LONGEST: u64 = 16 << 20;
/// Members that are read of one organization.
const MOST_MEMBERS: usize = 100_000;
/// Departments that are asked about.
const MOST_DEPARTMENTS: usize = 1_000;
/// A token was refused: unknown, or over.
const BAD_TOKEN: [i64; 4] = [40014, 42001, 40082, 42009];

/// What every answer begins with.
#[derive(Deserialize)]
struct Verdict {
    #[serde(default)]
    errcode: i64,
    #[serde(default)]
    errmsg: String,
}

#[derive(Deserialize)]
struct SuiteToken {
    suite_access_token: String,
    expires_in: u64,
}

#[derive(Deserialize)]
struct CorpToken {
    access_token: String,
    expires_in: u64,
}

#[derive(Deserialize)]
struct Installed {
    permanent_code: String,
    auth_corp_info: Corp,
    auth_info: Authorized,
    auth_user_info: Named,
    #[serde(default)]
    state: String,
}

#[derive(Deserialize)]
struct AuthInfo {
    auth_corp_info: Corp,
    auth_info: Authorized,
}

#[derive(Deserialize)]
struct Corp {
    corpid: String,
    #[serde(default)]
    corp_name: String,
}

#[derive(Deserialize)]
struct Authorized {
    agent: Vec<Application>,
}

#[derive(Deserialize)]
struct Application {
    agentid: u64,
    #[serde(default)]
    privilege: Privilege,
}

#[derive(Default, Deserialize)]
struct Privilege {
    #[serde(default)]
    allow_party: Vec<u64>,
    #[serde(default)]
    allow_user: Vec<String>,
}

#[derive(Deserialize)]
struct Named {
    userid: String,
    #[serde(default)]
    name: String,
}

#[derive(Deserialize)]
struct Session {
    corpid: String,
    userid: String,
}

#[derive(Deserialize)]
struct Users {
    userlist: Vec<Named>,
}

impl Service {
    /// Asks as the application that the configuration names.
    pub fn new(config: Config) -> Self {
        let agent = Agent::config_builder()
            .timeout_global(Some(Duration::from_secs(config.timeout_seconds)))
            .max_redirects(0)
            .http_status_as_error(false)
            .build();
        Self { config, agent: agent.into(), tokens: Tokens::default() }
    }

    fn address(&self, path: &str, query: &[(&str, &str)]) -> String {
        let query = query.iter().map(|(name, value)| format!("{name}={}", encoded(value)));
        let query = query.collect::<Vec<_>>().join("&");
        format!("{}/cgi-bin/{path}?{query}", self.config.endpoint())
    }

    fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        query: &[(&str, &str)],
        body: &Value,
    ) -> Result<T, WeComError> {
        read(self.agent.post(self.address(path, query)).send_json(body))
    }

    fn get<T: DeserializeOwned>(
        &self,
        path: &str,
        query: &[(&str, &str)],
    ) -> Result<T, WeComError> {
        read(self.agent.get(self.address(path, query)).call())
    }

    fn suite_token(&self) -> Result<String, WeComError> {
        if let Some(token) = self.tokens.get("") {
            return Ok(token);
        }
        let ticket = std::fs::read_to_string(&self.config.suite_ticket_file)
            .map_err(|why| WeComError::Unavailable(format!("no suite ticket: {why}")))?;
        let answer: SuiteToken = self.post(
            "service/get_suite_token",
            &[],
            &json!({
                "suite_id": self.config.suite_id,
                "suite_secret": self.config.suite_secret,
                "suite_ticket": ticket.trim(),
            }),
        )?;
        self.tokens.put("", &answer.suite_access_token, answer.expires_in);
        Ok(answer.suite_access_token)
    }

    fn corp_token(&self, organization: &Access) -> Result<String, WeComError> {
        if let Some(token) = self.tokens.get(&organization.corp) {
            return Ok(token);
        }
        let answer: CorpToken = self.as_suite(|token| {
            self.post("service/get_corp_token", &[("suite_access_token", token)], &of(organization))
        })?;
        self.tokens.put(&organization.corp, &answer.access_token, answer.expires_in);
        Ok(answer.access_token)
    }

    /// Asks with the suite's token, and once more where that has ended.
    fn as_suite<T>(&self, ask: impl Fn(&str) -> Result<T, WeComError>) -> Result<T, WeComError> {
        self.with_token("", || self.suite_token(), ask)
    }

    /// Asks with the token of an organization, and once more where that has ended.
    fn as_corp<T>(
        &self,
        organization: &Access,
        ask: impl Fn(&str) -> Result<T, WeComError>,
    ) -> Result<T, WeComError> {
        self.with_token(&organization.corp, || self.corp_token(organization), ask)
    }

    fn with_token<T>(
        &self,
        whose: &str,
        token: impl Fn() -> Result<String, WeComError>,
        ask: impl Fn(&str) -> Result<T, WeComError>,
    ) -> Result<T, WeComError> {
        match ask(&token()?) {
            Err(WeComError::Refused(number, _)) if BAD_TOKEN.contains(&number) => {
                self.tokens.forget(whose);
                ask(&token()?)
            }
            answer => answer,
        }
    }
}

impl WeCom for Service {
    fn link_address(&self, ticket: &str) -> String {
        with_query(&self.config.install_address, "state", ticket)
    }

    fn scan_address(&self, ticket: &str) -> String {
        with_query(&self.config.scan_address, "ticket", ticket)
    }

    fn apply_address(&self, token: &str) -> String {
        with_query(&self.config.apply_address, "applyToken", token)
    }

    fn install(&self, code: &str) -> Result<Installation, WeComError> {
        let answer: Installed = self.as_suite(|token| {
            let body = json!({ "auth_code": code });
            self.post("service/get_permanent_code", &[("suite_access_token", token)], &body)
        })?;
        let agent = answer.auth_info.agent.first().map(|agent| agent.agentid);
        let agent = agent.ok_or_else(|| unreadable("an authorization of no application"))?;
        Ok(Installation {
            access: Access {
                corp: answer.auth_corp_info.corpid,
                permanent_code: answer.permanent_code,
                agent,
            },
            member: answer.auth_user_info.userid,
            ticket: answer.state,
        })
    }

    fn identify(&self, code: &str) -> Result<Scanned, WeComError> {
        let answer: Session = self.as_suite(|token| {
            let query = [
                ("suite_access_token", token),
                ("js_code", code),
                ("grant_type", "authorization_code"),
            ];
            self.get("service/miniprogram/jscode2session", &query)
        })?;
        Ok(Scanned { corp: answer.corpid, member: answer.userid })
    }

    fn scope(&self, organization: &Access) -> Result<Scope, WeComError> {
        let info: AuthInfo = self.as_suite(|token| {
            self.post("service/get_auth_info", &[("suite_access_token", token)], &of(organization))
        })?;
        let of_agent = |agent: &&Application| agent.agentid == organization.agent;
        let agent = info.auth_info.agent.iter().find(of_agent);
        let privilege = agent.map(|agent| &agent.privilege);
        let privilege =
            privilege.ok_or_else(|| unreadable("no authorization of the application"))?;
        let mut scope = Scope {
            name: info.auth_corp_info.corp_name,
            departments: privilege.allow_party.clone(),
            members: Vec::new(),
        };
        if scope.departments.len() > MOST_DEPARTMENTS {
            return Err(unreadable("more departments than are read"));
        }
        for department in &privilege.allow_party {
            let department = department.to_string();
            let users: Users = self.as_corp(organization, |token| {
                let query = [
                    ("access_token", token),
                    ("department_id", &*department),
                    ("fetch_child", "1"),
                ];
                self.get("user/simplelist", &query)
            })?;
            scope.members.extend(users.userlist.into_iter().map(member));
            if scope.members.len() > MOST_MEMBERS {
                return Err(unreadable("more members than are read"));
            }
        }
        for id in &privilege.allow_user {
            if scope.members.iter().any(|own| own.id == *id) {
                continue;
            }
            let user: Named = self.as_corp(organization, |token| {
                self.get("user/get", &[("access_token", token), ("userid", id)])
            })?;
            scope.members.push(member(user));
        }
        scope.members.sort_by(|one, other| one.id.cmp(&other.id));
        scope.members.dedup_by(|one, other| one.id == other.id);
        Ok(scope)
    }

    fn tell(
        &self,
        organization: &Access,
        members: &[String],
        text: &str,
    ) -> Result<(), WeComError> {
        let body = json!({
            "touser": members.join("|"),
            "msgtype": "text",
            "agentid": organization.agent,
            "text": { "content": text },
        });
        self.as_corp(organization, |token| {
            self.post::<Value>("message/send", &[("access_token", token)], &body)
        })?;
        Ok(())
    }
}

fn member(user: Named) -> Member {
    Member { id: user.userid, name: user.name }
}

/// How organizations are named to the suite.
fn of(organization: &Access) -> Value {
    json!({ "auth_corpid": organization.corp, "permanent_code": organization.permanent_code })
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

fn with_query(address: &str, name: &str, value: &str) -> String {
    let mark = if address.contains('?') { '&' } else { '?' };
    format!("{address}{mark}{name}={}", encoded(value))
}

fn unreadable(what: &str) -> WeComError {
    WeComError::Unavailable(format!("the answer is not as expected: {what}"))
}

/// Reads an answer. Errors of the transport name the address, whose query holds tokens: only their kind is
/// told.
fn read<T: DeserializeOwned>(
    answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>,
) -> Result<T, WeComError> {
    let mut response = answer.map_err(|why| WeComError::Unavailable(kind(&why).to_owned()))?;
    if response.status() != 200 {
        return Err(WeComError::Unavailable(format!("HTTP status {}", response.status().as_u16())));
    }
    let body = response.body_mut().with_config().limit(LONGEST).read_to_vec();
    let body = body.map_err(|why| WeComError::Unavailable(kind(&why).to_owned()))?;
    let verdict: Verdict = serde_json::from_slice(&body).map_err(|_| unreadable("no JSON"))?;
    if verdict.errcode != 0 {
        // Messages of WeCom end with hints for its support, which name the address of the caller.
        let message = verdict.errmsg.split(',').next().unwrap_or_default();
        let message = message.chars().filter(|c| !c.is_control()).take(128).collect();
        return Err(WeComError::Refused(verdict.errcode, message));
    }
    serde_json::from_slice(&body).map_err(|_| unreadable("a member is missing"))
}

fn kind(error: &ureq::Error) -> &'static str {
    match error {
        ureq::Error::Timeout(_) => "it took too long",
        ureq::Error::HostNotFound => "the host is not known",
        ureq::Error::ConnectionFailed | ureq::Error::Io(_) => "the connection failed",
        ureq::Error::BodyExceedsLimit(_) => "the answer is too large",
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) => "TLS failed",
        _ => "the request failed",
    }
}
