//! At which microphone somebody spoke, as a hint at who it was: recorders with a file for each microphone know it,
//! and a person has to name each of them once.

use std::collections::HashMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::{App, blocking};
use crate::engine::Stop;
use crate::error::Result;
use crate::id::{SegmentId, SessionId, SpeakerId};
use crate::jobs::keep::input;
use crate::media::decode::{Decoder, Input};
use crate::peaks::levels::{Levels, loudest};
use crate::sessions::Recording;
use crate::transcript::Segment;

/// At which microphone a segment was spoken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct MicrophoneHint {
    /// The segment.
    pub segment: SegmentId,
    /// The name of the microphone's file.
    pub microphone: String,
    /// Whom most of what was spoken there and has a name was said to be by.
    pub speaker: Option<SpeakerId>,
}

impl App {
    /// At which microphone each segment of a session was spoken, as far as one was clearly the loudest; nothing for
    /// sessions that were recorded with one. It is only a hint: nobody is named by it.
    ///
    /// # Errors
    /// [`crate::Error::SessionUnknown`]; those of decoding, where nobody has found out yet.
    pub async fn microphone_propose(&self, session: SessionId) -> Result<Vec<MicrophoneHint>> {
        let summary = self.store().session(session).await?;
        let mut heard: Vec<(Segment, String)> = Vec::new();
        let mut segments = None;
        for (position, part) in (0_u32..).zip(&summary.parts) {
            let Some(levels) = self.microphone_levels(&part.recording, &Stop::default()).await? else { continue };
            let names = self.microphone_names(&part.recording).await?;
            if segments.is_none() {
                segments = Some(self.store().seen(session).await?.scene.segments);
            }
            let spoken = segments.iter().flatten().filter(|segment| segment.part == position);
            heard.extend(spoken.filter_map(|segment| {
                let at = loudest(&levels, segment.start_ms..segment.end_ms)?;
                Some((segment.clone(), names.get(at)?.clone()))
            }));
        }
        Ok(hints(&heard))
    }

    /// How loud each microphone of a recording was, found out unless it is known; none for a recording without.
    pub(crate) async fn microphone_levels(&self, recording: &Recording, stop: &Stop) -> Result<Option<Vec<Vec<u8>>>> {
        let microphones = self.store().microphones(recording.id).await?;
        if microphones.is_empty() {
            return Ok(None);
        }
        if let Some(known) = self.store().levels(recording.id).await? {
            return Ok(Some(known));
        }
        let Some(Input::Microphones(paths)) = input(recording, &microphones) else { return Ok(None) };
        let stop = stop.clone();
        let levels =
            blocking(move || paths.into_iter().map(|path| levels_of(path, &stop)).collect::<Result<Vec<_>>>()).await?;
        self.store().put_levels(recording.id, &levels).await?;
        Ok(Some(levels))
    }

    async fn microphone_names(&self, recording: &Recording) -> Result<Vec<String>> {
        let beside = self.store().microphones(recording.id).await?;
        let name = |path: &PathBuf| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(std::iter::once(recording.name.clone()).chain(beside.iter().map(|one| name(&one.path))).collect())
    }
}

/// Proposes for each microphone whoever most of its named segments are by.
fn hints(heard: &[(Segment, String)]) -> Vec<MicrophoneHint> {
    let mut named: HashMap<&str, HashMap<SpeakerId, usize>> = HashMap::new();
    for (segment, microphone) in heard {
        if let Some(speaker) = segment.speaker {
            *named.entry(microphone).or_default().entry(speaker).or_default() += 1;
        }
    }
    let most = |microphone: &str| {
        let counts = named.get(microphone)?;
        let all: usize = counts.values().sum();
        counts.iter().find(|(_, count)| **count * 2 > all).map(|(speaker, _)| *speaker)
    };
    let hint = |(segment, microphone): &(Segment, String)| MicrophoneHint {
        segment: segment.id,
        microphone: microphone.clone(),
        speaker: most(microphone),
    };
    heard.iter().map(hint).collect()
}

fn levels_of(path: PathBuf, stop: &Stop) -> Result<Vec<u8>> {
    let mut decoder = Decoder::start(Input::File(path), stop)?;
    let (mut levels, mut found, mut samples) = (Levels::default(), Vec::new(), Vec::new());
    while decoder.read(&mut samples)? > 0 {
        levels.push(&samples, |level| found.push(level));
    }
    decoder.finish()?;
    found.extend(levels.finish());
    Ok(found)
}
