//! A server on this computer that answers as it is told to, however wrong that is, and remembers what it was sent.

use std::sync::{Arc, Mutex};

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::PrivatePkcs8KeyDer;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

/// A request as it came.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    /// The request line and the headers.
    pub(crate) head: String,
    /// The body; sound in it is not text.
    pub(crate) body: Vec<u8>,
}

impl Request {
    /// The value of a field of the form.
    pub(crate) fn field(&self, name: &str) -> Option<String> {
        let text = String::from_utf8_lossy(&self.body);
        let after = text.split(&format!("name=\"{name}\"\r\n\r\n")).nth(1)?;
        after.split("\r\n").next().map(str::to_owned)
    }

    /// The name of the file that was sent.
    pub(crate) fn file(&self) -> String {
        let text = String::from_utf8_lossy(&self.body);
        let after = text.split("filename=\"").nth(1).unwrap_or_default();
        after.split('"').next().unwrap_or_default().to_owned()
    }

    /// A header.
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        let named = |line: &&str| line.to_lowercase().starts_with(&format!("{name}:"));
        self.head.lines().find(named)?.split_once(':').map(|(_, value)| value.trim().to_owned())
    }

    /// How long the sound is, in milliseconds, when it was sent as it is.
    pub(crate) fn wav_ms(&self) -> u64 {
        self.wav().len() as u64 / 32
    }

    /// The bytes of sound that was sent as it is.
    pub(crate) fn wav(&self) -> &[u8] {
        let head = self.body.windows(4).position(|four| four == b"RIFF").unwrap();
        let (length, sound) = self.body[head + 40..].split_at(4);
        &sound[..u32::from_le_bytes([length[0], length[1], length[2], length[3]]) as usize]
    }
}

/// What the server does with a request.
#[derive(Debug, Clone)]
pub(crate) enum Deed {
    /// Answers with a status, headers and a body.
    Answer(&'static str, String, String),
    /// Promises more than it sends.
    BreakOff(String),
    /// Closes the connection without a word.
    HangUp,
    /// Says nothing, for ever.
    Hang,
    /// Sends without end.
    Flood,
}

/// A good answer.
pub(crate) fn ok(body: impl Into<String>) -> Deed {
    Deed::Answer("200 OK", String::new(), body.into())
}

/// An answer with another status.
pub(crate) fn status(status: &'static str, body: &str) -> Deed {
    Deed::Answer(status, String::new(), body.to_owned())
}

/// The server.
pub(crate) struct Server {
    /// Where it listens.
    pub(crate) url: String,
    requests: Arc<Mutex<Vec<Request>>>,
}

impl Server {
    /// A server that does with its requests as `deed` says of each and how many came before it.
    pub(crate) async fn new(deed: impl Fn(usize, &Request) -> Deed + Send + Sync + 'static) -> Self {
        Self::start(deed, None).await
    }

    /// The same with connections that are encrypted, and the certificate, in PEM, of the authority that vouches for it.
    pub(crate) async fn encrypted(deed: impl Fn(usize, &Request) -> Deed + Send + Sync + 'static) -> (Self, String) {
        let mut house = CertificateParams::default();
        house.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let (house_key, key) = (KeyPair::generate().unwrap(), KeyPair::generate().unwrap());
        let authority = house.self_signed(&house_key).unwrap();
        let address = CertificateParams::new(["127.0.0.1".to_owned()]).unwrap();
        let own = address.signed_by(&key, &Issuer::new(house, house_key)).unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![own.der().clone()], PrivatePkcs8KeyDer::from(key.serialize_der()).into())
            .unwrap();
        (Self::start(deed, Some(TlsAcceptor::from(Arc::new(config)))).await, authority.pem())
    }

    async fn start(
        deed: impl Fn(usize, &Request) -> Deed + Send + Sync + 'static,
        encryption: Option<TlsAcceptor>,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let scheme = if encryption.is_some() { "https" } else { "http" };
        let url = format!("{scheme}://{}/v1", listener.local_addr().unwrap());
        let requests: Arc<Mutex<Vec<Request>>> = Arc::default();
        let (kept, deed) = (Arc::clone(&requests), Arc::new(deed));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (kept, deed, encryption) = (Arc::clone(&kept), Arc::clone(&deed), encryption.clone());
                tokio::spawn(async move {
                    let mut stream: Box<dyn Wire> = match encryption {
                        // Whoever does not trust us hangs up.
                        Some(encryption) => match encryption.accept(stream).await {
                            Ok(stream) => Box::new(stream),
                            Err(_) => return,
                        },
                        None => Box::new(stream),
                    };
                    let Some(request) = read(&mut stream).await else { return };
                    let before = {
                        let mut kept = kept.lock().unwrap();
                        kept.push(request.clone());
                        kept.len() - 1
                    };
                    act(&mut stream, deed(before, &request)).await;
                });
            }
        });
        Self { url, requests }
    }

    /// What was sent to it.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }
}

/// A connection, encrypted or not.
trait Wire: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Wire for T {}

async fn read(stream: &mut impl Wire) -> Option<Request> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end + 4;
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut request = Request { head, body: bytes[end..].to_vec() };
    let length: usize = request.header("content-length")?.parse().ok()?;
    while request.body.len() < length {
        if stream.read_buf(&mut request.body).await.ok()? == 0 {
            return None;
        }
    }
    Some(request)
}

async fn act(stream: &mut impl Wire, deed: Deed) {
    let text = match deed {
        Deed::Answer(status, headers, body) => {
            let length = body.len();
            format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}")
        }
        Deed::BreakOff(body) => format!("HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n{body}"),
        Deed::HangUp => return,
        Deed::Hang => {
            std::future::pending::<()>().await;
            return;
        }
        Deed::Flood => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await;
            while stream.write_all(&[b' '; 1 << 16]).await.is_ok() {}
            return;
        }
    };
    let _ = stream.write_all(text.as_bytes()).await;
    let _ = stream.shutdown().await;
}
