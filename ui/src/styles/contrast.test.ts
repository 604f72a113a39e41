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

describe.each(Object.entries(themes))("in %s", (_, theme) => {
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
});
