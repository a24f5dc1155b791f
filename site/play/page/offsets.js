/** Places in a report are bytes of UTF-8; places in JavaScript are units of UTF-16. */

/** A function from a byte offset in the text to an index of the string. */
export function indexes(text) {
  // eslint-disable-next-line no-control-regex
  if (/^[\x00-\x7f]*$/.test(text)) return (offset) => offset;
  const starts = [];
  let index = 0;
  for (const character of text) {
    const point = character.codePointAt(0);
    const bytes = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    for (let at = 0; at < bytes; at++) starts.push(index);
    index += character.length;
  }
  return (offset) => starts[offset] ?? index;
}

/** The findings of a report with indexes in place of bytes: `start` and `end` of each label and edit. */
export function withIndexes(findings, files) {
  const byFile = new Map(files.map((file) => [file.name, indexes(file.text)]));
  const place = (one) => {
    const index = byFile.get(one.file) ?? ((offset) => offset);
    return { ...one, start: index(one.offset), end: index(one.offset + one.length) };
  };
  return findings.map((finding) => ({
    ...finding,
    labels: finding.labels.map(place),
    fix: finding.fix && { ...finding.fix, edits: finding.fix.edits.map(place) },
  }));
}
