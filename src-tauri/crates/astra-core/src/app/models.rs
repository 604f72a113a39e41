//! Models as the window shows, installs and measures them.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{App, blocking};
use crate::clock;
use crate::engine::Stop;
use crate::error::{Error, Failure, Result};
use crate::event::Event;
use crate::models::{Aim, Catalog, Download, Entry, choose};

/// What came of bringing models along.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ModelImport {
    /// The ids of those that are on this computer now.
    pub models: Vec<String>,
    /// Why others of that folder are not.
    pub refused: Vec<Failure>,
}

/// A model in Ajustes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ModelRow {
    /// Its id.
    pub id: String,
    /// The kind of engine that loads it.
    pub engine: String,
    /// What to call it.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// The licence of its weights, as SPDX; empty for one that was brought along.
    pub licence: String,
    /// Whether it is on this computer.
    pub installed: bool,
    /// Whether it is built in.
    pub embedded: bool,
    /// Whether it is the one Astra recommends for this computer.
    pub recommended: bool,
    /// Whether it would hear the recordings if nobody said with what to hear them.
    pub chosen: bool,
    /// Whether this computer has the memory for it.
    pub fits: bool,
    /// How many of a thousand words of read Spanish were wrong, as was published; none where nobody did.
    pub wrong_per_thousand: Option<u32>,
    /// Seconds of audio it hears in a second on this computer, once that is known.
    pub speed: Option<f64>,
    /// The same by what another model did, as long as it is not known; a computer may do half or twice as much.
    pub estimate: Option<f64>,
    /// Whether it is the one to speak of, of those that are equally fast: the recommended one, or the smallest.
    pub typical: bool,
    /// Whether it is being downloaded.
    pub downloading: bool,
}

/// How long the session is for which Astra says what each model would take, in milliseconds: four hours.
pub const USUAL_MS: u64 = 4 * 3_600_000;

impl App {
    /// The models Astra knows and those that were brought along.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn model_list(&self) -> Result<Vec<ModelRow>> {
        Ok(self.models_for(&self.aim(USUAL_MS).await?))
    }

    /// The same for recordings as `aim` says.
    pub fn models_for(&self, aim: &Aim) -> Vec<ModelRow> {
        let catalog = self.library().catalog();
        let installed = self.library().list();
        let chosen = choose(catalog, None, None, &installed, aim).ok().map(|choice| choice.id);
        let recommended = aim.recommended(catalog);
        let speed = |id: &str| aim.speeds.get(id).copied();
        let typical = typical(catalog, recommended);
        let known = catalog.entries().iter().map(|entry| ModelRow {
            id: entry.id.clone(),
            engine: entry.engine.clone(),
            name: entry.id.clone(),
            bytes: entry.bytes,
            licence: entry.licence.clone(),
            installed: installed.iter().any(|model| model.id == entry.id),
            embedded: entry.embedded,
            recommended: entry.id == recommended,
            chosen: chosen.as_deref() == Some(&entry.id),
            fits: aim.fits(entry.memory_mb),
            wrong_per_thousand: entry.wrong_per_thousand,
            speed: speed(&entry.id),
            estimate: aim.estimate(catalog, &entry.id),
            typical: typical.contains(&entry.id.as_str()),
            downloading: self.downloads().contains_key(&entry.id),
        });
        let brought = installed.iter().filter(|model| catalog.find(&model.id).is_none()).map(|model| ModelRow {
            id: model.id.clone(),
            engine: model.engine.clone(),
            name: model.id.clone(),
            bytes: model.bytes,
            licence: model.licence.clone().unwrap_or_default(),
            installed: true,
            embedded: false,
            recommended: false,
            chosen: chosen.as_deref() == Some(&model.id),
            fits: aim.fits(model.bytes / 1_000_000),
            wrong_per_thousand: None,
            speed: speed(&model.id),
            estimate: None,
            typical: false,
            downloading: false,
        });
        known.chain(brought).collect()
    }

    /// Downloads a model in the background; events tell how far it is and how it ended.
    ///
    /// # Errors
    /// [`Error::ModelUnknown`].
    pub fn model_install(&self, id: &str) -> Result<()> {
        if self.library().catalog().find(id).is_none() {
            return Err(Error::ModelUnknown { id: id.to_owned() });
        }
        let stop = Stop::default();
        if self.downloads().insert(id.to_owned(), stop.clone()).is_some() {
            return Ok(());
        }
        let (app, model) = (self.clone(), id.to_owned());
        tokio::spawn(async move {
            let outcome = app.download(&model, &stop).await;
            app.downloads().remove(&model);
            match outcome {
                Ok(()) => app.emit(Event::ModelInstalled { model }),
                Err(error) => app.emit(Event::ModelFailed { model, failure: Failure::from(&error) }),
            }
        });
        Ok(())
    }

    /// Stops a download. What was received is kept for the next try.
    pub fn model_cancel(&self, id: &str) {
        if let Some(stop) = self.downloads().get(id) {
            stop.set();
        }
    }

    /// Takes a model off this computer.
    ///
    /// # Errors
    /// [`Error::ModelNotInstalled`] or those of the disk.
    pub async fn model_remove(&self, id: &str) -> Result<()> {
        let (library, id) = (self.library.clone(), id.to_owned());
        blocking(move || library.remove(&id)).await
    }

    /// Reads the whole of a model that is on this computer and compares it with what it should be.
    ///
    /// # Errors
    /// [`Error::ModelAltered`] when it is damaged, [`Error::ModelNotInstalled`] or those of the disk.
    pub async fn model_verify(&self, id: &str) -> Result<()> {
        let (library, id) = (self.library.clone(), id.to_owned());
        blocking(move || library.verify(&id, &Stop::default(), &mut |_, _| {}).map(drop)).await
    }

    /// Takes a model from a file or folder, or every model in a folder; events tell how far the copy is.
    ///
    /// # Errors
    /// [`Error::ModelBroken`], [`Error::ModelAltered`] or those of the disk, when none was taken; [`Error::Stopped`].
    pub async fn model_import(&self, path: &Path) -> Result<ModelImport> {
        let (app, path, stop) = (self.clone(), path.to_owned(), Stop::default());
        *self.importing() = stop.clone();
        let bring = move || {
            let mut progress = seldom(|copied, bytes| app.emit(Event::ModelCopied { copied, bytes }));
            app.library().import_all(&path, &stop, &mut progress)
        };
        let brought = blocking(bring).await?;
        Ok(ModelImport {
            models: brought.models.into_iter().map(|model| model.id).collect(),
            refused: brought.refused.iter().map(Failure::from).collect(),
        })
    }

    /// Stops bringing models along. Those that are whole stay.
    pub fn model_import_cancel(&self) {
        self.importing().set();
    }

    async fn download(&self, model: &str, stop: &Stop) -> Result<()> {
        let tell = |received, bytes| self.emit(Event::ModelProgressed { model: model.to_owned(), received, bytes });
        let mut progress = seldom(tell);
        Download::new()?.install(self.library(), model, stop, &mut progress).await.map(drop)
    }
}

/// Tells how many bytes of how many are done, but only a few times a second, which is all that anyone sees.
fn seldom(tell: impl Fn(u64, u64)) -> impl FnMut(u64, u64) {
    let mut told = clock::instant();
    move |done, bytes| {
        if told.elapsed().as_millis() >= 250 || done == bytes {
            told = clock::instant();
            tell(done, bytes);
        }
    }
}

/// Of the models that are equally fast, the one to speak of: the recommended one, or the one that needs least memory.
fn typical<'a>(catalog: &'a Catalog, recommended: &str) -> Vec<&'a str> {
    let mut typical: BTreeMap<u32, &Entry> = BTreeMap::new();
    for entry in catalog.entries().iter().filter(|entry| !entry.embedded) {
        let Some(work) = entry.work else { continue };
        let best = typical.entry(work).or_insert(entry);
        if best.id != recommended && (entry.id == recommended || entry.memory_mb < best.memory_mb) {
            *best = entry;
        }
    }
    typical.into_values().map(|entry| entry.id.as_str()).collect()
}
