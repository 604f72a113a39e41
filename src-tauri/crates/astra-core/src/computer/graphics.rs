//! The graphics cards that NVIDIA's driver knows. Which others there are only an engine host knows that was built for
//! them: [`crate::engine::host::device_of`] asks it.

use nvml_wrapper::Nvml;
use nvml_wrapper::error::NvmlError;

use crate::sentences::sentence;

/// A graphics card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GraphicsCard {
    /// What its maker calls it.
    pub name: String,
    /// Its memory in megabytes.
    pub memory_mb: u64,
    /// The version of its driver.
    pub driver: String,
}

impl GraphicsCard {
    /// The cards of this computer; none where the driver is not installed.
    pub fn of_this_computer() -> Vec<Self> {
        cards().unwrap_or_else(|error| {
            tracing::debug!(%error, "no driver of NVIDIA");
            Vec::new()
        })
    }

    /// The same for a person.
    pub fn in_words(&self) -> String {
        let (gigabytes, driver) = (((self.memory_mb + 500) / 1_000).to_string(), self.driver.as_str());
        let fields = [("name", self.name.as_str()), ("memory", &gigabytes), ("driver", driver)];
        sentence("doctor.gpu_card", &fields)
    }
}

fn cards() -> Result<Vec<GraphicsCard>, NvmlError> {
    let nvml = Nvml::init()?;
    let driver = nvml.sys_driver_version()?;
    let card = |index| {
        let device = nvml.device_by_index(index)?;
        let memory_mb = device.memory_info()?.total / 1_000_000;
        Ok(GraphicsCard { name: device.name()?, memory_mb, driver: driver.clone() })
    };
    (0..nvml.device_count()?).map(card).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_is_told_with_its_memory_and_its_driver() {
        let card = GraphicsCard { name: "NVIDIA L4".to_owned(), memory_mb: 24_152, driver: "580.65.06".to_owned() };
        assert_eq!(card.in_words(), "NVIDIA L4, 24 GB de memoria, controlador 580.65.06");
    }
}
