// The keyboard for React: who acts on which action, with the secretary's own keys, and the list of all under F1.
import { type ReactNode, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ActionId } from "./actions";
import { type Handler, handle, keysOf, listenToKeys, type Overrides, setOverrides } from "./keyboard";
import { keysText } from "./keys_text";
import { ShortcutsDialog } from "./shortcuts_dialog";

/** Listens to the keyboard and opens the list of shortcuts with F1. `overrides` are `settings.shortcuts`. */
export function ShortcutsProvider({ overrides, children }: { overrides: Overrides; children?: ReactNode }) {
  const [open, setOpen] = useState(false);
  // In the render itself, so that the tooltips below already tell the new keys; it is the same however often it runs.
  setOverrides(overrides);
  useEffect(() => listenToKeys(), []);
  useShortcut("help.open", () => setOpen(true));
  return (
    <>
      {children}
      <ShortcutsDialog open={open} onClose={() => setOpen(false)} />
    </>
  );
}

/** Acts on an action's keys while the component stands and `enabled` holds. A handler that returns false passes. */
export function useShortcut(action: ActionId, handler: Handler | (() => void), enabled = true): void {
  const latest = useRef(handler);
  useLayoutEffect(() => {
    latest.current = handler;
  });
  useEffect(() => {
    if (!enabled) return;
    return handle(action, (event) => latest.current(event) ?? undefined);
  }, [action, enabled]);
}

/** Gives the text of an action's keys for tooltips in the language of the window: «Mayús+F6», or «». */
export function useKeysText(): (action: ActionId) => string {
  const { t } = useTranslation();
  return useCallback((action) => keysText(t, keysOf(action)), [t]);
}
