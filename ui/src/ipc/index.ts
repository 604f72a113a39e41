// The window's only door to the core: the commands and events of `bindings.ts`, the drop of files and the window's
// title and zoom, handed to every component by `useIpc()`.
import { createContext, useContext } from "react";
import type { commands, Edit, Event } from "./bindings";

export type * from "./bindings";

/** Every command; each throws a Failure. */
export type Commands = typeof commands;
export type EditKind = Edit["kind"];

export type DropPhase = "enter" | "over" | "leave" | "drop";
/** Paths come with `enter` and `drop`; the other phases bring none. */
export type DropHandler = (phase: DropPhase, paths: string[]) => void;

export type Ipc = Commands & {
  /** Every event of the core; returns what stops it. */
  listen(handler: (event: Event) => void): () => void;
  /** Files dragged over the window; returns what stops it. */
  onDrop(handler: DropHandler): () => void;
  setTitle(title: string): Promise<void>;
  /** 1 is 100 %. */
  setZoom(factor: number): Promise<void>;
};

const IpcContext = createContext<Ipc | null>(null);
export const IpcProvider = IpcContext.Provider;

export function useIpc(): Ipc {
  const ipc = useContext(IpcContext);
  if (!ipc) throw new Error("useIpc needs an IpcProvider above it");
  return ipc;
}

/** Whether a thrown value is a Failure of the core. */
export function isFailure(thrown: unknown): thrown is import("./bindings").Failure {
  return typeof thrown === "object" && thrown !== null && "code" in thrown && "message" in thrown;
}
