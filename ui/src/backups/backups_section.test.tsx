// The backups: what is told of each, another one now, and going back to one.
import { screen, waitFor, within } from "@testing-library/react";
import type { BackupKind } from "../ipc";
import { createFakeIpc } from "../ipc/fake";
import { fakeBackups, newestBackup } from "../ipc/fake/keeping";
import { expectAccessible, renderInAstra } from "../testing";
import { BackupsSection } from "./backups_section";

const busy = {
  code: "session_busy",
  message: "Otro Astra está escuchando esta sesión (x).",
  details: { session: "x" },
};
const rows = async () => within(await screen.findByRole("list", { name: "Copias guardadas" })).getAllByRole("listitem");
const rowOf = async (kind: BackupKind) => {
  const row = (await rows())[fakeBackups.findIndex((backup) => backup.kind === kind)];
  if (row === undefined) throw new Error(`no backup is ${kind}`);
  return row;
};
const askAbout = async (user: ReturnType<typeof renderInAstra>["user"], kind: BackupKind) => {
  await user.click(within(await rowOf(kind)).getByRole("button", { name: /^Volver a esta copia…/ }));
  return screen.findByRole("alertdialog", { hidden: true });
};

test("the last good backup is told, and each of the list with its day, reason, size and state", async () => {
  renderInAstra(<BackupsSection />);
  expect(await screen.findByText(/^Última copia buena: 21.*2026/)).toBeVisible();
  expect(screen.getByText(/se puede leer completa/)).toBeVisible();
  expect(screen.getByText(/^Las grabaciones no están en estas copias y Astra nunca las toca/)).toBeVisible();
  const kinds: { [kind in BackupKind]: string } = {
    daily: "Diaria · 12 sesiones · 48 MB",
    manual: "Hecha a mano · 11 sesiones · 48 MB",
    replaced: "Lo que había antes de volver a otra copia · 1 sesión · 48 MB",
    migration: "Antes de actualizar Astra · 9 sesiones · 48 MB",
    damaged: "Datos dañados que se apartaron · 48 MB",
  };
  for (const [kind, words] of Object.entries(kinds)) expect(await rowOf(kind as BackupKind)).toHaveTextContent(words);
  await expectAccessible();
});

test("a damaged backup says so and cannot be restored", async () => {
  renderInAstra(<BackupsSection />);
  const row = await rowOf("damaged");
  expect(row).toHaveTextContent("Dañada");
  expect(row).toHaveTextContent("No se puede volver a esta copia.");
  expect(within(row).queryByRole("button")).toBeNull();
});

test("without a good backup that is said, and the first one can be made", async () => {
  const { user } = renderInAstra(<BackupsSection />, { ipc: createFakeIpc({ backups: [] }) });
  expect(await screen.findByText("Todavía no hay ninguna copia buena")).toBeVisible();
  await expectAccessible();
  await user.click(screen.getByRole("button", { name: "Hacer una copia ahora" }));
  expect(await screen.findByText("Copia hecha y comprobada")).toBeVisible();
  expect(await screen.findByText(/^Última copia buena/)).toBeVisible();
  expect(await rows()).toHaveLength(1);
});

test("a backup that was made heads the list, and the focus stays on its button", async () => {
  const { user } = renderInAstra(<BackupsSection />);
  await rows();
  const button = screen.getByRole("button", { name: "Hacer una copia ahora" });
  await user.click(button);
  await waitFor(async () => expect(await rows()).toHaveLength(fakeBackups.length + 1));
  expect((await rows())[0]).toHaveTextContent("Hecha a mano");
  expect(button).toHaveFocus();
});

test("why no backup could be made stands beside the button", async () => {
  const ipc = createFakeIpc();
  const { user } = renderInAstra(<BackupsSection />, { ipc });
  await rows();
  ipc.fake.failNext("backupMake", {
    code: "disk_too_small",
    message: "En el disco de «/datos» hacen falta unos 48 MB y quedan 2 MB.",
    details: { path: "/datos", needed: "48 MB", free: "2 MB" },
  });
  await user.click(screen.getByRole("button", { name: "Hacer una copia ahora" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("hacen falta unos 48 MB y quedan 2 MB");
});

test("going back says what goes out of sight and where it stays, and then that Astra opens anew", async () => {
  const { user, fake } = renderInAstra(<BackupsSection />);
  const dialog = await askAbout(user, "daily");
  expect(dialog).toHaveTextContent("Astra quedará como estaba en ese momento, con 12 sesiones.");
  expect(dialog).toHaveTextContent("Lo que se escribió, corrigió o escuchó después deja de verse.");
  expect(dialog).toHaveTextContent("en la carpeta «backups» de /home/secretaria/.local/share/astra");
  expect(dialog).toHaveTextContent("Astra se cierra y se abre de nuevo");
  await expectAccessible(dialog);
  await user.click(within(dialog).getByRole("button", { name: "Volver a esta copia", hidden: true }));
  expect(await screen.findByText("Se volvió a la copia")).toBeVisible();
  expect(screen.getByText(/se conserva como «astra-20261121T150000000Z-replaced\.db»/)).toBeVisible();
  expect(fake.calls).toContainEqual({ command: "backupRestore", values: [newestBackup.name] });
  await waitFor(() => expect(screen.getByRole("alertdialog", { hidden: true })).toHaveFocus());
  await user.keyboard("{Escape}");
  expect(screen.getByText("Se volvió a la copia")).toBeVisible();
});

test("who says no finds the focus on the backup she asked about, and nothing was done", async () => {
  const { user, fake } = renderInAstra(<BackupsSection />);
  const dialog = await askAbout(user, "manual");
  await user.click(within(dialog).getByRole("button", { name: "Cancelar", hidden: true }));
  await waitFor(() => expect(screen.queryByRole("alertdialog", { hidden: true })).toBeNull());
  expect(within(await rowOf("manual")).getByRole("button")).toHaveFocus();
  expect(fake.calls.some(({ command }) => command === "backupRestore")).toBe(false);
});

test("while a session is heard nobody can go back, and the way out is said", async () => {
  const { user, fake } = renderInAstra(<BackupsSection />);
  const dialog = await askAbout(user, "daily");
  fake.failNext("backupRestore", busy);
  await user.click(within(dialog).getByRole("button", { name: "Volver a esta copia", hidden: true }));
  expect(await screen.findByText(/Astra está escuchando una sesión\. Páusela o espere/)).toBeVisible();
});
