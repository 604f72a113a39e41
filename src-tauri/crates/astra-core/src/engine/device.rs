//! What an engine host computes on, and where the host built for it is found.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// A kind of device. For each there is a build of the engine host of its own, since a build for
/// graphics cards does not even start on a computer without their driver.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Device {
    /// NVIDIA graphics cards.
    Cuda,
    /// Other graphics cards.
    Vulkan,
    /// The processor.
    Cpu,
}

impl Device {
    /// All of them, the fastest first: the order in which they are tried.
    pub const FASTEST_FIRST: [Self; 3] = [Self::Cuda, Self::Vulkan, Self::Cpu];

    /// Its name in options and in the host's file name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Cuda => "cuda",
            Self::Vulkan => "vulkan",
            Self::Cpu => "cpu",
        }
    }

    /// The file name of the host built for it.
    pub fn binary(self) -> String {
        format!("astra-engine-{}{}", self.name(), std::env::consts::EXE_SUFFIX)
    }

    /// The host built for it, in the first of `folders` that has one.
    pub fn find(self, folders: &[PathBuf]) -> Option<PathBuf> {
        folders.iter().map(|folder| folder.join(self.binary())).find(|binary| binary.is_file())
    }
}

impl std::str::FromStr for Device {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let known = Self::FASTEST_FIRST.into_iter().find(|device| device.name() == name);
        known.ok_or_else(|| format!("{name}: not one of cuda, vulkan, cpu"))
    }
}

/// Where hosts are looked for: beside the running program, and one folder up, because programs
/// that test lie in a folder below the ones they test.
pub fn folders_of_this_program() -> Vec<PathBuf> {
    let program = std::env::current_exe().unwrap_or_default();
    program.ancestors().skip(1).take(2).filter(|folder| folder.is_absolute()).map(Path::to_path_buf).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_found_beside_the_program_or_one_folder_up() {
        let folder = tempfile::tempdir().expect("it works");
        let below = folder.path().join("deps");
        std::fs::create_dir(&below).expect("it works");
        let folders = [below.clone(), folder.path().to_path_buf()];
        assert_eq!(Device::Cpu.find(&folders), None);
        std::fs::write(folder.path().join(Device::Cpu.binary()), "").expect("it works");
        assert_eq!(Device::Cpu.find(&folders), Some(folder.path().join(Device::Cpu.binary())));
        std::fs::write(below.join(Device::Cpu.binary()), "").expect("it works");
        assert_eq!(Device::Cpu.find(&folders), Some(below.join(Device::Cpu.binary())));
    }

    #[test]
    fn a_device_is_named_the_way_it_is_written() {
        for device in Device::FASTEST_FIRST {
            assert_eq!(device.name().parse(), Ok(device));
        }
        assert!("gpu".parse::<Device>().is_err());
    }

    #[test]
    fn two_folders_of_the_running_program_are_searched() {
        assert_eq!(folders_of_this_program().len(), 2);
    }
}
