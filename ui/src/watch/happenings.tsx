// How each thing that can happen in a watched folder looks in its log.
import {
  AddCircleRegular,
  ArrowJoinRegular,
  ClockAlarmRegular,
  CopyRegular,
  DocumentErrorRegular,
  DocumentRegular,
  ErrorCircleRegular,
  FolderOpenRegular,
  HourglassRegular,
  LockClosedRegular,
  PlugConnectedRegular,
  PlugDisconnectedRegular,
  QuestionCircleRegular,
  RecordRegular,
  TimelineRegular,
  WarningRegular,
} from "@fluentui/react-icons";
import type { ReactElement } from "react";
import type { Happening } from "../ipc";

type Tone = "quiet" | "good" | "warning" | "bad" | "asking";

export const HAPPENINGS: { [what in Happening]: { icon: ReactElement; tone: Tone } } = {
  waiting: { icon: <HourglassRegular />, tone: "quiet" },
  recording: { icon: <RecordRegular />, tone: "quiet" },
  empty: { icon: <DocumentRegular />, tone: "warning" },
  incomplete: { icon: <DocumentErrorRegular />, tone: "warning" },
  unclosed: { icon: <DocumentErrorRegular />, tone: "warning" },
  begun: { icon: <AddCircleRegular />, tone: "good" },
  joined: { icon: <ArrowJoinRegular />, tone: "good" },
  grown: { icon: <TimelineRegular />, tone: "good" },
  refused: { icon: <ErrorCircleRegular />, tone: "bad" },
  known: { icon: <CopyRegular />, tone: "quiet" },
  clock_doubted: { icon: <ClockAlarmRegular />, tone: "warning" },
  forbidden: { icon: <LockClosedRegular />, tone: "warning" },
  asked: { icon: <QuestionCircleRegular />, tone: "asking" },
  hindered: { icon: <WarningRegular />, tone: "warning" },
  folder_gone: { icon: <PlugDisconnectedRegular />, tone: "warning" },
  folder_forbidden: { icon: <LockClosedRegular />, tone: "warning" },
  folder_back: { icon: <PlugConnectedRegular />, tone: "good" },
  existing_found: { icon: <FolderOpenRegular />, tone: "asking" },
};
