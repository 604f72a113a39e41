//! How far the work is: a bar with the time left on a terminal, events for programs.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use astra_core::clock;
use astra_core::event::Event;
use astra_core::sentences::{clock_time, sentence};
use indicatif::{ProgressBar, ProgressStyle};

use crate::output::Output;

/// Shows events. Cheap to clone; the clones share one bar.
#[derive(Clone)]
pub struct Progress {
    output: Output,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    bar: Option<ProgressBar>,
    /// Whether one job follows another, and nobody else says how they end.
    follows: bool,
    total_ms: u64,
    /// How far a transfer was when it was last told.
    percent: Option<u64>,
    /// Where and when listening began, from which the time left is reckoned: what had been heard
    /// before this run took none of its time.
    began: Option<(u64, Instant)>,
}

impl Progress {
    /// Shows events on `output`.
    pub fn new(output: Output) -> Self {
        Self { output, state: Arc::default() }
    }

    /// Shows an event. That a list is not what it was is for those who show one.
    pub fn show(&self, event: &Event) {
        if matches!(
            event,
            Event::SessionsChanged
                | Event::SessionChanged { .. }
                | Event::RosterChanged
                | Event::FolderChanged { .. }
                | Event::QuestionsChanged
                | Event::BackupsChanged
                | Event::QueueChanged
                | Event::SessionAsked { .. }
        ) {
            return;
        }
        self.output.object(event);
        if self.output.is_json() {
            return;
        }
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        match event {
            Event::JobStarted { audio_ms, resumed, .. } => {
                state.began = None;
                state.start(audio_ms.unwrap_or_default(), &sentence("cli.progress.starting", &[]));
                if *resumed {
                    state.say(self.output, &sentence("cli.progress.resumed", &[]));
                }
            }
            Event::EngineReady { device } => {
                state.say(self.output, &sentence("cli.result.device", &[("device", device)]));
            }
            Event::NoticeGiven { message } | Event::RemarkMade { message } => state.say(self.output, message),
            Event::FileNoticed { line } => state.tell(self.output, &line.message),
            Event::ChunkCut { .. } => {
                state.began.get_or_insert_with(|| (u64::MAX, clock::instant()));
            }
            Event::ChunkHeard { heard_ms, .. } => state.advance(*heard_ms),
            Event::JobDone { session, .. } if state.follows => {
                state.take_away();
                self.output.line(&sentence("cli.watch.heard", &[("id", &session.to_string())]));
            }
            Event::JobFailed { message, .. } if state.follows => {
                state.take_away();
                self.output.aside(message);
            }
            Event::PassagesReheard { done_ms, total_ms, .. } => {
                if state.bar.is_none() {
                    state.start(*total_ms, &sentence("cli.progress.starting", &[]));
                }
                state.advance(*done_ms);
            }
            Event::DocumentStarted { .. } => state.message(&sentence("cli.progress.writing", &[])),
            _ => {}
        }
    }

    /// Shows a transfer of `done` of `total` bytes under `message`.
    pub fn transfer(&self, message: &str, done: u64, total: u64) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if self.output.is_json() {
            let percent = (done * 100).checked_div(total).unwrap_or(100);
            if state.percent != Some(percent) {
                state.percent = Some(percent);
                self.output.object(&serde_json::json!({ "event": "bytes_moved", "done": done, "total": total }));
            }
            return;
        }
        if state.bar.is_none() {
            state.start(total, message);
        }
        if let Some(bar) = &state.bar {
            bar.set_length(total.max(done));
            bar.set_position(done);
        }
    }

    /// Says from now on how each job ends.
    pub fn follow(&self) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).follows = true;
    }

    /// Takes the bar away.
    pub fn clear(&self) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).take_away();
    }
}

impl State {
    fn start(&mut self, total: u64, message: &str) {
        let bar = ProgressBar::new(total.max(1));
        if let Ok(style) = ProgressStyle::with_template("{bar:30.cyan/238} {percent:>3} %  {msg}") {
            bar.set_style(style.progress_chars("━━─"));
        }
        bar.enable_steady_tick(Duration::from_millis(250));
        bar.set_message(message.to_owned());
        self.total_ms = total;
        self.bar = Some(bar);
    }

    fn say(&self, output: Output, line: &str) {
        match &self.bar {
            Some(bar) => bar.suspend(|| output.aside(line)),
            None => output.aside(line),
        }
    }

    fn take_away(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }

    /// Like `say`, but as a result.
    fn tell(&self, output: Output, line: &str) {
        match &self.bar {
            Some(bar) => bar.suspend(|| output.line(line)),
            None => output.line(line),
        }
    }

    fn message(&self, message: &str) {
        if let Some(bar) = &self.bar {
            bar.set_message(message.to_owned());
        }
    }

    fn advance(&mut self, heard_ms: u64) {
        let Some((from_ms, since)) = self.began else { return };
        if from_ms == u64::MAX {
            // The first chunk of this run only tells where it began.
            self.began = Some((heard_ms, since));
        }
        let (from_ms, _) = self.began.unwrap_or((heard_ms, since));
        let heard = clock_time(heard_ms);
        let mut message = if self.total_ms == 0 {
            sentence("cli.progress.heard_only", &[("heard", &heard)])
        } else {
            sentence("cli.progress.heard", &[("heard", &heard), ("total", &clock_time(self.total_ms))])
        };
        if heard_ms > from_ms && self.total_ms > heard_ms {
            let speed = (heard_ms - from_ms) as f64 / since.elapsed().as_millis().max(1) as f64;
            message = format!("{message} · {}", time_left(((self.total_ms - heard_ms) as f64 / speed) as u64));
        }
        if let Some(bar) = &self.bar {
            bar.set_position(heard_ms.min(self.total_ms));
        }
        self.message(&message);
    }
}

/// Time left as people say it.
fn time_left(ms: u64) -> String {
    let minutes = ms.div_ceil(60_000);
    match minutes {
        0 | 1 => sentence("cli.progress.left_seconds", &[]),
        2..=59 => sentence("cli.progress.left_minutes", &[("minutes", &minutes.to_string())]),
        _ => sentence(
            "cli.progress.left_hours",
            &[("hours", &(minutes / 60).to_string()), ("minutes", &(minutes % 60).to_string())],
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_left_is_said_as_people_say_it() {
        assert_eq!(time_left(30_000), "falta menos de un minuto");
        assert_eq!(time_left(22 * 60_000), "faltan 22 min");
        assert_eq!(time_left(130 * 60_000), "faltan 2 h 10 min");
    }
}
