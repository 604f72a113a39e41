// A failure is told in plain words; what an engineer needs is folded.
import { screen } from "@testing-library/react";
import { expectAccessible, renderInAstra } from "../testing";
import { FailureMessage } from "./failure_message";

test("shows the core's sentence and unfolds the technical details", async () => {
  const failure = { code: "no_audio", message: "«x.mp4» no tiene sonido.", details: { path: "/x.mp4" } };
  const { user } = renderInAstra(<FailureMessage failure={failure} />);
  expect(screen.getByRole("alert")).toHaveTextContent("«x.mp4» no tiene sonido.");
  expect(screen.queryByText(/path/)).toBeNull();
  await user.click(screen.getByRole("button", { name: "Detalles técnicos" }));
  expect(screen.getByText(/no_audio\s+path: \/x\.mp4/)).toBeVisible();
  await expectAccessible();
});

test("where the core's sentence names a command, the window's own says what to press", () => {
  const failure = { code: "model_unknown", message: "Vea los que hay con «astra models list».", details: { id: "x" } };
  renderInAstra(<FailureMessage failure={failure} />);
  expect(screen.getByRole("alert")).toHaveTextContent("No existe un modelo llamado «x». Elija otro en Ajustes.");
});

test("a fault of the page itself is told without frightening", () => {
  renderInAstra(<FailureMessage failure={new Error("undefined is not a function")} />);
  expect(screen.getByRole("alert")).toHaveTextContent("Su trabajo está guardado");
});
