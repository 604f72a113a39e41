// The columns of the list: their places side by side, and stacked where the window is narrow or the text large.

import { makeStyles, tokens } from "@fluentui/react-components";
import type { Column } from "./order";

export const COLUMNS: readonly Column[] = ["held_at", "title", "duration", "state", "doubts"];
/** With the column of buttons. */
export const COLUMN_COUNT = COLUMNS.length + 1;

/** Asked of the window, which large text makes narrower: WebKitGTK measures a container without its zoom. */
export const NARROW = "@media (max-width: 1080px)";

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
      gridTemplateColumns: "auto auto minmax(0, 1fr) auto",
      gridTemplateAreas: '"title title title actions" "held_at duration doubts doubts" "state state state state"',
      rowGap: tokens.spacingVerticalXS,
    },
  },
  held_at: { ...PLACED, [NARROW]: { gridArea: "held_at" } },
  title: { ...PLACED, minWidth: 0, display: "block", [NARROW]: { gridArea: "title" } },
  duration: { ...PLACED, [NARROW]: { gridArea: "duration" } },
  state: { ...PLACED, minWidth: 0, display: "block", [NARROW]: { gridArea: "state" } },
  doubts: { ...PLACED, [NARROW]: { gridArea: "doubts" } },
  actions: { ...PLACED, justifySelf: "end", [NARROW]: { gridArea: "actions" } },
});
