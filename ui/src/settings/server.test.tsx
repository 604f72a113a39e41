// The server that may listen: its key is never shown again, and agreeing holds for one address.
import { screen, waitFor } from "@testing-library/react";
import type { ServerChoices } from "../ipc";
import { createFakeIpc } from "../ipc/fake";
import { fakeSettings } from "../ipc/fake/settings";
import { SettingsPage } from "../settings_page";
import { renderInAstra } from "../testing";
import { priceOf, priceText } from "./server_price";

async function open(server: Partial<ServerChoices> = {}) {
  const settings = { server: { ...fakeSettings.server, ...server } };
  const view = renderInAstra(<SettingsPage section="server" />, { ipc: createFakeIpc({ settings }) });
  await screen.findByRole("textbox", { name: "Dirección" });
  const saved = (expected: Partial<ServerChoices>) =>
    waitFor(async () => expect((await view.ipc.settingsGet()).server).toMatchObject(expected));
  return { ...view, saved };
}
const url = "https://gpu.local/v1";

test("without an address there is nothing to agree to; with one it is off until somebody does", async () => {
  const { user, saved } = await open();
  expect(screen.queryByRole("switch")).toBeNull();
  await user.type(screen.getByRole("textbox", { name: "Dirección" }), url);
  await user.tab();
  await saved({ url, hears_new: false, agreed_to: null });
  const forEver = await screen.findByRole("switch", { name: "Permitir siempre que el sonido salga de este edificio" });
  expect(forEver).not.toBeChecked();
  await user.click(forEver);
  await saved({ agreed_to: url });
});

test("agreeing to one server is not agreeing to another", async () => {
  await open({ url, agreed_to: "https://otro.local/v1" });
  expect(screen.getByRole("switch", { name: /Permitir siempre/ })).not.toBeChecked();
});

test("a key is kept and forgotten and never shown", async () => {
  const { user, fake } = await open({ url });
  const field = screen.getByLabelText("Clave");
  await user.type(field, "sk-secreta");
  await user.click(screen.getByRole("button", { name: "Guardar la clave" }));
  expect(await screen.findByText("Hay una clave guardada en el llavero.")).toBeVisible();
  expect(field).toHaveValue("");
  expect(fake.calls.filter(({ command }) => command === "settingsSave")).toEqual([]);
  await user.click(screen.getByRole("button", { name: "Olvidar la clave" }));
  expect(await screen.findByText("No hay ninguna clave guardada.")).toBeVisible();
});

test("the connection is tried, and what is wrong is said", async () => {
  const { user } = await open({ url });
  await user.click(screen.getByRole("button", { name: "Probar la conexión" }));
  expect(await screen.findByText("El servidor contesta y entiende lo que se le envía.")).toBeVisible();
});

test("a price is read as it is typed", () => {
  expect(["1500", "1.500", "0,36", "0.36", "1.500,50", ""].map(priceOf)).toEqual([
    1_500_000, 1_500_000, 360, 360, 1_500_500, 0,
  ]);
  expect(["mil", "-1", "1,2,3"].map(priceOf)).toEqual([null, null, null]);
  expect([0, 1_500_000, 360].map(priceText)).toEqual(["", "1500", "0,36"]);
});
