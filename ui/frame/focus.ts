// Where the focus goes when what had it is gone.

/** Puts the focus on the page's title: what comes next by Tab is the first thing of the page. */
export const toTitle = (): void => document.querySelector("h1")?.focus({ preventScroll: true });
