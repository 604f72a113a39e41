// The figures that nobody confirmed are listened to before the acta is signed.
import { screen } from "@testing-library/react";
import type { SaidFigure } from "../ipc";
import { expectAccessible, renderInAstra } from "../testing";
import { FiguresList } from "./figures_list";

beforeEach(() => {
  vi.spyOn(Element.prototype, "clientHeight", "get").mockReturnValue(600);
  vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockReturnValue(60);
});

const figure = (written: string, confirmed: boolean): SaidFigure => ({
  said: "tres mil millones",
  kind: "money",
  written,
  heard: { from: { part: 0, ms: 5_000 }, to: { part: 0, ms: 7_000 } },
  confirmed,
});

test("only those that nobody confirmed are shown, with the words said, and the others when asked for", async () => {
  const { user } = renderInAstra(<FiguresList figures={[figure("$ 3.000 millones", false), figure("$ 20", true)]} />);
  expect(screen.getByText("$ 3.000 millones")).toBeVisible();
  expect(screen.getByText("Dinero · Se dijo: «tres mil millones»")).toBeVisible();
  expect(screen.queryByText("$ 20")).toBeNull();
  await user.click(screen.getByRole("switch", { name: "Mostrar también la confirmada" }));
  expect(screen.getByText("$ 20")).toBeVisible();
  await expectAccessible();
});

test("when all are confirmed it says so", () => {
  renderInAstra(<FiguresList figures={[figure("$ 20", true)]} />);
  expect(screen.getByText("Todas las cifras están confirmadas")).toBeVisible();
});
