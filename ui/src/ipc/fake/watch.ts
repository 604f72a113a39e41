// Watched folders, faked: they are listed, added, answered for and removed; nothing is looked at.
import type { Commands, Event, Happening, LogLine, Question, SessionRow, WatchedFolder } from "../bindings";

type WatchCommands = Pick<
  Commands,
  | "watchList"
  | "watchAdd"
  | "watchSubfolders"
  | "watchRemove"
  | "watchExisting"
  | "watchLog"
  | "watchQuestions"
  | "watchAnswer"
>;

/** What stands in the store when the window opens. */
export type FakeWatched = { folders?: WatchedFolder[]; questions?: Question[]; log?: LogLine[] };

/** Fixed, so that dates on screenshots do not change. */
const at = Date.UTC(2026, 8, 18, 20, 0);

/** A folder whose recordings nobody has been asked about. */
export function fakeFolder(path: string, traits: Partial<WatchedFolder> = {}): WatchedFolder {
  const folder = { id: `folder-${path}`, path, subfolders: false, added_at_ms: at, first_seen_at_ms: at };
  return { ...folder, state: "watched", existing: null, waiting: 0, ...traits };
}

/** A recess of 40 minutes, or two sessions? */
export function fakeQuestion(earlier: SessionRow, later: SessionRow, traits: Partial<Question> = {}): Question {
  return {
    id: 1,
    asked_at_ms: at,
    about: { doubt: "pause", gap_ms: 40 * 60_000 },
    earlier: earlier.id,
    earlier_title: earlier.title,
    later: later.id,
    later_title: later.title,
    files: ["/media/GRABADORA/SES_0002.MP3"],
    answers: ["join", "apart"],
    message: "¿Fue un receso, o es otra sesión?",
    ...traits,
  };
}

/** The line of a number, a minute after the line before it. */
export function fakeLine(id: number, what: Happening, traits: Partial<LogLine> = {}): LogLine {
  const path = `/media/GRABADORA/SES_${String(id).padStart(4, "0")}.MP3`;
  const name = path.split("/").at(-1) ?? path;
  const line = { id, at_ms: at + id * 60_000, folder: "folder-/media/GRABADORA", path, what, session: null };
  return { ...line, fields: { name }, message: `«${name}»: se espera a que termine de copiarse.`, ...traits };
}

export function fakeWatch(emit: (event: Event) => void, start: FakeWatched = {}): WatchCommands {
  let folders = start.folders ?? [];
  let questions = start.questions ?? [];
  const log = start.log ?? [];
  const change = (id: string, changed: (folder: WatchedFolder) => WatchedFolder): WatchedFolder => {
    folders = folders.map((folder) => (folder.id === id ? changed(folder) : folder));
    const folder = folders.find((each) => each.id === id);
    if (!folder) throw { code: "folder_unknown", message: "Esa carpeta ya no se vigila.", details: { id } };
    emit({ event: "folder_changed", folder: id });
    return folder;
  };
  return {
    watchList: async () => folders,
    watchAdd: async (path, subfolders) => {
      const known = folders.find((folder) => folder.path === path);
      if (known) return change(known.id, (folder) => ({ ...folder, subfolders }));
      const existing = { count: 12, bytes: 1_200_000_000, oldest_ms: at - 86_400_000, newest_ms: at };
      const folder = fakeFolder(path, { subfolders, existing });
      folders = [...folders, folder];
      return change(folder.id, (folder) => folder);
    },
    watchSubfolders: async (id, subfolders) => change(id, (folder) => ({ ...folder, subfolders })),
    watchRemove: async (id) => {
      folders = folders.filter((folder) => folder.id !== id);
      emit({ event: "folder_changed", folder: id });
      return null;
    },
    watchExisting: async (id) => change(id, (folder) => ({ ...folder, existing: null })),
    watchLog: async (before, limit) => log.filter((line) => before === null || line.id < before).slice(0, limit),
    watchQuestions: async () => questions,
    watchAnswer: async (id) => {
      questions = questions.filter((question) => question.id !== id);
      emit({ event: "questions_changed" });
      return null;
    },
  };
}
