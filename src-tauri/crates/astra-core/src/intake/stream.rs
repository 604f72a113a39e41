//! Recordings that arrive over the network: listened to while they come, never stored.
//!
//! Their hash is over the bytes received. When the connection breaks and the server can go on
//! from the middle of the very same file, the stream goes on; otherwise it is reported as
//! interrupted.

use std::io::{self, Read};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use reqwest::header::{ACCEPT_RANGES, CONTENT_RANGE, CONTENT_TYPE, ETAG, HeaderMap, IF_RANGE, LAST_MODIFIED, RANGE};
use reqwest::{Client, Response, StatusCode, Url};

use crate::engine::Stop;
use crate::error::{Error, Result};
use crate::fingerprint::Fingerprint;
use crate::media::{page, probe};
use crate::network;

/// How long a connection may be silent.
const SILENCE: Duration = Duration::from_secs(60);

/// How often in a row a broken connection is taken up again before it counts as interrupted.
const RESUMPTIONS: u32 = 5;

/// An address that answered.
pub struct Arriving {
    /// Something that stays the same while the content does, if the server tells.
    pub fingerprint: Option<String>,
    /// How many bytes will come, if the server tells.
    pub bytes: Option<u64>,
    /// The bytes.
    pub reader: Box<dyn Read + Send>,
    /// The hash, once the last byte was read.
    pub sha256: ReceivedHash,
}

/// SHA-256 over the bytes received so far, known to others once the last one was.
#[derive(Debug, Clone, Default)]
pub struct ReceivedHash(Arc<Mutex<Option<String>>>);

impl ReceivedHash {
    /// The hash in hexadecimal, after the end of the stream.
    pub fn get(&self) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set(&self, fingerprint: &Fingerprint) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(fingerprint.clone().finish());
    }
}

/// Opens an address. A web page is left to yt-dlp.
///
/// # Errors
/// [`Error::UrlUnreachable`], [`Error::PlaylistRefused`], [`Error::PageNeedsYtDlp`].
pub async fn open(url: &str, stop: &Stop) -> Result<Arriving> {
    let client = network::client().read_timeout(SILENCE).build().map_err(|error| unreachable_url(url, &error))?;
    let response = tokio::select! {
        response = client.get(url).send() => response,
        () = stopped(stop) => return Err(Error::Stopped),
    };
    let response = response.and_then(Response::error_for_status).map_err(|error| unreachable_url(url, &error))?;
    let kind = header(response.headers(), CONTENT_TYPE).unwrap_or_default().to_ascii_lowercase();
    if kind.starts_with("text/html") || kind.starts_with("application/xhtml") {
        drop(response);
        return Ok(from_reader(url, page::open(url, stop)?));
    }
    if kind.contains("mpegurl") || kind.contains("dash+xml") || kind.contains("sdp") {
        return Err(Error::PlaylistRefused { path: url.to_owned() });
    }
    let validator = header(response.headers(), ETAG)
        .filter(|tag| !tag.starts_with("W/"))
        .or_else(|| header(response.headers(), LAST_MODIFIED));
    let bytes = response.content_length();
    let fingerprint = validator
        .as_ref()
        .map(|validator| Fingerprint::of(format!("{url}\n{validator}\n{}", bytes.unwrap_or_default()).as_bytes()));
    let resumable = header(response.headers(), ACCEPT_RANGES).is_some_and(|ranges| ranges.contains("bytes"));
    let body = Body {
        url: url.to_owned(),
        client,
        response,
        received: 0,
        validator: validator.filter(|_| resumable),
        resumptions: 0,
        runtime: tokio::runtime::Handle::current(),
        stop: stop.clone(),
        piece: Vec::new(),
        used: 0,
    };
    let mut arriving = from_reader(url, Box::new(body));
    arriving.fingerprint = fingerprint;
    arriving.bytes = bytes;
    Ok(arriving)
}

fn from_reader(url: &str, reader: Box<dyn Read + Send>) -> Arriving {
    let sha256 = ReceivedHash::default();
    let reader = Box::new(Hashing {
        url: url.to_owned(),
        reader,
        fingerprint: Fingerprint::default(),
        result: sha256.clone(),
        begun: false,
    });
    Arriving { fingerprint: None, bytes: None, reader, sha256 }
}

/// Hashes what passes through, and looks at its beginning.
struct Hashing {
    url: String,
    reader: Box<dyn Read + Send>,
    fingerprint: Fingerprint,
    result: ReceivedHash,
    begun: bool,
}

impl Read for Hashing {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(bytes)?;
        if !self.begun && probe::looks_like_a_playlist(&bytes[..count]) {
            return Err(io::Error::other(Error::PlaylistRefused { path: self.url.clone() }));
        }
        self.begun = true;
        if count == 0 {
            self.result.set(&self.fingerprint);
        }
        self.fingerprint.add(&bytes[..count]);
        Ok(count)
    }
}

/// The body of an HTTP answer as a blocking reader, for the thread that feeds ffmpeg.
struct Body {
    url: String,
    client: Client,
    response: Response,
    received: u64,
    /// What proves that the rest is of the same file; none when the server cannot resume.
    validator: Option<String>,
    resumptions: u32,
    runtime: tokio::runtime::Handle,
    stop: Stop,
    piece: Vec<u8>,
    used: usize,
}

impl Read for Body {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        if self.used == self.piece.len() {
            self.piece = self.runtime.clone().block_on(self.next_piece()).map_err(io::Error::other)?;
            self.used = 0;
        }
        let count = bytes.len().min(self.piece.len() - self.used);
        bytes[..count].copy_from_slice(&self.piece[self.used..self.used + count]);
        self.used += count;
        Ok(count)
    }
}

impl Body {
    /// The next bytes; none at the end.
    async fn next_piece(&mut self) -> Result<Vec<u8>> {
        loop {
            let piece = tokio::select! {
                piece = self.response.chunk() => piece,
                () = stopped(&self.stop) => return Err(Error::Stopped),
            };
            match piece {
                Ok(Some(piece)) if piece.is_empty() => {}
                Ok(Some(piece)) => {
                    self.received += piece.len() as u64;
                    self.resumptions = 0;
                    return Ok(piece.to_vec());
                }
                Ok(None) => return Ok(Vec::new()),
                Err(error) => self.resume(&error).await?,
            }
        }
    }

    async fn resume(&mut self, cause: &reqwest::Error) -> Result<()> {
        let interrupted =
            || Error::UrlInterrupted { url: self.url.clone(), received: self.received, reason: chain(cause) };
        let Some(validator) = self.validator.clone() else { return Err(interrupted()) };
        while self.resumptions < RESUMPTIONS {
            self.resumptions += 1;
            tokio::select! {
                () = tokio::time::sleep(Duration::from_millis(250 << self.resumptions)) => {}
                () = stopped(&self.stop) => return Err(Error::Stopped),
            }
            let rest = self
                .client
                .get(&self.url)
                .header(RANGE, format!("bytes={}-", self.received))
                .header(IF_RANGE, &validator)
                .send()
                .await;
            match rest {
                Ok(response) if goes_on_at(&response, self.received) => {
                    self.response = response;
                    return Ok(());
                }
                // The whole file again means that it is another one by now.
                Ok(response) if response.status().is_success() => return Err(interrupted()),
                Ok(_) | Err(_) => {}
            }
        }
        Err(interrupted())
    }
}

/// Whether an answer holds the bytes from `position` on.
fn goes_on_at(response: &Response, position: u64) -> bool {
    response.status() == StatusCode::PARTIAL_CONTENT
        && header(response.headers(), CONTENT_RANGE)
            .is_some_and(|range| range.starts_with(&format!("bytes {position}-")))
}

/// What to call the recording at an address: its last part, without who may read it.
pub fn name_of(url: &str) -> String {
    let Ok(parsed) = Url::parse(url) else { return url.to_owned() };
    let last = parsed.path_segments().and_then(|mut parts| parts.rfind(|part| !part.is_empty()).map(str::to_owned));
    let name = last.unwrap_or_else(|| parsed.host_str().unwrap_or_default().to_owned());
    percent_encoding::percent_decode_str(&name).decode_utf8_lossy().into_owned()
}

async fn stopped(stop: &Stop) {
    while !stop.is_set() {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

fn header(headers: &HeaderMap, name: reqwest::header::HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

fn unreachable_url(url: &str, error: &reqwest::Error) -> Error {
    Error::UrlUnreachable { url: url.to_owned(), reason: chain(error) }
}

/// An error with its causes: reqwest's own words rarely name the one that matters.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text = format!("{text}: {inner}");
        cause = inner.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    /// A server that answers each connection with the next of `answers` and then hangs up.
    async fn server(answers: Vec<Vec<u8>>) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            for answer in answers {
                let (mut socket, _) = listener.accept().await.unwrap();
                let mut request = vec![0; 4096];
                let _ = socket.read(&mut request).await.unwrap();
                socket.write_all(&answer).await.unwrap();
                socket.shutdown().await.unwrap();
            }
        });
        format!("http://{address}/sesion.mp3")
    }

    async fn read_all(url: &str) -> Result<(Vec<u8>, Option<String>)> {
        let mut arriving = open(url, &Stop::default()).await?;
        tokio::task::spawn_blocking(move || {
            let mut bytes = Vec::new();
            match arriving.reader.read_to_end(&mut bytes) {
                Ok(_) => Ok((bytes, arriving.sha256.get())),
                Err(error) => Err(*error.into_inner().unwrap().downcast::<Error>().unwrap()),
            }
        })
        .await
        .unwrap()
    }

    #[test]
    fn a_recording_is_called_after_its_address_without_passwords_and_signatures() {
        assert_eq!(name_of("https://ana:clave@concejo.gov.co/a/sesi%C3%B3n%201.mp3?firma=x#t"), "sesión 1.mp3");
        assert_eq!(name_of("https://concejo.gov.co/?v=1"), "concejo.gov.co");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn the_hash_is_over_the_bytes_received() {
        let url = server(vec![b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc".to_vec()]).await;
        let (bytes, hash) = read_all(&url).await.unwrap();
        assert_eq!(bytes, b"abc");
        assert_eq!(hash.unwrap(), Fingerprint::of(b"abc"));
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_broken_connection_goes_on_when_the_server_can_prove_it_is_the_same_file() {
        let url = server(vec![
            b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\nAccept-Ranges: bytes\r\nETag: \"1\"\r\n\r\nabc".to_vec(),
            b"HTTP/1.1 206 Partial Content\r\nContent-Length: 3\r\nContent-Range: bytes 3-5/6\r\nETag: \"1\"\r\n\r\ndef".to_vec(),
        ])
        .await;
        assert_eq!(read_all(&url).await.unwrap().0, b"abcdef");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_broken_connection_without_ranges_is_reported_and_not_claimed_whole() {
        let url = server(vec![b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nabc".to_vec()]).await;
        let error = read_all(&url).await.unwrap_err();
        assert!(matches!(error, Error::UrlInterrupted { received: 3, .. }), "{error}");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_file_that_changed_meanwhile_is_not_glued_together() {
        let url = server(vec![
            b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\nAccept-Ranges: bytes\r\nETag: \"1\"\r\n\r\nabc".to_vec(),
            b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\nETag: \"2\"\r\n\r\nxyzxyz".to_vec(),
        ])
        .await;
        assert_eq!(read_all(&url).await.unwrap_err().code(), "url_interrupted");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn playlists_and_missing_pages_are_refused() {
        let url = server(vec![b"HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n#EXTM3U\n".to_vec()]).await;
        assert_eq!(read_all(&url).await.unwrap_err().code(), "playlist_refused");
        let url = server(vec![b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".to_vec()]).await;
        assert_eq!(read_all(&url).await.unwrap_err().code(), "url_unreachable");
    }
}
