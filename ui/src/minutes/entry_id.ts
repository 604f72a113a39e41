// Ids of the entries that the window makes: UUIDv7, by which entries stay in the order they were made.
import type { EntryId } from "../ipc";

/** RFC 9562: 48 bits of milliseconds since 1970, then the version, the variant and 74 random bits. */
export function newEntryId(now = Date.now()): EntryId {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let at = 0; at < 6; at++) bytes[at] = Math.floor(now / 2 ** (40 - 8 * at)) % 256;
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
