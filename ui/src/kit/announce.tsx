// What a screen reader is told without moving the focus: one polite and one assertive live region for the window.
import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from "react";

/** What comes within this time of the sentence before would take its place before it was read. */
const AT_ONCE_MS = 150;

type Announce = (sentence: string, urgency?: "polite" | "assertive") => void;

const AnnounceContext = createContext<Announce>(() => undefined);

/** A sentence that is there twice is two of them, so that it is read twice. */
interface Said {
  key: number;
  sentence: string;
}

export function AnnounceProvider({ children }: { children: ReactNode }) {
  const [polite, setPolite] = useState<Said[]>([]);
  const [assertive, setAssertive] = useState<Said[]>([]);
  const last = useRef({ key: 0, polite: Number.NEGATIVE_INFINITY, assertive: Number.NEGATIVE_INFINITY });
  const announce = useCallback<Announce>((sentence, urgency = "polite") => {
    const set = urgency === "polite" ? setPolite : setAssertive;
    const now = performance.now();
    const atOnce = now - last.current[urgency] < AT_ONCE_MS;
    last.current[urgency] = now;
    last.current.key += 1;
    const said = { key: last.current.key, sentence };
    set((former) => (atOnce ? [...former, said] : [said]));
  }, []);
  return (
    <AnnounceContext.Provider value={announce}>
      {children}
      <div aria-live="polite" className="visually-hidden">
        <Sentences of={polite} />
      </div>
      <div aria-live="assertive" className="visually-hidden">
        <Sentences of={assertive} />
      </div>
    </AnnounceContext.Provider>
  );
}

const Sentences = ({ of }: { of: Said[] }) => of.map(({ key, sentence }) => <p key={key}>{sentence}</p>);

/** `announce(sentence)` reads it when the reader is free; «assertive» interrupts. */
export const useAnnounce = () => useContext(AnnounceContext);
