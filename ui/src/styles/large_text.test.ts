// Large text is the web view's zoom, and what gives way to it asks for the size of the window.
import { readdirSync, readFileSync } from "node:fs";

test("no style asks for the size of a container, which WebKitGTK measures without its zoom", () => {
  const files = readdirSync("src", { recursive: true, encoding: "utf8" }).filter(
    (file) => /\.(css|tsx?)$/.test(file) && !/\.test\./.test(file),
  );
  expect(files.length).toBeGreaterThan(100);
  const asking = files.filter((file) =>
    /@container|containerType|container-type/.test(readFileSync(`src/${file}`, "utf8")),
  );
  expect(asking).toEqual([]);
});
