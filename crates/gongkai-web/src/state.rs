//! What every handler needs.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use axum::body::Bytes;
use gongkai_service::platform::Services;
use moka::sync::Cache;

use crate::limit::Limits;

/// How the pages are served.
#[derive(Debug, Clone, Default)]
pub struct WebSettings {
    /// Whether cookies go over TLS alone: true behind a proxy that ends TLS.
    pub secure: bool,
    /// Whether the client's address is taken from `X-Forwarded-For`: only behind a proxy that sets it.
    pub behind_proxy: bool,
    /// Whether sign-ins are limited by address; off in load tests alone.
    pub unlimited: bool,
}

/// A page that was rendered, for one generation of what is public.
#[derive(Clone)]
pub(crate) struct Kept {
    pub(crate) generation: u64,
    pub(crate) media: &'static str,
    pub(crate) bytes: Bytes,
    pub(crate) tag: Arc<str>,
}

/// Counters for `/metrics`.
#[derive(Debug, Default)]
pub(crate) struct Meters {
    pub(crate) requests: AtomicU64,
    pub(crate) failures: AtomicU64,
    pub(crate) refusals: AtomicU64,
    pub(crate) kept: AtomicU64,
}

/// The state of the web.
#[derive(Clone)]
pub struct Web {
    pub(crate) services: Arc<Services>,
    pub(crate) settings: Arc<WebSettings>,
    pub(crate) pages: Cache<String, Kept>,
    pub(crate) limits: Arc<Limits>,
    pub(crate) meters: Arc<Meters>,
}

impl std::fmt::Debug for Web {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Web").field("settings", &self.settings).finish_non_exhaustive()
    }
}

/// What the pages in memory may hold.
const PAGES: u64 = 32 << 20;

impl Web {
    /// The web over a platform.
    pub fn new(services: Arc<Services>, settings: WebSettings) -> Self {
        let pages = Cache::builder()
            .max_capacity(PAGES)
            .weigher(|key: &String, kept: &Kept| u32::try_from(key.len() + kept.bytes.len() + 200).unwrap_or(u32::MAX))
            .build();
        let limits = Arc::new(Limits::new(settings.unlimited));
        Self { services, settings: Arc::new(settings), pages, limits, meters: Arc::default() }
    }
}
