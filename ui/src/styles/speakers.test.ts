// The speakers' colours can be told from what lies behind them, in every theme.
import { readFileSync } from "node:fs";
import { contrast } from "../testing/contrast";

const css = readFileSync("src/styles/speakers.css", "utf8");

/** The twelve colours of the rule that begins with this selector. */
function coloursOf(selector: string): string[] {
  const rule = css.slice(css.indexOf(selector)).split("}")[0] ?? "";
  return [...rule.matchAll(/--speaker-(\d+): (#[0-9a-f]{6});/g)].map(([, number, colour], at) => {
    expect(Number(number)).toBe(at);
    return colour ?? "";
  });
}

describe("the colours of speakers", () => {
  it.each([
    [":root {", ["#ffffff", "#fafafa", "#f5f5f5"]],
    ['[data-theme="dark"]', ["#292929", "#1f1f1f", "#333333"]],
    ['[data-theme="high_contrast"]', ["#000000"]],
    [":root:not([data-theme])", ["#292929", "#1f1f1f"]],
  ])("are twelve and can be read as text: %s", (selector, backgrounds) => {
    const colours = coloursOf(selector);
    expect(new Set(colours).size).toBe(12);
    for (const colour of colours)
      for (const background of backgrounds) expect(contrast(colour, background)).toBeGreaterThanOrEqual(4.5);
  });
});
