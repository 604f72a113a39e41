// The columns of the list: their places side by side, and stacked where the window is narrow or the text large.

import { makeStyles, tokens } from "@fluentui/react-components";
import type { Column } from "./order";

export const COLUMNS: readonly Column[] = ["held_at", "title", "duration", "state", "doubts"];
/** With the column of buttons. */
export const COLUMN_COUNT = COLUMNS.length + 1;

/** Asked of the list's own width, which large text makes smaller as a narrow window does. */
export const NARROW = "@container (max-width: 860px)";

/** What the library lays out by itself, undone: the row is a grid. */
const PLACED = { padding: 0, height: "auto", minHeight: 0 } as const;

export const useColumnStyles = makeStyles({
  line: {
    display: "grid",
    gridTemplateColumns: "140px minmax(0, 1fr) 84px minmax(210px, 260px) 88px 72px",
    columnGap: tokens.spacingHorizontalL,
    alignItems: "center",
    paddingInline: tokens.spacingHorizontalXXL,
    boxSizing: "border-box",
    [NARROW]: {
      gridTemplateColumns: "minmax(0, 1fr) auto auto",
      gridTemplateAreas: '"title title actions" "held_at duration doubts" "state state state"',
      rowGap: tokens.spacingVerticalXS,
      paddingInline: tokens.spacingHorizontalL,
    },
  },
  held_at: { ...PLACED, [NARROW]: { gridArea: "held_at" } },
  title: { ...PLACED, minWidth: 0, display: "block", [NARROW]: { gridArea: "title" } },
  duration: { ...PLACED, [NARROW]: { gridArea: "duration" } },
  state: { ...PLACED, minWidth: 0, display: "block", [NARROW]: { gridArea: "state" } },
  doubts: { ...PLACED, [NARROW]: { gridArea: "doubts" } },
  actions: { ...PLACED, justifySelf: "end", [NARROW]: { gridArea: "actions" } },
});
