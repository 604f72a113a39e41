//! Sessions as the window lists, opens, searches and deletes them.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use time::format_description::BorrowedFormatItem;
use time::macros::format_description;
use time::{Date, Time};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::App;
use crate::clock;
use crate::error::{Error, Failure, Result};
use crate::event::Event;
use crate::id::SessionId;
use crate::jobs::lease::Lease;
use crate::media::reach::within_reach;
use crate::models;
use crate::sessions::view::{Deletion, Hit, HitKind, PartView, SessionRow, SessionState, SessionView};
use crate::store::{JobState, SessionSummary, StoredRow, TextHit};

/// A job that was given up has stopped by then, or will not for a while.
const STOPS_WITHIN: Duration = Duration::from_secs(10);

/// How often it is looked whether it has.
const GLANCE: Duration = Duration::from_millis(50);

impl App {
    /// Every session, newest first.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn session_list(&self) -> Result<Vec<SessionRow>> {
        self.store().rows().await?.into_iter().map(|row| self.shown(row)).collect()
    }

    /// One session as the list shows it.
    ///
    /// # Errors
    /// [`Error::SessionUnknown`].
    pub async fn session_row(&self, session: SessionId) -> Result<SessionRow> {
        let row = self.store().row(session).await?;
        self.shown(row.ok_or_else(|| Error::SessionUnknown { id: session.to_string() })?)
    }

    /// A session with its recordings and its record.
    ///
    /// # Errors
    /// [`Error::SessionUnknown`].
    pub async fn session_open(&self, session: SessionId) -> Result<SessionView> {
        let row = self.session_row(session).await?;
        let summary = self.store().session(session).await?;
        let there = within_reach(summary.parts.iter().map(|part| &part.recording.source)).await;
        let parts = (0..).zip(&summary.parts).zip(summary.offsets_ms()).zip(there);
        let parts = parts.map(|(((position, part), offset_ms), present)| PartView {
            position,
            name: part.recording.name.clone(),
            source: part.recording.source.display(),
            offset_ms,
            duration_ms: part.recording.duration_ms.or(part.recording.claimed_ms).unwrap_or_default(),
            sha256: part.recording.sha256.clone(),
            present,
            heard: part.listening.ended.is_some(),
        });
        Ok(SessionView {
            row,
            language: summary.session.language.clone(),
            model: summary.parts.first().map(|part| part.listening.key.model.clone()).unwrap_or_default(),
            parts: parts.collect(),
            record: self.store().record(session).await?,
            sent: self.server_use(session).await?.filter(|used| used.sent_ms > 0),
        })
    }

    /// Gives a session another title. An empty one changes nothing.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn session_rename(&self, session: SessionId, title: &str) -> Result<()> {
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        if !title.is_empty() {
            self.store().set_title(session, &title).await?;
            self.tell_session(session);
        }
        Ok(())
    }

    /// What deleting a session would delete.
    ///
    /// # Errors
    /// [`Error::SessionUnknown`].
    pub async fn session_deletion(&self, session: SessionId) -> Result<Deletion> {
        let summary = self.store().session(session).await?;
        let seen = self.store().seen(session).await?;
        let actas = self.store().actas(session).await?;
        Ok(Deletion {
            segments: seen.scene.segments.len() as u32,
            edits: self.store().count_edits(session).await? as u32,
            copy_bytes: self.copies_only_of(&summary).await?,
            approved_actas: actas.iter().filter(|(_, acta)| acta.approved_at_ms.is_some()).count() as u32,
            in_backups_until_ms: self.in_backups_until_ms(session).await,
            recordings: summary.parts.iter().map(|part| part.recording.name.clone()).collect(),
            title: summary.session.title,
        })
    }

    /// Deletes a session with everything that was heard and typed. One that is being heard is given
    /// up first. The recordings are never touched.
    ///
    /// # Errors
    /// [`Error::SessionUnknown`]; [`Error::SessionBusy`] when another program goes on listening.
    pub async fn session_delete(&self, session: SessionId) -> Result<()> {
        if let Some(job) = self.store().unfinished_job(session).await? {
            self.job_cancel(job.id).await?;
        }
        let begun = clock::instant();
        loop {
            match self.delete(session).await {
                Err(Error::SessionBusy { .. }) if begun.elapsed() < STOPS_WITHIN => tokio::time::sleep(GLANCE).await,
                outcome => return outcome,
            }
        }
    }

    /// Looks for words in the titles, the people and the text of all sessions; case and accents do
    /// not matter. Titles and people come first, then the newest text, `limit` of each.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn session_search(&self, text: &str, limit: u32) -> Result<Vec<Hit>> {
        let words: Vec<String> = crate::guard::fold::tokens(text).collect();
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let named = self.store().search_names(&words, limit).await?;
        let found = self.store().search_text(text, limit).await?;
        let sessions: BTreeSet<SessionId> =
            named.iter().map(|hit| hit.session).chain(found.iter().map(|hit| hit.session)).collect();
        let rows = self.store().rows_of(&sessions.into_iter().collect::<Vec<_>>()).await?;
        let rows: HashMap<SessionId, StoredRow> = rows.into_iter().map(|row| (row.id, row)).collect();
        let mut hits = Vec::new();
        for hit in named {
            let Some(row) = rows.get(&hit.session) else { continue };
            hits.push(Hit {
                session: hit.session,
                title: row.title.clone(),
                held_at_ms: held_at_ms(row),
                kind: if hit.is_title { HitKind::Title } else { HitKind::Person },
                segment: None,
                at_ms: None,
                marks: marks_in(&hit.text, &words),
                snippet: hit.text,
            });
        }
        let mut offsets: HashMap<SessionId, Vec<u64>> = HashMap::new();
        for hit in found {
            let Some(row) = rows.get(&hit.session) else { continue };
            // Most sessions are one recording, which begins with them.
            let offset_ms = match (hit.part, offsets.entry(hit.session)) {
                (0, _) => 0,
                (part, Entry::Occupied(known)) => known.get().get(part as usize).copied().unwrap_or_default(),
                (part, Entry::Vacant(place)) => {
                    let known = place.insert(self.store().session(hit.session).await?.offsets_ms());
                    known.get(part as usize).copied().unwrap_or_default()
                }
            };
            let (snippet, marks) = unmarked(&hit.snippet);
            hits.push(Hit {
                session: hit.session,
                title: row.title.clone(),
                held_at_ms: held_at_ms(row),
                kind: HitKind::Text,
                segment: Some(hit.segment),
                at_ms: Some(offset_ms + hit.start_ms),
                snippet,
                marks,
            });
        }
        Ok(hits)
    }

    /// Says that a session is not what it was a moment ago.
    pub(crate) fn tell_session(&self, session: SessionId) {
        self.emit(Event::SessionChanged { session });
    }

    /// The size of what was derived from recordings that no other session has, in bytes.
    async fn copies_only_of(&self, summary: &SessionSummary) -> Result<u64> {
        let mut bytes = 0;
        for part in &summary.parts {
            if self.store().sessions_with(part.recording.id).await?.len() == 1 {
                bytes += super::settings::bytes_below(&self.folder().recording(part.recording.id));
            }
        }
        Ok(bytes)
    }

    /// Removes what was derived from the recordings of a session that was deleted, unless another
    /// session has them too. What cannot be removed now is only space.
    pub(crate) async fn sweep(&self, summary: &SessionSummary) {
        for part in &summary.parts {
            let recording = part.recording.id;
            if self.store().sessions_with(recording).await.is_ok_and(|others| others.is_empty()) {
                let _ = std::fs::remove_dir_all(self.folder().recording(recording));
            }
        }
    }

    fn shown(&self, row: StoredRow) -> Result<SessionRow> {
        let job = row.job.as_ref();
        let held = |state: JobState| match state {
            // A program that died left it so.
            JobState::Running if !Lease::is_held(self.folder(), row.id)? => Ok::<_, Error>(JobState::Waiting),
            state => Ok(state),
        };
        let state = match job.map(|job| held(job.state)).transpose()? {
            None | Some(JobState::Done) => SessionState::Ready,
            Some(JobState::Cancelled) if row.heard => SessionState::Ready,
            Some(JobState::Cancelled) => SessionState::Cancelled,
            Some(JobState::Failed) => SessionState::Failed,
            Some(_) if job.is_some_and(|job| job.paused) => SessionState::Paused,
            Some(JobState::Running) => SessionState::Listening,
            Some(JobState::Waiting) => SessionState::Waiting,
        };
        let unfinished = !matches!(state, SessionState::Ready | SessionState::Cancelled);
        let failure = job.filter(|_| state == SessionState::Failed).and_then(|job| job.error.as_ref());
        Ok(SessionRow {
            id: row.id,
            held_at_ms: held_at_ms(&row),
            created_at_ms: row.created_at_ms,
            duration_ms: row.duration_ms,
            recordings: row.recordings,
            state,
            job: job.filter(|_| unfinished).map(|job| job.id),
            heard_ms: row.heard_ms,
            left_ms: if state == SessionState::Listening { self.left_ms(row.id) } else { None },
            doubts: row.doubts,
            failure: failure.map(Failure::from_stored),
            retry_at_ms: job.filter(|job| state == SessionState::Failed && !job.paused).and_then(|job| job.retry_at_ms),
            undelivered: row.undelivered.as_ref().map(Failure::from_stored),
            sample: models::is_sample(row.sha256.as_deref()),
            title: row.title,
        })
    }
}

/// When a sitting was held: as the record says, in this computer's time zone, or else as the
/// recording's own clock does, or else when it was brought in.
fn held_at_ms(row: &StoredRow) -> i64 {
    const DAY: &[BorrowedFormatItem<'_>] = format_description!("[year]-[month]-[day]");
    const HOUR: &[BorrowedFormatItem<'_>] = format_description!("[hour]:[minute]");
    let day = Date::parse(&row.record.date, DAY).ok();
    let hour = Time::parse(&row.record.starts, HOUR).unwrap_or(Time::MIDNIGHT);
    let recorded = day.map(|day| (day.with_time(hour).assume_utc().unix_timestamp_nanos() / 1_000_000) as i64);
    recorded.or(row.started_at_ms).unwrap_or(row.created_at_ms)
}

/// Where the words begin words of a text, in UTF-16 units.
fn marks_in(text: &str, words: &[String]) -> Vec<(u32, u32)> {
    let mut marks = Vec::new();
    let mut units = 0;
    for piece in text.split_inclusive(|letter: char| !letter.is_alphanumeric() && !is_combining_mark(letter)) {
        let folded: String =
            piece.nfd().filter(|&letter| !is_combining_mark(letter)).flat_map(char::to_lowercase).collect();
        if let Some(word) = words.iter().find(|word| folded.starts_with(word.as_str())) {
            marks.push((units, units + word.encode_utf16().count() as u32));
        }
        units += piece.encode_utf16().count() as u32;
    }
    marks
}

/// A snippet without the signs around its matches, and where those are in UTF-16 units.
fn unmarked(marked: &str) -> (String, Vec<(u32, u32)>) {
    let (mut plain, mut marks, mut units, mut from) = (String::new(), Vec::new(), 0, 0);
    for letter in marked.chars() {
        match letter {
            TextHit::OPENS => from = units,
            TextHit::CLOSES => marks.push((from, units)),
            letter => {
                units += letter.len_utf16() as u32;
                plain.push(letter);
            }
        }
    }
    (plain, marks)
}
