// The headings of the list, each a button that sorts by its column.

import { makeStyles, mergeClasses, TableHeader, TableHeaderCell, TableRow, tokens } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";
import { COLUMN_COUNT, COLUMNS, NARROW, useColumnStyles } from "./columns";
import type { Column, Sort } from "./order";

export function ColumnHeadings({ sort, onSort }: { sort: Sort; onSort: (column: Column) => void }) {
  const { t } = useTranslation();
  const styles = useStyles();
  const columns = useColumnStyles();
  const direction = sort.ascending ? "ascending" : "descending";
  return (
    <TableHeader className={styles.group}>
      <TableRow aria-rowindex={1} className={mergeClasses(columns.line, styles.line)}>
        {COLUMNS.map((column, position) => (
          <TableHeaderCell
            key={column}
            sortable
            aria-colindex={position + 1}
            sortDirection={sort.column === column ? direction : undefined}
            title={t("sessions.column.sort_by", { column: t(`sessions.column.${column}`) })}
            className={mergeClasses(styles.heading, sort.column === column && styles.sorted)}
            onClick={() => onSort(column)}
          >
            {t(`sessions.column.${column}`)}
          </TableHeaderCell>
        ))}
        <TableHeaderCell aria-colindex={COLUMN_COUNT} className={styles.unseen}>
          <span className="visually-hidden">{t("sessions.column.actions")}</span>
        </TableHeaderCell>
      </TableRow>
    </TableHeader>
  );
}

const useStyles = makeStyles({
  group: {
    display: "block",
    position: "sticky",
    top: 0,
    zIndex: 2,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  // Stacked rows have no columns to head: what remains are the buttons that sort.
  line: { minHeight: "40px", [NARROW]: { display: "flex", flexWrap: "wrap", columnGap: tokens.spacingHorizontalL } },
  heading: {
    minWidth: 0,
    padding: 0,
    color: tokens.colorNeutralForeground2,
    whiteSpace: "nowrap",
    [NARROW]: { flexGrow: 0, flexBasis: "auto" },
  },
  sorted: { fontWeight: tokens.fontWeightSemibold, color: tokens.colorNeutralForeground1 },
  unseen: { position: "relative", [NARROW]: { display: "none" } },
});
