// The points of an order of the day that was read, one a line; an emptied line leaves its point out.
import { Input } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";
import type { Entry } from "../ipc";

type Props = { entries: readonly Entry[]; onChange: (entries: Entry[]) => void };

export function AgendaFields({ entries, onChange }: Props) {
  const { t } = useTranslation();
  const retitle = (id: string, title: string) =>
    onChange(
      entries.map((entry) =>
        entry.id === id && entry.what.kind === "item" ? { ...entry, what: { ...entry.what, title } } : entry,
      ),
    );
  return (
    <ol className="entry-agenda">
      {entries.map(({ id, what }) =>
        what.kind === "item" ? (
          <li key={id} value={what.number}>
            <Input
              aria-label={t("outline.form.item_of", { number: what.number })}
              value={what.title}
              onChange={(_, { value }) => retitle(id, value)}
            />
          </li>
        ) : null,
      )}
    </ol>
  );
}
