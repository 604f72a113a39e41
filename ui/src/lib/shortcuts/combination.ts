// How a key press is spelled, «Ctrl+Shift+Z», so that it can be looked up, stored and shown.

/** What of a key event the spelling needs. */
export type Pressed = Pick<
  KeyboardEvent,
  "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey" | "isComposing" | "getModifierState"
>;

const MODIFIERS = ["Control", "Shift", "Alt", "AltGraph", "Meta", "OS", "CapsLock", "NumLock", "Fn", "ScrollLock"];
const F_KEY = /^F([1-9]|1\d|2[0-4])$/;

/**
 * The combination of a key press, or null where there is none to speak of: a lone modifier, a dead key, a letter in
 * the making, AltGr (which writes @ and € on Spanish keyboards and arrives as Ctrl+Alt on Windows), and Alt with the
 * number pad (which writes letters by their number on Windows).
 */
export function combinationOf(event: Pressed): string | null {
  if (event.isComposing || MODIFIERS.includes(event.key)) return null;
  const control = event.ctrlKey || event.metaKey;
  if (event.getModifierState("AltGraph") || (control && event.altKey)) return null;
  if (event.altKey && event.code.startsWith("Numpad")) return null;
  const key = keyOf(event);
  if (key === null) return null;
  return [control && "Ctrl", event.altKey && "Alt", event.shiftKey && "Shift", key].filter(Boolean).join("+");
}

/** Whether a combination can be given to an action: it must not be one that writes text or moves about in it. */
export function isFree(combination: string): boolean {
  const parts = combination.split("+");
  const key = parts.at(-1) ?? "";
  if (F_KEY.test(key)) return combination !== "Alt+F4";
  if (parts.includes("Alt")) return key !== "Tab" && key !== "Space" && key !== "Escape";
  if (!parts.includes("Ctrl")) return false;
  return !RESERVED_FOR_TEXT.includes(combination);
}

/** What every text field of every program does; nobody should be able to lose them. */
const RESERVED_FOR_TEXT = [
  "Ctrl+A",
  "Ctrl+C",
  "Ctrl+V",
  "Ctrl+X",
  "Ctrl+Backspace",
  "Ctrl+Delete",
  "Ctrl+Tab",
  "Ctrl+Shift+Tab",
].concat(
  ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"].flatMap((key) => [
    `Ctrl+${key}`,
    `Ctrl+Shift+${key}`,
  ]),
);

/** Whether the web view would do something of its own with it: reload, look for text, browse with a caret, print. */
export function isOfWebView(combination: string): boolean {
  return /^(Ctrl\+)?(Shift\+)?F([1-9]|1[01])$/.test(combination) || /^Ctrl\+(Shift\+)?[FGJPRU]$/.test(combination);
}

function keyOf(event: Pressed): string | null {
  if (event.key === "Dead" || event.key === "Unidentified" || event.key === "Process") return null;
  if (event.key === " " || event.code === "Space") return "Space";
  // Digits by their place: with Shift, and on some keyboards without, the key writes something else.
  const digit = /^Digit(\d)$/.exec(event.code)?.[1];
  if (digit !== undefined && (event.altKey || event.ctrlKey || event.metaKey)) return digit;
  if (event.key === "+") return "Plus";
  if (event.key.length > 1) return event.key;
  const letter = event.key.toUpperCase();
  // Letters by what they write, so that Z is where the keyboard says; by their place where that is no Latin letter.
  return /^[A-ZÑ]$/.test(letter) ? letter : (/^Key([A-Z])$/.exec(event.code)?.[1] ?? letter);
}
