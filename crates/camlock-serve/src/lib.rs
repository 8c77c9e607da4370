//! Serves the local CAM and STS over HTTP, as API 3.0 speaks it.
//!
//! [`Server::serve`] answers until it is told to stop, and then finishes what it has begun. Each call leaves one
//! [audit record](audit), in the shape that `CloudAudit` has, and
//! one line in the [log].

pub mod audit;
mod begun;
mod body;
mod http;
mod limits;
pub mod log;
mod prompt;
mod tls;

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;
use camlock_cam::ControlPlane;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use hyper_util::server::conn::auto::Builder;

use audit::AuditLog;
use begun::Begun;
use limits::Capped;
pub use limits::Limits;
pub use tls::Certificate;

/// What is served, and where records go.
#[derive(Debug)]
pub struct Server {
    plane: Arc<ControlPlane>,
    audit: Arc<AuditLog>,
    certificate: Option<Certificate>,
    limits: Limits,
}

/// Times of last use are written down so often.
const WRITE_USES: Duration = Duration::from_secs(5);

impl Server {
    /// Serves an account.
    pub fn new(plane: ControlPlane, audit: AuditLog) -> Self {
        let (plane, audit) = (Arc::new(plane), Arc::new(audit));
        Self { plane, audit, certificate: None, limits: Limits::default() }
    }

    /// Speaks TLS 1.2 and 1.3 with a certificate, and nothing else.
    #[must_use]
    pub fn with_certificate(self, certificate: Certificate) -> Self {
        Self { certificate: Some(certificate), ..self }
    }

    /// Keeps other limits than the usual ones.
    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// Answers what comes to a listener until `stop` is done; `ready` gets the address that was taken.
    ///
    /// # Errors
    ///
    /// That of the socket.
    pub async fn serve(
        self,
        listener: TcpListener,
        ready: impl FnOnce(SocketAddr),
        stop: impl Future<Output = ()> + Send + 'static,
    ) -> io::Result<()> {
        listener.set_nonblocking(true)?;
        let taken = listener.local_addr()?;
        let tls = self.certificate.is_some();
        tracing::info!(address = %taken, tls, "started");
        ready(taken);
        let housekeeping = tokio::spawn(keep_house(Arc::clone(&self.plane)));
        let limits = self.limits;
        let begun = Begun::default();
        let router =
            http::router(Arc::clone(&self.plane), Arc::clone(&self.audit), &limits, &begun);
        let router = router.into_make_service_with_connect_info::<SocketAddr>();
        let handle = Handle::new();
        let patience = limits.body.saturating_add(OUTSIDE);
        let stopping = tokio::spawn(finish(handle.clone(), stop, begun, patience));
        let served = match self.certificate {
            None => {
                let server = axum_server::from_tcp(listener).handle(handle);
                let mut server = server.map(|accept| Capped::new(accept, &limits));
                *server.http_builder() = http1(&limits);
                server.serve(router).await
            }
            Some(certificate) => {
                let config = RustlsConfig::from_config(certificate.config());
                let server = axum_server::from_tcp_rustls(listener, config).handle(handle);
                let mut server = server.map(|accept| Capped::new(accept, &limits));
                *server.http_builder() = http1(&limits);
                server.serve(router).await
            }
        };
        stopping.abort();
        housekeeping.abort();
        let plane = self.plane;
        let written = tokio::task::spawn_blocking(move || plane.write_uses()).await;
        tracing::info!("stopped");
        served?;
        written.map_err(io::Error::other)?.map_err(io::Error::other)
    }
}

/// HTTP 1.1 and nothing else, whose heads are waited for so long and no longer.
fn http1(limits: &Limits) -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new()).http1_only();
    builder.http1().timer(TokioTimer::new()).header_read_timeout(limits.head);
    builder
}

/// Connections without a request are closed so long after the server was told to stop, and so long after the
/// last request was answered: its answer may still be on the way.
const GRACE: Duration = Duration::from_secs(5);
/// So often the requests are counted meanwhile.
const COUNT: Duration = Duration::from_millis(500);
/// Whoever outside is asked for an answer gets so long, beyond what the body of the request took.
const OUTSIDE: Duration = Duration::from_secs(15);

/// Waits to be told to stop, and lets what was begun be finished, within limits.
async fn finish(handle: Handle, stop: impl Future<Output = ()>, begun: Begun, patience: Duration) {
    stop.await;
    handle.graceful_shutdown(None);
    let quiet = async {
        let mut quiet = Duration::ZERO;
        while quiet < GRACE {
            tokio::time::sleep(COUNT).await;
            quiet = if begun.is_any() { Duration::ZERO } else { quiet + COUNT };
        }
    };
    if tokio::time::timeout(patience.saturating_add(GRACE), quiet).await.is_err() {
        tracing::warn!("requests that took too long to finish were broken off");
    }
    handle.shutdown();
}

/// What has to be done now and then. A store that cannot be written is reported by the calls that need
/// it, and the times are kept for the next attempt.
async fn keep_house(plane: Arc<ControlPlane>) {
    let mut ticks = tokio::time::interval(WRITE_USES);
    loop {
        ticks.tick().await;
        let plane = Arc::clone(&plane);
        let done = tokio::task::spawn_blocking(move || {
            plane.write_uses()?;
            plane.forget(now())
        });
        if let Ok(Err(why)) = done.await {
            tracing::error!(error = %why, "the store was not written");
        }
    }
}

/// Seconds since 1970.
#[expect(clippy::disallowed_methods, reason = "the server is what reads the clock")]
pub(crate) fn now() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
}
