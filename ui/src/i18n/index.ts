// Every word of the window, in es-CO, es-ES and en. A room's words are in `<language>/<room>.json` and are read as
// `<room>.<key>`; those shared with the core are in `<language>.json`. es-ES and en fall back to es-CO.
import i18next, { type i18n } from "i18next";
import { initReactI18next } from "react-i18next";
import type { Language } from "../ipc";
import english from "./en.json";
import shared from "./es-CO.json";
import spain from "./es-ES.json";

type Words = { [key: string]: unknown };

export const languages: readonly Language[] = ["es-CO", "es-ES", "en"];

/** The words of each language, one tree each. */
export const words: { [language in Language]: Words } = {
  "es-CO": { ...shared, ...rooms(import.meta.glob<Words>("./es-CO/*.json", { eager: true, import: "default" })) },
  "es-ES": {
    ...spain,
    ...rooms(import.meta.glob<Words>("./es-ES/*.json", { eager: true, import: "default" })),
  },
  en: { ...english, ...rooms(import.meta.glob<Words>("./en/*.json", { eager: true, import: "default" })) },
};

/** A catalogue of its own for a window or a test. Braces are single, `{name}`, as in the sentences shared with Rust. */
export function createI18n(language: Language = "es-CO"): i18n {
  const instance = i18next.createInstance();
  void instance.use(initReactI18next).init({
    lng: language,
    supportedLngs: languages,
    load: "currentOnly",
    fallbackLng: "es-CO",
    resources: Object.fromEntries(languages.map((each) => [each, { translation: words[each] }])),
    interpolation: { escapeValue: false, prefix: "{", suffix: "}" },
    // A failure that an older version kept may lack a field that its sentence has a place for today.
    missingInterpolationHandler: () => "…",
    initAsync: false,
    returnNull: false,
  });
  return instance;
}

/** `./es-CO/settings.json` holds what is read as `settings.…`. */
function rooms(files: { [path: string]: Words }): Words {
  return Object.fromEntries(
    Object.entries(files).map(([path, room]) => [path.slice(path.lastIndexOf("/") + 1, -".json".length), room]),
  );
}
