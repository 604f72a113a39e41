// What of the vocabulary is shown, and what of past minutes is agreed to at first.
import { fakeLearned, fakeTerm } from "../ipc/fake/vocabulary";
import { agreedAtFirst, matches, mayBeMinutes } from "./vocabulary";

test("a term is found in any of its spellings, whatever accents were typed", () => {
  const term = { ...fakeTerm("Anorí", "place", ["a no reír"]), expansion: "Municipio" };
  expect(["anori", "NO REIR", "municip", " "].map((text) => matches(term, text))).toEqual([true, true, true, true]);
  expect(matches(term, "Neiva")).toBe(false);
});

test("what is not sure or known already is not agreed to at first", () => {
  const { candidates } = fakeLearned([fakeTerm("CORNARE")]);
  const agreed = agreedAtFirst(candidates);
  expect(candidates.filter((_, at) => agreed.has(at)).map(({ term }) => term.text)).toEqual([
    "Ramiro Quintabara Soler",
    "vereda Chachafruto",
    "POT",
  ]);
});

test("documents and folders may be minutes, recordings are none", () => {
  expect(mayBeMinutes(["C:\\actas\\046.DOCX", "/actas/047.pdf", "/actas v2.0/todas"])).toBe(true);
  expect(mayBeMinutes(["/actas/047.pdf", "/media/SES_0001.MP3"])).toBe(false);
  expect(mayBeMinutes([])).toBe(false);
});
