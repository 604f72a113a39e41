//! Sessions that a server hears, and what has to be said before one does.

use std::time::Duration;

use memchr::memmem;

use super::*;
use crate::app::Start;
use crate::app::tests::{Desk, desk};
use crate::engine::http::Price;
use crate::engine::http::testing::{Deed, Request, Server, ok, status};
use crate::id::EntryId;
use crate::media::decode::{Decoder, Input};
use crate::media::encode::{Codec, encode};
use crate::minutes::{Entry, Stretch, What};
use crate::sessions::Outcome;
use crate::sessions::view::{SessionRow, SessionState};
use crate::settings::Settings;
use crate::transcript::Edit;

/// Answers with as many words as anybody could have said, each another.
fn talk(request: &Request) -> Deed {
    if request.file() != "audio.wav" {
        return status("415 Unsupported Media Type", "");
    }
    let word =
        |at: u64| format!(r#"{{"word":" dicho{at}","start":{},"end":{}}}"#, at as f64 * 0.4, at as f64 * 0.4 + 0.35);
    let count = request.wav_ms() / 400;
    let text: Vec<String> = (0..count).map(|at| format!("dicho{at}")).collect();
    let words: Vec<String> = (0..count).map(word).collect();
    ok(format!(r#"{{"text":"{}","words":[{}]}}"#, text.join(" "), words.join(",")))
}

async fn server() -> Server {
    Server::new(|_, request| talk(request)).await
}

fn samples(path: &str) -> Vec<i16> {
    let mut decoder = Decoder::start(Input::File(path.into()), &Stop::default()).unwrap();
    let (mut all, mut samples) = (Vec::new(), Vec::new());
    while decoder.read(&mut samples).unwrap() > 0 {
        all.extend_from_slice(&samples);
    }
    decoder.finish().unwrap();
    all
}

/// The sample as another recording: nothing but the built-in model would hear the sample itself unasked.
fn remade(desk: &Desk, name: &str) -> String {
    let path = desk.recording(name);
    let pcm: Vec<i16> = samples(&path).into_iter().map(|sample| sample.saturating_mul(2)).collect();
    std::fs::write(&path, encode(&pcm, Codec::Wav, &Stop::default()).unwrap()).unwrap();
    path
}

async fn start(desk: &Desk, source: String, hearer: Hearer) -> SessionId {
    let start =
        Start { sources: vec![source], title: None, model: None, hearer, keep_copy: Some(false), microphones: false };
    desk.app.session_start(start).await.unwrap()
}

fn by(server: &Server, agreed: bool) -> Hearer {
    Hearer::Server { url: Some(server.url.clone()), agreed }
}

async fn choose(desk: &Desk, server: ServerChoices) {
    desk.app.settings_save(&Settings { server, ..Settings::default() }).await.unwrap();
}

fn chosen(server: &Server) -> ServerChoices {
    let price = Price { hour_milli: 3_600_000, currency: "COP".to_owned() };
    ServerChoices { url: server.url.clone(), price, hears_new: true, ..ServerChoices::default() }
}

async fn row(desk: &Desk, session: SessionId) -> SessionRow {
    desk.app.session_open(session).await.unwrap().row
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_leaves_before_somebody_agreed_and_then_it_is_heard_and_counted() {
    let (desk, server) = (desk(Duration::ZERO).await, server().await);
    choose(&desk, ServerChoices { hears_new: false, ..chosen(&server) }).await;
    let session = start(&desk, desk.recording("acta.ogg"), by(&server, false)).await;
    desk.until(session, SessionState::Failed).await;
    let failure = row(&desk, session).await.failure.unwrap();
    assert_eq!(failure.code, "consent_missing");
    assert!(failure.details["cost"].ends_with(" COP"), "{:?}", failure.details);
    assert_eq!(row(&desk, session).await.retry_at_ms, None, "only a person can agree");
    assert_eq!(server.requests().len(), 0);

    desk.app.server_agree(session).await.unwrap();
    desk.until(session, SessionState::Ready).await;
    assert!(server.requests().len() > 3);
    let used = desk.app.server_use(session).await.unwrap().unwrap();
    let length_ms = row(&desk, session).await.duration_ms.unwrap();
    // Silence is not sent, and a passage that came out wrong is heard twice.
    assert!(used.sent_ms > length_ms / 3 && used.sent_ms < length_ms * 3, "{} of {length_ms}", used.sent_ms);
    assert_eq!(used.cost.clone().unwrap(), format!("{} COP", used.sent_ms.div_ceil(1_000)));
    assert_eq!(desk.heard(), 0, "no engine of this computer was asked");
    let view = desk.app.session_open(session).await.unwrap();
    assert_eq!(view.sent, Some(used));
    let model = view.model;
    assert!(model.starts_with("whisper-1 (127.0.0.1:"), "{model}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_reserved_before_it_was_heard_never_leaves() {
    let (desk, server) = (desk(Duration::ZERO).await, server().await);
    let source = desk.recording("acta.ogg");
    let session = start(&desk, source.clone(), by(&server, false)).await;
    let entry = Entry {
        id: EntryId::new(),
        heard: Some(Stretch::of_part(0, 60_000..90_000)),
        what: What::Reserved { reason: "Reserva de ley".to_owned() },
    };
    let reserve = Edit::PutEntry { entry: Box::new(entry), continues: false };
    desk.app.transcript_edit(session, 0, &reserve).await.unwrap();
    desk.app.server_agree(session).await.unwrap();
    desk.until(session, SessionState::Ready).await;

    let sent: Vec<u8> = server.requests().iter().flat_map(|request| request.body.clone()).collect();
    let pcm: Vec<u8> = samples(&source).into_iter().flat_map(i16::to_le_bytes).collect();
    let left = |second: usize| memmem::find(&sent, &pcm[second * 32_000..][..3_200]).is_some();
    assert!(!(60..90).any(left));
    assert!((0..60).chain(90..pcm.len() / 32_000).filter(|second| left(*second)).count() > 50, "the rest was sent");
    let summary = desk.app.store().session(session).await.unwrap();
    let chunks = desk.app.store().chunks(summary.parts[0].listening.id).await.unwrap();
    let unheard = chunks.iter().filter(|chunk| chunk.outcome == Outcome::Unheard).count();
    assert!((1..chunks.len() / 2).contains(&unheard), "nothing here could hear what was reserved: {unheard}");
}

#[tokio::test(flavor = "multi_thread")]
async fn agreed_for_ever_it_hears_new_sessions_but_never_the_sample() {
    let (desk, server) = (desk(Duration::ZERO).await, server().await);
    choose(&desk, ServerChoices { agreed_to: Some(server.url.clone()), ..chosen(&server) }).await;
    let sample = start(&desk, desk.recording("muestra.ogg"), Hearer::AsChosen).await;
    desk.until(sample, SessionState::Ready).await;
    assert_eq!((server.requests().len(), desk.app.server_use(sample).await.unwrap()), (0, None));

    let source = remade(&desk, "acta.wav");
    let session = start(&desk, source, Hearer::AsChosen).await;
    let heard_here = desk.heard();
    desk.until(session, SessionState::Ready).await;
    assert!(!server.requests().is_empty());
    assert_eq!(desk.heard(), heard_here);
}

#[tokio::test(flavor = "multi_thread")]
async fn agreeing_for_one_session_is_not_agreeing_for_the_next() {
    let (desk, server) = (desk(Duration::ZERO).await, server().await);
    choose(&desk, chosen(&server)).await;
    let first = start(&desk, desk.recording("uno.ogg"), by(&server, true)).await;
    desk.until(first, SessionState::Ready).await;
    let before = server.requests().len();
    let second = start(&desk, remade(&desk, "dos.wav"), Hearer::AsChosen).await;
    desk.until(second, SessionState::Failed).await;
    assert_eq!(row(&desk, second).await.failure.unwrap().code, "consent_missing");
    assert_eq!(server.requests().len(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_goes_on_with_the_server_it_was_begun_with() {
    let (desk, first, second) = (desk(Duration::ZERO).await, server().await, server().await);
    let session = start(&desk, desk.recording("acta.ogg"), by(&first, true)).await;
    choose(&desk, ServerChoices { agreed_to: Some(second.url.clone()), ..chosen(&second) }).await;
    desk.until(session, SessionState::Ready).await;
    assert!(!first.requests().is_empty());
    assert_eq!(second.requests().len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_that_was_to_be_heard_here_stays_here_in_a_session_that_a_server_hears() {
    let (desk, server) = (desk(Duration::ZERO).await, server().await);
    let away = start(&desk, remade(&desk, "uno.wav"), by(&server, true)).await;
    let here = start(&desk, desk.recording("dos.ogg"), Hearer::Here).await;
    desk.app.session_join(away, here).await.unwrap();
    desk.until(away, SessionState::Ready).await;
    assert!(!server.requests().is_empty());
    assert!(desk.heard() > 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_that_nobody_agreed_to_send_keeps_no_other_waiting() {
    let (desk, server) = (desk(Duration::ZERO).await, server().await);
    let away = start(&desk, remade(&desk, "uno.wav"), by(&server, false)).await;
    let here = start(&desk, desk.recording("dos.ogg"), Hearer::Here).await;
    desk.app.session_join(away, here).await.unwrap();
    desk.until(away, SessionState::Failed).await;
    assert_eq!(row(&desk, away).await.failure.unwrap().code, "consent_missing");
    assert_eq!(server.requests().len(), 0);
    let parts = desk.app.store().session(away).await.unwrap().parts;
    assert_eq!(parts.iter().map(|part| part.listening.ended.is_some()).collect::<Vec<_>>(), [false, true]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_says_what_it_costs_and_whether_anybody_can_listen() {
    let (desk, server) = (desk(Duration::ZERO).await, server().await);
    assert_eq!(desk.app.server_offer(1).await.unwrap(), None);
    choose(&desk, chosen(&server)).await;
    let offer = desk.app.server_offer(7 * 3_600_000).await.unwrap().unwrap();
    assert_eq!(offer.cost.as_deref(), Some("25.200 COP"));
    assert!(offer.is_private && offer.hears_new && !offer.agreed);
    let far = ServerChoices { url: "http://gpu.local".to_owned(), ..chosen(&server) };
    choose(&desk, far).await;
    assert!(!desk.app.server_offer(0).await.unwrap().unwrap().is_private);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_can_be_tried_out() {
    let (desk, good) = (desk(Duration::ZERO).await, server().await);
    assert_eq!(desk.app.server_check(&chosen(&good)).await.unwrap().codec, Codec::Wav);
    let bad = Server::new(|_, _| status("401 Unauthorized", "")).await;
    assert_eq!(desk.app.server_check(&chosen(&bad)).await.unwrap_err().code(), "engine");
    assert_eq!(desk.app.server_check(&ServerChoices::default()).await, Err(Error::ServerMissing));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_address_is_not_kept() {
    let desk = desk(Duration::ZERO).await;
    let server = ServerChoices { url: "https://clerk:secret@a.b".to_owned(), ..ServerChoices::default() };
    let settings = Settings { server, ..Settings::default() };
    assert_eq!(desk.app.settings_save(&settings).await, Err(Error::ServerAddressBad));
}
