// What is to come is told by its hour, and by its day when that is another one.
import { act, screen } from "@testing-library/react";
import type { Language } from "../ipc";
import { renderInAstra } from "../testing";
import { useWhen } from "./when";

function When({ at }: { at: Date }) {
  return <p>{useWhen(at.getTime())}</p>;
}
/** As it is said at 22:00 on the 18th of September. */
function said(at: Date, language: Language = "es-CO"): string | null {
  vi.useFakeTimers({ now: new Date(2026, 8, 18, 22), toFake: ["Date", "setInterval", "clearInterval"] });
  renderInAstra(<When at={at} />, { language });
  return screen.getByRole("paragraph").textContent;
}
afterEach(() => vi.useRealTimers());

test.each([
  [new Date(2026, 8, 18, 22, 35), "a las 22:35"],
  [new Date(2026, 8, 19, 1, 5), "mañana a la 1:05"],
  [new Date(2026, 8, 20, 14, 0), "el 20 de septiembre a las 14:00"],
])("%s is «%s»", (at, words) => expect(said(at)).toBe(words));

test("a moment that has passed is told by its hour", () => {
  expect(said(new Date(2026, 8, 18, 21, 59))).toBe("a las 21:59");
});

test("in English the day comes after its name of the month", () => {
  expect(said(new Date(2026, 8, 20, 14, 0), "en")).toBe("on September 20 at 14:00");
});

test("what was tomorrow is today after midnight", () => {
  expect(said(new Date(2026, 8, 19, 1, 5))).toBe("mañana a la 1:05");
  act(() => void vi.advanceTimersByTime(2 * 3_600_000 + 60_000));
  expect(screen.getByRole("paragraph")).toHaveTextContent("a la 1:05");
  expect(screen.getByRole("paragraph")).not.toHaveTextContent("mañana");
});
