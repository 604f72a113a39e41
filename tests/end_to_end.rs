//! What a person does with Astra, through the real program, the real engine host and the real
//! embedded model. `npm test` builds the programs first.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "end_to_end/acta.rs"]
mod acta;
#[path = "end_to_end/astra.rs"]
mod astra;
#[path = "end_to_end/backups.rs"]
mod backups;
#[path = "end_to_end/bad_input.rs"]
mod bad_input;
#[path = "end_to_end/documents.rs"]
mod documents;
#[path = "end_to_end/kills.rs"]
mod kills;
#[path = "end_to_end/listen_again.rs"]
mod listen_again;
#[path = "end_to_end/listening_copy.rs"]
mod listening_copy;
#[path = "end_to_end/models.rs"]
mod models;
#[path = "end_to_end/moving.rs"]
mod moving;
#[cfg(target_os = "linux")]
#[path = "end_to_end/parakeet.rs"]
mod parakeet;
#[path = "end_to_end/queue.rs"]
mod queue;
#[path = "end_to_end/reference.rs"]
mod reference;
#[path = "end_to_end/renditions.rs"]
mod renditions;
#[path = "end_to_end/road.rs"]
mod road;
#[path = "end_to_end/roster.rs"]
mod roster;
#[path = "end_to_end/server.rs"]
mod server;
#[cfg(target_os = "linux")]
#[path = "end_to_end/small_disk.rs"]
mod small_disk;
#[path = "end_to_end/sound.rs"]
mod sound;
#[path = "end_to_end/training_set.rs"]
mod training_set;
#[path = "end_to_end/two_at_once.rs"]
mod two_at_once;
#[path = "end_to_end/vocabulary.rs"]
mod vocabulary;
#[path = "end_to_end/watch.rs"]
mod watch;
