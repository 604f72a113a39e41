//! Sessions whose structure was marked by hand: `session.txt`, an utterance on each line (start, end, voice
//! and text, separated by tabs), and `structure.json`, what happens in which line.

use std::path::Path;

use anyhow::{Context as _, bail};
use astra_core::minutes::proposals::{Context, Guest, Proposal, Role, Utterance, propose};
use serde_json::Value;

/// A session and its marks.
pub struct Gold {
    pub name: String,
    lines: Vec<Line>,
    people: Vec<Person>,
    roster: Vec<String>,
    date: String,
    /// What happens, in the order of the file.
    pub structure: Vec<Value>,
}

struct Line {
    start_ms: u64,
    end_ms: u64,
    voice: String,
    text: String,
}

struct Person {
    voice: String,
    name: String,
    role: Role,
    office: String,
}

/// What the rules are told of who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Knowledge {
    /// Everybody's name and role.
    Speakers,
    /// Only that two lines are one voice.
    Voices,
    /// Nothing.
    Words,
}

impl Gold {
    /// Reads a folder.
    pub fn read(folder: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(folder.join("session.txt"))?;
        let lines =
            text.lines().enumerate().map(|(at, line)| read_line(line).with_context(|| format!("line {}", at + 1)));
        let marks: Value = serde_json::from_str(&std::fs::read_to_string(folder.join("structure.json"))?)?;
        let word = |value: &Value, key: &str| value[key].as_str().unwrap_or_default().to_owned();
        let people = marks["people"].as_array().context("people")?.iter().map(|person| Person {
            voice: word(person, "voice"),
            name: word(person, "name"),
            role: match person["role"].as_str() {
                Some("chair") => Role::Chair,
                Some("secretary") => Role::Secretary,
                Some("member") => Role::Member,
                _ => Role::Guest,
            },
            office: word(person, "office"),
        });
        let roster = marks["roster"].as_array().context("roster")?.iter().filter_map(Value::as_str);
        Ok(Self {
            name: folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
            lines: lines.collect::<anyhow::Result<_>>()?,
            people: people.collect(),
            roster: roster.map(str::to_owned).collect(),
            date: word(&marks, "date"),
            structure: marks["structure"].as_array().context("structure")?.clone(),
        })
    }

    /// What the rules propose when they know so much.
    pub fn proposals(&self, knowledge: Knowledge) -> Vec<Proposal> {
        let roster: Vec<&str> = self.roster.iter().map(String::as_str).collect();
        let known = knowledge == Knowledge::Speakers;
        let guests: Vec<Guest<'_>> = self
            .people
            .iter()
            .filter(|person| !self.roster.contains(&person.name))
            .map(|person| Guest { name: &person.name, office: &person.office })
            .collect();
        let mut voices: Vec<&str> = self.lines.iter().map(|line| line.voice.as_str()).collect();
        voices.sort_unstable();
        voices.dedup();
        let utterances: Vec<Utterance<'_>> = self
            .lines
            .iter()
            .map(|line| {
                let person = self.people.iter().find(|person| person.voice == line.voice).filter(|_| known);
                Utterance {
                    start_ms: line.start_ms,
                    end_ms: line.end_ms,
                    voice: voices.binary_search(&line.voice.as_str()).ok().filter(|_| knowledge != Knowledge::Words),
                    role: person.map(|person| person.role),
                    name: person.map(|person| person.name.as_str()),
                    text: &line.text,
                }
            })
            .collect();
        propose(&utterances, &Context { roster: &roster, guests: &guests, date: &self.date })
    }

    /// What was said in a line, counted from 1.
    pub fn said(&self, line: usize) -> &str {
        self.lines.get(line.wrapping_sub(1)).map_or("", |line| &line.text)
    }
}

fn read_line(line: &str) -> anyhow::Result<Line> {
    let mut fields = line.splitn(4, '\t');
    let mut field = || fields.next().context("four fields");
    let (start, end, voice, text) = (field()?, field()?, field()?, field()?);
    let line =
        Line { start_ms: read_time(start)?, end_ms: read_time(end)?, voice: voice.to_owned(), text: text.to_owned() };
    if line.end_ms < line.start_ms {
        bail!("ends before it begins");
    }
    Ok(line)
}

/// `H:MM:SS.d` in milliseconds.
fn read_time(time: &str) -> anyhow::Result<u64> {
    let mut ms = 0.0;
    for part in time.trim().split(':') {
        ms = ms * 60.0 + part.parse::<f64>().with_context(|| format!("a time: {time}"))? * 1000.0;
    }
    Ok(ms.round() as u64)
}
