// The sessions' room: the list, and how recordings come in.
export { DropTarget } from "./drop_target";
export { SessionsPage } from "./sessions_page";
