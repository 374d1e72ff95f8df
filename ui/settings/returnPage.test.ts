// The page that an owner may put on her own web site: what it makes of the address with which a bank sends the browser to it.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

// Tests run in the folder of the user interface.
const page = readFileSync("../docs/return-page.html", "utf8");
const script = /<script>([\s\S]*)<\/script>/.exec(page)?.[1] ?? "";
const nonce = "AAAAAAAAAAAAAAAAAAAAAA";

/** Where the browser goes from there, if anywhere. */
function leads(search: string): string | null {
  let to: string | null = null;
  const location = { search, replace: (address: string) => (to = address) };
  const link = { href: "#" };
  new Function("location", "document", script)(location, { getElementById: () => link });
  expect(link.href).toBe(to ?? "#");
  return to;
}

test("what the bank gave the browser goes on to Saldo, under the payment's own mark", () => {
  const to = `app.saldo.desktop://payment.return/${nonce}`;
  expect(leads(`?saldo=${nonce}`)).toBe(to);
  expect(leads(`?saldo=${nonce}&code=a%2Fb&state=x+y`)).toBe(`${to}?code=a%2Fb&state=x+y`);
});

test("an address without the mark leads nowhere", () => {
  for (const other of ["", "?code=7", "?saldo=", "?saldo=javascript:alert(1)", `?saldo=${nonce}/x`])
    expect(leads(other)).toBeNull();
});
