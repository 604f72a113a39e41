// A stretch of the session is typed on its clock and told in the recordings it reaches over.
import { screen } from "@testing-library/react";
import type { Stretch } from "../ipc";
import { fakeSessions, longSession } from "../ipc/fake/sessions";
import { expectAccessible, renderInAstra } from "../testing";
import { StretchFields } from "./stretch_fields";

const parts = fakeSessions().find(({ view }) => view.row.id === longSession)?.view.parts ?? [];

function open(heard: Stretch | null = null) {
  const told: (Stretch | null)[] = [];
  return { ...renderInAstra(<StretchFields heard={heard} parts={parts} onChange={(it) => told.push(it)} />), told };
}
const from = () => screen.getByRole("textbox", { name: "Desde" });
const to = () => screen.getByRole("textbox", { name: "Hasta" });

test("what is typed is a stretch as soon as it ends after it begins", async () => {
  const { user, told } = open();
  await user.type(from(), "0:01:00");
  expect(told.at(-1)).toBeNull();
  await user.type(to(), "0:02:30");
  expect(told.at(-1)).toEqual({ from: { part: 0, ms: 60_000 }, to: { part: 0, ms: 150_000 } });
});

test("an end before the beginning is told", async () => {
  const { user, told } = open({ from: { part: 0, ms: 60_000 }, to: { part: 0, ms: 60_000 } });
  expect(to()).toHaveValue("");
  await user.type(to(), "0:00:30");
  expect(told.at(-1)).toBeNull();
  expect(screen.getByText(/dentro de la grabación/)).toBeVisible();
});

test("has right roles and names", async () => {
  open();
  await expectAccessible();
});
