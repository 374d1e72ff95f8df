import { afterEach, describe, expect, it, vi } from "vitest";
import type { FailureKind } from "./bindings";
import { actionOf, explain } from "./errors";
import { useLanguage } from "./i18n.svelte";
import { failureOf, Refused } from "./ipc";

afterEach(() => useLanguage("en", "en"));

describe("every failure", () => {
  const kinds = Object.keys(actionOf) as FailureKind[];

  it.each(["en", "sk", "cs", "de"] as const)("has one sentence and one action in %s", (language) => {
    useLanguage(language, "en");
    const sentences = kinds.map((kind) => explain({ kind, retryAt: null }));
    for (const { sentence, label } of sentences) {
      expect(sentence).toMatch(/\.$/);
      expect(label).not.toBe("");
    }
    expect(new Set(sentences.map(({ sentence }) => sentence)).size).toBe(kinds.length);
  });

  it("says when a rate limit ends", () => {
    const at = new Date(2026, 9, 14, 9, 15).toISOString();
    expect(explain({ kind: "rateLimited", retryAt: at }).sentence).toContain("09:15");
    expect(explain({ kind: "rateLimited", retryAt: null }).sentence).not.toContain("null");
  });

  it("leads from the lock to the password, and from a refused file or folder to another one", () => {
    const act = (kind: FailureKind) => explain({ kind, retryAt: null }).label;
    expect([act("locked"), act("backupUnreadable"), act("folderRefused")]).toEqual([
      "Unlock",
      "Choose another file",
      "Choose another folder",
    ]);
  });

  it("leads from wrong credentials to where they are entered", () => {
    expect(explain({ kind: "credentialsRejected", retryAt: null }).action).toBe("credentials");
  });
});

describe("what is thrown", () => {
  it("keeps the failure of a refused command", () => {
    const failure = { kind: "diskFull", retryAt: null } as const;
    expect(failureOf(new Refused(failure))).toEqual(failure);
  });

  it("becomes a failure even where it is a mistake of the program", () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    expect(failureOf(new TypeError("x")).kind).toBe("answerUnreadable");
    expect(failureOf(new Refused("not allowed" as never)).kind).toBe("answerUnreadable");
    expect(log).toHaveBeenCalledTimes(2);
  });
});
