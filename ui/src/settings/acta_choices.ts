// What a council can choose of its acta, in the order in which Ajustes shows it.
import type { ActaStyle, Paper, Rule, Wording } from "../ipc";

/** The values of what is chosen from a list. */
export const choices = {
  country: ["colombia", "spain"],
  titling: ["abbreviated", "in_full", "bare"],
  heading: ["labels", "form", "running", "template"],
  roll: ["table", "groups"],
  index: ["never", "with_turns", "always"],
  speaker: ["intervened", "takes_floor", "label"],
  treatment: ["plain", "honourable", "initials", "don"],
  signers: ["president_first", "secretary_first", "everybody"],
} as const satisfies { [Key in keyof ActaStyle]?: readonly ActaStyle[Key][] };

/** The same of how numbers and the like are written. */
export const wordings = {
  numbers: ["words_and_figures", "figures_and_words", "words", "figures"],
  dates: ["figures", "solemn", "words"],
  hours: ["twenty_four", "twelve", "words", "solemn_words"],
  separators: ["point_and_comma", "space_and_comma", "space_and_point"],
  currency: ["apart", "joined"],
  percent: ["apart", "joined"],
  sums: ["millions", "in_full"],
  quorum: ["quorum", "cuorum"],
  quotes: ["curly", "angular"],
  acronyms: ["short_in_capitals", "capitals"],
} as const satisfies { [Key in keyof Wording]: readonly Wording[Key][] };

export const papers: readonly Paper[] = ["letter", "oficio", "a4"];

export const rules: readonly Rule[] = [
  "hesitation",
  "este",
  "o_sea",
  "digamos",
  "tag",
  "opening",
  "repetition",
  "stutter",
  "false_start",
  "spacing",
  "capital",
];

/** What is on or off. */
export type Switch = { [Key in keyof ActaStyle]: ActaStyle[Key] extends boolean ? Key : never }[keyof ActaStyle];
export type StyleKey = keyof typeof choices | keyof typeof wordings | Switch | "paper" | "cleaning" | "transcriber";

export const groups: readonly { id: string; keys: readonly StyleKey[] }[] = [
  { id: "law", keys: ["country", "titling", "titled", "paper"] },
  {
    id: "figures",
    keys: ["numbers", "dates", "hours", "separators", "currency", "percent", "sums", "quorum", "acronyms"],
  },
  { id: "lists", keys: ["heading", "roll", "index", "tasks"] },
  { id: "speech", keys: ["speaker", "treatment", "party", "quoted", "quotes", "time_codes", "cleaning"] },
  { id: "closing", keys: ["signers", "transcriber", "certificate"] },
];
