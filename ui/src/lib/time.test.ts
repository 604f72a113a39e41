// Times read as people say them.
import { bytesText, clockText, dateText, daysUntil, hourText, lengthText, spanText } from "./time";

test("a length is told in hours and minutes, and a short one in seconds", () => {
  expect([250 * 60_000, 7 * 3_600_000, 720_000, 40_000].map(lengthText)).toEqual([
    "4 h 10 min",
    "7 h",
    "12 min",
    "40 s",
  ]);
});

test("minutes that round up to an hour are an hour", () => {
  expect(lengthText(3_599_999)).toBe("1 h");
});

test("a clock shows hours only when there are some, or when asked", () => {
  expect([clockText(3_723_000), clockText(123_000), clockText(123_000, true)]).toEqual(["1:02:03", "2:03", "0:02:03"]);
});

test("a date is written in the language of the window", () => {
  expect(dateText(Date.UTC(2026, 8, 18, 12), "es-CO")).toBe("18 de septiembre de 2026");
});

test("bytes are rounded to what matters", () => {
  expect(bytesText(1_240_000_000, "es-CO")).toBe("1,2 GB");
});

test("a stretch of one day names the day once", () => {
  const at = new Date(2026, 8, 18, 8).getTime();
  expect(spanText(at, at + 7_800_000, "en").replace(/\s/g, " ")).toBe("Sep 18, 2026, 8:00 – 10:10 AM");
});

test("an hour is written as it is typed, and days are counted by their midnights", () => {
  const [evening, night] = [new Date(2026, 8, 18, 23, 59).getTime(), new Date(2026, 8, 19, 0, 5).getTime()];
  expect([evening, night].map(hourText)).toEqual(["23:59", "0:05"]);
  expect([daysUntil(evening, evening), daysUntil(night, evening), daysUntil(evening, night)]).toEqual([0, 1, -1]);
});
