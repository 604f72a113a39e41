// What the core says aloud stands above every place until it is read, once, and disturbs nobody who types.
import { act, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { App } from "./app";
import { createFakeIpc } from "./ipc/fake";
import { StandingNotices } from "./standing_notices";
import { expectAccessible, renderInAstra } from "./testing";

const CARD = "No se pudo usar el dispositivo «vulkan» (sin memoria); se sigue con otro.";
const SHORT = "«SES_0001.MP3» termina a las 0:41:10, pero su archivo anuncia 1:30:00.";
const say = (ipc: ReturnType<typeof createFakeIpc>, message: string) =>
  act(() => ipc.fake.emit({ event: "notice_given", message }));

test("a notice is read out and stays in every place until somebody dismisses it, without taking the focus", async () => {
  window.location.hash = "";
  const user = userEvent.setup();
  const ipc = createFakeIpc();
  render(<App ipc={ipc} />);
  await screen.findByRole("heading", { level: 1, name: "Sesiones" });
  const settings = screen.getByRole("link", { name: "Ajustes" });
  settings.focus();
  say(ipc, CARD);
  expect(screen.getByRole("alert")).toHaveTextContent(CARD);
  expect(settings).toHaveFocus();
  await user.click(settings);
  expect(await screen.findByRole("heading", { level: 1, name: "Ajustes" })).toBeVisible();
  expect(screen.getByText(CARD)).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Cerrar el aviso" }));
  await waitFor(() => expect(screen.queryByText(CARD)).toBeNull());
  expect(screen.getByRole("main")).toHaveFocus();
});

test("what is said again before it was read stands there once, and again after it was read", async () => {
  const { ipc, user } = renderInAstra(<StandingNotices onDismiss={() => undefined} />);
  for (const message of [CARD, SHORT, CARD, CARD]) say(ipc, message);
  expect(screen.getAllByRole("alert").map((notice) => notice.textContent)).toEqual([CARD, SHORT]);
  await expectAccessible();
  const [first] = screen.getAllByRole("button", { name: "Cerrar el aviso" });
  await user.click(first as HTMLElement);
  expect(screen.getAllByRole("alert").map((notice) => notice.textContent)).toEqual([SHORT]);
  say(ipc, CARD);
  expect(screen.getAllByRole("alert")).toHaveLength(2);
});

test("what was said before the window listened stands there too", async () => {
  const ipc = createFakeIpc({ notices: [CARD] });
  renderInAstra(<StandingNotices onDismiss={() => undefined} />, { ipc });
  expect(await screen.findByRole("alert")).toHaveTextContent(CARD);
  say(ipc, CARD);
  expect(screen.getAllByRole("alert")).toHaveLength(1);
});

test("what passed by itself while a session was heard is no notice", () => {
  const { ipc } = renderInAstra(<StandingNotices onDismiss={() => undefined} />);
  act(() => ipc.fake.emit({ event: "remark_made", message: "El motor se volvió a iniciar." }));
  expect(screen.queryByRole("alert")).toBeNull();
});
