// The colours of Astra: a calm blue-green on Fluent's neutral greys, in light, dark and high contrast.
import {
  type BrandVariants,
  createDarkTheme,
  createLightTheme,
  type Theme,
  teamsHighContrastTheme,
} from "@fluentui/react-components";
import { useSyncExternalStore } from "react";

/** 80 is the button on white: 6.1:1 with white text. */
const brand: BrandVariants = {
  10: "#02191C",
  20: "#072A2F",
  30: "#0A3940",
  40: "#0B454E",
  50: "#0C515C",
  60: "#0D5D69",
  70: "#0E6674",
  80: "#0F6E7C",
  90: "#2C838F",
  100: "#4896A1",
  110: "#62AAB4",
  120: "#7DBBC4",
  130: "#98CCD3",
  140: "#B4DBE0",
  150: "#D1EAED",
  160: "#EBF6F8",
};

const fonts = {
  fontFamilyBase: '"Segoe UI Variable Text", "Segoe UI", "Open Sans Variable", system-ui, sans-serif',
};

export const lightTheme: Theme = { ...createLightTheme(brand), ...fonts };
export const darkTheme: Theme = {
  ...createDarkTheme(brand),
  ...fonts,
  colorBrandForeground1: brand[110],
  colorBrandForeground2: brand[120],
};
/** What cannot be pressed, as today's Windows greys it. Fluent's own is a bright green, which looks like the one thing to press. */
const GREY = "#A6A6A6";
export const highContrastTheme: Theme = {
  ...teamsHighContrastTheme,
  ...fonts,
  colorNeutralForegroundDisabled: GREY,
  colorNeutralForegroundInvertedDisabled: GREY,
  colorNeutralBackgroundDisabled2: GREY,
  colorNeutralStrokeDisabled: GREY,
  colorNeutralStrokeDisabled2: GREY,
  colorNeutralStrokeInvertedDisabled: GREY,
  colorTransparentStrokeDisabled: GREY,
};

/** Under what is pointed at. Fluent's own is a bright blue in high contrast, on which white words cannot be read. */
export const POINTED = "color-mix(in srgb, currentcolor 6%, transparent)";

export type ThemeName = "light" | "dark" | "high_contrast";

const themes: { [name in ThemeName]: Theme } = {
  light: lightTheme,
  dark: darkTheme,
  high_contrast: highContrastTheme,
};

/** What the secretary chose, or what her system says; contrast asked of the system wins over its dark mode. */
export function useTheme(chosen: "system" | ThemeName): { name: ThemeName; theme: Theme } {
  const dark = useMedia("(prefers-color-scheme: dark)");
  const contrast = useMedia("(prefers-contrast: more)");
  const forced = useMedia("(forced-colors: active)");
  // With forced colours the system paints; Fluent's own rules for them start from the ordinary themes.
  const ofSystem = contrast && !forced ? "high_contrast" : dark ? "dark" : "light";
  const name = chosen === "system" ? ofSystem : chosen;
  return { name, theme: themes[name] };
}

function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = window.matchMedia(query);
      media.addEventListener("change", changed);
      return () => media.removeEventListener("change", changed);
    },
    () => window.matchMedia(query).matches,
  );
}
