//! What other programs take of the processor.

use std::thread;
use std::time::Instant;

use sysinfo::{MINIMUM_CPU_UPDATE_INTERVAL, Pid, ProcessRefreshKind, ProcessesToUpdate, System, get_current_pid};

use crate::clock;

/// Counts what programs other than this one take, from look to look.
#[derive(Debug)]
pub struct OtherPrograms {
    /// None where the operating system does not say.
    system: Option<System>,
    looked: Instant,
    own_ms: u64,
    busy: Option<f64>,
}

impl OtherPrograms {
    /// Begins to count.
    pub fn watched() -> Self {
        let mut system = System::new().ok();
        let own_ms = system.as_mut().map(look).unwrap_or_default();
        Self { system, looked: clock::instant(), own_ms, busy: None }
    }

    /// How many cores they kept busy since the last look. The first one takes a fifth of a second when there was no time
    /// to count yet; where the operating system does not say, they keep none busy.
    pub fn busy_cores(&mut self) -> f64 {
        let Some(system) = &mut self.system else { return 0.0 };
        let passed = self.looked.elapsed();
        match self.busy {
            Some(busy) if passed < MINIMUM_CPU_UPDATE_INTERVAL => return busy,
            _ => thread::sleep(MINIMUM_CPU_UPDATE_INTERVAL.saturating_sub(passed)),
        }
        let (own_ms, now) = (look(system), clock::instant());
        let all = f64::from(system.global_cpu_usage()) / 100.0 * system.cpus().len() as f64;
        let own = own_ms.saturating_sub(self.own_ms) as f64 / 1e3 / now.duration_since(self.looked).as_secs_f64();
        let busy = (all - own).max(0.0);
        (self.looked, self.own_ms, self.busy) = (now, own_ms, Some(busy));
        busy
    }
}

/// Looks at the processors, and returns how long they have worked for this program, in milliseconds.
fn look(system: &mut System) -> u64 {
    system.refresh_cpu_usage();
    let own = |this: Pid| {
        let wanted = ProcessRefreshKind::nothing().with_cpu().without_tasks();
        system.refresh_processes_specifics(ProcessesToUpdate::Some(&[this]), false, wanted);
        system.process(this).map(|process| process.accumulated_cpu_time())
    };
    get_current_pid().ok().and_then(own).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::process::{Command, Stdio};
    use std::time::Duration;

    use super::*;

    #[test]
    fn what_this_program_does_is_not_taken_for_what_others_do() {
        let mut idle = OtherPrograms::watched();
        let began = clock::instant();
        let mut sum = 0_u64;
        while began.elapsed() < Duration::from_millis(500) {
            sum = std::hint::black_box(sum + 1);
        }
        let own = idle.own_ms;
        idle.busy_cores();
        assert!(idle.own_ms >= own + 100, "{} ms after {own}", idle.own_ms);
    }

    #[test]
    #[cfg(unix)]
    fn another_program_that_does_not_rest_keeps_a_core_busy() {
        let mut others = OtherPrograms::watched();
        let mut restless = Command::new("sh").args(["-c", "while :; do :; done"]).stdin(Stdio::null()).spawn().unwrap();
        thread::sleep(Duration::from_millis(1_000));
        let busy = others.busy_cores();
        restless.kill().unwrap();
        restless.wait().unwrap();
        assert!(busy > 0.25, "{busy} cores, beside the other tests");
    }
}
