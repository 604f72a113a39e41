//! What a session can be rendered as: data, read from `assets/renditions.toml`, which explains its fields.

use std::sync::OnceLock;

use serde::Deserialize;

use crate::sentences::sentence;

const PROFILES: &str = include_str!("../../../../../../assets/renditions.toml");

/// A kind of rendition.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// What it is called.
    pub id: String,
    /// What its file ends in.
    pub extension: String,
    /// What goes into it.
    pub made_of: MadeOf,
    /// The name of ffmpeg's muxer; empty for what is made without ffmpeg.
    #[serde(default)]
    pub format: String,
    /// Arguments of ffmpeg for what comes out, parted by spaces.
    #[serde(default)]
    pub encoding: String,
    /// Of the sound, in hertz.
    #[serde(default)]
    pub sample_rate: u32,
    /// Of the picture at most, in pixels.
    #[serde(default)]
    pub height: u32,
    /// How what is said is shown.
    pub subtitles: Option<Subtitles>,
    /// What a second takes on the disk at most.
    #[serde(default)]
    bytes_per_second: u64,
    /// What the rest takes at most.
    #[serde(default)]
    bytes: u64,
}

/// What goes into a rendition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MadeOf {
    /// The sound alone.
    Sound,
    /// Sound and picture.
    Picture,
    /// One picture.
    Still,
    /// The outline of the sound.
    Peaks,
}

/// How what is said is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subtitles {
    /// It can be switched on and off.
    Soft,
    /// It is part of the picture.
    Burnt,
}

#[derive(Deserialize)]
struct Profiles {
    profile: Vec<Profile>,
}

impl Profile {
    /// Every kind, in the order in which they are offered.
    pub fn all() -> &'static [Self] {
        static READ: OnceLock<Vec<Profile>> = OnceLock::new();
        READ.get_or_init(|| toml::from_str::<Profiles>(PROFILES).map(|read| read.profile).unwrap_or_default())
    }

    /// The one that is called so.
    pub fn named(id: &str) -> Option<&'static Self> {
        Self::all().iter().find(|profile| profile.id == id)
    }

    /// What it is called for a person.
    pub fn name(&self) -> String {
        sentence(&format!("rendition.{}", self.id), &[])
    }

    /// Whether it shows the picture of the session.
    pub fn needs_picture(&self) -> bool {
        matches!(self.made_of, MadeOf::Picture | MadeOf::Still)
    }

    /// How many bytes it takes at most for a session of so many milliseconds.
    pub fn most_bytes(&self, length_ms: u64) -> u64 {
        self.bytes + (self.bytes_per_second * length_ms).div_ceil(1000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_profile_can_be_read_and_has_a_name() {
        let read: Profiles = toml::from_str(PROFILES).unwrap();
        assert_eq!(read.profile, Profile::all());
        assert_eq!(Profile::all().len(), 9);
        for profile in Profile::all() {
            assert!(!profile.name().starts_with("rendition."), "{} has no name", profile.id);
            assert_eq!(profile.format.is_empty(), profile.made_of == MadeOf::Peaks, "{}", profile.id);
            assert_eq!(Profile::named(&profile.id), Some(profile));
        }
    }

    #[test]
    fn seven_hours_of_the_master_are_more_than_a_plain_wav_can_hold() {
        let seven_hours = Profile::named("wav").unwrap().most_bytes(7 * 3_600_000);
        assert!(seven_hours > u64::from(u32::MAX), "{seven_hours}");
    }
}
