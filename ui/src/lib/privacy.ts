// What may leave this computer, as the settings have it. What the window promises has to be true at every moment.
import type { ServerChoices } from "../ipc";

/** Nothing leaves; what is agreed to, session by session; whatever the server hears. */
export type Privacy = "here" | "asked" | "agreed";

export function privacyOf({ url, agreed_to }: ServerChoices): Privacy {
  if (url === "") return "here";
  return agreed_to === url ? "agreed" : "asked";
}
