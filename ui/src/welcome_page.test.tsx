// The first start: three steps, all of them passable, and never again afterwards.
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { App } from "./app";
import { createFakeIpc } from "./ipc/fake";
import { expectAccessible } from "./testing";

const council = { entity: "", body: "", place: "", president: "", secretary: "" };

test("tells what Astra does, asks for the council and offers the model; then the window opens", async () => {
  const ipc = createFakeIpc({ settings: { welcomed: false, council } });
  const user = userEvent.setup();
  render(<App ipc={ipc} />);
  expect(await screen.findByRole("heading", { level: 1, name: "Le damos la bienvenida a Astra" })).toHaveFocus();
  expect(screen.getByText("Nada sale de este computador")).toBeVisible();
  await expectAccessible();
  await user.click(screen.getByRole("button", { name: "Siguiente" }));
  expect(screen.getByRole("heading", { level: 1 })).toHaveFocus();
  await user.type(screen.getByRole("textbox", { name: "Entidad" }), "Municipio de Anorí");
  await expectAccessible();
  await user.click(screen.getByRole("button", { name: "Siguiente" }));
  expect(await screen.findByRole("button", { name: "Instalar: Grande turbo compacto" })).toBeVisible();
  await expectAccessible();
  await user.click(screen.getByRole("button", { name: "Comenzar" }));
  expect(await screen.findByRole("heading", { level: 1, name: "Sesiones" })).toBeVisible();
  await waitFor(async () =>
    expect(await ipc.settingsGet()).toMatchObject({ welcomed: true, council: { entity: "Municipio de Anorí" } }),
  );
});

test("what was typed is not lost by going back", async () => {
  const user = userEvent.setup();
  render(<App ipc={createFakeIpc({ settings: { welcomed: false, council } })} />);
  await user.click(await screen.findByRole("button", { name: "Siguiente" }));
  await user.type(screen.getByRole("textbox", { name: "Entidad" }), "Anorí");
  await user.click(screen.getByRole("button", { name: "Atrás" }));
  await user.click(screen.getByRole("button", { name: "Siguiente" }));
  expect(screen.getByRole("textbox", { name: "Entidad" })).toHaveValue("Anorí");
});
