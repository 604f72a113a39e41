// Days and hours are understood however a secretary types them.
import { dateOf, dayOf, parseDay, parseHour, typedDay } from "./days_and_hours";

test.each([
  ["18/9/2026", "2026-09-18"],
  ["18-09-26", "2026-09-18"],
  ["18 9 2026", "2026-09-18"],
  ["2026-09-18", "2026-09-18"],
  ["31/2/2026", null],
  ["mañana", null],
])("the day «%s» is read as %s", (typed, day) => expect(parseDay(typed)).toBe(day));

test.each([
  ["8", "08:00"],
  ["830", "08:30"],
  ["8:30", "08:30"],
  ["14.05", "14:05"],
  ["2:30 p. m.", "14:30"],
  ["12 am", "00:00"],
  ["3 de la tarde", "15:00"],
  ["25:00", null],
  ["pronto", null],
])("the hour «%s» is read as %s", (typed, hour) => expect(parseHour(typed)).toBe(hour));

test("a day goes to the calendar and back unchanged", () => {
  expect(dateOf(dayOf("2026-09-18") as Date)).toBe("2026-09-18");
  expect(typedDay("2026-09-18")).toBe("18/09/2026");
});
