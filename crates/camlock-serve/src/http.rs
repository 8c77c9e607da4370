//! From HTTP to calls and back.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use camlock_cam::{Answer, ApiError, Asked, ControlPlane, signature};
use serde_json::{Map, Value, json};

use crate::audit::{Around, AuditLog};
use crate::begun::Begun;
use crate::body::{Bodies, Taken};
use crate::limits::Limits;
use crate::{log, now};

#[derive(Clone)]
struct Shared {
    plane: Arc<ControlPlane>,
    audit: Arc<AuditLog>,
    bodies: Bodies,
    begun: Begun,
}

pub(crate) fn router(
    plane: Arc<ControlPlane>,
    audit: Arc<AuditLog>,
    limits: &Limits,
    begun: &Begun,
) -> Router {
    let begun = begun.clone();
    Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .fallback(any(answer))
        .with_state(Shared { plane, audit, bodies: Bodies::new(limits), begun })
}

/// A request as it came.
struct Came {
    peer: IpAddr,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Taken,
    started: Instant,
}

async fn answer(
    State(shared): State<Shared>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let _counted = shared.begun.begin();
    let peer = peer.ip().to_canonical();
    let mut came = Came { peer, method, uri, headers, body: Taken::default(), started: instant() };
    let refusal = match shared.bodies.read(body).await {
        Ok(body) => {
            came.body = body;
            None
        }
        Err(error) => Some(error),
    };
    let came = Arc::new(came);
    // Whoever writes waits for the disk.
    let done = tokio::task::spawn_blocking({
        let (shared, came) = (shared.clone(), Arc::clone(&came));
        move || {
            finish(&shared, &came, |asked| match refusal {
                None => shared.plane.answer(asked),
                Some(error) => shared.plane.refuse(asked, error),
            })
        }
    });
    done.await.unwrap_or_else(|_| {
        let error = ApiError::new("InternalError", "The call was not finished.");
        finish(&shared, &came, |asked| shared.plane.refuse(asked, error))
    })
}

/// Answers a request, and writes down that it was.
fn finish(shared: &Shared, came: &Came, answer: impl FnOnce(&Asked<'_>) -> Answer) -> Response {
    let header = |name: &str| came.headers.get(name).and_then(|value| value.to_str().ok());
    let asked = Asked {
        request: signature::Request {
            method: came.method.as_str(),
            query: came.uri.query().unwrap_or_default(),
            header: &header,
            body: &came.body.bytes,
        },
        source_ip: came.peer,
        now: now(),
    };
    let answer = answer(&asked);
    let agent = header("user-agent").or(header("x-tc-requestclient")).unwrap_or_default();
    let region = header("x-tc-region").unwrap_or_default();
    let version = header("x-tc-version").unwrap_or_default();
    shared.audit.write(&answer, &asked, &Around { agent, region, version });
    log::call(&answer, instant().saturating_duration_since(came.started));
    respond(&answer.request_id, answer.result)
}

/// Answers have status 200, whatever they say.
fn respond(request_id: &str, result: Result<Map<String, Value>, ApiError>) -> Response {
    let mut response = result.unwrap_or_else(|error| {
        let error = json!({ "Code": error.code(), "Message": error.message() });
        Map::from_iter([("Error".to_owned(), error)])
    });
    response.insert("RequestId".to_owned(), request_id.into());
    let body = json!({ "Response": response }).to_string();
    (StatusCode::OK, [(header::CONTENT_TYPE, "application/json")], body).into_response()
}

#[expect(clippy::disallowed_methods, reason = "says how long a call took, and decides nothing")]
fn instant() -> Instant {
    Instant::now()
}
