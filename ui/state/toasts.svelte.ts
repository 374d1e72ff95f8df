// Short notes on things already done, with a way to take them back.

/** A note at the foot of the window. */
export type Toast = { id: number; text: string; undo?: () => void };

const shown = $state<{ toasts: Toast[] }>({ toasts: [] });
let next = 1;

/** What is shown now, the newest last. */
export const toasts = (): Toast[] => shown.toasts;

/** Says that something has been done. It goes after 6 seconds, unless pointed at or focused. */
export function toast(text: string, undo?: () => void): void {
  shown.toasts = [...shown.toasts.slice(-2), { id: next++, text, ...(undo ? { undo } : {}) }];
}

/** Takes all notes away. */
export function dismissAll(): void {
  shown.toasts = [];
}

/** Takes a note away. */
export function dismiss(id: number): void {
  shown.toasts = shown.toasts.filter((one) => one.id !== id);
}
