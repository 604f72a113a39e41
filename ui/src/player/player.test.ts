// The player on a clock of its own, with audio elements whose sound passes as the test says.
import { REWIND_MS, SessionPlayer } from "./player";
import { fakeAudio, partOf, twoMedia, twoParts } from "./testing";

const all = { first: 20, second: 20, "copy-0": 10, "copy-1": 10 };
let player: SessionPlayer;

function started(lengths: { [url: string]: number } = all) {
  const audio = fakeAudio(lengths);
  player = new SessionPlayer(twoParts);
  player.setMedia(twoMedia, twoParts);
  return audio;
}

afterEach(() => {
  player.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("one clock over many files", () => {
  it("is sent to a moment before it knows its files, and plays from there once it does", async () => {
    const audio = fakeAudio(all);
    player = new SessionPlayer(twoParts);
    player.seek(21_000);
    expect(player.state()).toMatchObject({ ms: 21_000, failure: null });
    player.setMedia(twoMedia, twoParts);
    player.play();
    await audio.pass(500);
    expect(audio.sounding()).toEqual(["second"]);
    expect(player.state().ms).toBeGreaterThan(21_000);
  });

  it("is told to play before it knows its files, and plays once it does, unless told to stop meanwhile", async () => {
    const audio = fakeAudio(all);
    player = new SessionPlayer(twoParts);
    player.toggle();
    player.toggle();
    player.setMedia(twoMedia, twoParts);
    await audio.pass(200);
    expect(audio.sounding()).toEqual([]);

    player = new SessionPlayer(twoParts);
    player.play();
    expect(player.state()).toMatchObject({ playing: false, failure: null });
    player.seek(21_000);
    player.setMedia(twoMedia, twoParts);
    await audio.pass(200);
    expect(audio.sounding()).toEqual(["second"]);
    expect(player.state()).toMatchObject({ playing: true, failure: null });
  });

  it("plays from the original, and its time is that of the session", async () => {
    const audio = started();
    player.play();
    await audio.pass(2000);
    expect(audio.sounding()).toEqual(["first"]);
    expect(player.state().ms).toBeGreaterThan(1900);
    expect(player.state().ms).toBeLessThan(2100);
  });

  it("opens the next file before the seam and goes on with it without a stop", async () => {
    const audio = started();
    player.playFrom(15_000);
    await audio.pass(500);
    expect(audio.open()).toContain("second");
    expect(audio.sounding()).toEqual(["first"]);
    await audio.pass(6000);
    expect(audio.sounding()).toEqual(["second"]);
    expect(player.state()).toMatchObject({ playing: true, failure: null });
    expect(player.state().ms).toBeGreaterThan(21_000);
  });

  it("never runs backwards while it plays, seams included", async () => {
    const audio = started();
    player.playFrom(18_000);
    const heard: number[] = [];
    player.onTick((ms) => heard.push(ms));
    await audio.pass(4000);
    expect(heard.length).toBeGreaterThan(200);
    expect(heard).toEqual([...heard].sort((one, other) => one - other));
  });

  it("crosses a seam also while the window is hidden and draws no frames", async () => {
    const audio = started();
    player.playFrom(19_500);
    await audio.pass(100);
    vi.stubGlobal("requestAnimationFrame", () => 1);
    await audio.pass(1500);
    expect(audio.sounding()).toEqual(["second"]);
  });

  it("goes to another file at once when told to", async () => {
    const audio = started();
    player.play();
    await audio.pass(200);
    player.seek(30_000);
    await audio.pass(200);
    expect(audio.sounding()).toEqual(["second"]);
    expect(player.state().ms).toBeGreaterThan(30_000);
  });

  it("stops at the end of the session and begins again from there at the start", async () => {
    const audio = started();
    player.playFrom(39_500);
    await audio.pass(1000);
    expect(player.state()).toMatchObject({ playing: false, ms: 40_000 });
    player.play();
    await audio.pass(200);
    expect(player.state().ms).toBeLessThan(400);
  });

  it("runs on between the coarse reports of the web view, but not before sound has begun", async () => {
    const audio = started();
    player.play();
    await audio.pass(100);
    const element = audio.elements().find(({ src }) => src === "first");
    if (!element) throw new Error("nothing plays");
    const reported = player.state().ms;
    vi.spyOn(element, "sound").mockImplementation(() => undefined);
    await audio.pass(200);
    expect(player.state().ms).toBeGreaterThan(reported + 150);
    await audio.pass(2000);
    expect(player.state().ms).toBeLessThan(reported + 600);
  });
});

describe("a file that is gone", () => {
  it("is replaced by the listening copy at the same moment, and playing goes on", async () => {
    const audio = started({ second: 20, "copy-0": 10, "copy-1": 10 });
    player.playFrom(9000);
    await audio.pass(3000);
    expect(audio.sounding()).toEqual(["copy-1"]);
    expect(player.state()).toMatchObject({ playing: true, failure: null });
    expect(player.state().ms).toBeGreaterThan(11_500);
  });

  it("is told, with its part, when nothing else has the sound", async () => {
    const audio = started({ first: 20 });
    player.playFrom(19_000);
    await audio.pass(2000);
    expect(player.state()).toMatchObject({ playing: false, failure: { part: 1, reason: "undecodable" } });
    expect(player.state().ms).toBeGreaterThanOrEqual(20_000);
    expect(audio.sounding()).toEqual([]);
  });

  it("is told apart from a sound that was never here", async () => {
    started();
    player.setMedia({ ...twoMedia, sources: twoMedia.sources.filter(({ part }) => part === 0) }, twoParts);
    player.playFrom(25_000);
    expect(player.state().failure).toEqual({ part: 1, reason: "absent" });
    player.seek(3000);
    expect(player.state().failure).toBeNull();
  });

  it("is heard again once it is back", async () => {
    const audio = started({ first: 20 });
    player.playFrom(25_000);
    await audio.pass(100);
    expect(player.state().failure).not.toBeNull();
    audio.setLength("second", 20);
    player.play();
    await audio.pass(300);
    expect(player.state()).toMatchObject({ playing: true, failure: null });
    expect(audio.sounding()).toEqual(["second"]);
  });

  it("says nothing while one only looks at a place without sound", () => {
    started();
    player.setMedia({ sources: [], peaks: [] }, twoParts);
    player.seek(5000);
    expect(player.state().failure).toBeNull();
  });
});

describe("a copy that grows while it is made", () => {
  it("does not disturb what is playing", async () => {
    const audio = started();
    player.play();
    await audio.pass(500);
    const elements = audio.elements().length;
    player.setMedia({ ...twoMedia, sources: [...twoMedia.sources] }, [...twoParts, partOf(2, 40_000, 5000)]);
    await audio.pass(200);
    expect(audio.sounding()).toEqual(["first"]);
    expect(audio.elements()).toHaveLength(elements);
    expect(player.state().durationMs).toBe(45_000);
  });
});

describe("playing again", () => {
  it("begins a little earlier after a pause", async () => {
    const audio = started();
    player.playFrom(5000);
    await audio.pass(1000);
    player.pause();
    const paused = player.state().ms;
    player.play();
    expect(player.state().ms).toBe(paused - REWIND_MS);
  });

  it("begins exactly there after a seek", async () => {
    const audio = started();
    player.playFrom(5000);
    await audio.pass(1000);
    player.pause();
    player.seek(9000);
    player.play();
    expect(player.state().ms).toBe(9000);
  });

  it("does not go before the start of the session", async () => {
    const audio = started();
    player.play();
    await audio.pass(500);
    player.pause();
    player.play();
    expect(player.state().ms).toBe(0);
  });
});

describe("ranges", () => {
  it("plays a range once and stops at its end", async () => {
    const audio = started();
    player.playRange(3000, 4000);
    await audio.pass(3000);
    expect(player.state()).toMatchObject({ playing: false, ms: 4000 });
    expect(audio.sounding()).toEqual([]);
  });

  it("plays a range across a seam", async () => {
    const audio = started();
    player.playRange(19_500, 20_500);
    await audio.pass(800);
    expect(audio.sounding()).toEqual(["second"]);
    await audio.pass(1000);
    expect(player.state()).toMatchObject({ playing: false, ms: 20_500 });
  });

  it("loops until told otherwise", async () => {
    const audio = started();
    player.setLoop({ fromMs: 3000, toMs: 4000 });
    player.play();
    await audio.pass(3500);
    expect(player.state().playing).toBe(true);
    expect(player.state().ms).toBeGreaterThanOrEqual(3000);
    expect(player.state().ms).toBeLessThan(4050);
    player.setLoop(null);
    await audio.pass(1500);
    expect(player.state().ms).toBeGreaterThan(4100);
  });

  it("loops a range that ends where its file ends", async () => {
    const audio = started();
    player.setLoop({ fromMs: 19_000, toMs: 20_000 });
    player.play();
    await audio.pass(2500);
    expect(audio.sounding()).toEqual(["first"]);
    expect(player.state()).toMatchObject({ playing: true, loop: { fromMs: 19_000, toMs: 20_000 } });
  });

  it("ends the loop when one goes elsewhere", () => {
    started();
    player.setLoop({ fromMs: 3000, toMs: 4000 });
    player.seek(3500);
    expect(player.state().loop).not.toBeNull();
    player.seek(9000);
    expect(player.state().loop).toBeNull();
  });
});

describe("speed", () => {
  it("is kept across files, with the pitch", async () => {
    const audio = started();
    player.setSpeed(2);
    player.playFrom(19_000);
    await audio.pass(1500);
    expect(audio.sounding()).toEqual(["second"]);
    expect(audio.rates()).toEqual([2, 2]);
    expect(audio.elements().every((element) => element.preservesPitch && element.webkitPreservesPitch)).toBe(true);
    expect(player.state().ms).toBeGreaterThan(21_000);
  });

  it("stays between a half and double", () => {
    started();
    player.setSpeed(9);
    expect(player.state().speed).toBe(2);
    player.setSpeed(0.1);
    expect(player.state().speed).toBe(0.5);
  });
});

describe("who listens", () => {
  it("hears of seeks at once and of time only while it plays", async () => {
    const audio = started();
    const heard: number[] = [];
    const stop = player.onTick((ms) => heard.push(ms));
    player.seek(7000);
    expect(heard).toEqual([7000]);
    await audio.pass(500);
    expect(heard).toEqual([7000]);
    stop();
    player.seek(8000);
    expect(heard).toEqual([7000]);
  });

  it("is told of changes of the state, and the snapshot is the same object until then", async () => {
    const audio = started();
    let changes = 0;
    const stop = player.subscribe(() => changes++);
    const before = player.snapshot();
    await audio.pass(200);
    expect(player.snapshot()).toBe(before);
    player.play();
    expect(changes).toBe(1);
    await audio.pass(500);
    expect(changes).toBe(1);
    stop();
    player.pause();
    expect(changes).toBe(1);
  });

  it("leaves nothing behind when closed, and can be used again", async () => {
    const audio = started();
    player.playFrom(15_000);
    await audio.pass(500);
    player.close();
    expect(audio.open()).toEqual([]);
    expect(audio.elements().map(({ listeners }) => listeners)).toEqual([0, 0]);
    expect(vi.getTimerCount()).toBe(0);
    player.setMedia(twoMedia, twoParts);
    player.play();
    await audio.pass(300);
    expect(audio.sounding()).toEqual(["first"]);
  });
});
