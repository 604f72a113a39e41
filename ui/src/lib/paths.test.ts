// Files and folders are named by the end of their path, of whatever system it is.
import { fileName } from "./paths";

test.each([
  ["/media/GRABADORA/SES_0001.MP3", "SES_0001.MP3"],
  ["D:\\GRABADORA\\SES_0001.MP3", "SES_0001.MP3"],
  ["\\\\servidor\\actas\\", "actas"],
  ["D:\\", "D:"],
  ["/", "/"],
])("%s is called %s", (path, name) => {
  expect(fileName(path)).toBe(name);
});
