// The words of our own style sheets can be read on what lies behind them, in every theme.
import { readFileSync } from "node:fs";
import type { Theme } from "@fluentui/react-components";
import { darkTheme, highContrastTheme, lightTheme } from "../kit/theme";
import { contrast } from "../testing/contrast";

const sheets = ["src/transcript/transcript.css", "src/transcript/find_bar.css"].map((path) =>
  readFileSync(path, "utf8"),
);

/** The token that a rule gives to a property; null where it says nothing of it. */
function tokenOf(selector: string, property: string): keyof Theme | null {
  const sheet = sheets.find((css) => css.includes(`${selector} {`));
  if (!sheet) throw new Error(`no rule ${selector}`);
  const rule = sheet.slice(sheet.indexOf(`${selector} {`)).split("}")[0] ?? "";
  return (new RegExp(`[ ;]${property}: var\\(--(\\w+)\\)`).exec(rule)?.[1] as keyof Theme | undefined) ?? null;
}

test("in high contrast what cannot be pressed is grey, nowhere Fluent's green, and can be read", () => {
  const green = Object.entries(highContrastTheme).filter(([, value]) => /^#3ff23f$/i.test(String(value)));
  expect(green).toEqual([]);
  const { colorNeutralForegroundDisabled: disabled, colorNeutralBackground1: background } = highContrastTheme;
  expect(disabled).toMatch(/^#(..)\1\1$/);
  expect(contrast(disabled, background)).toBeGreaterThanOrEqual(4.5);
});

const themes = { lightTheme, darkTheme, highContrastTheme };
const names: { [theme: string]: string } = {
  lightTheme: "light",
  darkTheme: "dark",
  highContrastTheme: "high_contrast",
};

/** What a theme's marks in the text say of a property: its own rule, or the one of all themes. */
function ofMark(mark: string, property: string, theme: string): string {
  const [sheet = ""] = sheets;
  const said = [`[data-theme="${names[theme]}"] ::highlight(${mark})`, `\n::highlight(${mark})`].flatMap((selector) => {
    const at = sheet.indexOf(`${selector} {`);
    const rule = at < 0 ? "" : (sheet.slice(at).split("}")[0] ?? "");
    return new RegExp(`\\s${property}: ([^;]+);`).exec(rule)?.[1] ?? [];
  });
  return said[0] ?? "";
}

/** A colour as #rrggbb: a token, a mix of a token with what lies below, or a name. */
function painted(colour: string, theme: Theme, below: string): string {
  const token = String(theme[(/--(\w+)/.exec(colour)?.[1] ?? "") as keyof Theme] ?? "#000000");
  const share = Number(/ (\d+)%/.exec(colour)?.[1] ?? 100) / 100;
  const part = (from: string, at: number) => Number.parseInt(from.slice(1 + at * 2, 3 + at * 2), 16);
  const mixed = [0, 1, 2].map((at) => Math.round(part(token, at) * share + part(below, at) * (1 - share)));
  return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

/** The backgrounds that a row of the text can have. */
const below = ["colorNeutralBackground1", "colorNeutralBackground2", "colorBrandBackground2"] as const;

test("marks in the text are lines that WebKit draws", () => {
  expect(sheets.flatMap((css) => css.match(/::highlight\([^}]*text-decoration:[^}]*/g) ?? [])).toEqual([]);
});

describe.each(Object.entries(themes))("in %s", (name, theme) => {
  it.each([
    '.transcript-tools [aria-pressed="true"]',
    '.transcript-save[data-state="failed"]',
    '.find-switches button[aria-pressed="true"]',
    ".find-excerpt del",
    ".find-excerpt ins",
  ])("%s can be read", (selector) => {
    const colour = tokenOf(selector, "color");
    const background = tokenOf(selector, "background") ?? "colorNeutralBackground1";
    if (colour === null) throw new Error("no colour");
    expect(contrast(String(theme[colour]), String(theme[background]))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(below)("the word being heard is seen and read on %s", (token) => {
    const row = String(theme[token]);
    const behind = painted(ofMark("transcript-heard", "background-color", name), theme, row);
    expect(contrast(behind, row)).toBeGreaterThanOrEqual(1.8);
    expect(contrast(painted(ofMark("transcript-heard", "color", name), theme, row), behind)).toBeGreaterThanOrEqual(
      4.5,
    );
  });

  it.each(below)("the lines below words, and the colour of unsure ones, are seen on %s", (token) => {
    const row = String(theme[token]);
    for (const mark of ["transcript-unsure", "transcript-respelled"]) {
      expect(ofMark(mark, "text-decoration-line", name)).toBe("underline");
      const line = ofMark(mark, "text-decoration-color", name) || ofMark(mark, "color", name);
      expect(contrast(painted(line, theme, row), row)).toBeGreaterThanOrEqual(4.5);
    }
  });
});
