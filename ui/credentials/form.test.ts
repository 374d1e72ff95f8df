import { describe, expect, it, vi } from "vitest";
import type { CredentialsView } from "../bindings";
import { ask } from "../ipc";
import { CredentialsForm, usable } from "./form.svelte";

const stored: CredentialsView = {
  environment: { kind: "production" },
  realm: "everifin_app",
  clientId: "brezan-desktop",
  hasSecret: true,
  payments: true,
};

describe("an address", () => {
  it.each(["https://app.everifin.com", "https://idp.example:8443/base", "http://127.0.0.1:4000", "http://localhost"])(
    "%s may be used",
    (address) => expect(usable(address)).toBe(true),
  );
  it.each([
    "http://idp.example",
    "ftp://x",
    "app.everifin.com",
    "",
    "https://u:p@host",
    "https://h?x=1",
    "http://localhost.example",
  ])("%s may not", (address) => expect(usable(address)).toBe(false));
});

describe("the form", () => {
  it("asks for what is missing, in the order of the fields", () => {
    const form = new CredentialsForm();
    form.take(null);
    expect(form.first()).toBe("clientId");
    form.clientId = "a";
    expect(form.first()).toBe("secret");
    form.secret = "b";
    expect(form.first()).toBeUndefined();
    form.kind = "custom";
    expect(form.first()).toBe("idp");
  });

  it("shows a problem only once the field was left or all was sent", () => {
    const form = new CredentialsForm();
    form.take(null);
    expect(form.shown("clientId")).toBeUndefined();
    form.reveal();
    expect(form.shown("clientId")).toBe("missing");
  });

  it("keeps the stored secret unless a new one was typed, and forgets the typed one", async () => {
    const save = vi.spyOn(ask, "saveCredentials").mockResolvedValue(stored);
    const form = new CredentialsForm();
    form.take(stored);
    expect(form.changed).toBe(false);
    await form.save();
    expect(save.mock.calls[0]?.[0].clientSecret).toBeNull();
    form.secret = "new";
    expect(form.changed).toBe(true);
    await form.save();
    expect(save.mock.calls[1]?.[0].clientSecret).toBe("new");
    expect(form.secret).toBe("");
  });

  it("goes back to what is stored", () => {
    const form = new CredentialsForm();
    form.take({ ...stored, environment: { kind: "custom", idp: "https://i", api: "https://a" } });
    form.idp = "https://other";
    form.payments = false;
    expect(form.changed).toBe(true);
    form.take(form.stored ?? null);
    expect([form.idp, form.payments, form.changed]).toEqual(["https://i", true, false]);
  });
});
