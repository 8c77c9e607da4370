//! The server as its clients see it, over sockets.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "helpers of tests fail by panicking"
)]

mod laws;
mod limits;
mod records;

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::mpsc;
use std::thread::JoinHandle;

use camlock_cam::{ControlPlane, Options, SealKey, Store};
use camlock_serve::audit::AuditLog;
use camlock_serve::{Limits, Server};
use serde_json::Value;
use tokio::sync::oneshot;

/// A server of a new account that ends with this value.
struct Served {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Served {
    fn start(limits: Limits, audit: AuditLog) -> Self {
        let seal = SealKey::generate().expect("randomness");
        let mut store = Store::in_memory().expect("memory");
        ControlPlane::start(&mut store, &seal, 100_000_000_001, 1_250_000_000, 0).expect("start");
        let plane = ControlPlane::open(store, seal, Options::default(), 0).expect("open");
        let server = Server::new(plane, audit).with_limits(limits);
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let (stop, stopped) = oneshot::channel();
        let (tell, told) = mpsc::channel();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
            let serving = server.serve(
                listener,
                move |taken| tell.send(taken).expect("somebody waits"),
                async { drop(stopped.await) },
            );
            runtime.expect("a runtime").block_on(serving).expect("served");
        });
        let address = told.recv().expect("an address");
        Self { address, stop: Some(stop), thread: Some(thread) }
    }

    fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).expect("a connection")
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

/// Sends bytes, and reads until the server closes the connection; what a closed one took is lost.
fn exchange(mut connection: TcpStream, bytes: &[u8]) -> String {
    let mut answer = Vec::new();
    if connection.write_all(bytes).is_ok() {
        drop(connection.read_to_end(&mut answer));
    }
    String::from_utf8_lossy(&answer).into_owned()
}

/// The members of an answer.
fn members(answer: &str) -> Value {
    let (_, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
    let answer: Value = serde_json::from_str(body).expect("JSON");
    answer["Response"].clone()
}

fn records(path: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(path).expect("a file");
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}
