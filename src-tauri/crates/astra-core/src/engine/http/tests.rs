//! The engine against a server that misbehaves in every way.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use super::testing::{Deed, Request, Server, ok, status};
use super::*;

/// Speech, or what passes for it: chunks of ten seconds that follow each other.
fn chunks(count: u32) -> Vec<Chunk> {
    let chunk = |index: u32| {
        let span = Span { start: u64::from(index) * 160_000, end: u64::from(index + 1) * 160_000 };
        let pcm = (0..160_000).map(|n: i32| ((n * (37 + 2 * index as i32)) % 2_000 - 1_000) as i16).collect();
        Chunk { index, span, pieces: vec![span], speech: vec![span], overlap: 0, pcm }
    };
    (0..count).map(chunk).collect()
}

fn ask() -> Ask {
    Ask { language: "es".to_owned(), vocabulary: vec!["Nariño".to_owned()], effort: Effort::Usual }
}

/// An answer with a word in the middle of every ten seconds, called by its number.
fn words(count: usize) -> String {
    let word = |n: usize| format!(r#"{{"word":"w{n}","start":{},"end":{}}}"#, n * 10 + 4, n * 10 + 6);
    let text: Vec<String> = (0..count).map(|n| format!("w{n}")).collect();
    let words: Vec<String> = (0..count).map(word).collect();
    format!(r#"{{"text":"{}","words":[{}]}}"#, text.join(" "), words.join(","))
}

/// How many chunks of ten seconds a request holds; only known when it was sent as WAV.
fn held(request: &Request) -> usize {
    (request.wav_ms() / 10_000) as usize
}

/// Takes nothing but WAV and whole words of a request.
fn only_wav(request: &Request, answer: impl Fn(usize) -> Deed) -> Deed {
    if request.file() == "audio.wav" {
        answer(held(request))
    } else {
        status("400 Bad Request", "Invalid file format.")
    }
}

fn impatience() -> Patience {
    let ms = Duration::from_millis;
    Patience { answer: Duration::from_secs(20), attempts: 3, pause: ms(10), longest_pause: ms(40) }
}

struct Run {
    heard: Result<Vec<Heard>, EngineError>,
    requests: Vec<Request>,
    sent_ms: u64,
    engine: HttpEngine,
}

impl Run {
    /// The texts of the chunks.
    fn texts(&self) -> Vec<String> {
        let text = |heard: &Heard| heard.words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
        self.heard.as_ref().unwrap().iter().map(text).collect()
    }

    fn failure(&self) -> EngineError {
        self.heard.clone().unwrap_err()
    }

    fn files(&self) -> Vec<String> {
        self.requests.iter().map(Request::file).collect()
    }
}

fn client(server: &Server, patience: Patience) -> Client {
    let endpoint = Endpoint::parse(&server.url).unwrap();
    Client::new(endpoint, "whisper-1", Key::new("sk-secret"), None).unwrap().with_patience(patience)
}

/// Has so many chunks heard by a server, in requests of which two are on their way at once.
async fn listen(count: u32, deed: impl Fn(usize, &Request) -> Deed + Send + Sync + 'static) -> Run {
    let server = Server::new(deed).await;
    let sent = Arc::new(AtomicU64::new(0));
    let counted = Arc::clone(&sent);
    let count_sent = move |ms| {
        counted.fetch_add(ms, Ordering::SeqCst);
        async {}.boxed()
    };
    let mut engine = HttpEngine::new(client(&server, impatience()), 2, count_sent);
    let chunks = chunks(count);
    let (engine, heard) = tokio::task::spawn_blocking(move || {
        let heard = engine.listen(&chunks, &ask(), &Stop::default());
        (engine, heard)
    })
    .await
    .unwrap();
    Run { heard, requests: server.requests(), sent_ms: sent.load(Ordering::SeqCst), engine }
}

#[tokio::test]
async fn a_piece_goes_as_a_small_file_with_all_that_is_asked_and_its_words_come_back_to_their_chunks() {
    let run = listen(3, |_, _| ok(words(3))).await;
    assert_eq!(run.texts(), ["w0", "w1", "w2"]);
    let word = &run.heard.as_ref().unwrap()[2].words[0];
    assert_eq!((word.start_ms, word.end_ms), (4_000, 6_000));
    assert_eq!(run.sent_ms, 30_000);

    let [request] = &run.requests[..] else { panic!("{} requests", run.requests.len()) };
    assert!(request.head.starts_with("POST /v1/audio/transcriptions "), "{}", request.head);
    assert_eq!(request.header("authorization").unwrap(), "Bearer sk-secret");
    let field = |name| request.field(name).unwrap();
    assert_eq!([field("model"), field("language"), field("response_format")], ["whisper-1", "es", "verbose_json"]);
    assert_eq!([field("timestamp_granularities[]"), field("prompt")], ["word", "Nariño."]);
    assert_eq!(request.file(), "audio.ogg");
    assert!(request.body.len() < 120_000, "{} bytes for half a minute", request.body.len());
}

#[tokio::test]
async fn long_audio_goes_in_pieces_several_at_a_time() {
    // Twelve minutes: the first piece finds out what the server takes, the second follows.
    let run = listen(72, |_, request| only_wav(request, |count| ok(words(count)))).await;
    assert_eq!(run.texts(), (0..2).flat_map(|_| (0..36).map(|n| format!("w{n}"))).collect::<Vec<_>>());
    assert_eq!(run.files(), ["audio.ogg", "audio.flac", "audio.mp3", "audio.wav", "audio.wav"]);
    assert_eq!(run.sent_ms, 720_000, "what was refused is not paid");
}

#[tokio::test]
async fn a_server_that_tells_no_words_is_asked_for_segments_and_one_that_tells_no_times_gets_chunk_by_chunk() {
    let segments =
        r#"{"text":"uno dos","segments":[{"start":1,"end":3,"text":"uno"},{"start":12,"end":13,"text":"dos"}]}"#;
    let run = listen(2, move |_, request| match request.field("timestamp_granularities[]") {
        Some(_) => status("400 Bad Request", "timestamp_granularities is not supported"),
        None => ok(segments),
    })
    .await;
    assert_eq!(run.texts(), ["uno", "dos"]);

    let run = listen(2, |_, request| match request.field("response_format").as_deref() {
        Some("json") => ok(r#"{"text":"uno dos"}"#),
        _ => status("400 Bad Request", "response_format 'verbose_json' is not compatible with this model"),
    })
    .await;
    assert_eq!(run.texts(), ["uno dos", "uno dos"]);
    assert_eq!(run.requests.len(), 3);
    assert_eq!(run.sent_ms, 20_000);
    assert_eq!(run.engine.abilities().batch, 2, "one chunk for each request");
}

#[tokio::test]
async fn a_server_that_lies_about_times_gets_every_chunk_alone_and_its_words_are_spread() {
    let lie =
        r#"{"text":"uno dos","words":[{"word":"uno","start":0,"end":900},{"word":"dos","start":900,"end":5000}]}"#;
    let run = listen(2, move |_, _| ok(lie)).await;
    assert_eq!(run.texts(), ["uno dos", "uno dos"]);
    assert!(run.heard.unwrap().iter().flat_map(|heard| &heard.words).all(|word| word.end_ms <= 10_000));
    assert_eq!(run.requests.len(), 3);
}

#[tokio::test]
async fn a_piece_that_is_too_large_is_halved_until_it_fits() {
    let run = listen(4, |_, request| match request.file().as_str() {
        "audio.wav" if held(request) <= 2 => ok(words(held(request))),
        "audio.wav" => status("413 Payload Too Large", ""),
        _ => status("415 Unsupported Media Type", ""),
    })
    .await;
    assert_eq!(run.texts(), ["w0", "w1", "w0", "w1"]);
    let never = listen(2, |_, _| status("413 Payload Too Large", "")).await;
    assert!(matches!(never.failure(), EngineError::Refused { .. }), "{:?}", never.heard);
}

#[tokio::test]
async fn what_may_pass_is_tried_again() {
    let troubles: [fn() -> Deed; 6] = [
        || Deed::Answer("429 Too Many Requests", "Retry-After: 0\r\n".to_owned(), String::new()),
        || status("503 Service Unavailable", "loading the model"),
        || status("502 Bad Gateway", "<html>"),
        || Deed::HangUp,
        || Deed::BreakOff(r#"{"text":"se ab"#.to_owned()),
        || ok(r#"{"text":"se ab"#),
    ];
    for trouble in troubles {
        let run = listen(1, move |before, _| if before == 0 { trouble() } else { ok(words(1)) }).await;
        assert_eq!(run.texts(), ["w0"], "{:?}", trouble());
        assert_eq!(run.requests.len(), 2, "{:?}", trouble());
    }
}

#[tokio::test]
async fn a_server_that_is_away_is_unreachable_which_may_pass() {
    for deed in [status("503 Service Unavailable", "busy"), Deed::HangUp] {
        let run = listen(1, move |_, _| deed.clone()).await;
        let failure = run.failure();
        assert!(matches!(failure, EngineError::Unreachable { .. }), "{failure}");
        assert!(crate::Error::from(failure).may_pass());
    }
}

#[tokio::test]
async fn a_server_that_hangs_is_given_up_and_one_that_sends_without_end_too() {
    let server = Server::new(|_, _| Deed::Hang).await;
    // A second of silence has two; trying twice is enough.
    let patience = Patience { answer: Duration::ZERO, ..impatience() };
    let mut engine = HttpEngine::new(client(&server, patience), 2, |_| async {}.boxed());
    let tried = tokio::task::spawn_blocking(move || engine.try_out(&Stop::default())).await.unwrap();
    assert!(matches!(tried, Err(EngineError::Unreachable { .. })), "{tried:?}");
    assert_eq!(server.requests().len(), 2);
    let run = listen(1, |_, _| Deed::Flood).await;
    assert!(matches!(run.failure(), EngineError::Unreachable { .. }), "{:?}", run.heard);
}

#[tokio::test]
async fn a_key_that_is_refused_is_said_so_and_never_repeated() {
    for code in ["401 Unauthorized", "403 Forbidden"] {
        let run = listen(2, move |_, _| status(code, r#"{"error":{"message":"bad key sk-secret"}}"#)).await;
        assert!(matches!(run.failure(), EngineError::KeyRefused { .. }), "{:?}", run.heard);
        assert_eq!(run.requests.len(), 1);
    }
    let run = listen(1, |_, _| status("404 Not Found", r#"{"error":{"message":"no model for sk-secret"}}"#)).await;
    let said = run.failure().to_string();
    assert!(said.contains("no model for …") && !said.contains("secret"), "{said}");
    assert!(!format!("{:?}", run.engine).contains("secret"));
}

#[tokio::test]
async fn a_web_page_a_redirection_and_an_empty_account_are_refusals_that_nobody_repeats() {
    let redirection =
        || Deed::Answer("302 Found", "Location: https://else.where/x?token=1\r\n".to_owned(), String::new());
    let deeds: [fn() -> Deed; 4] = [
        || ok("<!DOCTYPE html><title>Portal</title>"),
        || status("404 Not Found", "<html>"),
        || status("429 Too Many Requests", r#"{"error":{"message":"You exceeded your current quota"}}"#),
        || status("407 Proxy Authentication Required", ""),
    ];
    for deed in deeds.into_iter().chain([redirection as fn() -> Deed]) {
        let run = listen(2, move |_, _| deed()).await;
        let failure = run.failure();
        assert!(matches!(failure, EngineError::Refused { .. }), "{failure}");
        assert!(!failure.to_string().contains("token"), "{failure}");
        assert_eq!(run.requests.len(), 1, "{failure}");
        assert!(!crate::Error::from(failure).may_pass());
    }
}

#[tokio::test]
async fn a_server_that_takes_nothing_is_asked_in_every_way_and_then_refuses() {
    let run = listen(1, |_, _| status("400 Bad Request", r#"{"error":"no such model"}"#)).await;
    assert!(run.failure().to_string().contains("no such model"), "{:?}", run.heard);
    assert_eq!(run.requests.len(), 12);
}

#[tokio::test]
async fn one_chunk_that_a_server_cannot_cope_with_spoils_no_other_and_nothing_is_paid_twice() {
    // It falls over the third chunk, whose sound begins otherwise than that of the others.
    let poison = chunks(3)[2].pcm[..2_000].iter().flat_map(|sample| sample.to_le_bytes()).collect::<Vec<u8>>();
    let server = Server::new(move |_, request| {
        let falls = request.body.windows(poison.len()).any(|bytes| bytes == poison);
        only_wav(request, |count| if falls { status("500 Internal Server Error", "boom") } else { ok(words(count)) })
    })
    .await;
    let mut engine = HttpEngine::new(client(&server, impatience()), 2, |_| async {}.boxed());
    let all = chunks(4);
    let mut listen = move |chunks: Vec<Chunk>| {
        let heard = engine.listen(&chunks, &ask(), &Stop::default());
        (heard, engine.kept.borrow().len())
    };
    tokio::task::spawn_blocking(move || {
        // The server has shown with the first chunk that it can hear.
        assert!(listen(all[..1].to_vec()).0.is_ok());
        let (failed, kept) = listen(all[1..].to_vec());
        assert!(matches!(failed, Err(EngineError::Failed { .. })), "{failed:?}");
        let before = server.requests().len();
        let (heard, left) = listen(all[1..2].to_vec());
        assert!(heard.is_ok());
        assert_eq!(server.requests().len(), before, "it was heard before the fault was found");
        assert_eq!(left + 1, kept);
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn a_stop_is_obeyed_within_a_second() {
    let server = Server::new(|_, _| Deed::Hang).await;
    let mut engine = HttpEngine::new(client(&server, impatience()), 2, |_| async {}.boxed());
    let stop = Stop::default();
    let asked = stop.clone();
    let listening = tokio::task::spawn_blocking(move || engine.listen(&chunks(1), &ask(), &asked));
    while server.requests().is_empty() {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let since = clock::instant();
    stop.set();
    assert_eq!(listening.await.unwrap(), Err(EngineError::Stopped));
    assert!(since.elapsed() < Duration::from_secs(1), "{:?}", since.elapsed());
}

#[tokio::test]
async fn trying_a_server_out_sends_a_second_of_silence_and_nothing_else() {
    let server = Server::new(|_, request| only_wav(request, |_| ok(r#"{"text":""}"#))).await;
    let mut engine = HttpEngine::new(client(&server, impatience()), 2, |_| async {}.boxed());
    let takes = tokio::task::spawn_blocking(move || engine.try_out(&Stop::default())).await.unwrap().unwrap();
    assert_eq!(takes, Dialect { codec: Codec::Wav, detail: Detail::Words });
    let requests = server.requests();
    let last = &requests[requests.len() - 1];
    assert_eq!(last.wav_ms(), 1_000);
    assert!(last.wav().iter().all(|byte| *byte == 0));
}

#[tokio::test]
async fn a_server_of_the_house_is_believed_with_the_certificate_of_the_house_and_not_without() {
    let (server, authority) = Server::encrypted(|_, _| ok(words(1))).await;
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("alcaldía.pem");
    std::fs::write(&file, authority).unwrap();
    for authority in [Some(file.as_path()), None] {
        let endpoint = Endpoint::parse(&server.url).unwrap();
        let client = Client::new(endpoint, "whisper-1", Key::new("sk-secret"), authority).unwrap();
        let mut engine = HttpEngine::new(client.with_patience(impatience()), 2, |_| async {}.boxed());
        let tried = tokio::task::spawn_blocking(move || engine.try_out(&Stop::default())).await.unwrap();
        match tried {
            Ok(takes) => assert_eq!((takes, authority), (Dialect::BEST, Some(file.as_path()))),
            Err(failure) => {
                assert!(failure.to_string().contains("certificate") && authority.is_none(), "{failure}");
            }
        }
    }
    assert_eq!(server.requests().len(), 1, "nothing is sent to a server that nobody vouches for");
}
