// Where the programs, the sample and what the tests leave are.
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../..", import.meta.url));
const built = join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), "debug");

export const programs = {
  window: join(built, "astra-desktop"),
  commandLine: join(built, "astra"),
  engine: join(built, "astra-engine-cpu"),
};
export const sample = join(root, "assets", "sample", "sesion-de-muestra.ogg");
/** The data of a computer on which the sample was heard, made once before all tests. */
export const sampleHeard = join(root, "target", "tests", "sample-heard");
export const screenshots = join(root, "target", "screenshots");
