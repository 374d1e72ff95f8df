export const welcome = {
  title: "All your company’s accounts on one page",
  lede: "Saldo gets your bank data through Everifin, a licensed open-banking service. You sign in to your banks in the browser; Saldo never sees those passwords.",
  step1: "Have an Everifin account",
  step1More: "You create it with your e-mail at app.everifin.com.",
  step1Do: "Create one",
  step2: "Connect your banks there",
  step2More: "Each bank asks you to confirm in its own app.",
  step2Do: "Open Everifin",
  step3: "Connect Saldo",
  step3More: "Sign in to Everifin in your browser and allow access.",
  connect: "Connect Everifin",
  tryDemo: "Try it with demo data",
  notEntered: "Not entered yet",
  credentialsNeeded:
    "To connect, Saldo needs the client ID and secret that Everifin gave you. Fill them in below, or try the demo without any.",
  credentialsAbout: "Everifin gives them to you. They are yours alone, and none are built into Saldo.",
  noun: "Saldo, noun: the balance; what remains when everything has been added up.",
  seeTitle: "What Saldo can see",
  see: [
    "It reads the names, numbers, balances and transactions of the accounts you connected in Everifin.",
    "It prepares payments if you allow it. You approve each one at your bank; Saldo cannot move money by itself.",
    "It never sees the passwords of your banks or of Everifin. You type them only in your browser.",
    "What it reads stays on this computer. There is no server of ours and no tracking.",
  ],
};

export type WelcomeTexts = typeof welcome;
