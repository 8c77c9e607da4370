//! `camlock serve`: a local CAM and STS.

use std::io::{self, Write};
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use camlock_cam::authorization::Profile;
use camlock_cam::{
    ControlPlane, NewRootKeyError, Options, Quotas, RootKey, SealKey, SoftTokens, Store,
};
use camlock_serve::audit::AuditLog;
use camlock_serve::log::{self, Log, LogForm};
use camlock_serve::{Certificate, Server};
use clap::Args;
use tokio::runtime::Runtime;

use crate::authority::load_account;
use crate::exit::Exit;
use crate::files::Named;

/// Serves CAM and STS of one account, so that applications can be tested against policies that are
/// really enforced.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  An account that goes with the process; the key of its root is printed:
      camlock serve --api --ephemeral

  An account that stays, started at the first run:
      openssl rand -base64 32 > cam.key
      camlock serve --api --store cam.db --key-file cam.key --create

  A new key for its root, where the old one is lost:
      camlock serve --api --store cam.db --key-file cam.key --new-root-key

  The account of a file, to try its policies out:
      camlock serve --api --ephemeral --import account.json

  Asking it, with Tencent's own client:
      tccli cam ListUsers --endpoint http://127.0.0.1:8440 --region ap-guangzhou \\
          --secretId AKID… --secretKey …")]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(crate) struct ServeArgs {
    /// Speak API 3.0 of the services `cam` and `sts`
    #[arg(long, required = true)]
    api: bool,

    /// The file of the account
    #[arg(long, value_name = "FILE", requires = "key_file", conflicts_with = "ephemeral")]
    store: Option<PathBuf>,

    /// The file of the key that secrets are sealed with: 32 bytes in base64
    #[arg(long, value_name = "FILE")]
    key_file: Option<PathBuf>,

    /// Keep nothing: a new account, gone with the process
    #[arg(long, required_unless_present = "store")]
    ephemeral: bool,

    /// Start the account where the store has none, and print the key of its root once
    #[arg(long)]
    create: bool,

    /// Make a new key for the root of the account in the store, and print it once
    #[arg(long, requires = "store", conflicts_with = "ephemeral")]
    new_root_key: bool,

    /// Delete this key of the root first: it has two at most
    #[arg(long, value_name = "SECRETID", requires = "new_root_key")]
    delete_root_key: Option<String>,

    /// Start the account with everything of an account file
    #[arg(long, value_name = "FILE", conflicts_with_all = ["uin", "app_id"])]
    import: Option<PathBuf>,

    /// The uin of the root of a new account
    #[arg(long, value_name = "UIN", default_value_t = 100_000_000_001,
        value_parser = clap::value_parser!(u64).range(1..1_000_000_000_000_000))]
    uin: u64,

    /// The APPID of a new account
    #[arg(long, value_name = "APPID", default_value_t = 1_250_000_000,
        value_parser = clap::value_parser!(u64).range(1..1_000_000_000_000_000))]
    app_id: u64,

    /// Where to listen; port 0 takes a free one. Without a certificate on this machine only
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8440")]
    listen: SocketAddr,

    /// Speak TLS 1.2 and 1.3 with this chain of certificates, in PEM
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    tls_cert: Option<PathBuf>,

    /// The private key of the certificate, in PEM
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    tls_key: Option<PathBuf>,

    /// What calls are authorized on: `resource-level` or `published`
    #[arg(long, value_name = "PROFILE", default_value = "resource-level")]
    profile: Profile,

    /// Refuse requests whose signature does not cover `X-TC-Action`
    #[arg(long)]
    require_signed_action: bool,

    /// Refuse to delete a key that is still active
    #[arg(long)]
    keep_active_keys: bool,

    /// Let organizations of WeCom be linked, asked as this file (JSON) says
    #[arg(long, value_name = "FILE")]
    wecom: Option<PathBuf>,
    /// The soft tokens of users, for second factors: a JSON object of uins with secrets in base32
    #[arg(long, value_name = "FILE")]
    mfa: Option<PathBuf>,

    /// How much there may be of everything: a JSON object such as {"users": 20, "keys": 1}
    #[arg(long, value_name = "FILE")]
    quotas: Option<PathBuf>,

    /// How to write the log to standard error: `text`, `json` or `off`
    #[arg(long, value_name = "FORM", default_value = "text")]
    log: LogForm,

    /// Append an audit record of every call to a file of JSON Lines
    #[arg(long, value_name = "FILE")]
    audit: Option<PathBuf>,
}

pub(crate) fn run(args: &ServeArgs, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<Exit> {
    match prepare(args) {
        // The log is written to its end before the process is gone.
        Ok(Prepared { server, listener, runtime, started, log: _log }) => {
            if let Some((RootKey { secret_id, secret_key }, left_out)) = started {
                writeln!(out, "SecretId:  {secret_id}\nSecretKey: {secret_key}")?;
                writeln!(out, "(the key of the root account, shown this once)")?;
                for what in left_out {
                    writeln!(err, "warning: not taken over: {what}")?;
                }
            }
            let scheme = if args.tls_cert.is_some() { "https" } else { "http" };
            let ended = listen(&runtime, listener, scheme, server, out);
            // A question to somebody outside may wait for its answer still.
            runtime.shutdown_timeout(PATIENCE);
            if let Err(why) = ended? {
                writeln!(err, "error: {}: {why}", args.listen)?;
                return Ok(Exit::Failure);
            }
            Ok(Exit::Success)
        }
        Err(problem) => {
            writeln!(err, "error: {problem}")?;
            Ok(Exit::Failure)
        }
    }
}

/// A key that was made, and what an account file has besides that is not held here.
type Started = (RootKey, Vec<String>);

/// Everything that serving takes.
struct Prepared {
    server: Server,
    listener: TcpListener,
    runtime: Runtime,
    started: Option<Started>,
    log: Log,
}

/// Whatever can fail comes before an account is started or a key made: the key is shown once, by who gets
/// through.
fn prepare(args: &ServeArgs) -> Result<Prepared, String> {
    if !args.listen.ip().is_loopback() && args.tls_cert.is_none() {
        return Err(format!(
            "{} can be reached from outside, and secrets would travel unencrypted; \
             give --tls-cert, or listen on a loopback address such as 127.0.0.1",
            args.listen.ip()
        ));
    }
    let log = log::start(args.log)?;
    let now = now();
    let audit = match &args.audit {
        Some(path) => {
            AuditLog::append_to(path).map_err(|why| format!("{}: {why}", path.display()))?
        }
        None => AuditLog::none(),
    };
    let wecom = args.wecom.as_deref().map(read_wecom).transpose()?;
    let soft_tokens = match &args.mfa {
        Some(path) => read_soft_tokens(path)?,
        None => SoftTokens::default(),
    };
    let quotas = args.quotas.as_deref().map(read_quotas).transpose()?.unwrap_or_default();
    let certificate = read_certificate(args)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|why| why.to_string())?;
    let listener =
        TcpListener::bind(args.listen).map_err(|why| format!("{}: {why}", args.listen))?;
    let (mut store, seal) = open(args)?;
    let start = args.ephemeral || args.create && !store.has_account().map_err(|w| w.to_string())?;
    if args.import.is_some() && !start {
        return Err("an account file is taken over into a new account only".to_owned());
    }
    let started = match &args.import {
        _ if !start && args.new_root_key => {
            Some((new_root_key(args, &mut store, &seal, now)?, Vec::new()))
        }
        _ if !start => None,
        Some(path) => {
            let account =
                load_account(path, Named::ByUser).map_err(|problem| problem.to_string())?;
            let started = ControlPlane::start_from(&mut store, &seal, &account, now);
            Some(started.map_err(|why| format!("{}: {why}", path.display()))?)
        }
        None => {
            let key = ControlPlane::start(&mut store, &seal, args.uin, args.app_id, now);
            Some((key.map_err(|why| why.to_string())?, Vec::new()))
        }
    };
    let mut options = Options::default();
    options.profile = args.profile;
    options.require_signed_action = args.require_signed_action;
    options.keep_active_keys = args.keep_active_keys;
    options.soft_tokens = soft_tokens;
    options.quotas = quotas;
    let plane = ControlPlane::open(store, seal, options, now)
        .map_err(|why| format!("{why}; give --create to start an account in an empty store"))?;
    let plane = match wecom {
        Some(config) => plane.with_wecom(Arc::new(camlock_wecom::Service::new(config))),
        None => plane,
    };
    let server = Server::new(plane, audit);
    let server = match certificate {
        Some(certificate) => server.with_certificate(certificate),
        None => server,
    };
    Ok(Prepared { server, listener, runtime, started, log })
}

fn read_certificate(args: &ServeArgs) -> Result<Option<Certificate>, String> {
    let (Some(chain), Some(key)) = (&args.tls_cert, &args.tls_key) else { return Ok(None) };
    let read =
        |path: &Path| std::fs::read(path).map_err(|why| format!("{}: {why}", path.display()));
    let certificate = Certificate::from_pem(&read(chain)?, &read(key)?);
    certificate.map(Some).map_err(|why| format!("{}: {why}", chain.display()))
}

/// A new key of the root of the account in a store.
fn new_root_key(
    args: &ServeArgs,
    store: &mut Store,
    seal: &SealKey,
    now: i64,
) -> Result<RootKey, String> {
    let most = Options::default().quotas.keys;
    ControlPlane::new_root_key(store, seal, most, args.delete_root_key.as_deref(), now).map_err(
        |why| match why {
            NewRootKeyError::TooMany(keys) => format!(
                "the root has as many keys as it may have ({}); name the one to give up with \
                 --delete-root-key",
                keys.join(", ")
            ),
            other => other.to_string(),
        },
    )
}

fn open(args: &ServeArgs) -> Result<(Store, SealKey), String> {
    if let (Some(path), Some(key)) = (&args.store, &args.key_file) {
        let shown = path.display();
        if !args.create && !path.exists() {
            return Err(format!("{shown} is not there; give --create to start an account in it"));
        }
        let seal = read_key(key)?;
        return Ok((Store::open(path).map_err(|why| format!("{shown}: {why}"))?, seal));
    }
    let store = Store::in_memory().map_err(|why| why.to_string())?;
    Ok((store, SealKey::generate().map_err(|why| why.to_string())?))
}

fn read_key(path: &Path) -> Result<SealKey, String> {
    let text = std::fs::read_to_string(path).map_err(|why| {
        format!("{}: {why}; make one with: openssl rand -base64 32", path.display())
    })?;
    SealKey::parse(&text).map_err(|why| format!("{}: {why}", path.display()))
}

fn read_wecom(path: &Path) -> Result<camlock_wecom::Config, String> {
    let shown = path.display();
    let text = std::fs::read_to_string(path).map_err(|why| format!("{shown}: {why}"))?;
    let config = camlock_wecom::Config::read(&text).map_err(|why| format!("{shown}: {why}"))?;
    Ok(config.within(path.parent().unwrap_or(Path::new(""))))
}

/// What is under way when the server ends gets so long.
const PATIENCE: Duration = Duration::from_secs(15);

fn read_soft_tokens(path: &Path) -> Result<SoftTokens, String> {
    let text = std::fs::read_to_string(path).map_err(|why| format!("{}: {why}", path.display()))?;
    SoftTokens::parse(&text).map_err(|why| format!("{}: {why}", path.display()))
}

fn read_quotas(path: &Path) -> Result<Quotas, String> {
    let text = std::fs::read_to_string(path).map_err(|why| format!("{}: {why}", path.display()))?;
    Quotas::parse(&text).map_err(|why| format!("{}: {why}", path.display()))
}

/// Serves until the process is asked to end; what comes of that, unless the address cannot be told.
fn listen(
    runtime: &Runtime,
    listener: TcpListener,
    scheme: &str,
    server: Server,
    out: &mut dyn Write,
) -> io::Result<io::Result<()>> {
    let mut told = Ok(());
    let ended = runtime.block_on(server.serve(
        listener,
        |taken| {
            told = writeln!(out, "listening on {scheme}://{taken}").and_then(|()| out.flush());
        },
        stop(),
    ));
    told.map(|()| ended)
}

/// Done when the process is asked to end.
async fn stop() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate());
        if let Ok(mut terminate) = terminate {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    drop(interrupt.await);
}

#[expect(clippy::disallowed_methods, reason = "the binary is what reads the clock")]
fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
}
