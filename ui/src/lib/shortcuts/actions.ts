// Every action that keys can start, with its group and the keys it has until the secretary gives it others.

type Action = {
  id: string;
  group: "listening" | "doubts" | "text" | "speakers" | "window";
  /** One or more combinations, spelled as `combinationOf` spells them. */
  keys: readonly string[];
  /** Whether holding the key down does it again and again. */
  repeats?: true;
};

const digits = ["1", "2", "3", "4", "5", "6", "7", "8", "9"] as const;
type Digit = (typeof digits)[number];

const single = [
  { id: "player.toggle", group: "listening", keys: ["F4", "Ctrl+Space"] },
  { id: "player.play_from_cursor", group: "listening", keys: ["F5"] },
  { id: "player.back_2", group: "listening", keys: ["F6"], repeats: true },
  { id: "player.forward_2", group: "listening", keys: ["F7"], repeats: true },
  { id: "player.back_5", group: "listening", keys: ["Shift+F6"], repeats: true },
  { id: "player.forward_5", group: "listening", keys: ["Shift+F7"], repeats: true },
  { id: "player.slower", group: "listening", keys: ["F9"], repeats: true },
  { id: "player.faster", group: "listening", keys: ["F10"], repeats: true },
  { id: "player.normal_speed", group: "listening", keys: ["Shift+F9"] },
  { id: "player.loop", group: "listening", keys: ["F11"] },
  { id: "player.previous_segment", group: "listening", keys: ["Alt+ArrowUp"], repeats: true },
  { id: "player.next_segment", group: "listening", keys: ["Alt+ArrowDown"], repeats: true },
  { id: "doubts.next", group: "doubts", keys: ["F8"] },
  { id: "doubts.previous", group: "doubts", keys: ["Shift+F8"] },
  { id: "doubts.confirm", group: "doubts", keys: ["Ctrl+Enter"] },
  { id: "transcript.undo", group: "text", keys: ["Ctrl+Z"], repeats: true },
  { id: "transcript.redo", group: "text", keys: ["Ctrl+Y", "Ctrl+Shift+Z"], repeats: true },
  { id: "find.open", group: "text", keys: ["Ctrl+F"] },
  { id: "find.next", group: "text", keys: ["F3"], repeats: true },
  { id: "find.replace", group: "text", keys: ["Ctrl+H"] },
  { id: "transcript.delete", group: "text", keys: ["Ctrl+Shift+Delete"] },
  { id: "transcript.inaudible", group: "text", keys: ["Ctrl+Shift+I"] },
  { id: "transcript.reserved", group: "text", keys: ["Ctrl+Shift+R"] },
  { id: "transcript.start_here", group: "text", keys: ["Alt+Home"] },
  { id: "transcript.end_here", group: "text", keys: ["Alt+End"] },
  { id: "speaker.name", group: "speakers", keys: ["F2"] },
  { id: "speaker.none", group: "speakers", keys: ["Alt+0"] },
  { id: "document.export", group: "window", keys: ["Ctrl+E"] },
  { id: "intake.open", group: "window", keys: ["Ctrl+O"] },
  { id: "place.transcript", group: "window", keys: ["Ctrl+1"] },
  { id: "place.acta", group: "window", keys: ["Ctrl+2"] },
  { id: "place.sessions", group: "window", keys: ["Ctrl+Shift+S"] },
  { id: "place.settings", group: "window", keys: ["Ctrl+Shift+A"] },
  { id: "help.open", group: "window", keys: ["F1"] },
] as const satisfies readonly Action[];

export type ActionId = (typeof single)[number]["id"] | `speaker.${Digit}`;
export type ActionGroup = Action["group"];

/** In the order in which the list under F1 shows them. */
export const groups: readonly ActionGroup[] = ["listening", "doubts", "text", "speakers", "window"];

export const actions: readonly (Action & { id: ActionId })[] = [
  ...single,
  ...digits.map((digit) => ({ id: `speaker.${digit}` as const, group: "speakers" as const, keys: [`Alt+${digit}`] })),
];
