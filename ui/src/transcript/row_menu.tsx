// What can be done with a row, or with the rows selected, opened at the row's button.
import {
  Menu,
  MenuDivider,
  MenuItem,
  MenuItemCheckbox,
  MenuList,
  MenuPopover,
  type PositioningShorthand,
} from "@fluentui/react-components";
import {
  ArrowRepeatAll20Regular,
  Checkmark20Regular,
  Clock20Regular,
  Delete20Regular,
  HeadphonesSoundWave20Regular,
  Merge20Regular,
  Person20Regular,
  Play20Regular,
  TextPositionSquareLeft20Regular,
  TextPositionSquareRight20Regular,
} from "@fluentui/react-icons";
import { useTranslation } from "react-i18next";
import type { Segment } from "../ipc";
import type { ActionId } from "../lib/shortcuts";
import { sessionRange, useTranscript } from "./use_transcript";

export type RowCommand = "speaker" | "times" | "again" | "confirm" | "start_here" | "end_here";

type RowMenuProps = {
  segment: Segment;
  at: HTMLElement;
  /** The keys of a command, as they are bound now. */
  keysOf: (action: ActionId) => string;
  onCommand: (command: RowCommand) => void;
  onClose: () => void;
};

export function RowMenu({ segment, at, keysOf, onCommand, onClose }: RowMenuProps) {
  const { t } = useTranslation();
  const { editor, store, parts, playback } = useTranscript();
  const targets = editor.targets;
  const many = targets.length > 1;
  const [fromMs, toMs] = sessionRange(parts, segment);
  const marks = (["inaudible", "reserved"] as const).filter((mark) =>
    targets.every((id) => store.segment(id)?.mark === mark),
  );
  const mergeable = !many && store.segment(store.neighbour(segment.id, -1) ?? "")?.part === segment.part;
  const positioning: PositioningShorthand = { target: at, position: "before", align: "top", autoSize: true };
  return (
    <Menu
      open
      positioning={positioning}
      checkedValues={{ mark: marks }}
      onOpenChange={(_, data) => data.open || onClose()}
    >
      <MenuPopover>
        <MenuList>
          <MenuItem icon={<Play20Regular />} onClick={() => playback?.playRange(fromMs, toMs)}>
            {t("transcript.menu.play")}
          </MenuItem>
          <MenuItem
            icon={<ArrowRepeatAll20Regular />}
            onClick={() => {
              playback?.setLoop({ fromMs, toMs });
              playback?.playFrom(fromMs);
            }}
          >
            {t("transcript.menu.loop")}
          </MenuItem>
          <MenuDivider />
          <MenuItem
            icon={<Person20Regular />}
            secondaryContent={keysOf("speaker.name")}
            onClick={() => onCommand("speaker")}
          >
            {t("transcript.menu.speaker")}
          </MenuItem>
          <MenuItemCheckbox
            name="mark"
            value="inaudible"
            secondaryContent={keysOf("transcript.inaudible")}
            onClick={() => editor.toggleMark("inaudible")}
          >
            {t("transcript.menu.inaudible")}
          </MenuItemCheckbox>
          <MenuItemCheckbox
            name="mark"
            value="reserved"
            secondaryContent={keysOf("transcript.reserved")}
            onClick={() => editor.toggleMark("reserved")}
          >
            {t("transcript.menu.reserved")}
          </MenuItemCheckbox>
          {segment.doubtful && (
            <MenuItem
              icon={<Checkmark20Regular />}
              secondaryContent={keysOf("doubts.confirm")}
              onClick={() => onCommand("confirm")}
            >
              {t("transcript.menu.confirm")}
            </MenuItem>
          )}
          <MenuItem icon={<HeadphonesSoundWave20Regular />} onClick={() => onCommand("again")}>
            {t("transcript.menu.again")}
          </MenuItem>
          <MenuDivider />
          <MenuItem
            icon={<TextPositionSquareLeft20Regular />}
            disabled={many}
            secondaryContent={keysOf("transcript.start_here")}
            onClick={() => onCommand("start_here")}
          >
            {t("transcript.menu.start_here")}
          </MenuItem>
          <MenuItem
            icon={<TextPositionSquareRight20Regular />}
            disabled={many}
            secondaryContent={keysOf("transcript.end_here")}
            onClick={() => onCommand("end_here")}
          >
            {t("transcript.menu.end_here")}
          </MenuItem>
          <MenuItem icon={<Clock20Regular />} disabled={many} onClick={() => onCommand("times")}>
            {t("transcript.menu.times")}
          </MenuItem>
          <MenuItem icon={<Merge20Regular />} disabled={!mergeable} onClick={() => void editor.merge(segment.id)}>
            {t("transcript.menu.merge")}
          </MenuItem>
          <MenuDivider />
          <MenuItem
            icon={<Delete20Regular />}
            secondaryContent={keysOf("transcript.delete")}
            onClick={() => void editor.remove()}
          >
            {t("transcript.menu.delete", { count: targets.length })}
          </MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
