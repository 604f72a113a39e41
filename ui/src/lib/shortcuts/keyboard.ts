// The one keyboard of the window: which keys start which action, and who acts on it just now.
import { type ActionId, actions } from "./actions";
import { combinationOf, isOfWebView } from "./combination";

/** Acts; `false` says that it was not its turn, and the key goes on to whoever is next and then to the page. */
export type Handler = (event: KeyboardEvent) => undefined | boolean;

/** Action → combinations separated by spaces, «» for none; only those the secretary changed. */
export type Overrides = { [action: string]: string };

let overridden: Overrides = {};
let byCombination = lookUp(overridden);
/** The last one that came acts first: a dialog before the page under it. */
const handlers = new Map<ActionId, Handler[]>();
let recording: ((event: KeyboardEvent) => void) | null = null;

export function setOverrides(overrides: Overrides): void {
  if (overrides === overridden) return;
  overridden = overrides;
  byCombination = lookUp(overrides);
}

/** All combinations of an action, as they are now. */
export function combinationsOf(action: ActionId, overrides: Overrides = overridden): readonly string[] {
  const changed = overrides[action];
  if (changed !== undefined) return changed.split(" ").filter(Boolean);
  return actions.find(({ id }) => id === action)?.keys ?? [];
}

/** The first combination of an action, spelled as `KeyCombination` shows it; «» when it has none. */
export function keysOf(action: ActionId): string {
  return combinationsOf(action)[0] ?? "";
}

/** The action a combination starts, other than `except`. */
export function actionOf(combination: string, overrides: Overrides, except?: ActionId): ActionId | null {
  return actions.find(({ id }) => id !== except && combinationsOf(id, overrides).includes(combination))?.id ?? null;
}

/** Returns what takes the handler away again. */
export function handle(action: ActionId, handler: Handler): () => void {
  handlers.set(action, [handler, ...(handlers.get(action) ?? [])]);
  return () => {
    const others = (handlers.get(action) ?? []).filter((each) => each !== handler);
    if (others.length > 0) handlers.set(action, others);
    else handlers.delete(action);
  };
}

/** Until stopped, every key press goes to `recorder` alone, which is how new keys are chosen. */
export function recordKeys(recorder: (event: KeyboardEvent) => void): () => void {
  recording = recorder;
  return () => {
    if (recording === recorder) recording = null;
  };
}

/** Listens to the whole window before anything in it, so that keys work while typing; returns what stops it. */
export function listenToKeys(target: Window = window): () => void {
  target.addEventListener("keydown", onKeyDown, { capture: true });
  return () => target.removeEventListener("keydown", onKeyDown, { capture: true });
}

function onKeyDown(event: KeyboardEvent): void {
  if (recording) {
    event.preventDefault();
    event.stopPropagation();
    recording(event);
    return;
  }
  const combination = combinationOf(event);
  if (combination === null) return;
  // Whether or not anyone acts on it: F5 must not reload the page.
  if (isOfWebView(combination)) event.preventDefault();
  const action = byCombination.get(combination);
  if (!action || isHeldBack(action)) return;
  if (event.repeat && !repeating.has(action)) {
    if (handlers.has(action)) event.preventDefault();
    return;
  }
  for (const handler of handlers.get(action) ?? []) {
    if (handler(event) === false) continue;
    event.preventDefault();
    event.stopPropagation();
    return;
  }
}

/** Under an open dialog the page can be heard but not changed. */
function isHeldBack(action: ActionId): boolean {
  if (action.startsWith("player.")) return false;
  return document.querySelector('[role="dialog"][aria-modal="true"], [role="alertdialog"][aria-modal="true"]') !== null;
}

const repeating = new Set(actions.filter((action) => action.repeats).map(({ id }) => id));

function lookUp(overrides: Overrides): ReadonlyMap<string, ActionId> {
  return new Map(actions.flatMap(({ id }) => combinationsOf(id, overrides).map((keys) => [keys, id] as const)));
}
