// The vocabulary as it is changed in the window: values in, values out.
import type { ProposedTerm, Term, TermKind } from "../ipc";
import { isDocument } from "../lib/paths";

/** The kinds of terms, in the order in which they are shown. */
export const termKinds: readonly TermKind[] = [
  "person",
  "place",
  "office",
  "programme",
  "acronym",
  "law",
  "phrase",
  "other",
];

/** A term of which nothing else is said yet. */
export function termOf(text: string): Term {
  return { text, instead_of: [], kind: "other", expansion: "", documents: 0 };
}

/** A text as it is searched: without case and accents. */
export function folded(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Whether a term has a text in it, in any of its spellings. */
export function matches(term: Term, text: string): boolean {
  const wanted = folded(text.trim());
  return [term.text, term.expansion, ...term.instead_of].some((each) => folded(each).includes(wanted));
}

/** What is agreed to at first: what is sure and not there yet. */
export function agreedAtFirst(candidates: readonly ProposedTerm[]): ReadonlySet<number> {
  const wanted = candidates.flatMap(({ sure, known }, at) => (sure && !known ? [at] : []));
  return new Set(wanted);
}

/** Whether all of these may be minutes of the past, or folders of them. */
export function mayBeMinutes(paths: readonly string[]): boolean {
  return paths.length > 0 && paths.every((path) => isDocument(path) || !/\.[^.\\/]+$/.test(path));
}
