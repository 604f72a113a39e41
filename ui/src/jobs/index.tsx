// The room of the queue: what keeps recordings from being heard, and pausing all of it.
export { PauseAllButton } from "./pause_all_button";
export { QueueLine } from "./queue_line";
