//! What this computer calculates with.

#[cfg(target_arch = "x86_64")]
use raw_cpuid::CpuId;
use serde::Serialize;
use sysinfo::{CpuRefreshKind, MemoryRefreshKind, RefreshKind, System};

use crate::sentences::sentence;

/// The processor and the memory beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hardware {
    /// What its maker calls it.
    pub name: String,
    /// How many cores it has; two threads of one core count once.
    pub cores: usize,
    /// Which of the instructions it knows that make listening faster.
    pub instructions: Vec<&'static str>,
    /// All memory, in megabytes; 0 when the operating system does not say.
    pub memory_mb: u64,
}

impl Hardware {
    /// Looks at this computer.
    pub fn of_this_computer() -> Self {
        let wanted = RefreshKind::nothing()
            .with_cpu(CpuRefreshKind::nothing())
            .with_memory(MemoryRefreshKind::nothing().with_ram());
        let system = System::new_with_specifics(wanted).ok();
        let name = system.as_ref().and_then(|system| Some(system.cpus().first()?.brand().trim().to_owned()));
        Self {
            name: name.unwrap_or_default(),
            cores: num_cpus::get_physical(),
            instructions: instructions(),
            memory_mb: system.map_or(0, |system| system.total_memory() / 1_000_000),
        }
    }

    /// The same for a person.
    pub fn in_words(&self) -> String {
        let (cores, memory) = (self.cores.to_string(), (self.memory_mb / 1_000).to_string());
        let mut known = vec![sentence("doctor.cores", &[("cores", &cores)])];
        known.extend(self.instructions.iter().map(|one| (*one).to_owned()));
        known.push(sentence("doctor.memory", &[("memory", &memory)]));
        if !self.name.is_empty() {
            known.insert(0, self.name.clone());
        }
        known.join(", ")
    }
}

/// How much memory programs could have now, in bytes; none when the operating system does not say.
pub fn free_memory() -> Option<u64> {
    let wanted = RefreshKind::nothing().with_memory(MemoryRefreshKind::nothing().with_ram());
    let system = System::new_with_specifics(wanted).ok()?;
    Some(system.available_memory()).filter(|bytes| *bytes > 0)
}

#[cfg(target_arch = "x86_64")]
fn instructions() -> Vec<&'static str> {
    let known = [
        ("AVX2", is_x86_feature_detected!("avx2")),
        ("AVX-512", is_x86_feature_detected!("avx512f")),
        ("VNNI", is_x86_feature_detected!("avx512vnni")),
    ];
    let mut known: Vec<&str> = known.into_iter().filter(|(_, there)| *there).map(|(name, _)| name).collect();
    // The standard library has no word for it yet.
    if CpuId::new().get_extended_feature_info().is_some_and(|features| features.has_amx_int8()) {
        known.push("AMX");
    }
    known
}

#[cfg(not(target_arch = "x86_64"))]
fn instructions() -> Vec<&'static str> {
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_computer_has_cores_and_memory() {
        let found = Hardware::of_this_computer();
        assert!(found.cores > 0 && found.memory_mb > 256, "{found:?}");
    }
}
