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
  ArrowSortRegular,
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
import type { SessionRow } from "../ipc";
import { actionsOf, type OnAction, type RowAction } from "./row_actions";

/** What the menu stands beside. */
export type MenuPlace = Element | PositioningVirtualElement;

type Props = { row: SessionRow; place: MenuPlace; onAction: OnAction; onClose: () => void };

export function SessionMenu({ row, place, onAction, onClose }: Props) {
  const { t } = useTranslation();
  const keyText = (key: string | undefined) => key && t(`kit.key.${key}`, { defaultValue: key });
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
              {(action === "join" || action === "delete") && <MenuDivider />}
              <MenuItem
                icon={ACTION_ICONS[action]}
                secondaryContent={keyText(KEYS[action])}
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
  join: <MergeRegular />,
  split: <SplitVerticalRegular />,
  reorder: <ArrowSortRegular />,
  delete: <DeleteRegular />,
};

const KEYS: { [action in RowAction]?: string } = { open: "Enter", rename: "F2", delete: "Delete" };
