// The bar and the waveform in the window, with faked audio elements and a canvas that draws nothing.
import { useQuery } from "@tanstack/react-query";
import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import type { Segment, Speaker } from "../ipc";
import { createFakeIpc } from "../ipc/fake";
import { listeningSession } from "../ipc/fake/sessions";
import { queryKeys, useSession } from "../ipc/queries";
import { ShortcutsProvider } from "../lib/shortcuts";
import { expectAccessible, renderInAstra } from "../testing";
import { type Player, PlayerBar, PlayerProvider, usePlayer, usePlayerKeys, Waveform, type WaveformProps } from ".";
import { twoMedia, twoParts } from "./testing";

class SilentAudio extends EventTarget {
  readyState = 4;
  currentTime = 0;
  load() {}
  pause() {}
  removeAttribute() {}
  async play() {}
}

const segment = (id: string, start_ms: number, end_ms: number, changed: Partial<Segment> = {}): Segment => ({
  id,
  part: 0,
  start_ms,
  end_ms,
  text: "Se abre la sesión.",
  times: [],
  unsure: [],
  respelled: [],
  faults: [],
  doubtful: false,
  speaker: null,
  mark: null,
  touched: false,
  ...changed,
});
const speakers: Speaker[] = [{ id: "maria", name: "María Pérez", role: "Presidenta", colour: 3 }];
const segments = [
  segment("one", 1000, 4000, { speaker: "maria" }),
  segment("two", 4000, 9000, { doubtful: true }),
  segment("three", 9500, 12_000),
  segment("four", 500, 3000, { part: 1 }),
];

let player: Player;
function Held() {
  player = usePlayer();
  usePlayerKeys();
  return null;
}

function show(changed: Partial<WaveformProps> = {}, media = twoMedia, parts = twoParts, ipc = createFakeIpc()) {
  vi.stubGlobal("Audio", SilentAudio);
  // jsdom has no pointers of its own; a mouse tells the same of place and button.
  vi.stubGlobal("PointerEvent", class extends MouseEvent {});
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(null);
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(1000);
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(90);
  return renderInAstra(
    <ShortcutsProvider overrides={{}}>
      <PlayerProvider session={listeningSession} media={media} parts={parts}>
        <Held />
        <Waveform segments={segments} speakers={speakers} parts={parts} {...changed} />
        <PlayerBar />
      </PlayerProvider>
    </ShortcutsProvider>,
    { ipc },
  );
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("the bar", () => {
  it("plays and pauses by button and by F4, and names the keys", async () => {
    const { user } = show();
    await user.click(screen.getByRole("button", { name: "Reproducir (F4)" }));
    expect(player.state().playing).toBe(true);
    await user.keyboard("{F4}");
    expect(screen.getByRole("button", { name: "Reproducir (F4)" })).toBeInTheDocument();
    expect(player.state().playing).toBe(false);
  });

  it("steps by seconds and by segments", async () => {
    const { user } = show();
    act(() => player.seek(10_000));
    await user.click(screen.getByRole("button", { name: "−2 s: Retroceder 2 segundos (F6)" }));
    expect(player.state().ms).toBe(8000);
    await user.keyboard("{Shift>}{F7}{/Shift}");
    expect(player.state().ms).toBe(13_000);
    await user.keyboard("{Alt>}{ArrowUp}{/Alt}");
    expect(player.state().ms).toBe(9500);
    await user.keyboard("{Alt>}{ArrowUp}{/Alt}");
    expect(player.state().ms).toBe(4000);
    await user.click(screen.getByRole("button", { name: "Párrafo siguiente (Alt+↓)" }));
    expect(player.state().ms).toBe(9500);
    await user.keyboard("{Alt>}{ArrowDown}{/Alt}");
    expect(player.state().ms).toBe(20_500);
  });

  it("changes the speed by keys and by menu, in the way of the country", async () => {
    const { user } = show();
    await user.keyboard("{F10}");
    expect(player.state().speed).toBe(1.25);
    await user.click(screen.getByRole("button", { name: "Velocidad: 1,25×" }));
    await user.click(await screen.findByText("0,5×", {}, { timeout: 10_000 }));
    expect(player.state().speed).toBe(0.5);
    await user.keyboard("{Shift>}{F9}{/Shift}");
    expect(player.state().speed).toBe(1);
  });

  it("loops the segment under the playhead", async () => {
    const { user } = show();
    act(() => player.seek(5000));
    await user.keyboard("{F11}");
    expect(player.state().loop).toEqual({ fromMs: 4000, toMs: 9000 });
    expect(screen.getByRole("button", { name: "Repetir este párrafo (F11)" })).toHaveAttribute("aria-pressed", "true");
    await user.keyboard("{F11}");
    expect(player.state().loop).toBeNull();
  });

  it("shows the clock without announcing it", () => {
    show();
    act(() => player.seek(22_500));
    expect(screen.getByRole("timer")).toHaveTextContent("0:22 / 0:40");
    expect(screen.getByRole("timer")).toHaveAttribute("aria-live", "off");
  });

  it("tells that an original is missing and looks for it", async () => {
    const ipc = createFakeIpc();
    const [first, second] = twoParts;
    if (!first || !second) throw new Error("two parts");
    const { user } = show({}, twoMedia, [{ ...first, present: false }, second], ipc);
    expect(screen.getByText(/Falta el original «REC001.MP3»/)).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Buscar el archivo…" }));
    expect(ipc.fake.calls).toContainEqual({ command: "recordingLocate", values: [listeningSession, 0] });
  });

  it("notices by itself that a card is back, and asks anew for what can be played", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    const ipc = createFakeIpc();
    const [first, second] = twoParts;
    if (!first || !second) throw new Error("two parts");
    const view = await ipc.sessionOpen(listeningSession);
    let back = false;
    ipc.sessionOpen = async () => ({ ...view, parts: [{ ...first, present: back }, second] });
    const asked = vi.spyOn(ipc, "mediaOpen");
    const Opened = () => {
      const { data } = useSession(listeningSession);
      const { data: media } = useQuery({
        queryKey: queryKeys.media(listeningSession),
        queryFn: () => ipc.mediaOpen(listeningSession),
      });
      return data ? (
        <PlayerProvider session={listeningSession} media={media} parts={data.parts}>
          <PlayerBar />
        </PlayerProvider>
      ) : null;
    };
    renderInAstra(
      <ShortcutsProvider overrides={{}}>
        <Opened />
      </ShortcutsProvider>,
      { ipc },
    );
    expect(await screen.findByText(/Falta/)).toBeInTheDocument();
    await act(async () => vi.advanceTimersByTime(5000));
    expect(screen.getByText(/Falta/)).toBeInTheDocument();
    expect(asked).toHaveBeenCalledTimes(1);
    back = true;
    await act(async () => vi.advanceTimersByTime(5000));
    await waitFor(() => expect(screen.queryByText(/Falta/)).toBeNull());
    expect(asked).toHaveBeenCalledTimes(2);
  });

  it("says which part will stay silent when there is no listening copy either", () => {
    const [first, second] = twoParts;
    if (!first || !second) throw new Error("two parts");
    show({}, twoMedia, [first, { ...second, present: false }]);
    expect(screen.getByText(/Falta la grabación «REC002.MP3»: su parte no se oirá/)).toBeInTheDocument();
  });

  it("does not look for an original that was an address", () => {
    const [first, second] = twoParts;
    if (!first || !second) throw new Error("two parts");
    show({}, twoMedia, [{ ...first, present: false, source: "https://concejo.gov.co/sesion.mp3" }, second]);
    expect(screen.queryByText(/Falta/)).toBeNull();
  });

  it("tells when the moment cannot be heard at all", async () => {
    const { user } = show({}, { sources: [], peaks: [] });
    await user.click(screen.getByRole("button", { name: "Reproducir (F4)" }));
    expect(screen.getByText(/El sonido de esta parte no está en este computador: falta «REC001.MP3»/)).toBeVisible();
    expect(player.state().playing).toBe(false);
  });
});

describe("the waveform", () => {
  const slider = () => screen.getByRole("slider", { name: "Lugar en la grabación" });

  it("tells its place in words, with who speaks", () => {
    show();
    act(() => player.seek(2000));
    expect(slider()).toHaveAttribute("aria-valuetext", "2 segundos, habla María Pérez");
    act(() => player.seek(21_000));
    expect(slider()).toHaveAttribute("aria-valuetext", "21 segundos");
    expect(slider()).toHaveAttribute("aria-valuenow", "21");
  });

  it("is moved by the keys of a slider", () => {
    const onSeek = vi.fn();
    show({ onSeek });
    for (const [key, ms] of [
      ["ArrowRight", 1000],
      ["ArrowUp", 2000],
      ["ArrowLeft", 1000],
      ["End", 40_000],
      ["PageDown", 0],
      ["PageUp", 40_000],
      ["Home", 0],
    ] as const) {
      fireEvent.keyDown(slider(), { key });
      expect(player.state().ms).toBe(ms);
      expect(onSeek).toHaveBeenLastCalledWith(ms);
    }
  });

  it("goes where it is clicked, once the pointer is let go", () => {
    show();
    fireEvent.pointerDown(slider(), { button: 0, clientX: 250 });
    fireEvent.pointerMove(slider(), { clientX: 500 });
    expect(player.state().ms).toBe(0);
    fireEvent.pointerUp(slider(), { clientX: 500 });
    expect(player.state().ms).toBe(20_000);
  });

  it("tells the moment under the pointer, also when zooming brings another there", () => {
    const { container } = show();
    const label = () => container.querySelector("[role=slider] > div:last-child")?.textContent;
    fireEvent.pointerMove(slider(), { clientX: 500 });
    expect(label()).toMatch(/^0:20/);
    fireEvent.keyDown(slider(), { key: "+" });
    expect(label()).toMatch(/^0:10/);
  });

  it("lets the edges of the focused segment be dragged as far as its neighbours", () => {
    const onRetime = vi.fn();
    show({ focused: "two", onRetime });
    const edge = slider().querySelector('[data-edge="end"]');
    if (!edge) throw new Error("no edge");
    fireEvent.pointerDown(edge, { button: 0, clientX: 225 });
    fireEvent.pointerMove(slider(), { clientX: 200 });
    fireEvent.pointerUp(slider());
    expect(onRetime).toHaveBeenLastCalledWith("two", 4000, 8000);
    fireEvent.pointerDown(edge, { button: 0, clientX: 225 });
    fireEvent.pointerMove(slider(), { clientX: 900 });
    fireEvent.pointerUp(slider());
    expect(onRetime).toHaveBeenLastCalledWith("two", 4000, 9500);
    expect(player.state().ms).toBe(0);
    fireEvent.pointerDown(edge, { button: 0, clientX: 225 });
    fireEvent.pointerMove(slider(), { clientX: 200 });
    fireEvent.keyDown(slider(), { key: "Escape" });
    fireEvent.pointerUp(slider());
    expect(onRetime).toHaveBeenCalledTimes(2);
  });

  it("fetches peaks once and, as more is heard, only what came since", async () => {
    const asked: string[] = [];
    let bytes = new Uint8Array(100);
    vi.stubGlobal("fetch", async (_url: string, init: RequestInit) => {
      const range = new Headers(init.headers).get("range") ?? "";
      asked.push(range);
      const from = Number(/\d+/.exec(range)?.[0]);
      return from < bytes.length
        ? new Response(bytes.slice(from), { status: 206 })
        : new Response(null, { status: 416 });
    });
    const ipc = createFakeIpc();
    const media = { ...twoMedia, peaks: [{ part: 0, url: "peaks", per_second: 50 }] };
    show({ coming: true }, media, twoParts, ipc);
    await vi.waitFor(() => expect(asked).toEqual(["bytes=0-"]));
    expect(screen.queryByText(/El sonido se dibuja aquí/)).toBeNull();
    bytes = new Uint8Array(140);
    vi.useFakeTimers();
    act(() =>
      ipc.fake.emit({
        event: "chunk_heard",
        session: listeningSession,
        recording: 0,
        chunk: 1,
        heard_ms: 1,
        left_ms: null,
        faults: [],
      }),
    );
    await act(() => vi.advanceTimersByTimeAsync(5000));
    vi.useRealTimers();
    expect(asked).toEqual(["bytes=0-", "bytes=100-"]);
  });

  it("says that the drawing comes only while the session is still heard", () => {
    show({ coming: true });
    expect(screen.getByText("El sonido se dibuja aquí a medida que se escucha.")).toBeVisible();
  });

  it("says truthfully that a finished session has no drawing", () => {
    show();
    expect(screen.queryByText(/El sonido se dibuja aquí/)).toBeNull();
    expect(screen.getByText("Esta sesión no tiene dibujo del sonido.")).toBeVisible();
  });

  it("says nothing of the drawing before it was asked for", () => {
    vi.stubGlobal("fetch", () => new Promise(() => undefined));
    show({}, { ...twoMedia, peaks: [{ part: 0, url: "peaks", per_second: 50 }] });
    expect(screen.queryByText(/dibuj/)).toBeNull();
  });

  it("is accessible with everything around it", async () => {
    show({ focused: "two", onRetime: () => undefined });
    await expectAccessible();
  });
});
