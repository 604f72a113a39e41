//! Plays recordings to the web view over HTTP on the loopback interface, since WebKitGTK plays no
//! media from Tauri's own protocols. Only files that were offered are served, each under a name
//! nobody can guess, and only to a request that names this very address as its host: a page on the
//! internet whose domain was pointed at this computer (DNS rebinding) gets nothing.

use std::collections::HashMap;
use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use http_body_util::{BodyExt, Empty, combinators::UnsyncBoxBody};
use hyper::body::{Bytes, Incoming};
use hyper::header::{ACCEPT_RANGES, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_RANGE, HOST, HeaderValue, RANGE};
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tower::{ServiceBuilder, ServiceExt, service_fn};
use tower_http::cors::CorsLayer;
use tower_http::services::ServeFile;

/// The origins of the application's own page: on Linux and macOS, on Windows, and while developing.
const ORIGINS: [&str; 3] = ["tauri://localhost", "http://tauri.localhost", "http://localhost:1420"];

/// The server. Cheap to clone; the clones are the same server.
#[derive(Clone)]
pub struct MediaServer {
    address: SocketAddr,
    offered: Arc<Mutex<HashMap<String, Offered>>>,
}

/// A file that may be asked for. Its time of birth tells it from another that took its place; a
/// file that grows keeps it.
#[derive(Clone)]
struct Offered {
    path: PathBuf,
    born: Option<SystemTime>,
}

type Body = UnsyncBoxBody<Bytes, io::Error>;

impl MediaServer {
    /// Listens on a free port of the loopback interface, for as long as the program runs.
    ///
    /// # Errors
    /// What the operating system says when there is no port to be had.
    pub async fn start() -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let server = Self { address: listener.local_addr()?, offered: Arc::default() };
        tokio::spawn(server.clone().accept(listener));
        Ok(server)
    }

    /// The address under which a file can be fetched from now on: always the same one for a path.
    pub fn offer(&self, path: PathBuf) -> String {
        let born = born(&path);
        let mut offered = self.offered.lock().unwrap_or_else(PoisonError::into_inner);
        let known = offered.iter_mut().find(|(_, other)| other.path == path);
        let token = if let Some((token, other)) = known {
            other.born = born;
            token.clone()
        } else {
            let token = uuid::Uuid::new_v4().simple().to_string();
            offered.insert(token.clone(), Offered { path, born });
            token
        };
        format!("http://{}/{token}", self.address)
    }

    async fn accept(self, listener: TcpListener) {
        loop {
            match listener.accept().await {
                Ok((stream, _)) => drop(tokio::spawn(self.clone().answer_all(stream))),
                // Too many open files, or a caller that hung up: neither is a reason to stop.
                Err(error) => tracing::warn!(%error, "the media server could not take a call"),
            }
        }
    }

    /// Answers every request of one connection.
    async fn answer_all(self, stream: TcpStream) {
        let cors = CorsLayer::new()
            .allow_origin(ORIGINS.map(HeaderValue::from_static))
            .allow_methods([Method::GET, Method::HEAD])
            .allow_headers([RANGE])
            .expose_headers([ACCEPT_RANGES, CONTENT_LENGTH, CONTENT_RANGE]);
        let answer = service_fn(move |request| self.clone().answer(request));
        let service = TowerToHyperService::new(ServiceBuilder::new().layer(cors).service(answer));
        let connection = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service);
        if let Err(error) = connection.await {
            // The web view hangs up in the middle whenever somebody seeks.
            tracing::debug!(%error, "a media connection ended");
        }
    }

    async fn answer(self, request: Request<Incoming>) -> Result<Response<Body>, Infallible> {
        if request.headers().get(HOST).is_none_or(|host| host.as_bytes() != self.address.to_string().as_bytes()) {
            return Ok(refusal(StatusCode::FORBIDDEN));
        }
        let Some(path) = self.offered_as(request.uri().path()) else {
            return Ok(refusal(StatusCode::NOT_FOUND));
        };
        let response = match ServeFile::new(path).oneshot(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        };
        let mut response = response.map(BodyExt::boxed_unsync);
        // Peaks grow between two looks, and the web view must not keep audio of its own on disk.
        response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        Ok(response)
    }

    /// The file behind a path of the address, while it is still the one that was offered.
    fn offered_as(&self, path: &str) -> Option<PathBuf> {
        let token = path.strip_prefix('/')?;
        let offered = self.offered.lock().unwrap_or_else(PoisonError::into_inner).get(token).cloned()?;
        (offered.path.is_file() && born(&offered.path) == offered.born).then_some(offered.path)
    }
}

fn born(path: &Path) -> Option<SystemTime> {
    path.metadata().and_then(|metadata| metadata.created()).ok()
}

fn refusal(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Empty::new().map_err(|never: Infallible| match never {}).boxed_unsync());
    *response.status_mut() = status;
    response
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::{Seek, SeekFrom, Write};

    use astra_core::network;
    use reqwest::{Client, RequestBuilder};
    use tempfile::TempDir;

    use super::*;

    /// A server that offers one file, and the address of the file.
    async fn offering(name: &str, content: &[u8]) -> (MediaServer, TempDir, String) {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join(name);
        fs::write(&path, content).unwrap();
        let server = MediaServer::start().await.unwrap();
        let url = server.offer(path);
        (server, place, url)
    }

    /// Status, the headers that matter (content type, length, range), and the body.
    async fn ask(request: RequestBuilder) -> (u16, [String; 3], Vec<u8>) {
        let response = request.send().await.unwrap();
        let header = |name: &str| response.headers().get(name).map_or("", |value| value.to_str().unwrap()).to_owned();
        let headers = ["content-type", "content-length", "content-range"].map(header);
        (response.status().as_u16(), headers, response.bytes().await.unwrap().to_vec())
    }

    fn client() -> Client {
        network::client().build().unwrap()
    }

    fn get(url: &str) -> RequestBuilder {
        client().get(url)
    }

    #[tokio::test]
    async fn a_file_that_was_offered_comes_whole() {
        let (server, place, url) = offering("sesión.ogg", b"0123456789").await;
        assert!(url.starts_with(&format!("http://127.0.0.1:{}/", server.address.port())));
        let (status, headers, body) = ask(get(&url)).await;
        assert_eq!((status, &*body), (200, &b"0123456789"[..]));
        assert_eq!(headers, ["audio/ogg", "10", ""]);
        assert_eq!(server.offer(place.path().join("sesión.ogg")), url, "the same file keeps its address");
    }

    #[tokio::test]
    async fn every_kind_of_recording_is_called_what_it_is() {
        let (server, place, _) = offering("a.ogg", b"x").await;
        for (name, kind) in [
            ("a.mp3", "audio/mpeg"),
            ("a.wav", "audio/wav"),
            ("a.m4a", "audio/m4a"),
            ("a.opus", "audio/ogg"),
            ("a.flac", "audio/flac"),
            ("a.mp4", "video/mp4"),
            ("a.webm", "video/webm"),
            ("a.peaks", "application/octet-stream"),
        ] {
            let path = place.path().join(name);
            fs::write(&path, b"x").unwrap();
            assert_eq!(ask(get(&server.offer(path))).await.1[0], kind, "{name}");
        }
    }

    #[tokio::test]
    async fn a_range_brings_just_those_bytes() {
        let (_server, _place, url) = offering("a.mp3", b"0123456789").await;
        for (range, expected, said) in [
            ("bytes=2-4", &b"234"[..], "bytes 2-4/10"),
            ("bytes=7-", b"789", "bytes 7-9/10"),
            ("bytes=-3", b"789", "bytes 7-9/10"),
            ("bytes=0-0", b"0", "bytes 0-0/10"),
        ] {
            let (status, headers, body) = ask(get(&url).header("range", range)).await;
            assert_eq!((status, &*body, &*headers[2]), (206, expected, said), "{range}");
            assert_eq!(headers[1], expected.len().to_string(), "{range}");
        }
        let (status, headers, _) = ask(get(&url).header("range", "bytes=10-")).await;
        assert_eq!((status, &*headers[2]), (416, "bytes */10"));
    }

    #[tokio::test]
    async fn head_says_how_long_a_file_is_without_sending_it() {
        let (_server, _place, url) = offering("a.mp3", b"0123456789").await;
        let (status, headers, body) = ask(client().head(&url)).await;
        assert_eq!((status, &*headers[1], body.len()), (200, "10", 0));
    }

    #[tokio::test]
    async fn what_was_not_offered_is_not_there() {
        let (server, place, url) = offering("a.mp3", b"0123456789").await;
        fs::write(place.path().join("secreto.txt"), b"x").unwrap();
        let root = format!("http://{}", server.address);
        let wrong = format!("{root}/{}", "0".repeat(32));
        let path = format!("{root}{}", place.path().join("a.mp3").display());
        for address in [root, wrong, path, format!("{url}/"), format!("{url}/%2e%2e/secreto.txt")] {
            assert_eq!(ask(get(&address)).await.0, 404, "{address}");
        }
    }

    #[tokio::test]
    async fn only_this_address_is_answered_as_a_host() {
        let (server, _place, url) = offering("a.mp3", b"0123456789").await;
        let port = server.address.port();
        for host in ["ejemplo.com".to_owned(), format!("localhost:{port}"), "127.0.0.1".to_owned()] {
            assert_eq!(ask(get(&url).header("host", &host)).await.0, 403, "{host}");
        }
    }

    #[tokio::test]
    async fn only_the_own_page_may_read_what_it_fetches() {
        let (_server, _place, url) = offering("a.peaks", b"0123456789").await;
        for (origin, allowed) in
            [("tauri://localhost", true), ("http://tauri.localhost", true), ("https://ejemplo.com", false)]
        {
            let response = get(&url).header("origin", origin).send().await.unwrap();
            let answer = response.headers().get("access-control-allow-origin");
            assert_eq!(answer.map(|value| value.to_str().unwrap()), allowed.then_some(origin));
        }
    }

    #[tokio::test]
    async fn only_reading_is_possible() {
        let (_server, _place, url) = offering("a.mp3", b"0123456789").await;
        assert_eq!(ask(client().put(&url).body("x")).await.0, 405);
    }

    #[tokio::test]
    async fn a_file_that_went_away_or_was_replaced_is_not_served() {
        let (server, place, url) = offering("a.mp3", b"0123456789").await;
        let path = place.path().join("a.mp3");
        fs::remove_file(&path).unwrap();
        assert_eq!(ask(get(&url)).await.0, 404);
        fs::create_dir(&path).unwrap();
        assert_eq!(ask(get(&url)).await.0, 404);
        fs::remove_dir(&path).unwrap();
        // Two files born in one tick of the clock could not be told apart.
        std::thread::sleep(std::time::Duration::from_millis(20));
        fs::write(&path, b"another").unwrap();
        assert_eq!(ask(get(&url)).await.0, 404);
        assert_eq!(server.offer(path), url);
        assert_eq!(ask(get(&url)).await.2, b"another");
    }

    #[tokio::test]
    async fn a_file_that_grows_is_served_as_far_as_it_goes() {
        let (_server, place, url) = offering("a.peaks", b"0123").await;
        assert_eq!(ask(get(&url)).await.2, b"0123");
        fs::OpenOptions::new().append(true).open(place.path().join("a.peaks")).unwrap().write_all(b"45").unwrap();
        assert_eq!(ask(get(&url).header("range", "bytes=4-")).await.2, b"45");
    }

    #[tokio::test]
    async fn a_recording_of_five_gigabytes_is_sought_in_without_being_read() {
        let (server, place, _) = offering("a.mp3", b"x").await;
        let path = place.path().join("larga.wav");
        let mut file = fs::File::create(&path).unwrap();
        file.seek(SeekFrom::Start(5_000_000_000)).unwrap();
        file.write_all(b"fin").unwrap();
        let url = server.offer(path);
        let (status, headers, body) = ask(get(&url).header("range", "bytes=5000000000-")).await;
        assert_eq!((status, &*body), (206, &b"fin"[..]));
        assert_eq!(headers[2], "bytes 5000000000-5000000002/5000000003");
        let (status, headers, _) = ask(client().head(&url)).await;
        assert_eq!((status, &*headers[1]), (200, "5000000003"));
    }
}
