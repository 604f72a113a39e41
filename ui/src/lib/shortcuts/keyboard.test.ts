// Keys pressed on the window, as browsers tell of them.
import { actions } from "./actions";
import { combinationOf, isFree } from "./combination";
import { actionOf, combinationsOf, handle, keysOf, listenToKeys, recordKeys, setOverrides } from "./keyboard";
import { rebind, reset } from "./rebind";

type Init = KeyboardEventInit & { altGraph?: boolean };

function pressed(key: string, { altGraph = false, ...init }: Init = {}): KeyboardEvent {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...init });
  vi.spyOn(event, "getModifierState").mockImplementation((name) => name === "AltGraph" && altGraph);
  return event;
}

/** Presses a key in an element of the page; returns the event. */
function press(key: string, init: Init = {}, target: EventTarget = document.body): KeyboardEvent {
  const event = pressed(key, init);
  target.dispatchEvent(event);
  return event;
}

const stops: (() => void)[] = [];
function counting(action: Parameters<typeof handle>[0], answer?: boolean) {
  const handler = vi.fn((): boolean | undefined => answer);
  stops.push(handle(action, handler));
  return handler;
}

beforeEach(() => {
  stops.push(listenToKeys());
});
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  setOverrides({});
  document.body.innerHTML = "";
});

describe("the spelling of a key press", () => {
  it("names modifiers in one order and letters by what they write", () => {
    expect(combinationOf(pressed("z", { ctrlKey: true, code: "KeyW" }))).toBe("Ctrl+Z");
    expect(combinationOf(pressed("Z", { ctrlKey: true, shiftKey: true }))).toBe("Ctrl+Shift+Z");
    expect(combinationOf(pressed("ArrowUp", { altKey: true }))).toBe("Alt+ArrowUp");
    expect(combinationOf(pressed(" ", { ctrlKey: true, code: "Space" }))).toBe("Ctrl+Space");
    expect(combinationOf(pressed("F6", { shiftKey: true }))).toBe("Shift+F6");
    expect(combinationOf(pressed("я", { ctrlKey: true, code: "KeyZ" }))).toBe("Ctrl+Z");
  });

  it("takes digits by their place, but leaves the number pad to those who write letters by number", () => {
    expect(combinationOf(pressed("&", { altKey: true, code: "Digit1" }))).toBe("Alt+1");
    expect(combinationOf(pressed("1", { altKey: true, code: "Numpad1" }))).toBeNull();
  });

  it("is none for AltGr, dead keys, lone modifiers and letters in the making", () => {
    expect(combinationOf(pressed("@", { ctrlKey: true, altKey: true, altGraph: true, code: "Digit2" }))).toBeNull();
    expect(combinationOf(pressed("€", { ctrlKey: true, altKey: true, code: "KeyE" }))).toBeNull();
    expect(combinationOf(pressed("@", { altGraph: true, code: "Digit2" }))).toBeNull();
    expect(combinationOf(pressed("Dead", { code: "BracketLeft" }))).toBeNull();
    expect(combinationOf(pressed("Shift", { shiftKey: true }))).toBeNull();
    expect(combinationOf(pressed("n", { ctrlKey: true, isComposing: true }))).toBeNull();
  });
});

describe("the table", () => {
  it("gives no combination to two actions, and only such as may be given", () => {
    const all = actions.flatMap(({ keys }) => keys);
    expect(new Set(all).size).toBe(all.length);
    expect(all.filter((keys) => !isFree(keys))).toEqual([]);
  });

  it("leaves the keys that write or edit alone", () => {
    for (const keys of ["A", "Shift+A", "Enter", "Ctrl+C", "Ctrl+ArrowLeft", "Alt+F4", "Alt+Tab"])
      expect(isFree(keys)).toBe(false);
    for (const keys of ["F12", "Ctrl+Shift+F4", "Ctrl+K", "Alt+K"]) expect(isFree(keys)).toBe(true);
  });
});

describe("a key press", () => {
  it("acts while one types, and the web view does not see it", () => {
    const played = counting("player.toggle");
    document.body.innerHTML = "<textarea></textarea>";
    const reached = vi.fn();
    const field = document.querySelector("textarea");
    field?.addEventListener("keydown", reached);
    expect(press("F4", {}, field ?? document.body).defaultPrevented).toBe(true);
    expect(played).toHaveBeenCalledTimes(1);
    expect(reached).not.toHaveBeenCalled();
  });

  it("never reloads, searches or browses in the web view, even when nobody acts on it", () => {
    for (const key of ["F1", "F3", "F5", "F6", "F7", "F10", "F11"]) expect(press(key).defaultPrevented).toBe(true);
    expect(press("r", { ctrlKey: true }).defaultPrevented).toBe(true);
    expect(press("F5", { ctrlKey: true, shiftKey: true }).defaultPrevented).toBe(true);
    expect(press("F4", { altKey: true }).defaultPrevented).toBe(false);
    expect(press("z", { ctrlKey: true }).defaultPrevented).toBe(false);
  });

  it("with AltGr starts nothing", () => {
    const exported = counting("document.export");
    expect(press("€", { ctrlKey: true, altKey: true, altGraph: true, code: "KeyE" }).defaultPrevented).toBe(false);
    expect(exported).not.toHaveBeenCalled();
  });

  it("repeats only where it makes sense", () => {
    const stepped = counting("player.back_2");
    const toggled = counting("player.toggle");
    press("F6", { repeat: true });
    expect(press("F4", { repeat: true }).defaultPrevented).toBe(true);
    expect(stepped).toHaveBeenCalledTimes(1);
    expect(toggled).not.toHaveBeenCalled();
  });

  it("goes to the last who came, and on to the next when that one passes", () => {
    const page = counting("transcript.undo");
    const passing = counting("transcript.undo", false);
    expect(press("z", { ctrlKey: true }).defaultPrevented).toBe(true);
    expect(passing).toHaveBeenCalledTimes(1);
    expect(page).toHaveBeenCalledTimes(1);
    stops.splice(1, 1)[0]?.();
    expect(press("z", { ctrlKey: true }).defaultPrevented).toBe(false);
  });

  it("under an open dialog plays, but changes nothing of the page", () => {
    const removed = counting("transcript.delete");
    const played = counting("player.toggle");
    document.body.innerHTML = '<div role="dialog" aria-modal="true"></div>';
    press("Delete", { ctrlKey: true, shiftKey: true });
    press("F4");
    expect(removed).not.toHaveBeenCalled();
    expect(played).toHaveBeenCalledTimes(1);
  });

  it("goes to the recorder alone while new keys are chosen", () => {
    const played = counting("player.toggle");
    const recorder = vi.fn();
    const stop = recordKeys(recorder);
    press("F4");
    stop();
    press("F4");
    expect(recorder).toHaveBeenCalledTimes(1);
    expect(played).toHaveBeenCalledTimes(1);
  });
});

describe("other keys", () => {
  it("replace the first ones, and are told", () => {
    const played = counting("player.toggle");
    setOverrides({ "player.toggle": "Ctrl+Shift+F12" });
    press("F4");
    expect(played).not.toHaveBeenCalled();
    press("F12", { ctrlKey: true, shiftKey: true });
    expect(played).toHaveBeenCalledTimes(1);
    expect(keysOf("player.toggle")).toBe("Ctrl+Shift+F12");
    expect(keysOf("player.loop")).toBe("F11");
  });

  it("are taken from whoever has them", () => {
    const changed = rebind({}, "player.loop", "Ctrl+Space");
    expect(changed).toEqual({ "player.loop": "Ctrl+Space", "player.toggle": "F4" });
    expect(actionOf("Ctrl+Space", changed)).toBe("player.loop");
    expect(rebind({}, "document.export", "F4")).toEqual({ "document.export": "F4", "player.toggle": "Ctrl+Space" });
  });

  it("go back to the first ones, also when those were given away", () => {
    const given = rebind({}, "document.export", "F11");
    expect(combinationsOf("player.loop", given)).toEqual([]);
    const back = reset(given, "player.loop");
    expect(combinationsOf("player.loop", back)).toEqual(["F11"]);
    expect(combinationsOf("document.export", back)).toEqual([]);
    expect(reset(back, "document.export")).toEqual({});
  });
});
