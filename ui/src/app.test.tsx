// The window as a whole: places, their focus, words and theme from the settings.
import { act, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { App } from "./app";
import { createFakeIpc } from "./ipc/fake";
import { fakeSettings } from "./ipc/fake/settings";
import { expectAccessible } from "./testing";

beforeEach(() => {
  window.location.hash = "";
});

test("opens on the sessions and goes to Ajustes with the keyboard, taking the focus to its title", async () => {
  const user = userEvent.setup();
  render(<App ipc={createFakeIpc()} />);
  expect(await screen.findByRole("heading", { level: 1, name: "Sesiones" })).toBeVisible();
  screen.getByRole("link", { name: "Ajustes" }).focus();
  await user.keyboard("{Enter}");
  expect(await screen.findByRole("heading", { level: 1, name: "Ajustes" })).toHaveFocus();
  await expectAccessible();
  await user.keyboard("{Control>}{Shift>}S{/Shift}{/Control}");
  expect(await screen.findByRole("heading", { level: 1, name: "Sesiones" })).toHaveFocus();
  await user.keyboard("{Control>}{Shift>}A{/Shift}{/Control}");
  expect(await screen.findByRole("heading", { level: 1, name: "Ajustes" })).toHaveFocus();
});

test("the badge says that nothing leaves this computer", async () => {
  const user = userEvent.setup();
  render(<App ipc={createFakeIpc()} />);
  await user.click(await screen.findByRole("button", { name: "Privado" }));
  expect(await screen.findByText("Nada sale de este computador")).toBeVisible();
});

test("the badge says what may leave once a server may listen, and where that goes", async () => {
  const user = userEvent.setup();
  const server = { ...fakeSettings.server, url: "https://gpu.alcaldia.gov.co/v1" };
  const asked = render(<App ipc={createFakeIpc({ settings: { server } })} />);
  await user.click(await screen.findByRole("button", { name: "Privado" }));
  expect(await screen.findByText("Nada sale sin su permiso")).toBeVisible();
  expect(screen.queryByText("Nada sale de este computador")).toBeNull();
  asked.unmount();
  render(<App ipc={createFakeIpc({ settings: { server: { ...server, agreed_to: server.url } } })} />);
  await user.click(await screen.findByRole("button", { name: "Servidor" }));
  expect(await screen.findByText(/las sesiones que escuche «https:\/\/gpu.alcaldia.gov.co\/v1»/)).toBeVisible();
});

test("speaks the language of the settings, and Spain's words where they differ", async () => {
  const english = render(<App ipc={createFakeIpc({ settings: { language: "en" } })} />);
  expect(await screen.findByRole("link", { name: "Settings" })).toBeVisible();
  expect(document.documentElement.lang).toBe("en");
  english.unmount();
  const user = userEvent.setup();
  render(<App ipc={createFakeIpc({ settings: { language: "es-ES" } })} />);
  await user.click(await screen.findByRole("button", { name: "Privado" }));
  expect(await screen.findByText("Nada sale de este ordenador")).toBeVisible();
});

test("enlarges the page as the settings say", async () => {
  const ipc = createFakeIpc({ settings: { text_size: 150 } });
  render(<App ipc={ipc} />);
  await waitFor(() => expect(ipc.fake.calls).toContainEqual({ command: "setZoom", values: [1.5] }));
});

test("a click on a notification opens its session", async () => {
  const ipc = createFakeIpc();
  render(<App ipc={ipc} />);
  await screen.findByRole("heading", { level: 1, name: "Sesiones" });
  const [row] = await ipc.sessionList();
  if (!row) throw new Error("the fake has no session");
  act(() => ipc.fake.emit({ event: "session_asked", session: row.id }));
  expect(await screen.findByRole("heading", { level: 1, name: row.title })).toBeInTheDocument();
});

test("minutes dropped on the list of sessions are learned from, once, and shown to be agreed to", async () => {
  const ipc = createFakeIpc();
  render(<App ipc={ipc} />);
  await screen.findByRole("heading", { level: 1, name: "Sesiones" });
  act(() => ipc.fake.drop("drop", ["/actas/046.docx", "/actas/047.pdf"]));
  expect(await screen.findByRole("dialog", { name: "Se encontraron 5 palabras" })).toBeVisible();
  expect(window.location.hash).toBe("#/settings/vocabulary");
  const learned = ipc.fake.calls.filter(({ command }) => command === "vocabularyLearn");
  expect(learned.map(({ values }) => values)).toEqual([[["/actas/046.docx", "/actas/047.pdf"]]]);
});
