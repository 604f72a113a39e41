// Watched folders, faked: they are listed, added, answered for and removed; nothing is looked at.
import type { Commands, Event, LogLine, Question, WatchedFolder } from "../bindings";

type WatchCommands = Pick<
  Commands,
  "watchList" | "watchAdd" | "watchRemove" | "watchExisting" | "watchLog" | "watchQuestions" | "watchAnswer"
>;

export function fakeWatch(emit: (event: Event) => void): WatchCommands {
  let folders: WatchedFolder[] = [];
  let questions: Question[] = [];
  const log: LogLine[] = [];
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
      const id = `folder-${folders.length + 1}`;
      const at = Date.UTC(2026, 10, 21);
      const existing = { count: 12, bytes: 1_200_000_000, oldest_ms: at - 86_400_000, newest_ms: at };
      const folder = { id, path, subfolders, added_at_ms: at, first_seen_at_ms: at, existing, waiting: 0 };
      folders = [...folders, { ...folder, state: "watched" as const }];
      return change(id, (folder) => folder);
    },
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
