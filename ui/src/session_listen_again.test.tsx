// Listening again to passages of an open session, against the faked core.
import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import type { RehearingProgress } from "./ipc";
import { createFakeIpc, type FakeIpc } from "./ipc/fake";
import { shortSession } from "./ipc/fake/sessions";
import { expectAccessible } from "./testing";
import { click, control, layOut, open, putCursor, texts } from "./testing/secretary";

beforeEach(layOut);

async function listenAgain(): Promise<HTMLElement> {
  click(/^Más acciones del párrafo/, document.querySelectorAll("[data-segment]")[1] as Element);
  fireEvent.click(await screen.findByRole("menuitem", { name: "Escuchar de nuevo con…" }));
  const dialog = await screen.findByRole("dialog", { name: "Escuchar de nuevo" });
  await waitFor(() => expect(control("Escuchar", dialog)).toBeEnabled());
  return dialog;
}

describe("listening again", () => {
  it("asks which passages and with which model, says what came of it, and is undone at once", async () => {
    const { ipc } = await open();
    const before = texts();
    putCursor(1, 0);
    const dialog = await listenAgain();
    expect(within(dialog).getByRole("radio", { name: "Este párrafo" })).toBeChecked();
    expect(within(dialog).getByRole("radio", { name: /^Desde aquí hasta el final: \d+ párrafos/ })).toBeEnabled();
    await expectAccessible(dialog);
    click("Escuchar", dialog);
    expect(await screen.findByText("Se escuchó 1 párrafo.")).toBeVisible();
    await waitFor(() => expect(texts()[1]).not.toBe(before[1]));
    expect([texts()[0], texts()[2]]).toEqual([before[0], before[2]]);
    const asked = (ipc as FakeIpc).fake.calls.find(({ command }) => command === "passagesListenAgain");
    expect(asked?.values[1]).toHaveLength(1);
    click(/^Deshacer: escuchar de nuevo con/);
    await waitFor(() => expect(texts()[1]).toBe(before[1]));
  });

  it("that was begun before shows how far it is, can be stopped, and is gone when it ends", async () => {
    const ipc = createFakeIpc();
    let progress: RehearingProgress | null = { done_ms: 60_000, total_ms: 240_000 };
    ipc.passagesProgress = async () => progress;
    const stop = vi.spyOn(ipc, "passagesStop");
    await open(shortSession, ipc);
    expect(await screen.findByRole("progressbar", { name: "Escuchando de nuevo" })).toBeVisible();
    click("Detener");
    expect(stop).toHaveBeenCalledWith(shortSession);
    progress = null;
    act(() => ipc.fake.emit({ event: "session_changed", session: shortSession }));
    await waitFor(() => expect(screen.queryByRole("progressbar", { name: "Escuchando de nuevo" })).toBeNull());
  });
});

it("listening again that was refused does not hide the one that runs", async () => {
  const ipc = createFakeIpc();
  ipc.passagesProgress = async () => ({ done_ms: 60_000, total_ms: 240_000 });
  await open(shortSession, ipc);
  ipc.fake.failNext("passagesListenAgain", { code: "session_busy", message: "", details: {} });
  click("Escuchar", await listenAgain());
  click("Cerrar el aviso", await screen.findByRole("alert"));
  expect(await screen.findByRole("progressbar", { name: "Escuchando de nuevo" })).toBeVisible();
});
