// The catalogues keep their promises: every key used has words, and every Spanish word of a room has its English one.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import english from "./en.json";
import shared from "./es-CO.json";
import { createI18n, words } from "./index";

const source = join(import.meta.dirname, "..");
const plural = /_(zero|one|two|few|many|other)$/;

function keysOf(tree: object, path = ""): string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? keysOf(value, `${path}${key}.`)
      : [`${path}${key}`],
  );
}

/** `t("a.b")` and `i18nKey="a.b"`; a template is taken up to its first hole: a beginning that some key must have. */
function usedKeys(): { key: string; file: string; beginning: boolean }[] {
  const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter(
    (file) => /\.tsx?$/.test(file) && !/\.test\./.test(file),
  );
  return files.flatMap((file) =>
    [...readFileSync(join(source, file), "utf8").matchAll(/(?:\bt\(\s*\[?\s*|i18nKey=\{?)["'`]([\w.-]+)(\$\{)?/g)].map(
      (match) => ({
        key: match[1] ?? "",
        file,
        beginning: match[2] !== undefined,
      }),
    ),
  );
}

const spanish = new Set(keysOf(words["es-CO"]).flatMap((key) => [key, key.replace(plural, "")]));

test("every key used in the window has Spanish words", () => {
  const missing = usedKeys().filter(({ key, beginning }) =>
    // A list of words is one key to whoever asks for it.
    beginning || ![...spanish].some((known) => known.startsWith(`${key}.`))
      ? ![...spanish].some((known) => (beginning ? known.startsWith(key) : known === key))
      : false,
  );
  expect(missing).toEqual([]);
});

test("every Spanish word of a room has its English one, with the same names in braces", () => {
  const english = words.en;
  const lookUp = (tree: unknown, key: string): unknown =>
    key.split(".").reduce<unknown>((node, part) => (node as { [key: string]: unknown } | undefined)?.[part], tree);
  const names = (text: unknown) => [...String(text).matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();
  // Spanish has a plural of its own for a million and more; English has none.
  const rooms = keysOf(words["es-CO"]).filter(
    (key) => !((key.split(".")[0] ?? "") in shared) && !key.endsWith("_many"),
  );
  const unlike = rooms.filter(
    (key) =>
      lookUp(english, key) === undefined ||
      (!plural.test(key) && String(names(lookUp(english, key))) !== String(names(lookUp(words["es-CO"], key)))),
  );
  expect(unlike).toEqual([]);
});

test("every sentence of the core about what failed has its English one, which names nothing that the core does not tell", () => {
  const english = words.en.failures as { [code: string]: string };
  const names = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
  const unlike = Object.entries(shared.error).filter(([code, spanish]) =>
    names(english[code] ?? "{missing}").some((name) => !names(spanish).includes(name)),
  );
  expect(unlike).toEqual([]);
});

test("every group of the core's words that English has, it has whole, with the same names in braces", () => {
  const flat = (tree: object): { [key: string]: string } =>
    Object.fromEntries(
      Object.entries(tree).flatMap(([key, value]) =>
        typeof value === "string"
          ? [
              [
                key,
                [...value.matchAll(/\{(\w+)\}/g)]
                  .map((match) => match[1])
                  .sort()
                  .join(),
              ],
            ]
          : Object.entries(flat(value)).map(([inner, names]) => [`${key}.${inner}`, names]),
      ),
    );
  for (const group of Object.keys(english).filter((group) => group !== "document"))
    expect(flat(english[group as keyof typeof english])).toEqual(flat(shared[group as keyof typeof english]));
  expect(flat(english.document.fault)).toEqual(flat(shared.document.fault));
});

test("in Spain no sentence about what failed says computador", () => {
  const [spain, colombia] = [words["es-ES"], words["es-CO"]].map((tree) => tree.failures as { [code: string]: string });
  const shown = Object.entries(shared.error).map(([code, core]) => spain?.[code] ?? colombia?.[code] ?? core);
  expect(shown.filter((sentence) => sentence.includes("computador"))).toEqual([]);
});

/** Every sentence of a language's rooms as it stands on screen, by its key. */
function sentencesOf(language: "es-CO" | "es-ES" | "en"): [string, string][] {
  const t = createI18n(language).getFixedT(language);
  return keysOf(words["es-CO"])
    .filter((key) => !((key.split(".")[0] ?? "") in shared))
    .map((key) => [key, String(t(key, { skipInterpolation: true }))]);
}

test("a stretch of the text is a párrafo, and nothing else, everywhere", () => {
  const others = /pasaje|fragmento(?! de audio)|passage/i;
  const unlike = (["es-CO", "es-ES", "en"] as const).flatMap(sentencesOf).filter(([, words]) => others.test(words));
  expect(unlike).toEqual([]);
});

test.each(["es-CO", "es-ES", "en"] as const)(
  "a session has the same states and deeds in the list and open: %s",
  (language) => {
    const said = new Map(sentencesOf(language));
    for (const state of ["waiting", "listening", "paused", "failed", "cancelled"])
      expect(said.get(`transcript.listening.${state}`)).toBe(said.get(`sessions.state.${state}`));
    for (const deed of ["pause", "resume", "cancel"])
      expect(said.get(`transcript.listening.${deed}`)).toBe(said.get(`sessions.row.${deed}`));
    expect(said.get("transcript.listening.cancel_action")).toBe(said.get("sessions.cancel.confirm"));
  },
);

test("in Spain nothing is called computador", () => {
  expect(sentencesOf("es-ES").filter(([, words]) => /computador/i.test(words))).toEqual([]);
  // What the tray, the notifications and the notices say comes from the core.
  const t = createI18n("es-ES").getFixedT("es-ES");
  const core = keysOf({ notice: shared.notice, queue: shared.queue, tray: shared.tray, picker: shared.picker });
  expect(
    core.map((key) => String(t(key, { skipInterpolation: true }))).filter((words) => /computador/i.test(words)),
  ).toEqual([]);
});

test("es-ES holds only keys that es-CO has, or the core for what failed", () => {
  const known = new Set([...spanish, ...Object.keys(shared.error).map((code) => `failures.${code}`)]);
  expect(keysOf(words["es-ES"]).filter((key) => !known.has(key))).toEqual([]);
});

test("what the manual quotes stands in the window, word for word", () => {
  const leaves = (tree: unknown): string[] =>
    typeof tree === "object" && tree !== null ? Object.values(tree).flatMap(leaves) : [String(tree)];
  const shown = new Set(leaves(words["es-CO"]));
  const manual = readFileSync(join(source, "..", "..", "MANUAL.md"), "utf8").replace(/\s+/g, " ");
  const quoted = [...manual.matchAll(/«([^»]+)»/g)].map((match) => match[1] ?? "");
  expect(quoted.length).toBeGreaterThan(30);
  expect(quoted.filter((text) => !shown.has(text))).toEqual([]);
});
