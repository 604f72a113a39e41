//! What watching costs: folders full of what is nobody's recording, with nothing to do in them, and a whole card
//! of recordings that comes at once.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use astra_core::app::App;
use astra_core::engine::{Engine, Stop};
use astra_core::models;
use astra_core::settings::{DataFolder, Settings};
use astra_core::watch::{Patience, Watch};

use crate::figure::{Figure, Target};
use crate::ground::Ground;
use crate::null_engine::NullEngine;
use crate::{process, speech};

/// How many folders are watched at once, and how many files lie in each.
const FOLDERS: usize = 10;
const FILES: usize = 10_000;

/// How long nothing happens in them.
const IDLE: Duration = Duration::from_secs(120);

/// Most of a core that all of them may take, in percent.
const MOST_PERCENT: f64 = 1.0;

/// How many recordings come at once, and how long each is, in seconds.
const AT_ONCE: usize = 500;
const SECONDS: u32 = 2;

/// What memory may grow by for them, in MB of 1,000,000 bytes.
const MOST_MB: f64 = 40.0;

/// Nothing that is watched here takes longer.
const LONGEST: Duration = Duration::from_secs(900);

/// Samples a second of the recordings.
const RATE: u32 = 16_000;

/// Watches both, each in a data folder of its own.
///
/// # Errors
/// When Astra fails, or does not come to an end.
pub fn measure(ground: &Ground) -> Result<Vec<Figure>> {
    let mut figures = idle(ground)?;
    figures.extend(at_once(ground)?);
    Ok(figures)
}

fn idle(ground: &Ground) -> Result<Vec<Figure>> {
    let place = ground.new_folder()?;
    let folders: Vec<PathBuf> = (0..FOLDERS).map(|number| place.path().join(format!("carpeta {number}"))).collect();
    for folder in &folders {
        fs::create_dir(folder)?;
        for number in 0..FILES {
            fs::write(folder.join(format!("oficio {number:05}.docx")), b"PK\x03\x04")?;
        }
    }
    let watch = Watch::default();
    let (percent, begun) = while_watched(place.path(), &folders, &watch, async |app| {
        let began = Instant::now();
        until(async || Ok(app.watch_list().await?.iter().all(|one| one.first_seen_at_ms.is_some()))).await?;
        let begun = began.elapsed().as_secs_f64();
        // The first scans and whatever they leave behind are over by then.
        tokio::time::sleep(Duration::from_secs(10)).await;
        let (cpu, wall) = (own_cpu()?, Instant::now());
        tokio::time::sleep(IDLE).await;
        Ok(((own_cpu()? - cpu) * 100.0 / wall.elapsed().as_secs_f64(), begun))
    })?;
    let conditions = format!("{FOLDERS} folders of {FILES} files each, {} s in which nothing happens", IDLE.as_secs());
    Ok(vec![
        Figure::new("share of a core while watching", percent, "%", Target::AtMost(MOST_PERCENT)).under(conditions),
        Figure::new("until all of them were looked at first", begun, "s", Target::None),
    ])
}

fn at_once(ground: &Ground) -> Result<Vec<Figure>> {
    let place = ground.new_folder()?;
    let card = place.path().join("GRABADORA");
    fs::create_dir(&card)?;
    let watch =
        Watch { patience: Patience { looks: 2, local_ms: 500, away_ms: 500, recorder_ms: 500 }, ..Watch::default() };
    let (took, cpu, in_order, mb) = while_watched(place.path(), std::slice::from_ref(&card), &watch, async |app| {
        until(async || Ok(app.watch_list().await?.iter().all(|one| one.first_seen_at_ms.is_some()))).await?;
        let before_kb = process::peak_memory_kb(std::process::id())?;
        let ended = std::time::SystemTime::now() - Duration::from_secs(86_400);
        for number in 0..AT_ONCE {
            let path = card.join(format!("{}.WAV", number + 1));
            fs::write(&path, recording(number as u32))?;
            let at = ended + Duration::from_secs(u64::from(SECONDS) * number as u64);
            fs::File::options().write(true).open(&path)?.set_modified(at)?;
        }
        let (began, cpu) = (Instant::now(), cpu_with_children()?);
        until(async || {
            let rows = app.session_list().await?;
            Ok(rows.iter().map(|row| row.recordings as usize).sum::<usize>() >= AT_ONCE)
        })
        .await?;
        let (took, cpu) = (began.elapsed().as_secs_f64(), cpu_with_children()? - cpu);
        let rows = app.session_list().await?;
        let mut in_order = 0;
        for row in &rows {
            let parts = app.session_open(row.id).await?.parts;
            in_order += parts.iter().zip(1..).filter(|(part, number)| part.name == format!("{number}.WAV")).count();
        }
        let after_kb = process::peak_memory_kb(std::process::id())?;
        Ok((took, cpu, in_order, (after_kb - before_kb) as f64 * 1024.0 / 1e6))
    })?;
    let all = AT_ONCE as f64;
    let whole = Target::Between(all, all);
    Ok(vec![
        Figure::new("recordings that came at once and lie in order", in_order as f64, "", whole)
            .under(format!("of {AT_ONCE} parts of {SECONDS} s of one session, named 1.WAV and so on")),
        Figure::new("until all were taken, for each", took * 1000.0 / all, "ms", Target::None)
            .under(format!("{:.0} ms of processor time for each, ffprobe included", cpu * 1000.0 / all)),
        Figure::new("memory they took", mb, "MB", Target::AtMost(MOST_MB)),
    ])
}

/// Watches folders in this process while something is measured.
fn while_watched<T>(
    place: &Path,
    folders: &[PathBuf],
    watch: &Watch,
    measured: impl AsyncFnOnce(&App) -> Result<T>,
) -> Result<T> {
    let words = speech::words()?;
    let engine = move |_, _| -> astra_core::Result<Box<dyn Engine>> { Ok(Box::new(NullEngine::saying(words.clone()))) };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let app = App::open_with(DataFolder::open(Some(&place.join("data")))?, |_| {}, engine).await?;
        app.settings_save(&Settings { model: Some(models::DEMO.to_owned()), ..Settings::default() }).await?;
        for folder in folders {
            app.watch_add(folder, true).await?;
        }
        let (stop, watcher, watched) = (Stop::default(), app.clone(), watch.clone());
        let asked = stop.clone();
        let watching = tokio::spawn(async move { watcher.watch(&watched, &asked).await });
        let outcome = measured(&app).await;
        stop.set();
        watching.await?;
        app.store().close().await;
        outcome
    })
}

async fn until(mut done: impl AsyncFnMut() -> Result<bool>) -> Result<()> {
    let began = Instant::now();
    while !done().await? {
        ensure!(began.elapsed() < LONGEST, "watching did not come to an end");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    Ok(())
}

fn own_cpu() -> Result<f64> {
    Ok(process::cpu_seconds(std::process::id())?.own)
}

fn cpu_with_children() -> Result<f64> {
    let spent = process::cpu_seconds(std::process::id())?;
    Ok(spent.own + spent.ended_children)
}

/// Some seconds of noise that no other number has, as a WAV file.
fn recording(number: u32) -> Vec<u8> {
    let samples = SECONDS * RATE;
    let mut bytes = b"RIFF".to_vec();
    bytes.extend((36 + samples * 2).to_le_bytes());
    bytes.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    bytes.extend(RATE.to_le_bytes());
    bytes.extend((RATE * 2).to_le_bytes());
    bytes.extend(b"\x02\0\x10\0data");
    bytes.extend((samples * 2).to_le_bytes());
    let mut noise = number.wrapping_mul(7_919).wrapping_add(1);
    for _ in 0..samples {
        noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        bytes.extend(((noise >> 20) as i16).to_le_bytes());
    }
    bytes
}
