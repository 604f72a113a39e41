//! What is not for the public, and so never leaves this computer.

use std::ops::Range;

use sqlx::Row;

use super::{Store, damaged};
use crate::error::Result;
use crate::id::RecordingId;
use crate::minutes::{Entry, Stretch};

impl Store {
    /// The stretches of a recording that are reserved in any session, in milliseconds of it: passages that were marked,
    /// and what the minutes say was not for the public.
    pub async fn reserved_in(&self, recording: RecordingId) -> Result<Vec<Range<u64>>> {
        let marked = sqlx::query(
            "SELECT start_ms, end_ms FROM segment JOIN listening ON listening.id = segment.listening_id
             WHERE recording_id = ? AND mark = 'reserved'",
        )
        .bind(recording.to_string())
        .fetch_all(&self.pool)
        .await
        .map_err(|error| self.failed(error))?;
        let read = |error: sqlx::Error| damaged("segment", error);
        let mut reserved = Vec::new();
        for row in marked {
            let moment = |name: &str| row.try_get::<i64, _>(name).map_err(read).map(|value| value as u64);
            reserved.push(moment("start_ms")?..moment("end_ms")?);
        }
        for summary in self.sessions_with(recording).await? {
            let stated = self.minutes(summary.session.id).await?.minutes;
            let stretches: Vec<Stretch> = stated.entries.iter().filter_map(Entry::reserves).collect();
            let parts = (0_u32..).zip(&summary.parts).filter(|(_, part)| part.recording.id == recording);
            reserved.extend(parts.flat_map(|(part, _)| stretches.iter().filter_map(move |one| within(one, part))));
        }
        Ok(reserved)
    }
}

/// What of a stretch lies in a part, in milliseconds of it.
fn within(stretch: &Stretch, part: u32) -> Option<Range<u64>> {
    let start = if stretch.from.part == part { stretch.from.ms } else { 0 };
    let end = if stretch.to.part == part { stretch.to.ms } else { u64::MAX };
    (stretch.from.part..=stretch.to.part).contains(&part).then_some(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::minutes::Moment;

    #[test]
    fn a_stretch_over_several_parts_takes_the_whole_of_those_between() {
        let moment = |part, ms| Moment { part, ms };
        let stretch = Stretch { from: moment(1, 500), to: moment(3, 70) };
        let parts: Vec<_> = (0..5).map(|part| within(&stretch, part)).collect();
        assert_eq!(parts, [None, Some(500..u64::MAX), Some(0..u64::MAX), Some(0..70), None]);
    }
}
