// The acta as a sheet of paper, of which only what is on screen exists: a literal one has thousands of paragraphs.
import { useCallback, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Block } from "../ipc";
import { LongList, type LongListView } from "../kit/long_list";
import { type Heading, SheetBlock } from "./sheet_block";
import "./sheet.css";

const MARGIN_PX = 64;
const LINE_PX = 21;
const LETTERS_PER_LINE = 88;

export function Sheet({ blocks }: { blocks: readonly Block[] }) {
  const { t } = useTranslation();
  const list = useRef<LongListView>(null);
  const headings = useMemo(
    () => blocks.flatMap((block, at): Heading[] => (block.kind === "heading" ? [{ ...block.of, at }] : [])),
    [blocks],
  );
  const onGo = useCallback((at: number) => list.current?.show(at, "start"), []);
  return (
    <LongList
      ref={list}
      as="text"
      items={blocks}
      estimate={heightOf}
      margin={MARGIN_PX}
      label={t("preview.sheet")}
      className="sheet-desk"
      column="sheet-paper"
    >
      {(block) => <SheetBlock block={block} headings={block.kind === "index" ? headings : none} onGo={onGo} />}
    </LongList>
  );
}

const none: readonly Heading[] = [];

/** About how high a block is, in pixels. */
function heightOf(block: Block): number {
  switch (block.kind) {
    case "paragraph": {
      const letters = block.of.runs.reduce((sum, run) => sum + run.text.length, 0);
      return Math.ceil(letters / LETTERS_PER_LINE) * LINE_PX + 11;
    }
    case "heading":
      return 46;
    case "table":
      return (block.of.rows.length + 1) * 30;
    case "list":
      return block.of.items.length * 26;
    case "signatures":
      return Math.ceil(block.of.length / 2) * 112;
    default:
      return 132;
  }
}
