// What a screen reader is told without moving the focus: one polite and one assertive live region for the window.
import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from "react";

/** What comes within this time of the sentence before would take its place before it was read. */
const AT_ONCE_MS = 150;

type Announce = (sentence: string, urgency?: "polite" | "assertive") => void;

const AnnounceContext = createContext<Announce>(() => undefined);

export function AnnounceProvider({ children }: { children: ReactNode }) {
  const [polite, setPolite] = useState("");
  const [assertive, setAssertive] = useState("");
  const last = useRef({ polite: Number.NEGATIVE_INFINITY, assertive: Number.NEGATIVE_INFINITY });
  const announce = useCallback<Announce>((sentence, urgency = "polite") => {
    const set = urgency === "polite" ? setPolite : setAssertive;
    const now = performance.now();
    const atOnce = now - last.current[urgency] < AT_ONCE_MS;
    last.current[urgency] = now;
    if (atOnce) return set((former) => `${former} ${sentence}`);
    // The same sentence twice is read twice only when the text changes: a no-break space makes it another one.
    set((former) => (former === sentence ? `${sentence}\u00a0` : sentence));
  }, []);
  return (
    <AnnounceContext.Provider value={announce}>
      {children}
      <div aria-live="polite" className="visually-hidden">
        {polite}
      </div>
      <div aria-live="assertive" className="visually-hidden">
        {assertive}
      </div>
    </AnnounceContext.Provider>
  );
}

/** `announce(sentence)` reads it when the reader is free; «assertive» interrupts. */
export const useAnnounce = () => useContext(AnnounceContext);
