export const overview = {
  title: "Overview",
};

export type Overview = typeof overview;
