//! Identifiers: newtypes over UUIDs, mostly of version 7, so that rows sort by age and ids of different things never mix.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, specta::Type)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// A fresh id, later than every id made before it on this machine.
            #[expect(clippy::new_without_default, reason = "a default id would be a different id each time")]
            pub fn new() -> Self {
                Self(Uuid::now_v7())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(formatter)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    };
}

id!(
    /// A sitting of the body: one or more recordings on one clock.
    SessionId
);
id!(
    /// One media file of a session.
    RecordingId
);
id!(
    /// One recording heard with one engine, model, language and vocabulary.
    ListeningId
);
id!(
    /// The work of listening to a session.
    JobId
);
id!(
    /// A stretch of speech by one speaker, which can be edited.
    SegmentId
);
id!(
    /// A person or office that speaks in a session.
    SpeakerId
);

id!(
    /// Something the minutes of a session state.
    EntryId
);

id!(
    /// Somebody on the roster, for one term.
    CouncillorId
);

id!(
    /// A folder that is watched.
    FolderId
);

impl SegmentId {
    /// The id of the segment whose first word is word `word` of chunk `chunk` of a listening: the
    /// same however often what was heard is joined, so that edits find what they were made to.
    pub fn of_heard(listening: ListeningId, chunk: u32, word: u32) -> Self {
        let mut bytes = *listening.0.as_bytes();
        let place = (u64::from(chunk) << 32 | u64::from(word)).to_be_bytes();
        // The last eight bytes of a UUIDv7 are random; mixing the place into them keeps ids of one
        // listening apart from each other and, for all that matters, from those of all others.
        bytes[8..].iter_mut().zip(place).for_each(|(byte, place)| *byte ^= place);
        Self(uuid::Builder::from_custom_bytes(bytes).into_uuid())
    }
}
