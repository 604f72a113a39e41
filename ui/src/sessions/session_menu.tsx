// The menu of one session: everything that can be done with it, opened by its button, the right button or the menu key.

import {
  Menu,
  MenuDivider,
  MenuItem,
  MenuList,
  MenuPopover,
  type PositioningVirtualElement,
} from "@fluentui/react-components";
import {
  ArrowClockwiseRegular,
  ArrowDownloadRegular,
  ArrowDownRegular,
  ArrowSortRegular,
  ArrowUploadRegular,
  ArrowUpRegular,
  DeleteRegular,
  DismissCircleRegular,
  MergeRegular,
  OpenRegular,
  PauseRegular,
  PlayRegular,
  RenameRegular,
  SplitVerticalRegular,
  VideoClipRegular,
} from "@fluentui/react-icons";
import { Fragment, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { JobId, SessionRow } from "../ipc";
import { keysText } from "../lib/shortcuts";
import { isMove, MOVE_KEYS, moved } from "./queue_moves";
import { actionsOf, type OnAction, type RowAction } from "./row_actions";

/** What the menu stands beside. */
export type MenuPlace = Element | PositioningVirtualElement;

type Props = {
  row: SessionRow;
  /** The jobs that wait, in their order. */
  waiting: readonly JobId[];
  place: MenuPlace;
  onAction: OnAction;
  onClose: () => void;
};

export function SessionMenu({ row, waiting, place, onAction, onClose }: Props) {
  const { t } = useTranslation();
  const leadsNowhere = (action: RowAction) =>
    isMove(action) && (row.job === null || moved(action, row.job, waiting) === null);
  return (
    <Menu
      open
      onOpenChange={(_, data) => !data.open && onClose()}
      positioning={{ target: place as HTMLElement, position: "below", align: "start" }}
    >
      <MenuPopover>
        <MenuList aria-label={t("sessions.row.menu", { title: row.title })}>
          {actionsOf(row).map((action) => (
            <Fragment key={action}>
              {BEGIN_A_GROUP.includes(action) && <MenuDivider />}
              <MenuItem
                icon={ACTION_ICONS[action]}
                secondaryContent={keysText(t, KEYS[action] ?? "")}
                disabled={leadsNowhere(action)}
                onClick={() => onAction(action, row)}
              >
                {t(`sessions.row.${action}`)}
              </MenuItem>
            </Fragment>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}

export const ACTION_ICONS: { [action in RowAction]: ReactElement } = {
  open: <OpenRegular />,
  rename: <RenameRegular />,
  renditions: <VideoClipRegular />,
  pause: <PauseRegular />,
  resume: <PlayRegular />,
  retry: <ArrowClockwiseRegular />,
  cancel: <DismissCircleRegular />,
  hear_first: <ArrowUploadRegular />,
  hear_earlier: <ArrowUpRegular />,
  hear_later: <ArrowDownRegular />,
  hear_last: <ArrowDownloadRegular />,
  join: <MergeRegular />,
  split: <SplitVerticalRegular />,
  reorder: <ArrowSortRegular />,
  delete: <DeleteRegular />,
};

const KEYS: { [action in RowAction]?: string } = {
  open: "Enter",
  rename: "F2",
  delete: "Delete",
  ...MOVE_KEYS,
};

const BEGIN_A_GROUP: readonly RowAction[] = ["hear_first", "join", "delete"];
