// Paths as people name them, of every system: the window may show what another computer wrote.

/** «SES_0001.MP3» of «D:\GRABADORA\SES_0001.MP3»; a drive or a share keeps its name. */
export function fileName(path: string): string {
  return path.split(/[\\/]/).findLast((name) => name !== "") ?? path;
}

/** Whether this is called as documents are that Astra reads: Word, PDF, plain text. */
export function isDocument(path: string): boolean {
  return /\.(docx|pdf|txt)$/i.test(path);
}
