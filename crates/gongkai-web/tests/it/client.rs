//! A browser of few means: it keeps a cookie and reads the marks of forms.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use gongkai_service::platform::{DEMO_PASSWORD, Options, Services, now};
use gongkai_web::{Web, WebSettings, router};
use http_body_util::BodyExt;
use tokio::sync::OnceCell;
use tower::ServiceExt;

/// The demonstration behind a router.
pub(crate) struct Site {
    pub(crate) services: Arc<Services>,
    pub(crate) router: Router,
    _folder: tempfile::TempDir,
}

/// An answer.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) location: String,
    pub(crate) cookie: String,
    pub(crate) text: String,
}

pub(crate) struct Browser<'a> {
    site: &'a Site,
    cookie: String,
}

fn options(data: &Path) -> Options {
    Options { data: data.to_path_buf(), database: None, reader: None, fills_index: true }
}

/// A data folder with the demonstration, filled once for all tests: each works on a copy.
async fn filled() -> &'static Path {
    static FILLED: OnceCell<PathBuf> = OnceCell::const_new();
    FILLED
        .get_or_init(|| async {
            let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("demo");
            if folder.exists() {
                std::fs::remove_dir_all(&folder).unwrap();
            }
            let services = Services::open(options(&folder), true, now()).await.unwrap();
            services.fill_demo(now()).await.unwrap();
            services.close().await.unwrap();
            folder
        })
        .await
}

/// What is in a folder, into another.
fn copy(from: &Path, to: &Path) {
    for one in std::fs::read_dir(from).unwrap() {
        let one = one.unwrap();
        let there = to.join(one.file_name());
        if one.file_type().unwrap().is_dir() {
            std::fs::create_dir_all(&there).unwrap();
            copy(&one.path(), &there);
        } else {
            std::fs::copy(one.path(), &there).unwrap();
        }
    }
}

impl Site {
    pub(crate) async fn open() -> Self {
        Self::with(true).await
    }

    /// With the limits of how often one address may ask, unless it is `unlimited`.
    pub(crate) async fn with(unlimited: bool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy(filled().await, folder.path());
        let services = Services::open(options(folder.path()), false, now()).await.unwrap();
        services.follow().await.unwrap();
        let settings = WebSettings { unlimited, ..WebSettings::default() };
        let router = router(Web::new(services.clone(), settings));
        Self { services, router, _folder: folder }
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response: Response<Body> = self.router.clone().oneshot(request).await.unwrap();
        let header = |name| {
            response
                .headers()
                .get(name)
                .and_then(|value: &axum::http::HeaderValue| value.to_str().ok())
                .unwrap_or("")
                .to_owned()
        };
        let (location, cookie) = (header(header::LOCATION), header(header::SET_COOKIE));
        let status = response.status();
        let bytes = response.into_body().collect().await.unwrap().to_bytes();
        Answer { status, location, cookie, text: String::from_utf8_lossy(&bytes).into_owned() }
    }

    pub(crate) fn stranger(&self) -> Browser<'_> {
        Browser { site: self, cookie: String::new() }
    }

    /// A person of the demonstration, signed in.
    pub(crate) async fn person(&self, login: &str) -> Browser<'_> {
        let mut browser = self.stranger();
        let answer = browser.post("/office/login", &[("login", login), ("password", DEMO_PASSWORD)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{login}: {}", answer.text);
        browser.cookie = answer.cookie.split(';').next().unwrap().to_owned();
        browser
    }
}

fn escape(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

impl Browser<'_> {
    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.site.send(self.request("GET", path).body(Body::empty()).unwrap()).await
    }

    fn request(&self, method: &str, path: &str) -> axum::http::request::Builder {
        Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "localhost")
            .header(header::COOKIE, &self.cookie)
    }

    /// Posts as a page of the site would, without the mark of the form.
    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.post_from(path, fields, "http://localhost").await
    }

    pub(crate) async fn post_from(&self, path: &str, fields: &[(&str, &str)], origin: &str) -> Answer {
        let body: Vec<String> =
            fields.iter().map(|(name, value)| format!("{}={}", escape(name), escape(value))).collect();
        let request = self
            .request("POST", path)
            .header(header::ORIGIN, origin)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body.join("&")))
            .unwrap();
        self.site.send(request).await
    }

    /// Keeps the cookie of an answer.
    pub(crate) fn keep(&mut self, cookie: &str) {
        self.cookie = cookie.split(';').next().unwrap_or("").to_owned();
    }

    /// The mark that forms of this session carry.
    pub(crate) async fn mark(&self) -> String {
        let text = self.get("/office").await.text;
        field(&text, "csrf")
    }

    /// Posts a form of this session.
    pub(crate) async fn submit(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mark = self.mark().await;
        let mut all = vec![("csrf", mark.as_str())];
        all.extend_from_slice(fields);
        self.post(path, &all).await
    }

    /// Posts a form with a file.
    pub(crate) async fn upload(&self, path: &str, name: &str, bytes: &[u8], whole: bool) -> Answer {
        let mark = self.mark().await;
        let mut body = format!("--X\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{mark}\r\n--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n").into_bytes();
        body.extend_from_slice(bytes);
        if whole {
            body.extend_from_slice(b"\r\n--X--\r\n");
        }
        let request = self
            .request("POST", path)
            .header(header::ORIGIN, "http://localhost")
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=X")
            .body(Body::from(body))
            .unwrap();
        self.site.send(request).await
    }
}

/// The value of a field in a page.
pub(crate) fn field(text: &str, name: &str) -> String {
    let after = text.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or("");
    after.split('"').next().unwrap_or("").to_owned()
}
