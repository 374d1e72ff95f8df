// Bytes on their way to Rust.

/** The bytes in base 64. */
export async function base64(given: Blob): Promise<string> {
  const bytes = new Uint8Array(await given.arrayBuffer());
  let text = "";
  // In pieces: a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 32_768) text += String.fromCharCode(...bytes.subarray(at, at + 32_768));
  return btoa(text);
}
