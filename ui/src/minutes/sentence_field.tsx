// A sentence of the acta being typed: kept when the field is left or with Ctrl+Enter; Escape takes the former one back.
import { makeStyles, Textarea, tokens } from "@fluentui/react-components";
import { useCallback, useEffect, useRef, useState } from "react";

const useStyles = makeStyles({
  field: { width: "100%", marginBlock: tokens.spacingVerticalXXS },
});

type Props = {
  label: string;
  text: string;
  focused?: boolean;
  onSave: (text: string) => void;
  onClose?: () => void;
};

export function SentenceField({ label, text, focused = false, onSave, onClose }: Props) {
  const styles = useStyles();
  const field = useRef<HTMLTextAreaElement>(null);
  const [typed, setTyped] = useState(text);
  // What the acta has, as far as this field knows: what differs from it is still to be kept.
  const [kept, setKept] = useState(text);
  const latest = useRef({ typed, kept: text, onSave });
  // An undo, or another window, said it otherwise.
  if (kept !== text) {
    setKept(text);
    setTyped(text);
    latest.current.kept = text;
  }
  latest.current.typed = typed;
  latest.current.onSave = onSave;
  useEffect(() => {
    if (focused) field.current?.focus();
  }, [focused]);
  const keep = useCallback(() => {
    const now = latest.current;
    if (now.typed === now.kept) return;
    now.kept = now.typed;
    now.onSave(now.typed);
  }, []);
  // What was typed is kept too when the list or the whole pane goes away under it.
  useEffect(() => keep, [keep]);
  const close = () => {
    keep();
    onClose?.();
  };
  const giveUp = () => {
    latest.current.typed = latest.current.kept;
    setTyped(latest.current.kept);
    onClose?.();
  };
  return (
    <Textarea
      ref={field}
      className={styles.field}
      aria-label={label}
      placeholder={label}
      resize="vertical"
      rows={2}
      value={typed}
      onChange={(_, { value }) => setTyped(value)}
      onBlur={close}
      onKeyDown={(event) => {
        if (event.key === "Escape") giveUp();
        else if (event.key === "Enter" && event.ctrlKey) close();
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    />
  );
}
