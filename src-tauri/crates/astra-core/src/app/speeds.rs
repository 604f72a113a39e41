//! How fast each model is on this computer, and on what: measured once, and known better from every session.

use std::collections::HashMap;
use std::path::Path;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{App, OpenEngine, SETTINGS, blocking};
use crate::chunks::{Chunk, SAMPLE_RATE, Span};
use crate::clock;
use crate::computer::Hardware;
use crate::engine::device::Device;
use crate::engine::{Ask, Effort, Engine, EngineError, Load, Stop};
use crate::error::Result;
use crate::media::decode::{Decoder, Input};
use crate::models::Aim;
use crate::settings::Settings;
use crate::store::Store;

/// The name under which it is kept what models were measured to do.
const MEASURES: &str = "measures";

/// How long a measurement goes on.
const MEASURING: Duration = Duration::from_secs(3);

/// How much of the sample a measurement hears, in samples.
const SAMPLE: usize = 25 * SAMPLE_RATE as usize;

/// How long a device may take to load a model before another one counts as faster.
const LOADING: Duration = Duration::from_secs(20);

/// How many times faster than a graphics card the processor has to be to be used in its place: the card leaves the
/// processor to whoever works at the computer meanwhile.
const LEAD: f64 = 1.25;

/// What a model was measured to do.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Measure {
    /// Seconds of audio that it hears in a second.
    speed: f64,
    /// The kinds of graphics card that the processor is to be used before.
    slower: Vec<Device>,
    /// When that was, in milliseconds since 1970.
    at_ms: i64,
}

type Measures = HashMap<String, Measure>;

impl App {
    /// Hears the beginning of the sample with a model on everything that it can be heard on here, and returns and keeps
    /// how many seconds of audio the fastest hears in a second. Loading the model does not count.
    ///
    /// # Errors
    /// Those of the model and its engine.
    pub async fn model_measure(&self, id: &str, sample: &Path) -> Result<f64> {
        let (model, path) = self.ready(id).await?;
        let _alone = self.measuring.lock().await;
        let threads = self.settings_get().await?.threads.unwrap_or_else(num_cpus::get_physical).max(1);
        let load = Load { engine: model.engine, model: path, threads };
        let (open_engine, sample) = (self.open_engine.clone(), sample.to_owned());
        let measure = blocking(move || measure(open_engine.as_ref(), &load, &beginning(&sample)?)).await?;
        let speed = measure.speed;
        let mut measures = measures(self.store()).await?;
        measures.insert(id.to_owned(), measure);
        self.store().set_setting(MEASURES, &measures).await?;
        Ok(speed)
    }

    /// What a model is heard on, in the order to try: the fastest kind first, but cards that were measured to be much
    /// slower than the processor after it.
    pub(super) async fn devices_for(&self, model: &str) -> Result<Vec<Device>> {
        let slower = measures(self.store()).await?.remove(model).map(|measure| measure.slower).unwrap_or_default();
        let mut devices = Device::FASTEST_FIRST.to_vec();
        devices.sort_by_key(|device| slower.contains(device));
        Ok(devices)
    }

    /// What a model for recordings of so many milliseconds is chosen by.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn aim(&self, audio_ms: u64) -> Result<Aim> {
        aim_for(self.store(), audio_ms).await
    }
}

/// What a model for recordings of so many milliseconds is chosen by, as far as a data folder knows it.
///
/// # Errors
/// Those of the store.
pub(crate) async fn aim_for(store: &Store, audio_ms: u64) -> Result<Aim> {
    let measures = measures(store).await?;
    // What a model really did since then is worth more than what it did on the sample.
    let since: HashMap<&str, i64> = measures.iter().map(|(model, measure)| (model.as_str(), measure.at_ms)).collect();
    let real = store.speeds(&since).await?;
    let mut speeds: HashMap<String, f64> =
        measures.iter().map(|(model, measure)| (model.clone(), measure.speed)).collect();
    speeds.extend(real);
    let settings: Settings = store.setting(SETTINGS).await?.unwrap_or_default();
    Ok(Aim { preference: settings.preference, audio_ms, speeds, memory_mb: Hardware::of_this_computer().memory_mb })
}

async fn measures(store: &Store) -> Result<Measures> {
    Ok(store.setting(MEASURES).await?.unwrap_or_default())
}

/// Measures on each device that there is. Whatever keeps one from it is told when a session begins, unless none is left.
fn measure(open_engine: &OpenEngine, load: &Load, chunk: &Chunk) -> Result<Measure> {
    let mut speeds: Vec<(Device, f64)> = Vec::new();
    let mut failure = EngineError::Stopped.into();
    for device in Device::FASTEST_FIRST {
        let fastest = speeds.iter().map(|(_, speed)| *speed).max_by(f64::total_cmp);
        match open_engine(load.clone(), vec![device]).and_then(|mut engine| speed(&mut *engine, load, chunk, fastest)) {
            Ok(speed) => speeds.push((device, speed)),
            Err(error) => failure = error,
        }
    }
    let of_processor = speeds.iter().find(|(device, _)| *device == Device::Cpu).map_or(0.0, |(_, speed)| *speed);
    let (slower, others): (Vec<_>, Vec<_>) = speeds.into_iter().partition(|(_, speed)| speed * LEAD < of_processor);
    let Some((_, speed)) = others.first() else { return Err(failure) };
    let slower = slower.into_iter().map(|(device, _)| device).collect();
    Ok(Measure { speed: *speed, slower, at_ms: clock::now_ms() })
}

/// How many seconds of audio an engine hears in a second. One that is slower than the `fastest` so far is stopped, since
/// it may take minutes for what a graphics card does in one second.
fn speed(engine: &mut dyn Engine, load: &Load, chunk: &Chunk, fastest: Option<f64>) -> Result<f64> {
    let ask = Ask { language: "es".to_owned(), vocabulary: Vec::new(), effort: Effort::Usual };
    let seconds =
        |chunks: &[Chunk]| chunks.iter().map(|chunk| chunk.pcm.len()).sum::<usize>() as f64 / SAMPLE_RATE as f64;
    let at_most = |chunks: &[Chunk]| fastest.map(|speed| Duration::from_secs_f64(seconds(chunks) / speed));
    // Once to load the model.
    let first = std::slice::from_ref(chunk);
    within(at_most(first).map(|limit| LOADING + limit), |stop| engine.listen(first, &ask, stop))?;
    // As many at a time as in a session, but for whoever would take dozens.
    let party = vec![chunk.clone(); engine.abilities().batch.clamp(1, load.threads)];
    // Of some more the fastest counts: the computer may be busy with something else.
    let (measuring, mut least) = (clock::instant(), Duration::MAX);
    while least == Duration::MAX || measuring.elapsed() < MEASURING {
        let began = clock::instant();
        within(at_most(&party), |stop| engine.listen(&party, &ask, stop))?;
        least = least.min(began.elapsed());
    }
    Ok(seconds(&party) / least.as_secs_f64().max(1e-3))
}

/// Works, and asks for a stop when that takes longer than a limit.
fn within<T>(limit: Option<Duration>, work: impl FnOnce(&Stop) -> T) -> T {
    let stop = Stop::default();
    let Some(limit) = limit else { return work(&stop) };
    let (working, ended) = channel::<()>();
    thread::scope(|scope| {
        let stop = &stop;
        scope.spawn(move || {
            if ended.recv_timeout(limit) == Err(RecvTimeoutError::Timeout) {
                stop.set();
            }
        });
        let outcome = work(stop);
        drop(working);
        outcome
    })
}

/// The first seconds of a recording as one chunk.
fn beginning(path: &Path) -> Result<Chunk> {
    let mut decoder = Decoder::start(Input::File(path.to_owned()), &Stop::default())?;
    let (mut pcm, mut samples) = (Vec::with_capacity(SAMPLE), Vec::new());
    while pcm.len() < SAMPLE && decoder.read(&mut samples)? > 0 {
        pcm.extend_from_slice(&samples);
    }
    pcm.truncate(SAMPLE);
    let span = Span { start: 0, end: pcm.len() as u64 };
    Ok(Chunk { index: 0, span, pieces: vec![span], speech: vec![span], overlap: 0, pcm })
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;
    use std::sync::{Arc, Mutex};

    use super::*;
    use crate::app::tests::{Desk, desk, spoken};
    use crate::engine::{Abilities, Heard};
    use crate::models::DEMO;

    /// What hears so many seconds of audio in a second, and notes each time that it heard all it was given.
    struct Paced {
        device: Device,
        speed: f64,
        heard: Arc<Mutex<Vec<Device>>>,
    }

    impl Engine for Paced {
        fn abilities(&self) -> Abilities {
            Abilities { device: "test".to_owned(), languages: vec![], word_times: true, vocabulary: false, batch: 1 }
        }

        fn listen(&mut self, chunks: &[Chunk], _: &Ask, stop: &Stop) -> std::result::Result<Vec<Heard>, EngineError> {
            let samples: usize = chunks.iter().map(|chunk| chunk.pcm.len()).sum();
            let (began, takes) = (clock::instant(), samples as f64 / SAMPLE_RATE as f64 / self.speed);
            while began.elapsed().as_secs_f64() < takes {
                if stop.is_set() {
                    return Err(EngineError::Stopped);
                }
                thread::sleep(Duration::from_millis(1));
            }
            self.heard.lock().unwrap().push(self.device);
            Ok(chunks.iter().map(spoken).collect())
        }
    }

    /// Astra on a computer that has these devices, so fast, and what heard something.
    async fn computer(devices: &'static [(Device, f64)]) -> (Desk, Arc<Mutex<Vec<Device>>>) {
        let mut desk = desk(Duration::ZERO).await;
        let heard = Arc::<Mutex<Vec<Device>>>::default();
        let noted = Arc::clone(&heard);
        let open = move |_: Load, wanted: Vec<Device>| {
            let found = wanted.iter().find_map(|wanted| devices.iter().find(|(device, _)| device == wanted));
            let (device, speed) = *found.ok_or(EngineError::NoDevice)?;
            Ok(Box::new(Paced { device, speed, heard: Arc::clone(&noted) }) as Box<dyn Engine>)
        };
        desk.app = App::open_with(desk.app.folder().clone(), |_| {}, open).await.unwrap();
        (desk, heard)
    }

    /// How fast the model is said to be, what it is heard on then, and what heard something meanwhile.
    async fn measured(devices: &'static [(Device, f64)]) -> (f64, Vec<Device>, Vec<Device>) {
        let (desk, heard) = computer(devices).await;
        let speed = desk.app.model_measure(DEMO, &PathBuf::from(desk.recording("muestra.ogg"))).await.unwrap();
        assert!(is_about(desk.app.aim(0).await.unwrap().speeds[DEMO], speed));
        let heard = heard.lock().unwrap().clone();
        (speed, desk.app.devices_for(DEMO).await.unwrap(), heard)
    }

    fn is_about(speed: f64, expected: f64) -> bool {
        speed > expected / 2.0 && speed <= expected * 1.01
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_processor_that_is_much_faster_than_the_graphics_card_is_used_first() {
        let (speed, devices, _) = measured(&[(Device::Vulkan, 50.0), (Device::Cpu, 200.0)]).await;
        assert!(is_about(speed, 200.0), "{speed}");
        assert_eq!(devices, [Device::Cuda, Device::Cpu, Device::Vulkan]);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_graphics_card_that_is_nearly_as_fast_leaves_the_processor_to_the_secretary() {
        let (speed, devices, _) = measured(&[(Device::Vulkan, 100.0), (Device::Cpu, 110.0)]).await;
        assert!(is_about(speed, 100.0), "{speed}");
        assert_eq!(devices, Device::FASTEST_FIRST);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_slow_processor_beside_a_fast_card_is_not_heard_to_its_end() {
        let (speed, devices, heard) = measured(&[(Device::Cuda, 500.0), (Device::Cpu, 20.0)]).await;
        assert!(is_about(speed, 500.0), "{speed}");
        assert_eq!(devices, Device::FASTEST_FIRST);
        let processor = heard.iter().filter(|device| **device == Device::Cpu).count();
        assert_eq!(processor, 1, "the first chunk, and no other");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_nothing_can_hear_is_not_measured() {
        let (desk, _) = computer(&[]).await;
        let sample = PathBuf::from(desk.recording("muestra.ogg"));
        assert_eq!(desk.app.model_measure(DEMO, &sample).await, Err(EngineError::NoDevice.into()));
        assert_eq!(desk.app.aim(0).await.unwrap().speeds.get(DEMO), None);
        assert_eq!(desk.app.devices_for(DEMO).await.unwrap(), Device::FASTEST_FIRST);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_a_model_did_in_sessions_counts_until_it_is_measured_anew() {
        let (desk, _) = computer(&[(Device::Cpu, 100.0)]).await;
        let sample = PathBuf::from(desk.recording("muestra.ogg"));
        let speed = async || desk.app.aim(0).await.unwrap().speeds[DEMO];
        let measured = desk.app.model_measure(DEMO, &sample).await.unwrap();
        assert!(is_about(speed().await, measured));
        desk.heard_sample().await;
        let real = speed().await;
        assert!(real > 2.0 * measured, "{real} after {measured}");
        let measured = desk.app.model_measure(DEMO, &sample).await.unwrap();
        assert!(is_about(speed().await, measured));
    }
}
