// The service credentials while they are being edited. The secret is write-only: what is stored never comes back here.
import type { CredentialsView, Environment } from "../bindings";
import { ask } from "../ipc";

/** What can be wrong with a field before Rust is asked. */
export type CredentialsProblem = "missing" | "address";
/** A field of the form. */
export type CredentialsField = "idp" | "api" | "realm" | "clientId" | "secret";

type Problems = Partial<Record<CredentialsField, CredentialsProblem>>;

/** Whether an address may be used: https, or http on this computer. Rust decides; this only saves a round. */
export const usable = (address: string): boolean =>
  /^(https:\/\/[^\s/?#@]+|http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?)(\/[^\s?#]*)?$/i.test(address.trim());

/** The form's fields and what can be done with them. */
export class CredentialsForm {
  kind = $state<Environment["kind"]>("production");
  idp = $state("");
  api = $state("");
  realm = $state("everifin_app");
  clientId = $state("");
  secret = $state("");
  payments = $state(true);
  /** What is stored; `undefined` until it is known. */
  stored = $state.raw<CredentialsView | null | undefined>(undefined);
  /** Fields that have been left, or all of them once the form was sent: only they show their problems. */
  left = $state<Partial<Record<CredentialsField, boolean>>>({});

  readonly problems = $derived.by<Problems>(() => {
    const found: Problems = {};
    if (this.kind === "custom") {
      if (!this.idp.trim()) found.idp = "missing";
      else if (!usable(this.idp)) found.idp = "address";
      if (!this.api.trim()) found.api = "missing";
      else if (!usable(this.api)) found.api = "address";
    }
    if (!this.realm.trim()) found.realm = "missing";
    if (!this.clientId.trim()) found.clientId = "missing";
    if (!this.secret && !this.stored?.hasSecret) found.secret = "missing";
    return found;
  });

  /** Whether something differs from what is stored. */
  readonly changed = $derived.by(() => {
    const of = this.stored;
    if (!of) return this.clientId !== "" || this.secret !== "";
    return (
      this.secret !== "" ||
      this.realm.trim() !== of.realm ||
      this.clientId.trim() !== of.clientId ||
      this.payments !== of.payments ||
      JSON.stringify(this.environment()) !== JSON.stringify(of.environment)
    );
  });

  /** The first field with a problem, in the order of the form. */
  first(): CredentialsField | undefined {
    return (["idp", "api", "realm", "clientId", "secret"] as const).find((field) => this.problems[field]);
  }

  /** A problem that may be shown. */
  shown = (field: CredentialsField) => (this.left[field] ? this.problems[field] : undefined);

  /** Shows every problem there is. */
  reveal(): void {
    this.left = { idp: true, api: true, realm: true, clientId: true, secret: true };
  }

  /** Reads what is stored into the fields. */
  async load(): Promise<void> {
    this.take(await ask.credentials());
  }

  /** Keeps the fields; a secret that was not typed stays as it is stored. */
  async save(): Promise<void> {
    this.take(
      await ask.saveCredentials({
        environment: this.environment(),
        realm: this.realm.trim(),
        clientId: this.clientId.trim(),
        clientSecret: this.secret === "" ? null : this.secret,
        payments: this.payments,
      }),
    );
  }

  /** Puts the fields back to what is stored. */
  take(of: CredentialsView | null): void {
    this.stored = of;
    this.secret = "";
    this.left = {};
    if (!of) return;
    this.kind = of.environment.kind;
    this.idp = of.environment.kind === "custom" ? of.environment.idp : "";
    this.api = of.environment.kind === "custom" ? of.environment.api : "";
    this.realm = of.realm;
    this.clientId = of.clientId;
    this.payments = of.payments;
  }

  private environment(): Environment {
    if (this.kind !== "custom") return { kind: this.kind };
    return { kind: "custom", idp: this.idp.trim(), api: this.api.trim() };
  }
}
