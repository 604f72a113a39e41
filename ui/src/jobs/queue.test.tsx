// The line above the sessions says why nothing is heard, and only then; everything is paused and goes on with one press.
import { act, screen, waitFor } from "@testing-library/react";
import { createFakeIpc } from "../ipc/fake";
import { fakeSessions, listeningSession, longSession } from "../ipc/fake/sessions";
import { applyEvent } from "../ipc/queries";
import { expectAccessible, renderInAstra } from "../testing";
import { PauseAllButton, QueueLine } from ".";

/** One session is being heard and one waits, unless other sessions are given. */
function open(sessions = fakeSessions().slice(0, 2)) {
  const ipc = createFakeIpc({ sessions });
  const view = renderInAstra(
    <>
      <h1 tabIndex={-1}>Sesiones</h1>
      <QueueLine />
      <PauseAllButton />
    </>,
    { ipc },
  );
  ipc.listen((event) => act(() => applyEvent(view.queries, event)));
  return view;
}
const line = () => screen.findByRole("region", { name: "Lo que está en espera" });
const read = () => screen.findByRole("button", { name: "Pausar todo" });
const nothing = () => expect(screen.queryByRole("region")).toBeNull();

test("while all goes well there is no line", async () => {
  open();
  await read();
  nothing();
});

test("everything is paused with one press, and goes on with another", async () => {
  const { user, ipc } = open();
  await user.click(await read());
  expect(await line()).toHaveTextContent("Todo está en pausa · 2 sesiones en espera");
  expect(await screen.findByText("Todo quedó en pausa. Lo escuchado está guardado.")).toBeInTheDocument();
  expect((await ipc.sessionRow(listeningSession)).state).toBe("waiting");
  await expectAccessible();
  await user.click(screen.getAllByRole("button", { name: "Seguir" }).at(-1) as HTMLElement);
  await waitFor(nothing);
  expect((await ipc.sessionRow(listeningSession)).state).toBe("listening");
});

test("the line's own «Seguir» leaves the focus on the page when it goes", async () => {
  const { user } = open();
  await user.click(await read());
  await line();
  await user.click(screen.getAllByRole("button", { name: "Seguir" })[0] as HTMLElement);
  await waitFor(nothing);
  expect(screen.getByRole("heading", { level: 1 })).toHaveFocus();
});

test("a pause is told even when nothing waits, so that the next recording does not wait unexplained", async () => {
  const { ipc, queries } = open(fakeSessions().filter(({ view }) => view.row.id === longSession));
  await waitFor(() => expect(queries.getQueryData(["queue"])).toBeDefined());
  await act(() => ipc.queuePause());
  expect(await line()).toHaveTextContent(/^Todo está en pausaSeguir$/);
  expect(screen.queryByRole("button", { name: "Pausar todo" })).toBeNull();
});

test("each reason to wait is told, with how many wait", async () => {
  const { fake } = open();
  await read();
  act(() => fake.hold({ reason: "in_use" }));
  expect(await line()).toHaveTextContent("Se escuchará cuando nadie use el computador · 2 sesiones en espera");
  act(() => fake.hold({ reason: "on_battery" }));
  await screen.findByText(/Se escuchará cuando el computador esté enchufado/);
  const evening = new Date();
  evening.setHours(23, 59, 0, 0);
  act(() => fake.hold({ reason: "outside_hours", until_ms: evening.getTime() }));
  await screen.findByText(/Se escuchará a las 23:59/);
  await expectAccessible();
  act(() => fake.hold(null));
  await waitFor(nothing);
});

test("when it listens can be changed from the line", async () => {
  const { user, fake, places } = open();
  await read();
  act(() => fake.hold({ reason: "on_battery" }));
  await user.click(await screen.findByRole("button", { name: "Cambiar cuándo se escucha" }));
  expect(places?.at(-1)).toBe("/settings/listening");
});

test("of a computer in use there is nothing to say while nothing waits", async () => {
  const { fake, ipc, queries } = open(fakeSessions().filter(({ view }) => view.row.id === longSession));
  act(() => fake.hold({ reason: "in_use" }));
  await waitFor(() => expect(queries.getQueryData(["queue"])).toEqual(expect.objectContaining({ waiting: [] })));
  expect((await ipc.queueGet()).holding).toEqual({ reason: "in_use" });
  nothing();
});

test("a pause that could not be kept says why", async () => {
  const { user, fake } = open();
  fake.failNext("queuePause", { code: "disk_full", message: "El disco está lleno.", details: {} });
  await user.click(await read());
  expect(await screen.findByRole("alert")).toHaveTextContent("El disco está lleno.");
  await user.click(screen.getByRole("button", { name: "Pausar todo" }));
  await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
});
