//! Where recordings that came by themselves belong: in a session of their own, in one that is there, or
//! where a person says. Nothing waits for the answer but microphones, of which nobody would want ten
//! sessions.

use std::collections::HashMap;
use std::path::PathBuf;

use super::judging::Arrived;
use super::{App, Hearer, Start};
use crate::clock;
use crate::engine::Stop;
use crate::error::{Failure, Result};
use crate::event::Event;
use crate::id::{RecordingId, SessionId};
use crate::intake::Arrival;
use crate::sessions::Source;
use crate::store::{AskedFile, Folder, JobState, Microphone, Noticed, Ruling};
use crate::watch::parts::{Link, Piece, Placed, arrange};
use crate::watch::{Doubt, Happening};

/// Recordings that came longer ago than this have no parts that are still to come, in milliseconds.
const RECENT_MS: i64 = 7 * 86_400_000;

/// How listening ends when what it listens to goes away; the first cannot be while it is there.
pub(super) const WENT_AWAY: [&str; 3] = ["recording_missing", "recording_unreadable", "decoding_broke"];

/// A recording in its folder: one that just came, or one that is in a session.
struct Candidate {
    noticed: Noticed,
    arrival: Option<Arrival>,
    session: Option<SessionId>,
}

/// Recordings of one moment: the one that is in a session or comes first, and those beside it.
struct Moment {
    link: Link,
    first: usize,
    beside: Vec<usize>,
}

/// What goes on without a gap, and how it stands to what comes before.
struct Run {
    begins: Link,
    members: Vec<usize>,
    session: Option<SessionId>,
    came: bool,
}

impl App {
    /// Finds a place for recordings that came into a folder.
    pub(super) async fn place(&self, folder: &Folder, model: Option<&str>, arrived: Vec<Arrived>) -> Result<()> {
        let mut candidates = self.candidates(folder, arrived).await?;
        let pieces: Vec<Piece> = candidates.iter().map(|candidate| piece(&candidate.noticed)).collect();
        let placed = arrange(&pieces, clock::now_ms());
        for one in placed.iter().filter(|one| one.doubted) {
            if candidates[one.piece].arrival.is_some() {
                let path = &pieces[one.piece].path;
                self.notice(folder.id, path, Happening::ClockDoubted, None, &[]).await?;
            }
        }
        let mut before: Option<Run> = None;
        let moments = moments(&placed, &candidates);
        for mut run in runs(&moments, &candidates) {
            if run.came {
                self.take(folder, model, &mut candidates, &mut run).await?;
            }
            self.ask_between(folder, &candidates, before.as_ref(), &run).await?;
            before = Some(run);
        }
        self.ask_for_microphones(folder, &moments, &candidates).await
    }

    /// Begins a session of its own of each file that a question was about.
    pub(super) async fn begin_each(&self, files: &[AskedFile]) -> Result<()> {
        for file in files {
            let Some(noticed) = self.store().noticed_like(&file.fingerprint).await?.into_iter().next() else {
                continue;
            };
            let arrivals = super::bring_in(&[noticed.path.clone().into_os_string()], &Stop::default()).await?;
            let session = self.begin_session(heard_with(None), arrivals).await?;
            let recording = self.store().session(session).await?.parts.first().map(|part| part.recording.id);
            self.store().set_ruling(&file.fingerprint, Ruling::Taken, recording).await?;
        }
        Ok(())
    }

    /// Makes files microphones of the recordings beside which they were recorded. What nobody has edited
    /// yet is heard anew, with all of them.
    pub(super) async fn mix_in(&self, session: SessionId, files: &[AskedFile]) -> Result<()> {
        let mut beside: HashMap<RecordingId, Vec<Noticed>> = HashMap::new();
        for file in files {
            let known = self.store().noticed_like(&file.fingerprint).await?.into_iter().next();
            if let Some((recording, noticed)) = file.beside.zip(known) {
                beside.entry(recording).or_default().push(noticed);
            }
        }
        for (recording, microphones) in beside {
            let microphones: Vec<Microphone> = microphones.into_iter().map(Microphone::from).collect();
            self.add_microphones(session, recording, &microphones).await?;
        }
        for file in files {
            self.store().set_ruling(&file.fingerprint, Ruling::Taken, None).await?;
        }
        Ok(())
    }

    /// Lets jobs go on that ended because a folder went away with their recordings.
    pub(super) async fn try_again_in(&self, folder: &Folder, ended: &[&str]) -> Result<()> {
        let jobs = self.store().jobs().await?;
        for job in jobs.into_iter().filter(|job| job.state == JobState::Failed) {
            let code = job.error.as_ref().map(|error| Failure::from_stored(error).code).unwrap_or_default();
            let summary = self.store().session(job.session).await?;
            let unheard = summary.parts.iter().filter(|part| part.listening.ended.is_none());
            let files: Vec<&PathBuf> = unheard
                .filter_map(|part| match &part.recording.source {
                    Source::File(path) => Some(path),
                    Source::Url(_) => None,
                })
                .collect();
            let ours = files.iter().any(|path| path.starts_with(&folder.path));
            if ours && ended.contains(&code.as_str()) && files.iter().all(|path| path.exists()) {
                self.job_resume(job.id).await?;
            }
        }
        Ok(())
    }

    /// What came, and what lies beside it in sessions of the last days.
    async fn candidates(&self, folder: &Folder, arrived: Vec<Arrived>) -> Result<Vec<Candidate>> {
        let places: Vec<PathBuf> =
            arrived.iter().filter_map(|one| Some(one.noticed.path.parent()?.to_owned())).collect();
        let mut candidates = Vec::new();
        let taken = self.store().taken_since(folder.id, clock::now_ms() - RECENT_MS).await?;
        let recordings: Vec<RecordingId> = taken.iter().filter_map(|noticed| noticed.recording).collect();
        let sessions = self.store().newest_with(&recordings).await?;
        for noticed in taken {
            let beside = noticed.path.parent().is_some_and(|place| places.iter().any(|other| other == place));
            let Some(recording) = noticed.recording.filter(|_| beside) else { continue };
            let replaced = arrived.iter().any(|one| one.noticed.path == noticed.path);
            let session = sessions.get(&recording).copied();
            if session.is_some() && !replaced {
                candidates.push(Candidate { noticed, arrival: None, session });
            }
        }
        let came = arrived.into_iter();
        candidates.extend(came.map(|one| Candidate {
            noticed: one.noticed,
            arrival: Some(one.arrival),
            session: None,
        }));
        // Copies of one recording that came at once are one.
        let mut seen = std::collections::HashSet::new();
        candidates.retain(|one| one.arrival.is_none() || seen.insert(one.noticed.fingerprint.clone()));
        Ok(candidates)
    }

    /// Takes what is new in a run: into the session of its neighbours, or into one of its own.
    async fn take(
        &self,
        folder: &Folder,
        model: Option<&str>,
        candidates: &mut [Candidate],
        run: &mut Run,
    ) -> Result<()> {
        let Some(mut session) = run.session else {
            let arrivals: Vec<Arrival> = run.members.iter().filter_map(|at| candidates[*at].arrival.clone()).collect();
            let session = self.begin_session(heard_with(model), arrivals).await?;
            let parts = self.store().session(session).await?.parts;
            for at in &run.members {
                let candidate = &mut candidates[*at];
                let known = parts
                    .iter()
                    .find(|part| part.recording.fingerprint.as_ref() == Some(&candidate.noticed.fingerprint));
                candidate.noticed.recording = known.map(|part| part.recording.id);
                let what = if Some(at) == run.members.first() { Happening::Begun } else { Happening::Joined };
                self.took(folder, candidate, what, session).await?;
            }
            run.session = Some(session);
            return Ok(());
        };
        let mut after: Option<RecordingId> = None;
        for at in &run.members {
            let candidate = &mut candidates[*at];
            if let Some(own) = candidate.session {
                (session, after) = (own, candidate.noticed.recording);
                continue;
            }
            let Some(arrival) = candidate.arrival.clone() else { continue };
            let parts = self.store().session(session).await?.parts;
            let position =
                parts.iter().position(|part| Some(part.recording.id) == after).map_or(0, |before| before + 1);
            after = Some(arrival.recording.id);
            self.add_part(session, position, arrival.recording).await?;
            self.took(folder, candidate, Happening::Joined, session).await?;
        }
        self.ask_about_bridges(candidates, run).await
    }

    async fn took(
        &self,
        folder: &Folder,
        candidate: &mut Candidate,
        what: Happening,
        session: SessionId,
    ) -> Result<()> {
        candidate.session = Some(session);
        self.store().put_noticed(folder.id, &candidate.noticed).await?;
        let title = self.store().title(session).await?;
        let fields = [("session", title.as_str())];
        self.notice(folder.id, &candidate.noticed.path, what, Some(session), &fields).await
    }

    /// A recording that closes the gap between two sessions makes them one, if a person agrees.
    async fn ask_about_bridges(&self, candidates: &[Candidate], run: &Run) -> Result<()> {
        for pair in run.members.windows(2) {
            let (one, next) = (&candidates[pair[0]], &candidates[pair[1]]);
            if let (Some(earlier), Some(later)) = (one.session, next.session)
                && earlier != later
            {
                self.store().ask(Doubt::Bridge, earlier, Some(later), &[asked(next, None)]).await?;
                self.emit(Event::QuestionsChanged);
            }
        }
        Ok(())
    }

    /// Asks whether a pause was a recess, and whether the next by its name goes on.
    async fn ask_between(
        &self,
        folder: &Folder,
        candidates: &[Candidate],
        before: Option<&Run>,
        run: &Run,
    ) -> Result<()> {
        let doubt = match run.begins {
            Link::After(gap_ms) => Doubt::Pause { gap_ms },
            Link::Named => Doubt::Named,
            _ => return Ok(()),
        };
        let Some(before) = before.filter(|before| before.came || run.came) else { return Ok(()) };
        let ends = before.members.last().map(|at| &candidates[*at]);
        let begins = run.members.first().map(|at| &candidates[*at]);
        let Some((one, next)) = ends.zip(begins) else { return Ok(()) };
        // Only what came now is asked about: the rest was, when it came.
        if let (Some(earlier), Some(later)) = (one.session, next.session)
            && earlier != later
            && (one.arrival.is_some() || next.arrival.is_some())
        {
            self.store().ask(doubt, earlier, Some(later), &[asked(next, None)]).await?;
            self.notice(folder.id, &next.noticed.path, Happening::Asked, Some(later), &[]).await?;
            self.emit(Event::QuestionsChanged);
        }
        Ok(())
    }

    /// Asks what recordings are that began and ended with another.
    async fn ask_for_microphones(&self, folder: &Folder, moments: &[Moment], candidates: &[Candidate]) -> Result<()> {
        for moment in moments {
            let first = &candidates[moment.first];
            let Some(session) = first.session else { continue };
            let came = moment.beside.iter().map(|at| &candidates[*at]).filter(|beside| beside.arrival.is_some());
            for beside in came {
                let noticed = Noticed { verdict: Ruling::Asked, recording: None, ..beside.noticed.clone() };
                self.store().put_noticed(folder.id, &noticed).await?;
                let files = [asked(beside, first.noticed.recording)];
                self.store().ask(Doubt::Microphones, session, None, &files).await?;
                self.notice(folder.id, &noticed.path, Happening::Asked, Some(session), &[]).await?;
                self.emit(Event::QuestionsChanged);
            }
        }
        Ok(())
    }
}

fn moments(placed: &[Placed], candidates: &[Candidate]) -> Vec<Moment> {
    let mut moments: Vec<Moment> = Vec::new();
    for one in placed {
        match moments.last_mut().filter(|_| one.link == Link::Beside) {
            None => moments.push(Moment { link: one.link, first: one.piece, beside: Vec::new() }),
            // Microphones come in any order.
            Some(moment) if candidates[one.piece].session.is_some() && candidates[moment.first].session.is_none() => {
                moment.beside.push(std::mem::replace(&mut moment.first, one.piece));
            }
            Some(moment) => moment.beside.push(one.piece),
        }
    }
    moments
}

/// Moments that go on from one to the next.
fn runs(moments: &[Moment], candidates: &[Candidate]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for moment in moments {
        let candidate = &candidates[moment.first];
        match runs.last_mut().filter(|_| moment.link == Link::Goes) {
            Some(run) => {
                run.members.push(moment.first);
                run.session = run.session.or(candidate.session);
                run.came |= candidate.arrival.is_some();
            }
            None => runs.push(Run {
                begins: moment.link,
                members: vec![moment.first],
                session: candidate.session,
                came: candidate.arrival.is_some(),
            }),
        }
    }
    runs
}

fn piece(noticed: &Noticed) -> Piece {
    Piece {
        path: noticed.path.clone(),
        bytes: noticed.look.bytes,
        duration_ms: noticed.duration_ms,
        started_at_ms: noticed.started_at_ms,
        modified_ms: noticed.look.modified_ms,
    }
}

fn asked(candidate: &Candidate, beside: Option<RecordingId>) -> AskedFile {
    AskedFile { fingerprint: candidate.noticed.fingerprint.clone(), beside }
}

fn heard_with(model: Option<&str>) -> Start {
    let (model, hearer) = (model.map(str::to_owned), Hearer::AsChosen);
    Start { sources: Vec::new(), title: None, model, hearer, keep_copy: None, microphones: false }
}
