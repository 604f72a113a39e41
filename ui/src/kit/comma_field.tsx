// Several words in one line with commas; they are cut when the line changes, the line itself stays as typed.
import { Input } from "@fluentui/react-components";
import { useState } from "react";

type Props = { label: string; words: string[]; onChange: (words: string[]) => void; onBlur: () => void };

export function CommaField({ label, words, onChange, onBlur }: Props) {
  const [line, setLine] = useState(words.join(", "));
  return (
    <Input
      style={{ width: "100%", minWidth: 0 }}
      aria-label={label}
      value={line}
      onChange={(_, { value }) => {
        setLine(value);
        onChange(
          value
            .split(/[,;]/)
            .map((word) => word.trim())
            .filter(Boolean),
        );
      }}
      onBlur={onBlur}
    />
  );
}
