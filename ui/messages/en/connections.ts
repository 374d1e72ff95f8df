export const connections = {
  title: "Connections",
};

export type Connections = typeof connections;
