//! From HTTP to calls and back.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use camlock_cam::{Answer, ApiError, Asked, ControlPlane, signature};
use serde_json::{Map, Value, json};

use crate::audit::AuditLog;
use crate::now;

/// The largest body that is read; what the interface refuses is smaller by a little.
const LONGEST_BODY: usize = (10 << 20) + 1;
/// And so long it may take.
const SLOWEST_BODY: Duration = Duration::from_secs(30);

#[derive(Clone)]
struct Shared {
    plane: Arc<ControlPlane>,
    audit: Arc<AuditLog>,
}

pub(crate) fn router(plane: Arc<ControlPlane>, audit: Arc<AuditLog>) -> Router {
    Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .fallback(any(answer))
        .with_state(Shared { plane, audit })
}

async fn answer(
    State(shared): State<Shared>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Body,
) -> Response {
    // Whoever sends slowly holds a connection, and no more.
    let read = tokio::time::timeout(SLOWEST_BODY, to_bytes(body, LONGEST_BODY)).await;
    let Ok(Ok(body)) = read else {
        let error = ApiError::new(
            "RequestSizeLimitExceeded",
            "The request is larger than the limit, or came too slowly.",
        );
        return respond("", Err(error));
    };
    // Whoever writes waits for the disk.
    let done = tokio::task::spawn_blocking(move || {
        let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let now = now();
        let asked = Asked {
            request: signature::Request {
                method: method.as_str(),
                query: uri.query().unwrap_or_default(),
                header: &header,
                body: &body,
            },
            source_ip: peer.ip().to_canonical(),
            now,
        };
        let answer = shared.plane.answer(&asked);
        let agent = header("user-agent").or(header("x-tc-requestclient")).unwrap_or_default();
        let region = header("x-tc-region").unwrap_or_default();
        let version = header("x-tc-version").unwrap_or_default();
        shared.audit.write(&answer, &asked, &crate::audit::Around { agent, region, version });
        answer
    });
    let Ok(Answer { request_id, result, .. }) = done.await else {
        return respond("", Err(ApiError::new("InternalError", "The call was not finished.")));
    };
    respond(&request_id, result)
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
