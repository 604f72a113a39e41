//! `astra listen-again`.

use astra_core::app::App;
use astra_core::engine::Stop;
use astra_core::id::{SegmentId, SessionId};
use astra_core::sentences::sentence;
use astra_core::transcript::Segment;
use astra_core::{Error, Result};

use crate::arguments::ListenAgain;
use crate::output::Output;

/// Has passages of a session heard by another model: those named by a moment of each, or those between two moments that
/// nobody touched.
pub async fn run(app: &App, asked: ListenAgain, output: &Output, stop: &Stop) -> Result<()> {
    let session: SessionId = asked.id.parse().map_err(|_| Error::SessionUnknown { id: asked.id.clone() })?;
    let offsets = app.store().session(session).await?.offsets_ms();
    let between = asked.from.unwrap_or(0)..asked.to.unwrap_or(u64::MAX);
    let segments = app.transcript_open(session).await?.segments;
    let starts_ms = |segment: &&Segment| offsets[segment.part as usize] + segment.start_ms;
    let said_at = |moment: &u64| segments.iter().rfind(|segment| starts_ms(segment) <= *moment);
    let untouched = segments.iter().filter(|segment| !segment.touched);
    let chosen: Vec<&Segment> = match asked.at.as_slice() {
        [] => untouched.filter(|segment| between.contains(&starts_ms(segment))).collect(),
        moments => moments.iter().filter_map(said_at).collect(),
    };
    let passages: Vec<SegmentId> = chosen.into_iter().map(|segment| segment.id).collect();
    let done = app.passages_listen_again(session, &passages, &asked.model, stop).await?;
    let (heard, silent) = (done.heard.to_string(), done.silent.to_string());
    let said = [("heard", heard.as_str()), ("silent", &silent), ("model", &asked.model)];
    output.item(&done, &sentence("cli.listen_again.done", &said));
    Ok(())
}

/// A moment of a session, «1:02:03», «2:03» or seconds, in milliseconds.
///
/// # Errors
/// What to type instead.
pub fn moment(typed: &str) -> std::result::Result<u64, String> {
    let wrong = || sentence("cli.listen_again.bad_moment", &[("typed", typed)]);
    let fields: Vec<u64> =
        typed.split(':').map(|field| field.parse().map_err(|_| wrong())).collect::<std::result::Result<_, _>>()?;
    if fields.len() > 3 || fields.iter().skip(1).any(|field| *field > 59) || fields[0] > 1_000_000 {
        return Err(wrong());
    }
    Ok(fields.iter().fold(0, |seconds, field| seconds * 60 + field) * 1_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_typed_as_clocks_show_them() {
        assert_eq!(moment("1:02:03"), Ok(3_723_000));
        assert_eq!((moment("90"), moment("2:05")), (Ok(90_000), Ok(125_000)));
        for wrong in ["", "1:75", "1:2:3:4", "una hora", "-5"] {
            assert!(moment(wrong).is_err(), "{wrong}");
        }
    }
}
