// The text of a session and what is done with it.
export { DoubtWalk } from "./doubt_walk";
export { DoubtsPanel } from "./doubts_panel";
export type { Editor } from "./editor";
export { HistoryPanel } from "./history_panel";
export { useGrowth } from "./listening";
export { TranscriptNotices } from "./notices";
export { SaveIndicator } from "./save_indicator";
export { Opening, TranscriptPane } from "./transcript_pane";
export type { TranscriptStore } from "./transcript_store";
export { UndoButtons } from "./undo_buttons";
export { TranscriptProvider, useActive, useOpenTranscript, useTopic } from "./use_transcript";
