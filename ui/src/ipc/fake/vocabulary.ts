// What faked minutes of the past name: somebody, a place, an acronym that may be known already, a phrase that is not
// sure; and one document that is scanned.
import type { Learned, ProposedTerm, Term, TermKind } from "../bindings";

export function fakeTerm(text: string, kind: TermKind = "other", instead_of: string[] = []): Term {
  return { text, instead_of, kind, expansion: "", documents: 0 };
}

export function fakeLearned(terms: readonly Term[]): Learned {
  const candidate = (term: Term, documents: number, count: number, sure = true): ProposedTerm => ({
    term: { ...term, documents },
    count,
    sure,
    known: terms.some(({ text }) => text === term.text),
  });
  return {
    documents: 50,
    unread: [
      {
        path: "/home/secretaria/actas/acta 012.pdf",
        failure: {
          code: "document_unreadable",
          message: "No se pudo leer «/home/secretaria/actas/acta 012.pdf»: sus páginas son imágenes escaneadas.",
          details: { path: "/home/secretaria/actas/acta 012.pdf", reason: "scanned" },
        },
      },
    ],
    candidates: [
      candidate(fakeTerm("Ramiro Quintabara Soler", "person", ["Ramiro Quintavara Soler"]), 41, 230),
      candidate(fakeTerm("vereda Chachafruto", "place"), 30, 95),
      candidate({ ...fakeTerm("POT", "acronym"), expansion: "Plan de Ordenamiento Territorial" }, 12, 40),
      candidate(fakeTerm("CORNARE", "acronym"), 9, 20),
      candidate(fakeTerm("quórum deliberatorio y decisorio", "phrase"), 48, 50, false),
    ],
  };
}
