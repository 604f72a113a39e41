// Reads a Word document with nothing of Astra's: a zip of XML.
import { readFileSync } from "node:fs";
import { XMLParser } from "fast-xml-parser";
import { unzipSync } from "fflate";

/** The paragraphs of the body in order, empty ones left out: their style's id and their text. */
export function paragraphsOf(path) {
  const body = new XMLParser({ preserveOrder: true, ignoreAttributes: false, trimValues: false, processEntities: true }).parse(
    new TextDecoder().decode(unzipSync(readFileSync(path))["word/document.xml"]),
  );
  const paragraphs = [];
  walk(body, (name, node) => {
    if (name !== "w:p") return true;
    const text = textOf(node);
    if (text.trim() !== "") paragraphs.push({ style: styleOf(node), text });
    return false;
  });
  return paragraphs;
}

function textOf(nodes) {
  let text = "";
  walk(nodes, (name, node) => {
    if (name === "w:t") text += node.map((child) => child["#text"] ?? "").join("");
    if (name === "w:tab") text += "\t";
    if (name === "w:br") text += "\n";
    return true;
  });
  return text;
}

function styleOf(nodes) {
  const properties = nodes.find((node) => "w:pPr" in node)?.["w:pPr"] ?? [];
  return properties.find((node) => "w:pStyle" in node)?.[":@"]?.["@_w:val"] ?? "";
}

/** Visits every element; below those for which `visit` says true, its children too. */
function walk(nodes, visit) {
  for (const node of nodes) {
    for (const [name, children] of Object.entries(node)) {
      if (name !== ":@" && Array.isArray(children) && visit(name, children)) walk(children, visit);
    }
  }
}
