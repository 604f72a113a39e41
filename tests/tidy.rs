//! The rules of the house, checked on the source itself. Each is explained in
//! `src-tauri/ARCHITECTURE.md`; each is shown here to catch a violation planted on purpose.

#![expect(clippy::unwrap_used, reason = "a test that cannot read the tree has failed")]

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// A file of the project: its path from the root with `/`, and its text.
struct Source {
    path: String,
    text: String,
}

/// A rule: what it says, and where it is broken.
struct Rule {
    says: &'static str,
    broken_by: fn(&Source) -> Option<String>,
}

const LONGEST_FILE: usize = 600;

const PURE_ROOMS: [&str; 8] = ["chunks", "guard", "transcript", "vocabulary", "minutes", "export", "peaks", "watch"];

const VAGUE_NAMES: [&str; 6] = ["manager", "service", "helper", "util", "common", "processor"];

/// The rooms of the window, and what each may know beside kit, lib, ipc, i18n, styles, testing and itself:
/// text is corrected beside the sound, and by speaker.
const UI_ROOMS: [(&str, &[&str]); 10] = [
    ("sessions", &[]),
    ("jobs", &[]),
    ("transcript", &["player", "speakers"]),
    ("player", &[]),
    ("minutes", &[]),
    ("roster", &["minutes"]),
    ("speakers", &[]),
    ("vocabulary", &[]),
    ("models", &[]),
    ("settings", &["minutes", "models", "vocabulary"]),
];

const RULES: [Rule; 19] = [
    Rule {
        says: "nothing below src-tauri/crates depends on Tauri",
        broken_by: |source| {
            (source.path.starts_with("src-tauri/crates/") && source.path.ends_with("Cargo.toml"))
                .then(|| line_with(&source.text, &["tauri"]))?
        },
    },
    Rule {
        says: "only the engine host links native speech code",
        broken_by: |source| {
            let engine =
                source.path.starts_with("src-tauri/crates/astra-engine/") || source.path.starts_with("tests/bench/");
            let root_workspace = source.path == "Cargo.toml";
            if engine || root_workspace {
                return None;
            }
            is_manifest(source).then(|| line_with(&source.text, &["whisper-rs", "ort =", "ort.", "astra-engine"]))?
        },
    },
    Rule {
        says: "only store/ speaks SQL",
        broken_by: |source| in_rust(source, |path| path.contains("/astra-core/src/store"), &["sqlx::"]),
    },
    Rule {
        says: "only media/, office.rs and the engine-host client start programs",
        broken_by: |source| {
            let allowed = |path: &str| {
                path.contains("/astra-core/src/media")
                    || path.ends_with("/astra-core/src/office.rs")
                    || path.ends_with("/astra-core/src/engine/host.rs")
                    || path.contains("/astra-core/src/engine/host/")
            };
            in_rust(source, allowed, &["process::Command", "Command::new", "process_wrap", "Program::start"])
        },
    },
    Rule {
        says: "only network.rs makes clients that speak with other computers",
        broken_by: |source| {
            let allowed = |path: &str| path.ends_with("/astra-core/src/network.rs");
            in_rust(source, allowed, &["Client::builder", "Client::new()", "ClientBuilder::new", "reqwest::get"])
        },
    },
    Rule {
        says: "documents are Spanish, so what writes them says nothing that the window says in its own language",
        broken_by: |source| {
            let elsewhere =
                |path: &str| !["/export/", "/minutes/", "/sessions/"].iter().any(|room| path.contains(room));
            in_rust(source, elsewhere, &["\"notice.", "\"notification.", "\"queue.", "\"reason.", "\"tray."])
        },
    },
    Rule {
        says: "only clock.rs asks the time",
        broken_by: |source| {
            in_rust(
                source,
                |path| path.ends_with("/astra-core/src/clock.rs"),
                &["SystemTime::now", "Instant::now", "OffsetDateTime::now", "Utc::now", "Zoned::now", "Timestamp::now"],
            )
        },
    },
    Rule {
        says: "pure rooms touch no file, clock, thread or store",
        broken_by: |source| {
            let room = source.path.strip_prefix("src-tauri/crates/astra-core/src/")?;
            let room = room.split(['/', '.']).next()?;
            PURE_ROOMS.contains(&room).then(|| {
                line_with(
                    &code(source),
                    &[
                        "std::fs",
                        "fs::",
                        "File::",
                        "std::thread",
                        "thread::",
                        "clock::",
                        "crate::store",
                        "tokio",
                        "std::net",
                        "std::env",
                    ],
                )
            })?
        },
    },
    Rule {
        says: "the core does not know its doors",
        broken_by: |source| {
            in_rust(source, |path| !path.contains("/astra-core/"), &["astra_engine::", "clap::", "indicatif::"])
        },
    },
    Rule {
        says: "only ui/src/ipc imports @tauri-apps",
        broken_by: |source| {
            let ui = source.path.starts_with("ui/src/") && !source.path.starts_with("ui/src/ipc/");
            ui.then(|| line_with(&source.text, &["@tauri-apps/"]))?
        },
    },
    Rule {
        says: "a room of the window does not know the other rooms",
        broken_by: |source| {
            let room = source.path.strip_prefix("ui/src/")?.split('/').next()?;
            let known = UI_ROOMS.iter().find(|(name, _)| *name == room).map(|(_, known)| *known);
            let strangers = UI_ROOMS.iter().map(|(name, _)| *name).filter(|name| {
                // The kit and the pieces of the library know no room at all.
                *name != room && known.map_or(["kit", "lib"].contains(&room), |known| !known.contains(name))
            });
            let imports: Vec<String> = strangers.map(|name| format!("\"../{name}")).collect();
            line_with(&source.text, &imports.iter().map(String::as_str).collect::<Vec<_>>())
        },
    },
    Rule {
        says: "the window shows no markup that came from outside",
        broken_by: |source| {
            (is_ui(source) && !source.path.contains(".test."))
                .then(|| line_with(&source.text, &["dangerouslySetInnerHTML", ".innerHTML", "insertAdjacentHTML"]))?
        },
    },
    Rule {
        says: "every file of the window says what it is, and nothing is left for later",
        broken_by: |source| {
            if !is_ui(source) || is_generated(source) {
                return None;
            }
            if !source.text.starts_with("//") {
                return Some("no comment at the top".to_owned());
            }
            first_with(source.text.lines(), &[concat!("TO", "DO"), concat!("FIX", "ME"), concat!("as a", "ny")])
        },
    },
    Rule {
        says: "no file is called mod.rs or anything vague",
        broken_by: |source| {
            let name = source.path.rsplit('/').next()?.to_lowercase();
            let stem = name.split('.').next()?.to_owned();
            (name == "mod.rs"
                || VAGUE_NAMES
                    .iter()
                    .any(|vague| stem.split(['_', '-']).any(|word| word == *vague || word == format!("{vague}s"))))
            .then_some(name)
        },
    },
    Rule {
        says: "no type or module is called anything vague",
        broken_by: |source| {
            is_rust(source).then(|| {
                code(source)
                    .lines()
                    .find(|line| {
                        let line = without_visibility(line);
                        let kinds = ["struct ", "enum ", "trait ", "type ", "mod "];
                        kinds.iter().find_map(|kind| line.strip_prefix(kind)).is_some_and(is_vague)
                    })
                    .map(str::to_owned)
            })?
        },
    },
    Rule {
        says: "a file stays small enough to hold in the head",
        broken_by: |source| {
            let lines = source.text.lines().count();
            ((is_rust(source) || is_ui(source)) && !is_generated(source) && lines > LONGEST_FILE)
                .then(|| format!("{lines} lines"))
        },
    },
    Rule {
        says: "unit tests stand at the foot of a file",
        broken_by: |source| {
            let lines = marked(&source.text);
            let tests = lines.iter().position(|(line, for_tests)| *for_tests && is_module_with_body(line))?;
            let product = lines[tests..].iter().find(|(line, for_tests)| !for_tests && !line.trim().is_empty());
            is_product_rust(source).then(|| product.map(|(line, _)| (*line).to_owned()))?
        },
    },
    Rule {
        says: "every file says what it is, and nothing is left for later",
        broken_by: |source| {
            if !is_rust(source) {
                return None;
            }
            if !source.text.starts_with("//!") {
                return Some("no //! at the top".to_owned());
            }
            first_with(
                source.text.lines(),
                &[concat!("TO", "DO"), concat!("FIX", "ME"), concat!("#[al", "low("), concat!("#[ig", "nore]")],
            )
        },
    },
    Rule {
        says: "every sentence that is asked for is in the catalogue",
        broken_by: |source| {
            is_rust(source).then(|| {
                code(source)
                    .split("sentence(\"")
                    .skip(1)
                    .filter_map(|rest| rest.split('"').next())
                    .find(|key| astra_core::sentences::sentence(key, &[]) == *key)
                    .map(str::to_owned)
            })?
        },
    },
];

#[test]
fn the_tree_keeps_the_rules_of_the_house() {
    let sources = tree();
    assert!(sources.len() > 40, "only {} files were found", sources.len());
    let broken: Vec<String> =
        RULES.iter().flat_map(|rule| sources.iter().filter_map(move |source| violation(rule, source))).collect();
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn each_rule_catches_a_violation_planted_on_purpose() {
    let core = "src-tauri/crates/astra-core/src";
    let planted = [
        ("nothing below", "src-tauri/crates/astra-core/Cargo.toml".to_owned(), "tauri = \"2\""),
        ("only the engine host links", "src-tauri/crates/astra-core/Cargo.toml".to_owned(), "whisper-rs = \"0.16\""),
        ("only store/", format!("{core}/jobs.rs"), "//! x\nfn f() { sqlx::query(\"DELETE FROM session\"); }"),
        ("only media/", format!("{core}/intake.rs"), "//! x\nfn f() { std::process::Command::new(\"ffmpeg\"); }"),
        ("only media/", format!("{core}/app.rs"), "//! x\nfn f() { Program::start(\"soffice\", &[], false, &stop); }"),
        ("only network.rs", format!("{core}/intake.rs"), "//! x\nfn f() { reqwest::Client::new().get(url); }"),
        (
            "documents are",
            format!("{core}/sessions/documents.rs"),
            "//! x\nfn f() { sentence(\"notice.unheard\", &[]); }",
        ),
        ("only clock.rs", format!("{core}/jobs/hear.rs"), "//! x\nfn f() { std::time::Instant::now(); }"),
        ("pure rooms", format!("{core}/export/docx.rs"), "//! x\nfn f() { std::fs::read(\"a\"); }"),
        ("the core does not know", format!("{core}/app.rs"), "//! x\nuse indicatif::ProgressBar;"),
        ("only ui/src/ipc", "ui/src/player/audio.ts".to_owned(), "import { invoke } from \"@tauri-apps/api/core\";"),
        ("a room of the window", "ui/src/player/a.ts".to_owned(), "// x\nimport { b } from \"../transcript/b\";"),
        ("a room of the window", "ui/src/kit/a.ts".to_owned(), "// x\nimport { b } from \"../sessions\";"),
        ("the window shows", "ui/src/player/a.tsx".to_owned(), "// x\nelement.innerHTML = text;"),
        ("every file of the window", "ui/src/player/a.tsx".to_owned(), "import a from \"b\";"),
        ("every file of the window", "ui/src/player/a.tsx".to_owned(), concat!("// x\n// TO", "DO: later")),
        (
            "a file stays small",
            "ui/src/player/a.tsx".to_owned(),
            &*format!("// x\n{}", "\n".repeat(LONGEST_FILE)).leak(),
        ),
        ("no file is called", format!("{core}/export/mod.rs"), "//! x"),
        ("no file is called", format!("{core}/string_utils.rs"), "//! x"),
        ("no type or module", format!("{core}/jobs.rs"), "//! x\npub struct JobManager;"),
        ("no type or module", format!("{core}/jobs.rs"), "//! x\npub(crate) struct JobManager;"),
        ("no type or module", format!("{core}/jobs.rs"), "//! x\n    pub(in crate::jobs) type ChunkHelper = u8;"),
        ("only clock.rs", format!("{core}/jobs.rs"), "//! x\n#[cfg(test)]\nmod sample;\nfn f() { Instant::now(); }"),
        ("only clock.rs", format!("{core}/jobs.rs"), "//! x\n#[cfg(test)]\nuse a::b;\nfn f() { Instant::now(); }"),
        ("only clock.rs", format!("{core}/jobs.rs"), "//! x\n#[cfg(test)]\nfn t() {\n}\nfn f() { Instant::now(); }"),
        ("only clock.rs", format!("{core}/jobs.rs"), "//! x\n#[cfg(test)]\nmod tests {\n}\nfn f() { Instant::now(); }"),
        ("unit tests", format!("{core}/jobs.rs"), "//! x\n#[cfg(test)]\nmod tests {\n    fn t() {}\n}\n\nfn f() {}"),
        ("unit tests", format!("{core}/jobs.rs"), "//! x\n#[cfg(test)]\n#[expect(a)]\nmod more {\n}\nuse a::b;"),
        ("a file stays small", format!("{core}/jobs.rs"), &*format!("//! x\n{}", "\n".repeat(LONGEST_FILE)).leak()),
        ("every file says", format!("{core}/jobs.rs"), "fn f() {}"),
        ("every file says", format!("{core}/jobs.rs"), concat!("//! x\n// TO", "DO: later")),
        ("every sentence", format!("{core}/jobs.rs"), "//! x\nfn f() { sentence(\"no.such.key\", &[]); }"),
    ];
    for (says, path, text) in planted {
        let rule = RULES.iter().find(|rule| rule.says.starts_with(says)).unwrap();
        let source = Source { path, text: text.to_owned() };
        assert!(violation(rule, &source).is_some(), "«{}» did not catch {}: {text}", rule.says, source.path);
    }
}

#[test]
fn what_is_compiled_for_tests_only_is_their_own_business() {
    let reads = "std::fs::read(\"a\"); std::time::Instant::now();";
    for text in [
        format!("//! x\n\n#[cfg(test)]\nmod tests {{\n    fn f() {{ {reads} }}\n}}\n"),
        format!("//! x\n\n#[cfg(test)]\n#[expect(a)]\nmod tests {{\n    fn f() {{\n        {reads}\n    }}\n}}\n"),
        format!("//! x\n\n#[cfg(test)]\nfn f(\n    a: u8,\n) {{\n    {reads}\n}}\n\nfn g() {{}}\n"),
        format!("//! x\n#[cfg(test)]\nmod sample;\n\nfn g() {{}}\n\n#[cfg(test)]\nmod tests {{\n    {reads}\n}}\n"),
    ] {
        let source = Source { path: "src-tauri/crates/astra-core/src/chunks.rs".to_owned(), text };
        let broken: Vec<_> = RULES.iter().filter_map(|rule| violation(rule, &source)).collect();
        assert!(broken.is_empty(), "{broken:?}");
    }
}

#[test]
fn every_error_has_a_spanish_sentence() {
    let text = fs::read_to_string(root().join("src-tauri/crates/astra-core/src/error.rs")).unwrap();
    let errors = text.split("pub enum Error {").nth(1).unwrap().split("\n}").next().unwrap();
    let codes: Vec<String> = errors
        .lines()
        .filter(|line| {
            line.starts_with("    ") && line.trim_start().starts_with(|letter: char| letter.is_ascii_uppercase())
        })
        .filter(|line| line.starts_with("    ") && !line.starts_with("     "))
        .map(|line| snake(line.trim().trim_end_matches([' ', '{', ','])))
        .collect();
    assert!(codes.len() > 25, "{codes:?}");
    for code in codes.iter().filter(|code| !["engine", "edit_refused"].contains(&code.as_str())) {
        let key = format!("error.{code}");
        assert_ne!(astra_core::sentences::sentence(&key, &[]), key);
    }
}

/// A migration that was ever released is never changed: its hash is written down here when it is
/// added, in the same change.
#[test]
fn migrations_are_only_added_to() {
    let known = fs::read_to_string(root().join("tests/fixtures/migrations.sha256")).unwrap();
    let mut found: Vec<String> = fs::read_dir(root().join("src-tauri/crates/astra-core/migrations"))
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            let hash = Sha256::digest(fs::read(entry.path()).unwrap());
            let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
            format!("{hash}  {}", entry.file_name().to_string_lossy())
        })
        .collect();
    found.sort_by_key(|line| line[66..].to_owned());
    assert_eq!(known.lines().collect::<Vec<_>>(), found);
}

fn violation(rule: &Rule, source: &Source) -> Option<String> {
    (rule.broken_by)(source).map(|found| format!("{}: {} — {}", source.path, rule.says, found.trim()))
}

fn in_rust(source: &Source, allowed: fn(&str) -> bool, words: &[&str]) -> Option<String> {
    (is_product_rust(source) && !allowed(&source.path)).then(|| line_with(&code(source), words))?
}

/// The first line of code that holds one of `words`; comments may name what code may not use.
fn line_with(text: &str, words: &[&str]) -> Option<String> {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    first_with(code, words)
}

fn first_with<'a>(mut lines: impl Iterator<Item = &'a str>, words: &[&str]) -> Option<String> {
    lines.find(|line| words.iter().any(|word| line.contains(word))).map(str::to_owned)
}

/// What ships of a file.
fn code(source: &Source) -> String {
    marked(&source.text).into_iter().filter(|(_, for_tests)| !for_tests).flat_map(|(line, _)| [line, "\n"]).collect()
}

/// The lines, each with whether it belongs to a module or function behind `#[cfg(test)]`. Such an
/// item ends, as rustfmt lays it out, on its first line or with a brace at its own indentation.
fn marked(text: &str) -> Vec<(&str, bool)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut marked = Vec::with_capacity(lines.len());
    while let Some(&line) = lines.get(marked.len()) {
        let here = marked.len();
        let item = lines[here..].iter().take_while(|line| line.trim_start().starts_with("#[")).count() + here;
        let first = lines.get(item).copied().unwrap_or_default();
        let kept = without_visibility(first);
        if line.trim() != "#[cfg(test)]" || !(kept.starts_with("mod ") || kept.starts_with("fn ")) {
            marked.push((line, false));
            continue;
        }
        let closing = format!("{}}}", &first[..first.len() - first.trim_start().len()]);
        let on_one_line = first.ends_with([';', '}']);
        let length = lines[item..].iter().take_while(|line| !on_one_line && **line != closing).count();
        marked.extend(lines[here..].iter().take(item - here + length + 1).map(|line| (*line, true)));
    }
    marked
}

fn is_module_with_body(line: &str) -> bool {
    let line = without_visibility(line);
    line.starts_with("mod ") && line.contains('{')
}

/// Whether it is the window's own code.
fn is_ui(source: &Source) -> bool {
    source.path.starts_with("ui/src/") && (source.path.ends_with(".ts") || source.path.ends_with(".tsx"))
}

/// Whether it is written by a program.
fn is_generated(source: &Source) -> bool {
    source.path == "ui/src/ipc/bindings.ts"
}

/// A line of code after `pub`, `pub(crate)` and the like.
fn without_visibility(line: &str) -> &str {
    let line = line.trim_start();
    let Some(rest) = line.strip_prefix("pub") else { return line };
    let inner = rest.strip_prefix('(').and_then(|rest| rest.split_once(')'));
    inner.map_or(rest, |(_, rest)| rest).trim_start()
}

/// Whether a declared name, with whatever follows it, begins or ends with a vague word.
fn is_vague(declared: &str) -> bool {
    let name = declared.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next().unwrap_or_default();
    let name = name.to_lowercase();
    VAGUE_NAMES.iter().any(|vague| name.ends_with(vague) || name.starts_with(vague))
}

fn is_manifest(source: &Source) -> bool {
    source.path.ends_with("Cargo.toml")
}

fn is_rust(source: &Source) -> bool {
    source.path.ends_with(".rs")
}

/// Code that ships: not the end-to-end tests, not the bench.
fn is_product_rust(source: &Source) -> bool {
    is_rust(source) && source.path.starts_with("src-tauri/") && !source.path.contains("/tests/")
}

fn snake(name: &str) -> String {
    let mut text = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !text.is_empty() {
            text.push('_');
        }
        text.extend(letter.to_lowercase());
    }
    text
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn tree() -> Vec<Source> {
    let mut sources = Vec::new();
    for folder in ["src-tauri", "ui", "tests", "models", "installers"] {
        collect(&root().join(folder), &mut sources);
    }
    sources
        .push(Source { path: "Cargo.toml".to_owned(), text: fs::read_to_string(root().join("Cargo.toml")).unwrap() });
    sources
}

fn collect(folder: &Path, sources: &mut Vec<Source>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            if !["target", "node_modules", "dist"].contains(&name.as_str()) {
                collect(&path, sources);
            }
        } else if [".rs", ".toml", ".ts", ".tsx", ".py", ".mjs", ".sh"].iter().any(|end| name.ends_with(end)) {
            let relative = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
            sources.push(Source { path: relative, text: fs::read_to_string(&path).unwrap() });
        }
    }
}
