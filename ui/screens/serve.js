// Serves the mock build on the loopback interface under the content security policy of tauri.conf.json, so that a screen
// that breaks the policy fails here and not first in the real window.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };

async function policy(root) {
  const { csp } = JSON.parse(await readFile(join(root, "..", "tauri.conf.json"), "utf8")).app.security;
  return Object.entries(csp)
    .map(([name, value]) => `${name} ${value}`)
    .join("; ");
}

/** Gives the address and a way to stop. */
export async function serve(root) {
  const csp = await policy(root);
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    const file = join(root, "dist-mock", normalize(path === "/" ? "/index.html" : path));
    try {
      const body = await readFile(file);
      response.writeHead(200, {
        "content-type": types[extname(file)] ?? "application/octet-stream",
        "content-security-policy": csp,
      });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", () => ready(undefined)));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return { url: `http://127.0.0.1:${port}/`, stop: () => server.close() };
}
