//! Listening, and stopping when told. Whoever sends slowly, or nothing, does not keep a place for ever.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::body::Body;
use axum::extract::ConnectInfo;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};
use tower::ServiceExt as _;

use crate::routes::router;
use crate::state::Web;

/// How long the head of a request may take, and how long a connection may wait for its next request.
const HEAD: Duration = Duration::from_secs(20);
/// How long requests under way may go on after the program was told to stop.
const GRACE: Duration = Duration::from_secs(10);

/// How many connections each address has open.
#[derive(Debug, Clone, Default)]
struct Callers(Arc<Mutex<BTreeMap<IpAddr, usize>>>);

/// A connection that is counted until it ends.
struct Caller {
    callers: Callers,
    address: IpAddr,
}

impl Callers {
    /// Counts a connection; none where the address has as many as one may have.
    fn admit(&self, address: IpAddr, most: usize) -> Option<Caller> {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = open.entry(address).or_default();
        if *count >= most {
            return None;
        }
        *count += 1;
        Some(Caller { callers: self.clone(), address })
    }
}

impl Drop for Caller {
    fn drop(&mut self) {
        let mut open = self.callers.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = open.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.address);
            }
        }
    }
}

/// Serves the portal, the office and the interface until `stop` is told; then requests under way are finished first, for ten
/// seconds at most. Holds at most `connections` at once, a quarter of them for one address; further ones wait, or are closed.
///
/// # Errors
/// The listener fails.
pub async fn serve(
    web: Web,
    listener: TcpListener,
    connections: usize,
    mut stop: watch::Receiver<bool>,
) -> std::io::Result<()> {
    // Behind a proxy everybody has the proxy's address.
    let one_address = !(web.settings.behind_proxy || web.settings.unlimited);
    let most_of_one = if one_address { (connections / 4).max(16) } else { usize::MAX };
    let callers = Callers::default();
    let app = router(web);
    let places = Arc::new(Semaphore::new(connections.clamp(1, Semaphore::MAX_PERMITS)));
    let graceful = GracefulShutdown::new();
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD);
    // A sender that is gone tells to stop as well.
    let told = stop.wait_for(|told| *told);
    tokio::pin!(told);
    loop {
        let place = tokio::select! {
            place = places.clone().acquire_owned() => place,
            _told = &mut told => break,
        };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _told = &mut told => break,
        };
        let (stream, from) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // Too many open files, or a caller that is gone: the next one may do better.
                tracing::debug!(%error, "没有接上");
                tokio::time::sleep(Duration::from_millis(20)).await;
                continue;
            }
        };
        let Some(caller) = callers.admit(from.ip(), most_of_one) else { continue };
        let app = app.clone();
        let service = service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
            let app = app.clone();
            async move {
                let mut request = request.map(Body::new);
                request.extensions_mut().insert::<ConnectInfo<SocketAddr>>(ConnectInfo(from));
                Ok::<_, Infallible>(app.oneshot(request).await.unwrap_or_else(|never| match never {}))
            }
        });
        let connection = graceful.watch(http.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            // Callers go away as they please.
            drop(connection.await);
            drop((place, caller));
        });
    }
    drop(listener);
    tokio::select! {
        () = graceful.shutdown() => {}
        () = tokio::time::sleep(GRACE) => tracing::warn!("还有请求没有结束，不再等待"),
    }
    Ok(())
}
