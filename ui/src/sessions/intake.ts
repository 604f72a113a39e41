// How the rooms of the window bring recordings in: they hand them to the window's one drop target.

import { createContext, useContext } from "react";

export type Intake = {
  /** Opens the native picker, and the proposal for what was chosen. */
  pick(): void;
  /** Opens the native picker of a folder, and the proposal for what is in it. */
  pickFolder(): void;
  /** Opens the proposal for paths, folders or addresses. */
  propose(sources: string[]): void;
};

export const IntakeContext = createContext<Intake | null>(null);

export function useIntake(): Intake {
  const intake = useContext(IntakeContext);
  if (intake === null) throw new Error("useIntake needs a DropTarget above it");
  return intake;
}
