// A piece of the acta on paper: what each kind of block looks like.
import { Fragment, memo } from "react";
import { useTranslation } from "react-i18next";
import type { Block, Level, Run } from "../ipc";

/** A heading, and which block it is. */
export type Heading = { text: string; level: Level; at: number };
type Props = { block: Block; headings: readonly Heading[]; onGo: (at: number) => void };

/** The page has the h1, so the sections of the acta begin with h2. */
const heads = { one: "h2", two: "h3", three: "h4" } as const;

export const SheetBlock = memo(function SheetBlock({ block, headings, onGo }: Props) {
  if (block.kind === "page_break") return <PageBreak />;
  return (
    <div className="sheet-block">
      <Content block={block} headings={headings} onGo={onGo} />
    </div>
  );
});

function Content({ block, headings, onGo }: Props) {
  switch (block.kind) {
    case "heading": {
      const Head = heads[block.of.level];
      return <Head>{block.of.text}</Head>;
    }
    case "paragraph":
      return block.of.style === "fact" ? <Fact runs={block.of.runs} /> : <Paragraph {...block.of} />;
    case "table":
      return <Table {...block.of} />;
    case "list": {
      const List = block.of.ordered ? "ol" : "ul";
      return (
        <List>
          {block.of.items.map((runs, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: what is read only has no other name than its place
            <li key={at}>
              <Runs runs={runs} />
            </li>
          ))}
        </List>
      );
    }
    case "index":
      return (
        <nav className="sheet-index" aria-label={block.of.title}>
          <h2>{block.of.title}</h2>
          {headings.map(({ text, level, at }) => (
            <button key={at} type="button" data-level={level} onClick={() => onGo(at)}>
              {text}
            </button>
          ))}
        </nav>
      );
    case "signatures":
      return (
        <div className="sheet-signatures">
          {block.of.map(({ name, office }) => (
            <div key={`${name} ${office}`}>
              <strong>{name}</strong>
              {office}
            </div>
          ))}
        </div>
      );
    default:
      return null;
  }
}

function PageBreak() {
  const { t } = useTranslation();
  return (
    <div className="sheet-break">
      <span className="visually-hidden">{t("preview.page_break")}</span>
    </div>
  );
}

function Paragraph({ style, runs }: { style: string; runs: readonly Run[] }) {
  return (
    <p data-style={style}>
      <Runs runs={runs} />
    </p>
  );
}

/** A label, and what stands after the tab in a column of its own. */
function Fact({ runs }: { runs: readonly Run[] }) {
  const tab = runs.findIndex(({ text }) => text.includes("\t"));
  const run = runs[tab];
  if (!run) return <Paragraph style="fact" runs={runs} />;
  const [before = "", ...after] = run.text.split("\t");
  return (
    <div className="sheet-fact">
      <p>
        <Runs runs={[...runs.slice(0, tab), { ...run, text: before }]} />
      </p>
      <p>
        <Runs runs={[{ ...run, text: after.join("\t") }, ...runs.slice(tab + 1)]} />
      </p>
    </div>
  );
}

type TableOf = Extract<Block, { kind: "table" }>["of"];

function Table({ head, rows, widths, description }: TableOf) {
  const count = Math.max(head.length, ...rows.map((row) => row.length));
  const narrowest = Math.min(...widths, Number.POSITIVE_INFINITY);
  const parts = Array.from({ length: count }, (_, at) => widths[at] ?? (Number.isFinite(narrowest) ? narrowest : 1));
  const whole = parts.reduce((sum, part) => sum + part, 0);
  return (
    <table aria-label={description}>
      <colgroup>
        {parts.map((part, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
          <col key={at} style={{ width: `${(100 * part) / whole}%` }} />
        ))}
      </colgroup>
      {head.length > 0 && (
        <thead>
          <tr>
            {head.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
      )}
      <tbody>
        {rows.map((row, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
          <tr key={at}>
            {parts.map((_, column) => {
              const runs = row[column] ?? [];
              // Without a head it is a form: the first column names what the others say.
              return head.length === 0 && column === 0 ? (
                // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place
                <th key={column} scope="row">
                  <Runs runs={runs} />
                </th>
              ) : (
                // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place
                <td key={column}>
                  <Runs runs={runs} />
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Runs({ runs }: { runs: readonly Run[] }) {
  return runs.map(({ text, bold, italic }, at) => {
    const slanted = italic ? <em>{text}</em> : text;
    // biome-ignore lint/suspicious/noArrayIndexKey: what is read only has no other name than its place
    return <Fragment key={at}>{bold ? <strong>{slanted}</strong> : slanted}</Fragment>;
  });
}
