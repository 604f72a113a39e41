// The outline and the page it becomes, where there is room for both and where there is not.
import { screen } from "@testing-library/react";
import { renderInAstra } from "../testing";
import { ActaPage } from "./acta_page";

const page = <ActaPage outline={<p>el esquema</p>} preview={<p>la página</p>} />;

test("stand beside each other", () => {
  renderInAstra(page);
  expect(screen.getByText("el esquema")).toBeVisible();
  expect(screen.getByText("la página")).toBeVisible();
  expect(screen.queryByRole("tab")).toBeNull();
});

test("take turns in a narrow window, and what is away keeps what was done in it", async () => {
  vi.stubGlobal("matchMedia", (query: string) => ({ ...unheard, matches: /width/.test(query) }));
  const { user } = renderInAstra(page);
  const outline = screen.getByText("el esquema");
  expect(screen.getByText("la página")).not.toBeVisible();
  await user.click(screen.getByRole("tab", { name: "Vista previa" }));
  expect(screen.getByText("la página")).toBeVisible();
  expect(outline).not.toBeVisible();
  expect(outline).toBeInTheDocument();
  vi.unstubAllGlobals();
});

test("leave all the room to the outline as long as there is no preview", () => {
  renderInAstra(<ActaPage outline={<p>el esquema</p>} preview={null} />);
  expect(document.querySelector(".acta-side")).toBeNull();
});

const nothing = () => {};
const unheard = {
  addEventListener: nothing,
  removeEventListener: nothing,
  addListener: nothing,
  removeListener: nothing,
};
