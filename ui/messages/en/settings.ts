export const settings = {
  title: "Settings",
};

export type Settings = typeof settings;
