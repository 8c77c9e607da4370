//! The interface of WeCom for third-party applications.

use std::collections::BTreeMap;

use camlock_cam::wecom::{Access, Installation, Member, Scanned, Scope, WeCom, WeComError};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use ureq::Agent;

use crate::config::Config;
use crate::ticket;
use crate::tokens::{Deadline, Tokens};

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
/// Departments, tags and single members that are asked about.
const MOST_AUTHORIZED: usize = 1_000;
/// There is no such member.
const NO_MEMBER: i64 = 60_111;
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
    #[serde(default, rename = "allow_party")]
    departments: Vec<u64>,
    #[serde(default, rename = "allow_user")]
    users: Vec<String>,
    #[serde(default, rename = "allow_tag")]
    tags: Vec<u64>,
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
struct Tagged {
    #[serde(default)]
    userlist: Vec<Named>,
    #[serde(default)]
    partylist: Vec<u64>,
}

#[derive(Deserialize)]
struct Users {
    userlist: Vec<Named>,
}

impl Service {
    /// Asks as the application that the configuration names.
    pub fn new(config: Config) -> Self {
        let agent = Agent::config_builder()
            // Only the configuration says where secrets go, not the environment.
            .proxy(None)
            .max_redirects(0)
            .http_status_as_error(false)
            .build();
        Self { config, agent: agent.into(), tokens: Tokens::default() }
    }

    /// Begins a question, which may take several requests and ends in time.
    fn question(&self) -> Question<'_> {
        Question { service: self, until: Deadline::after(self.config.timeout_seconds) }
    }
}

/// A question with the time by which it has to be answered.
struct Question<'a> {
    service: &'a Service,
    until: Deadline,
}

impl Question<'_> {
    fn address(&self, path: &str, query: &[(&str, &str)]) -> String {
        let query = query.iter().map(|(name, value)| format!("{name}={}", encoded(value)));
        let query = query.collect::<Vec<_>>().join("&");
        format!("{}/cgi-bin/{path}?{query}", self.service.config.endpoint())
    }

    fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        query: &[(&str, &str)],
        body: &Value,
    ) -> Result<T, WeComError> {
        let request = self.service.agent.post(self.address(path, query));
        read(request.config().timeout_global(Some(self.until.left()?)).build().send_json(body))
    }

    fn get<T: DeserializeOwned>(
        &self,
        path: &str,
        query: &[(&str, &str)],
    ) -> Result<T, WeComError> {
        let request = self.service.agent.get(self.address(path, query));
        read(request.config().timeout_global(Some(self.until.left()?)).build().call())
    }

    fn suite_token(&self) -> Result<String, WeComError> {
        let (config, tokens) = (&self.service.config, &self.service.tokens);
        if let Some(token) = tokens.get("") {
            return Ok(token);
        }
        let ticket = ticket::read(&config.suite_ticket_file)
            .map_err(|why| WeComError::Unavailable(format!("no suite ticket: {why}")))?;
        let answer: SuiteToken = self.post(
            "service/get_suite_token",
            &[],
            &json!({
                "suite_id": config.suite_id,
                "suite_secret": config.suite_secret,
                "suite_ticket": ticket,
            }),
        )?;
        tokens.put("", &answer.suite_access_token, answer.expires_in);
        Ok(answer.suite_access_token)
    }

    fn corp_token(&self, organization: &Access) -> Result<String, WeComError> {
        let tokens = &self.service.tokens;
        if let Some(token) = tokens.get(&organization.corp) {
            return Ok(token);
        }
        let answer: CorpToken = self.as_suite(|token| {
            let query = [("suite_access_token", token)];
            self.post("service/get_corp_token", &query, &of(organization))
        })?;
        tokens.put(&organization.corp, &answer.access_token, answer.expires_in);
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
                self.service.tokens.forget(whose);
                ask(&token()?)
            }
            answer => answer,
        }
    }

    /// The members of what an organization has authorized: departments, tags and single members.
    fn members(
        &self,
        organization: &Access,
        privilege: Privilege,
    ) -> Result<Vec<Member>, WeComError> {
        let Privilege { mut departments, users, tags } = privilege;
        if departments.len() + users.len() + tags.len() > MOST_AUTHORIZED {
            return Err(unreadable("more departments, tags and members than are asked about"));
        }
        // By id, so that who is authorized twice is there once.
        let mut members = BTreeMap::new();
        for tag in &tags {
            let tag = tag.to_string();
            let tagged: Tagged = self.as_corp(organization, |token| {
                self.get("tag/get", &[("access_token", token), ("tagid", &tag)])
            })?;
            departments.extend(tagged.partylist);
            members.extend(tagged.userlist.into_iter().map(Named::entry));
        }
        for department in &departments {
            let department = department.to_string();
            let listed: Users = self.as_corp(organization, |token| {
                let query = [
                    ("access_token", token),
                    ("department_id", &*department),
                    ("fetch_child", "1"),
                ];
                self.get("user/simplelist", &query)
            })?;
            members.extend(listed.userlist.into_iter().map(Named::entry));
            if members.len() > MOST_MEMBERS {
                return Err(unreadable("more members than are read"));
            }
        }
        for id in &users {
            if members.contains_key(id) {
                continue;
            }
            let user = self.as_corp(organization, |token| {
                self.get::<Named>("user/get", &[("access_token", token), ("userid", id)])
            });
            match user {
                Ok(user) => members.extend([user.entry()]),
                // Somebody who has left is authorized still.
                Err(WeComError::Refused(NO_MEMBER, _)) => {}
                Err(why) => return Err(why),
            }
        }
        Ok(members.into_iter().map(|(id, name)| Member { id, name }).collect())
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
        let question = self.question();
        let answer: Installed = question.as_suite(|token| {
            let body = json!({ "auth_code": code });
            question.post("service/get_permanent_code", &[("suite_access_token", token)], &body)
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
        let question = self.question();
        let answer: Session = question.as_suite(|token| {
            let query = [
                ("suite_access_token", token),
                ("js_code", code),
                ("grant_type", "authorization_code"),
            ];
            question.get("service/miniprogram/jscode2session", &query)
        })?;
        Ok(Scanned { corp: answer.corpid, member: answer.userid })
    }

    fn scope(&self, organization: &Access) -> Result<Scope, WeComError> {
        let question = self.question();
        let info: AuthInfo = question.as_suite(|token| {
            let query = [("suite_access_token", token)];
            question.post("service/get_auth_info", &query, &of(organization))
        })?;
        let mut agents = info.auth_info.agent.into_iter();
        let agent = agents.find(|agent| agent.agentid == organization.agent);
        let privilege = agent.ok_or_else(|| unreadable("no authorization of the application"))?;
        let privilege = privilege.privilege;
        Ok(Scope {
            name: info.auth_corp_info.corp_name,
            departments: privilege.departments.clone(),
            members: question.members(organization, privilege)?,
        })
    }

    fn tell(
        &self,
        organization: &Access,
        members: &[String],
        text: &str,
    ) -> Result<(), WeComError> {
        let question = self.question();
        let body = json!({
            "touser": members.join("|"),
            "msgtype": "text",
            "agentid": organization.agent,
            "text": { "content": text },
        });
        question.as_corp(organization, |token| {
            question.post::<Value>("message/send", &[("access_token", token)], &body)
        })?;
        Ok(())
    }
}

impl Named {
    fn entry(self) -> (String, String) {
        (self.userid, self.name)
    }
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
