// `npm run test:faults [-- WORD]`: every fault fifty times, or as often as ASTRA_FAULT_SEEDS says, and the table of what
// they cost. The window is killed last, in the real web view.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const env = { ASTRA_FAULT_SEEDS: "50", ...process.env };
const wanted = process.argv.slice(2);

const programs = run("cargo", ["test", "--locked", "--workspace", "--test", "faults", "--", ...wanted]);
const ofWindow = wanted.every((word) => "kill -9 of the window".includes(word));
const window = ofWindow ? run("npm", ["--prefix", "tests/ui", "--silent", "test", "--", "tests/ui/faults.test.js"]) : 0;
process.exitCode = programs || window;

function run(program, args) {
  const { status, error } = spawnSync(program, args, { cwd: root, env, stdio: "inherit" });
  if (error) console.error(`${program}: ${error.message}`);
  return status ?? 1;
}
