//! Listening, and stopping when told.

use std::net::SocketAddr;

use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::routes::router;
use crate::state::Web;

/// Serves the portal, the office and the interface until `stop` is told; then requests under way are finished first.
///
/// # Errors
/// The listener fails.
pub async fn serve(web: Web, listener: TcpListener, mut stop: watch::Receiver<bool>) -> std::io::Result<()> {
    let app = router(web).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, app)
        .with_graceful_shutdown(async move {
            // A sender that is gone tells to stop as well.
            drop(stop.wait_for(|told| *told).await);
        })
        .await
}
