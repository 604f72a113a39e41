// The speakers' colours can be told from what lies behind them, in every theme.
import { readFileSync } from "node:fs";

const css = readFileSync("src/styles/speakers.css", "utf8");

/** The twelve colours of the rule that begins with this selector. */
function coloursOf(selector: string): string[] {
  const rule = css.slice(css.indexOf(selector)).split("}")[0] ?? "";
  return [...rule.matchAll(/--speaker-(\d+): (#[0-9a-f]{6});/g)].map(([, number, colour], at) => {
    expect(Number(number)).toBe(at);
    return colour ?? "";
  });
}

/** By the definition of WCAG 2.2. */
function contrast(one: string, other: string): number {
  const luminance = (colour: string) =>
    [0.2126, 0.7152, 0.0722].reduce((sum, weight, at) => {
      const value = Number.parseInt(colour.slice(1 + at * 2, 3 + at * 2), 16) / 255;
      return sum + weight * (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
    }, 0);
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
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
