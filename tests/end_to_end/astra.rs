//! Running the program as a person would: in a folder of its own, and looking at what it leaves.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::OnceLock;

use serde_json::Value;
use tempfile::TempDir;

/// A computer with Astra on it: a data folder and a folder to work in, gone when dropped.
pub struct Astra {
    place: TempDir,
}

/// What a run printed for programs and how it ended.
#[derive(Debug)]
pub struct Ran {
    pub code: Option<i32>,
    pub stdout: String,
}

impl Astra {
    pub fn new() -> Self {
        let host = Path::new(env!("CARGO_BIN_EXE_astra"))
            .with_file_name(format!("astra-engine-cpu{}", std::env::consts::EXE_SUFFIX));
        assert!(host.exists(), "{} is missing: run `cargo build --workspace --bins` first", host.display());
        let place = tempfile::tempdir().unwrap();
        std::fs::create_dir(place.path().join("out")).unwrap();
        Self { place }
    }

    /// One on which the sample was heard in the usual way, and its documents written. It is heard once for all tests,
    /// and each has a copy.
    pub fn with_the_sample_heard() -> Self {
        static HEARD: OnceLock<PathBuf> = OnceLock::new();
        let heard = HEARD.get_or_init(|| {
            let astra = Self::new();
            astra.transcribe_sample().event("job_done");
            let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join("sample-heard");
            let _ = std::fs::remove_dir_all(&kept);
            copy_folder(astra.folder(), &kept);
            kept
        });
        let astra = Self::new();
        copy_folder(heard, astra.folder());
        astra
    }

    /// The folder to work in.
    pub fn folder(&self) -> &Path {
        self.place.path()
    }

    /// The folder for documents.
    pub fn out(&self) -> PathBuf {
        self.place.path().join("out")
    }

    /// The data folder.
    pub fn data(&self) -> PathBuf {
        self.place.path().join("datos")
    }

    /// Puts a copy of `file` into the folder under `name`.
    pub fn bring(&self, file: &Path, name: &str) -> PathBuf {
        let path = self.place.path().join(name);
        std::fs::copy(file, &path).unwrap();
        path
    }

    pub fn command(&self, arguments: &[impl AsRef<OsStr>]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_astra"));
        let is_told = |word: &str| arguments.iter().any(|argument| argument.as_ref() == word);
        if is_told("transcribe") {
            command.arg("transcribe");
            if !is_told("--threads") {
                // Several tests run at once, and threads that wait for each other by spinning take
                // many times longer when they have to share a core.
                command.args(["--threads", "1"]);
            }
        }
        command
            .args(arguments.iter().filter(|argument| argument.as_ref() != "transcribe"))
            .env("ASTRA_DATA_DIR", self.data())
            .current_dir(self.folder())
            .stdin(Stdio::null());
        command
    }

    pub fn run(&self, arguments: &[impl AsRef<OsStr>]) -> Ran {
        Ran::from(self.command(arguments).output().unwrap())
    }

    /// Listens to the sample in the usual way, with `--json`.
    pub fn transcribe_sample(&self) -> Ran {
        self.run(&[
            OsStr::new("transcribe"),
            sample().as_os_str(),
            "--json".as_ref(),
            "--out".as_ref(),
            self.out().as_os_str(),
        ])
    }

    /// Starts a run with `--json` whose events can be read while it works.
    pub fn start(&self, arguments: &[impl AsRef<OsStr>]) -> Running {
        let mut child =
            self.command(arguments).arg("--json").stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let events = BufReader::new(child.stdout.take().unwrap()).lines();
        Running { child, events: Box::new(events.map_while(Result::ok)) }
    }

    /// The one session there is, as `sessions show --json` gives it.
    pub fn transcript(&self) -> Value {
        let sessions = self.run(&["sessions", "list", "--json"]).objects();
        assert_eq!(sessions.len(), 1, "{sessions:?}");
        let id = sessions[0]["id"].as_str().unwrap().to_owned();
        self.run(&["sessions", "show", &id, "--json"]).objects().remove(0)
    }

    /// How many chunks were heard, by the log of the engine host. A second, more thorough try at a
    /// chunk that came out wrong does not count.
    pub fn chunks_heard(&self) -> usize {
        let log = std::fs::read_dir(self.data().join("logs")).unwrap();
        log.map(|entry| entry.unwrap().path())
            .filter(|path| path.file_name().unwrap().to_string_lossy().starts_with("engine"))
            .map(|path| {
                std::fs::read_to_string(path)
                    .unwrap()
                    .lines()
                    .filter(|line| line.contains(": heard ") && line.contains("effort=Usual"))
                    .count()
            })
            .sum()
    }
}

/// A run that is still going on.
pub struct Running {
    pub child: Child,
    events: Box<dyn Iterator<Item = String>>,
}

impl Running {
    /// Reads events until one of this name that `wanted` accepts; none when the run ended first.
    pub fn wait_for(&mut self, name: &str, mut wanted: impl FnMut(&Value) -> bool) -> Option<Value> {
        self.events
            .by_ref()
            .filter_map(|line| serde_json::from_str::<Value>(&line).ok())
            .find(|event| event["event"] == name && wanted(event))
    }

    /// Kills it the way a power cut does.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // A test that failed must not leave a program behind.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Ran {
    /// The JSON objects it printed.
    pub fn objects(&self) -> Vec<Value> {
        assert_eq!(self.code, Some(0), "{self:#?}");
        self.lines()
    }

    fn lines(&self) -> Vec<Value> {
        self.stdout
            .lines()
            .map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("no JSON: {line}")))
            .collect()
    }

    /// The first event of this name.
    pub fn event(&self, name: &str) -> Value {
        let events = self.lines();
        let found = events.iter().find(|event| event["event"] == name);
        found.unwrap_or_else(|| panic!("no {name} in {self:#?}")).clone()
    }

    /// Every event of this name.
    pub fn lines_of(&self, name: &str) -> Vec<Value> {
        self.lines().into_iter().filter(|event| event["event"] == name).collect()
    }

    /// The code of the error it ended with.
    pub fn error(&self) -> String {
        assert_ne!(self.code, Some(0), "{self:#?}");
        self.event("error")["code"].as_str().unwrap().to_owned()
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self { code: output.status.code(), stdout: String::from_utf8(output.stdout).unwrap() }
    }
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let copy = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &copy);
        } else {
            std::fs::copy(entry.path(), copy).unwrap();
        }
    }
}

/// The project's root.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The sample session.
pub fn sample() -> PathBuf {
    root().join("assets/sample/sesion-de-muestra.ogg")
}

/// Real speech and broken files that are too large or not free enough for the project; `None`,
/// said loudly, where they are missing.
pub fn testdata(path: &str) -> Option<PathBuf> {
    let found = root().join("../shared/testdata").join(path);
    if found.exists() {
        return Some(found);
    }
    say(&format!("NOT TESTED: {} is missing", found.display()));
    None
}

/// Says something that is read even when the test passes: the test runner keeps what goes through
/// its own macros to itself.
pub fn say(line: &str) {
    let mut stderr = std::io::stderr();
    writeln!(stderr, "{line}").unwrap();
}

/// Runs a program the tests need and returns what it printed.
pub fn tool(program: &str, arguments: &[&OsStr]) -> String {
    let output = Command::new(program).args(arguments).stdin(Stdio::null()).output();
    let output = output.unwrap_or_else(|error| panic!("{program}: {error} (installers/linux/prerequisites.sh --test)"));
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The process id of a child by the beginning of its name.
pub fn child_of(parent: u32, name: &str) -> String {
    let children = children_of(parent);
    let found = children.iter().find(|(_, found)| found.starts_with(name));
    found.unwrap_or_else(|| panic!("no {name} among {children:?}")).0.clone()
}

/// The process ids of all children, and their names.
pub fn children_of(parent: u32) -> Vec<(String, String)> {
    let parent = parent.to_string();
    let listed = tool("ps", &["-o", "pid=,comm=", "--ppid", &parent].map(OsStr::new));
    let children = listed.lines().filter_map(|line| line.trim().split_once(' '));
    children.map(|(id, name)| (id.to_owned(), name.trim().to_owned())).collect()
}
