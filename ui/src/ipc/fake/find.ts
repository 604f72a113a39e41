// Finding in the faked transcript, by the contract's Query.
import type { Found, Query, Segment } from "../bindings";

export function find(segments: Segment[], query: Query, becomes: string): Found[] {
  if (!query.text) return [];
  const plain = (text: string) => (query.match_accents ? text : text.replace(/[áéíóúüñ]/gi, unaccented));
  const source = query.regular_expression
    ? plain(query.text)
    : plain(query.text).replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  let pattern: RegExp;
  try {
    pattern = new RegExp(
      query.whole_word ? `(?<!\\p{L})(?:${source})(?!\\p{L})` : source,
      query.match_case ? "gu" : "giu",
    );
  } catch {
    throw {
      code: "edit_pattern",
      message: "La expresión regular no se entiende: regex parse error",
      details: { reason: "regex parse error: unclosed group" },
    };
  }
  const found: Found[] = [];
  for (const segment of segments) {
    if (query.speaker !== null && segment.speaker !== query.speaker) continue;
    for (const match of plain(segment.text).matchAll(pattern)) {
      const [from, to] = [match.index, match.index + match[0].length];
      if (to > from) found.push({ segment: segment.id, from, to, becomes });
    }
  }
  return found;
}

/** One letter for one letter, so that places in the text stay the same. */
function unaccented(letter: string): string {
  return letter.normalize("NFD").charAt(0);
}
