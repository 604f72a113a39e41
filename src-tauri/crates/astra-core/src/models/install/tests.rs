//! Downloads from a small server that behaves as badly as it is told to.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::super::testing::{FOLDER, catalog, model_bytes};
use super::*;
use crate::fingerprint::Fingerprint;
use crate::models::Catalog;
use crate::models::catalog::LibraryArchive;

/// What the server sends before it closes the connection.
struct Answer {
    head: String,
    body: Vec<u8>,
    /// Keeps the connection open and sends nothing more.
    silent: bool,
}

fn answer(status: &str, headers: &str, body: &[u8]) -> Answer {
    Answer {
        head: format!("HTTP/1.1 {status}\r\n{headers}Connection: close\r\n\r\n"),
        body: body.to_vec(),
        silent: false,
    }
}

fn whole() -> Answer {
    let body = model_bytes();
    answer("200 OK", &format!("ETag: \"one\"\r\nContent-Length: {}\r\n", body.len()), &body)
}

/// The whole file, broken off after `count` bytes.
fn broken_after(count: usize) -> Answer {
    let mut answer = whole();
    answer.body.truncate(count);
    answer
}

fn rest_from(start: usize) -> Answer {
    let body = model_bytes();
    let (last, all) = (body.len() - 1, body.len());
    let headers = format!("Content-Range: bytes {start}-{last}/{all}\r\nContent-Length: {}\r\n", all - start);
    answer("206 Partial Content", &headers, &body[start..])
}

/// A library, a server with its script, and what it was asked.
struct Scene {
    _folder: tempfile::TempDir,
    library: Library,
    entry: Entry,
    requests: Arc<Mutex<Vec<String>>>,
    /// Long, so that a busy computer is not taken for a silent server.
    silence: Duration,
}

impl Scene {
    async fn new(answers: Vec<Answer>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("bind");
        let address = listener.local_addr().expect("address");
        let requests = Arc::new(Mutex::new(Vec::new()));
        tokio::spawn(serve(listener, answers, Arc::clone(&requests)));
        let folder = tempfile::tempdir().expect("folder");
        let library = Library::with_catalog(folder.path().join("Ñoño"), catalog()).expect("open");
        let mut entry = library.catalog().find("small").expect("there").clone();
        entry.url = Some(format!("http://{address}/small.bin"));
        Self { _folder: folder, library, entry, requests, silence: Duration::from_secs(20) }
    }

    async fn fetch(&self) -> Result<Installed> {
        self.fetch_until(&Stop::default()).await
    }

    async fn fetch_until(&self, stop: &Stop) -> Result<Installed> {
        self.fetch_telling(stop, &mut |_, _| {}).await
    }

    async fn fetch_telling(&self, stop: &Stop, progress: Progress<'_>) -> Result<Installed> {
        self.download().fetch(&self.library, &self.entry, stop, progress).await
    }

    fn download(&self) -> Download {
        let short = Duration::from_millis(5);
        let patience = Patience { silence: self.silence, attempts: 3, pause: short, longest_pause: short * 2 };
        let client = network::client().no_proxy().build().expect("client");
        Download { client, patience }
    }

    fn asked(&self, header: &str) -> Vec<Option<String>> {
        let requests = self.requests.lock().expect("lock");
        let find = |request: &String| {
            let lines = request.lines().filter_map(|line| line.split_once(": "));
            lines.filter(|(name, _)| name.eq_ignore_ascii_case(header)).map(|(_, value)| value.to_owned()).next()
        };
        requests.iter().map(find).collect()
    }

    fn has_part(&self) -> bool {
        self.library.part("small").exists()
    }

    fn is_right(&self) -> bool {
        self.library.ready("small").is_ok_and(|path| std::fs::read(path).is_ok_and(|bytes| bytes == model_bytes()))
    }
}

async fn serve(listener: TcpListener, answers: Vec<Answer>, requests: Arc<Mutex<Vec<String>>>) {
    for answer in answers {
        let Ok((mut stream, _)) = listener.accept().await else { return };
        let request = read_request(&mut stream).await;
        requests.lock().expect("lock").push(request);
        let _ = stream.write_all(answer.head.as_bytes()).await;
        let _ = stream.write_all(&answer.body).await;
        let _ = stream.flush().await;
        if answer.silent {
            tokio::time::sleep(Duration::from_secs(5)).await;
        }
    }
}

async fn read_request(stream: &mut TcpStream) -> String {
    let (mut request, mut byte) = (Vec::new(), [0]);
    while !request.ends_with(b"\r\n\r\n") && stream.read_exact(&mut byte).await.is_ok() {
        request.push(byte[0]);
    }
    String::from_utf8_lossy(&request).into_owned()
}

fn reason(result: Result<Installed>) -> String {
    match result {
        Err(Error::DownloadFailed { reason, .. }) => reason,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_model_arrives_whole_and_is_recorded() {
    let scene = Scene::new(vec![whole()]).await;
    let model = scene.fetch().await.expect("download");
    assert_eq!((model.id.as_str(), Some(model.source)), ("small", scene.entry.url.clone()));
    assert!(scene.is_right() && !scene.has_part());
    assert!(!scene.library.part("small").with_extension("part.note").exists());
}

#[tokio::test]
async fn progress_only_grows_and_ends_with_the_whole() {
    let scene = Scene::new(vec![broken_after(300), rest_from(300)]).await;
    let mut told = Vec::new();
    scene.fetch_telling(&Stop::default(), &mut |done, all| told.push((done, all))).await.expect("download");
    assert!(told.is_sorted(), "{told:?}");
    assert_eq!(told.last(), Some(&(scene.entry.bytes, scene.entry.bytes)));
}

#[tokio::test]
async fn a_model_that_is_there_is_not_downloaded_again() {
    let scene = Scene::new(vec![whole()]).await;
    scene.fetch().await.expect("download");
    scene.fetch().await.expect("there");
    assert_eq!(scene.requests.lock().expect("lock").len(), 1);
}

#[tokio::test]
async fn a_broken_connection_is_gone_on_with_where_it_broke() {
    let scene = Scene::new(vec![broken_after(300), rest_from(300)]).await;
    scene.fetch().await.expect("download");
    assert!(scene.is_right());
    assert_eq!(scene.asked("range"), [None, Some("bytes=300-".to_owned())]);
    assert_eq!(scene.asked("if-range"), [None, Some("\"one\"".to_owned())]);
}

#[tokio::test]
async fn a_later_download_goes_on_with_an_earlier_part() {
    let give_up = || answer("404 Not Found", "Content-Length: 0\r\n", b"");
    let scene = Scene::new(vec![broken_after(300), give_up(), rest_from(300)]).await;
    assert!(reason(scene.fetch().await).contains("404"));
    assert!(scene.has_part());
    scene.fetch().await.expect("download");
    assert!(scene.is_right());
    assert_eq!(scene.asked("range").last(), Some(&Some("bytes=300-".to_owned())));
}

#[tokio::test]
async fn a_server_that_ignores_range_is_heard_from_the_beginning() {
    let scene = Scene::new(vec![broken_after(300), whole()]).await;
    scene.fetch().await.expect("download");
    assert!(scene.is_right());
}

#[tokio::test]
async fn a_server_that_sends_another_range_or_none_is_asked_from_the_beginning() {
    let none = answer("416 Range Not Satisfiable", "Content-Length: 0\r\n", b"");
    for bad in [rest_from(100), none] {
        let scene = Scene::new(vec![broken_after(300), bad, whole()]).await;
        scene.fetch().await.expect("download");
        assert!(scene.is_right());
        assert_eq!(scene.asked("range").last(), Some(&None));
    }
}

#[tokio::test]
async fn wrong_bytes_are_refused_and_leave_nothing_behind() {
    let mut wrong = whole();
    wrong.body[400] ^= 1;
    let scene = Scene::new(vec![wrong]).await;
    assert!(matches!(scene.fetch().await, Err(Error::ModelAltered { .. })));
    assert!(!scene.has_part() && scene.library.find("small").is_none());
}

#[tokio::test]
async fn an_earlier_part_gone_bad_costs_a_second_download_and_no_more() {
    let scene = Scene::new(vec![broken_after(300), answer("403 Forbidden", "", b""), rest_from(300), whole()]).await;
    assert!(reason(scene.fetch().await).contains("403"));
    std::fs::write(scene.library.part("small"), [0; 300]).expect("write");
    scene.fetch().await.expect("download");
    assert!(scene.is_right());
    assert_eq!(scene.asked("range").len(), 4);
}

#[tokio::test]
async fn a_part_of_another_address_is_not_gone_on_with() {
    let scene = Scene::new(vec![whole()]).await;
    let part = scene.library.part("small");
    std::fs::write(&part, [0; 300]).expect("write");
    std::fs::write(part.with_extension("part.note"), "{\"url\":\"https://example.org/old\",\"etag\":null}")
        .expect("write");
    scene.fetch().await.expect("download");
    assert_eq!(scene.asked("range"), [None]);
}

#[tokio::test]
async fn a_whole_part_needs_no_server() {
    let scene = Scene::new(vec![]).await;
    let part = scene.library.part("small");
    std::fs::write(&part, model_bytes()).expect("write");
    let url = scene.entry.url.clone().expect("address");
    std::fs::write(part.with_extension("part.note"), format!("{{\"url\":\"{url}\",\"etag\":null}}")).expect("write");
    scene.fetch().await.expect("there");
    assert!(scene.is_right());
}

#[tokio::test]
async fn a_web_page_in_the_place_of_the_model_is_called_by_its_name() {
    let page = b"\n<!DOCTYPE html><title>Proxy</title>";
    let named = answer("200 OK", &format!("Content-Type: text/html\r\nContent-Length: {}\r\n", page.len()), page);
    let unnamed = answer("200 OK", "", page);
    for answer in [named, unnamed] {
        let scene = Scene::new(vec![answer]).await;
        assert!(reason(scene.fetch().await).contains("web page"));
        assert!(scene.library.find("small").is_none());
    }
}

#[tokio::test]
async fn a_missing_file_is_not_asked_for_again() {
    let scene = Scene::new(vec![answer("404 Not Found", "Content-Length: 0\r\n", b""), whole()]).await;
    assert!(reason(scene.fetch().await).contains("404"));
    assert_eq!(scene.requests.lock().expect("lock").len(), 1);
}

#[tokio::test]
async fn a_busy_server_is_asked_again_and_not_for_ever() {
    let busy = || answer("503 Service Unavailable", "Retry-After: 1\r\nContent-Length: 0\r\n", b"");
    let many = || answer("429 Too Many Requests", "Content-Length: 0\r\n", b"");
    let scene = Scene::new(vec![busy(), many(), whole()]).await;
    scene.fetch().await.expect("download");
    let scene = Scene::new(vec![busy(), busy(), many(), whole()]).await;
    assert!(reason(scene.fetch().await).contains("429"));
}

#[tokio::test]
async fn a_redirect_is_followed() {
    let scene =
        Scene::new(vec![answer("302 Found", "Location: /elsewhere\r\nContent-Length: 0\r\n", b""), whole()]).await;
    scene.fetch().await.expect("download");
    assert!(scene.is_right());
}

#[tokio::test]
async fn another_length_than_the_model_has_is_refused() {
    let scene = Scene::new(vec![answer("200 OK", "Content-Length: 10\r\n", b"0123456789")]).await;
    assert!(reason(scene.fetch().await).contains("10 bytes"));
    let mut long = model_bytes();
    long.push(0);
    let scene = Scene::new(vec![answer("200 OK", "", &long)]).await;
    assert!(reason(scene.fetch().await).contains("more than"));
}

#[tokio::test]
async fn an_answer_without_length_that_ends_early_is_gone_on_with() {
    let scene = Scene::new(vec![answer("200 OK", "", &model_bytes()[..200]), rest_from(200)]).await;
    scene.fetch().await.expect("download");
    assert!(scene.is_right());
}

#[tokio::test]
async fn a_server_that_falls_silent_counts_as_broken() {
    let mut silent = broken_after(300);
    silent.silent = true;
    let mut scene = Scene::new(vec![silent]).await;
    scene.silence = Duration::from_millis(300);
    assert!(reason(scene.fetch().await).contains("answer"), "nobody accepts the second connection");
    assert!(scene.has_part());
}

#[tokio::test]
async fn nobody_listening_is_a_failed_download() {
    let mut scene = Scene::new(vec![]).await;
    scene.entry.url = Some("http://127.0.0.1:9/small.bin".to_owned());
    assert!(!reason(scene.fetch().await).is_empty());
}

#[tokio::test]
async fn a_stop_is_obeyed_within_a_second_and_keeps_what_arrived() {
    let mut silent = broken_after(300);
    silent.silent = true;
    let scene = Scene::new(vec![silent]).await;
    let stop = Stop::default();
    let (asker, part) = (stop.clone(), scene.library.part("small"));
    let asking = tokio::spawn(async move {
        while std::fs::metadata(&part).map_or(0, |metadata| metadata.len()) < 300 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        asker.set();
        clock::instant()
    });
    assert_eq!(scene.fetch_until(&stop).await, Err(Error::Stopped));
    assert!(asking.await.expect("asked").elapsed() < Duration::from_secs(1));
    assert_eq!(std::fs::metadata(scene.library.part("small")).expect("part").len(), 300);
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_full_disk_is_called_by_its_name_and_gets_its_space_back() {
    let scene = Scene::new(vec![whole()]).await;
    std::os::unix::fs::symlink("/dev/full", scene.library.part("small")).expect("link");
    assert!(matches!(scene.fetch().await, Err(Error::DiskFull { .. })));
    assert!(std::fs::symlink_metadata(scene.library.part("small")).is_err());
}

#[tokio::test]
async fn a_download_may_run_on_any_thread() {
    let scene = Scene::new(vec![whole()]).await;
    let library = scene.library.clone();
    let task =
        tokio::spawn(
            async move { Download::new()?.install(&library, "nothing", &Stop::default(), &mut |_, _| {}).await },
        );
    assert!(matches!(task.await.expect("ran"), Err(Error::ModelUnknown { .. })));
}

#[tokio::test]
async fn two_downloads_of_one_model_do_not_meet() {
    let scene = Scene::new(vec![whole()]).await;
    let claim = scene.library.claim("small").expect("free");
    assert!(matches!(scene.fetch().await, Err(Error::NotWritable { .. })));
    drop(claim);
    scene.fetch().await.expect("download");
}

#[tokio::test]
async fn an_embedded_or_unknown_model_is_not_looked_for_on_the_network() {
    let scene = Scene::new(vec![]).await;
    let download = Download::new().expect("client");
    let install = async |id| download.install(&scene.library, id, &Stop::default(), &mut |_, _| {}).await;
    assert_eq!(install("demo").await, Err(Error::ModelNotInstalled { id: "demo".to_owned() }));
    assert_eq!(install("nothing").await, Err(Error::ModelUnknown { id: "nothing".to_owned() }));
}

/// A scene in which the model is a folder.
async fn folder(answers: Vec<Answer>) -> Scene {
    let mut scene = Scene::new(answers).await;
    let url = scene.entry.url.take().and_then(|url| url.strip_suffix("small.bin").map(str::to_owned));
    scene.entry = Entry { url, ..scene.library.catalog().find("tdt").expect("there").clone() };
    scene
}

fn file(bytes: &[u8]) -> Answer {
    answer("200 OK", &format!("ETag: \"one\"\r\nContent-Length: {}\r\n", bytes.len()), bytes)
}

#[tokio::test]
async fn a_folder_arrives_file_after_file_and_is_one_model() {
    let scene = folder(FOLDER.iter().map(|(_, bytes)| file(bytes)).collect()).await;
    let mut told = Vec::new();
    let model = scene.fetch_telling(&Stop::default(), &mut |done, all| told.push((done, all))).await.expect("download");
    assert!(told.is_sorted() && told.last() == Some(&(scene.entry.bytes, scene.entry.bytes)), "{told:?}");
    assert_eq!((model.file.as_str(), model.sha256), ("tdt", scene.entry.sha256.clone()));
    let path = scene.library.ready("tdt").expect("ready");
    let names = FOLDER.map(|(name, _)| name);
    assert_eq!(super::super::folder::names(&path).expect("a folder"), names);
    assert!(!scene.library.part("tdt").exists());
    let asked = scene.requests.lock().expect("lock").concat();
    assert!(names.iter().all(|name| asked.contains(&format!("GET /{name} HTTP"))), "{asked}");
}

#[tokio::test]
async fn a_folder_that_broke_off_asks_only_for_what_is_missing() {
    let scene = folder(vec![file(FOLDER[0].1), file(FOLDER[1].1), answer("404 Not Found", "", b"")]).await;
    assert!(scene.fetch().await.is_err());
    assert!(scene.library.find("tdt").is_none());
    let before = scene.entry.url.clone().expect("an address");
    let port = before.rsplit(':').next().and_then(|port| port.strip_suffix('/')).expect("a port").to_owned();
    // What was received from another address would not be gone on with.
    let listener = TcpListener::bind(format!("127.0.0.1:{port}")).await.expect("bind");
    let answers = vec![file(FOLDER[2].1), file(FOLDER[3].1)];
    tokio::spawn(serve(listener, answers, Arc::clone(&scene.requests)));
    scene.requests.lock().expect("lock").clear();
    scene.fetch().await.expect("download");
    assert_eq!(scene.requests.lock().expect("lock").len(), 2);
    assert!(scene.library.ready("tdt").is_ok());
}

#[tokio::test]
async fn a_folder_with_a_wrong_file_is_no_model() {
    let scene = folder(vec![file(b"[]"), file(b"[]")]).await;
    assert!(matches!(scene.fetch().await, Err(Error::ModelAltered { .. })));
    assert!(scene.library.find("tdt").is_none());
}

/// An archive that the ONNX Runtime library comes in, at a server that has it.
async fn archived(kind: &str, member: &str) -> (Scene, LibraryArchive) {
    let name = "onnxruntime-x64/lib/libonnxruntime.so.1";
    let bytes = if kind == "zip" {
        let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        archive.start_file(name, zip::write::SimpleFileOptions::default()).expect("a file");
        std::io::Write::write_all(&mut archive, b"\x7fELF library").expect("written");
        archive.finish().expect("an archive").into_inner()
    } else {
        let packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        let mut archive = tar::Builder::new(packer);
        for (name, bytes) in [("./onnxruntime-x64/README.md", &b"text"[..]), (name, b"\x7fELF library")] {
            let mut header = tar::Header::new_gnu();
            header.set_size(bytes.len() as u64);
            header.set_cksum();
            archive.append_data(&mut header, name, bytes).expect("a file");
        }
        archive.into_inner().and_then(|packer| packer.finish()).expect("an archive")
    };
    let length = format!("Content-Length: {}\r\n", bytes.len());
    let scene = Scene::new(vec![answer("200 OK", &length, &bytes)]).await;
    let archive = LibraryArchive {
        os: String::new(),
        arch: String::new(),
        url: scene.entry.url.clone().expect("an address").replace("small.bin", &format!("runtime.{kind}")),
        bytes: bytes.len() as u64,
        sha256: Fingerprint::of(&bytes),
        member: member.to_owned(),
    };
    (scene, archive)
}

impl Scene {
    async fn fetch_library(&self, archive: &LibraryArchive) -> Result<PathBuf> {
        self.download().fetch_onnx_runtime(&self.library, archive, &Stop::default(), &mut |_, _| {}).await
    }

    /// What lies in the folder of the models, but for what claims the right to write there.
    fn files(&self) -> Vec<String> {
        let names =
            |folder: PathBuf| std::fs::read_dir(folder).into_iter().flatten().flatten().map(|file| file.file_name());
        let beside = names(self.library.folder().join("onnxruntime"));
        let all = names(self.library.folder().to_owned()).chain(beside).map(|name| name.display().to_string());
        all.filter(|name| !name.ends_with(".lock") && name != "onnxruntime").collect()
    }
}

#[tokio::test]
async fn the_library_is_unpacked_beside_the_models_and_its_archive_goes() {
    for kind in ["tgz", "zip"] {
        let (scene, archive) = archived(kind, "onnxruntime-x64/lib/libonnxruntime.so.1").await;
        let path = scene.fetch_library(&archive).await.expect("it is there");
        assert_eq!(std::fs::read(&path).expect("readable"), b"\x7fELF library");
        assert_eq!(path, scene.library.folder().join("onnxruntime/libonnxruntime.so.1"));
        assert_eq!(scene.files(), ["libonnxruntime.so.1"], "{kind}");
    }
}

#[tokio::test]
async fn an_archive_with_other_bytes_or_without_the_library_leaves_nothing() {
    for kind in ["tgz", "zip"] {
        let (scene, archive) = archived(kind, "onnxruntime-x64/lib/libonnxruntime.so.1").await;
        let other = LibraryArchive { sha256: "0".repeat(64), ..archive };
        let failed = scene.fetch_library(&other).await.expect_err("other bytes");
        assert!(failed.code() == "download_failed" && scene.files().is_empty(), "{kind}: {failed}");

        let (scene, archive) = archived(kind, "onnxruntime-x64/lib/libother.so").await;
        let failed = scene.fetch_library(&archive).await.expect_err("no library");
        assert!(failed.code() == "broken" && scene.files().is_empty(), "{kind}: {failed}");
    }
}

#[test]
#[cfg(any(target_arch = "x86_64", not(windows)))]
#[cfg(any(target_arch = "aarch64", not(target_os = "macos")))]
fn this_kind_of_computer_has_a_library() {
    let archive = Catalog::bundled().expect("sound").onnx_runtime().expect("for this one too");
    assert!(archive.member.contains(std::env::consts::DLL_SUFFIX), "{archive:?}");
}
