/** The state of the page as the fragment of its address, which browsers do not send to the server. */

/** A larger text than this does not come out of a link: it would only be made to stop the page. */
const LARGEST = 16 * 1024 * 1024;

/** The fragment of a state: compressed JSON. `site/build` writes the same. */
export async function pack(state) {
  const text = JSON.stringify({ files: state.files.map((file) => [file.name, file.text]), profile: state.profile });
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return `#1.${btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")}`;
}

/** The state of a fragment; null if it has none. Fails if it is damaged. */
export async function unpack(fragment) {
  const [, packed] = fragment.match(/^#1\.([\w-]+)$/) ?? [];
  if (!packed) return null;
  const letters = atob(packed.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  const decoder = new TextDecoder();
  let [text, size] = ["", 0];
  for await (const part of readAll(stream.getReader())) {
    size += part.length;
    if (size > LARGEST) throw new Error("too large");
    text += decoder.decode(part, { stream: true });
  }
  const { files, profile } = JSON.parse(text + decoder.decode());
  const isText = (one) => typeof one === "string";
  if (!Array.isArray(files) || !files.every((file) => Array.isArray(file) && file.length === 2 && file.every(isText))) {
    throw new Error("not a list of files");
  }
  return { files: files.map(([name, text]) => ({ name, text })), profile: isText(profile) ? profile : "" };
}

async function* readAll(reader) {
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}
