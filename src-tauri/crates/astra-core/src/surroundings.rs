//! What goes on around Astra on this computer: its power, the hands at its keyboard, its sleep.

use std::sync::Mutex;
use std::time::Duration;

use starship_battery::{Manager, State};

use awake::Awake;

mod awake;

/// What the queue asks of the computer. Blocking; whoever asks gives it a thread.
pub trait Surroundings: Send + Sync {
    /// Whether the computer runs on its battery. A computer without one, or that does not say, is on mains power.
    fn on_battery(&self) -> bool;

    /// How long nobody has touched keyboard or mouse, in milliseconds; none when nobody can say: without a desktop, or
    /// on one that keeps it to itself.
    fn idle_ms(&self) -> Option<u64>;

    /// Keeps the computer from falling asleep by itself until the returned value is dropped. Somebody who sends it to
    /// sleep still can. Where that is not possible it only does nothing.
    fn keep_awake(&self, reason: &str) -> Box<dyn Send>;
}

/// This computer.
#[derive(Debug, Default)]
pub struct ThisComputer {
    /// Held while the desktop is asked: one that never answers is not asked again and again.
    asking: Mutex<()>,
}

/// How long the desktop may take to answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// Asks away from the asynchronous threads; nothing when no answer comes in time.
pub(crate) async fn ask<T: Send + 'static>(question: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    tokio::time::timeout(PATIENCE, tokio::task::spawn_blocking(question)).await.ok()?.ok()
}

impl Surroundings for ThisComputer {
    fn on_battery(&self) -> bool {
        let batteries = Manager::new().and_then(|manager| manager.batteries());
        batteries.into_iter().flatten().flatten().any(|battery| battery.state() == State::Discharging)
    }

    fn idle_ms(&self) -> Option<u64> {
        let _one_at_a_time = self.asking.try_lock().ok()?;
        let idle = system_idle_time::get_idle_time();
        idle.ok().and_then(|idle| u64::try_from(idle.as_millis()).ok())
    }

    fn keep_awake(&self, reason: &str) -> Box<dyn Send> {
        Box::new(Awake::begin(reason.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_computer_that_cannot_be_asked_is_on_mains_power_and_never_keeps_anyone_waiting() {
        let computer = ThisComputer::default();
        // Whatever this computer has, asking twice at once answers at once.
        let _asked = computer.asking.lock().unwrap();
        assert_eq!(computer.idle_ms(), None);
        let _: bool = computer.on_battery();
        drop(computer.keep_awake("prueba"));
    }
}
