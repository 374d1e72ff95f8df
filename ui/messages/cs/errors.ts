import type { FailureKind } from "../../bindings";
import type { ActionName } from "../../errors";
import type { Errors } from "../en/errors";

const say: Record<FailureKind, string> = {
  offline: "Není spojení s internetem. To, co vidíte, je uloženo v tomto počítači.",
  statementUnreadable: "Tento soubor není výpis, který Saldo umí přečíst. Nic se nezměnilo.",
  periodRefused:
    "Banka nevydá transakce za tak dlouhé období. Nic se neztratilo. Při další synchronizaci si Saldo řekne o méně.",
  serviceDown:
    "Everifin nebo banka neodpověděly správně. Nic se tu neztratilo. Saldo to zkusí při další synchronizaci.",
  rateLimited: "Everifin žádá Saldo, aby s dalším dotazem počkalo. To, co vidíte, je uloženo v tomto počítači.",
  answerUnreadable: "Přišla odpověď, které Saldo nerozumí. Nic se nezměnilo.",
  signInNeeded: "Přihlášení k Everifinu skončilo. Vaše údaje zůstávají zde, nové počkají, až se přihlásíte.",
  anotherUser:
    "K Everifinu jste se přihlásili jako někdo jiný. Saldo to přihlášení ukončilo a nic jím nenačetlo; vaše kniha zůstává. Přihlaste se jako vy.",
  credentialsRejected:
    "Everifin nepřijal toto ID klienta nebo jeho tajný klíč. Porovnejte obojí s tím, co vám Everifin poslal.",
  credentialsMissing: "Saldo potřebuje ID klienta a tajný klíč, které vám dal Everifin. Zadávají se jednou.",
  addressInvalid: "Adresa serveru se nedá použít. Musí začínat https://, nebo být v tomto počítači.",
  addressWrong: "Na této adrese není Everifin, nebo nezná tento realm. Porovnejte obojí s tím, co vám Everifin poslal.",
  accessDenied: "Přístup nebyl povolen. Nic nebylo poskytnuto.",
  linkWrong: "Tato adresa není odpovědí na probíhající přihlášení. Saldo ji přešlo.",
  linkOld: "Tento přihlašovací odkaz je příliš starý nebo už byl použit. Začněte nové přihlášení.",
  paymentsNotAllowed:
    "Toto přihlášení smí jen číst účty. Chcete-li platit, povolte platby v přístupových údajích a přihlaste se znovu.",
  keychainAbsent: "Tento počítač nemá úložiště hesel. Saldo ukládá přihlášení a tajné údaje jen tam, nikdy do souboru.",
  keychainWaiting: "Saldo se zeptalo úložiště hesel tohoto počítače a čeká na odpověď.",
  keychainLocked: "Úložiště hesel tohoto počítače je zamčené, nebo byl přístup odmítnut.",
  keychainFailed: "Úložiště hesel tohoto počítače neodpovědělo tak, jak má.",
  browserFailed: "Prohlížeč se nepodařilo otevřít. Zkopírujte odkaz a vložte ho do prohlížeče.",
  clipboardFailed: "Odkaz se nepodařilo zkopírovat. Otevřete ho odtud znovu.",
  draftInvalid: "V platbě něco chybí nebo je špatně. U polí je napsáno co.",
  draftChanged: "Platba se od kontroly změnila. Zkontrolujte ji ještě jednou.",
  releaseNeeded: "Tato platba je nad limitem: nejdřív ji musí uvolnit druhá fráze. Nic se neodeslalo.",
  alreadyHandedOver: "Tato platba už byla předána. Neodešle se dvakrát.",
  bulkMixed: "Tyto platby nelze schválit jedním podpisem. Musí mít stejný účet, měnu i den a může jich být 2 až 500.",
  partOfBulk: "Tato platba se platí spolu s jinými. Vyjměte ji z nich, nebo je zaplaťte společně.",
  paymentRefused: "Platba byla odmítnuta ještě před vytvořením. Nic se neodeslalo a peníze se nepohnuly.",
  answerInvalid: "Toto není odpověď na to, na co se banka ptá, nebo je příliš dlouhá. Nic se neodeslalo.",
  bankAddressRefused: "Adresa banky pro schválení není taková, kterou smí Saldo otevřít. Nic nebylo schváleno.",
  returnAddressRefused:
    "Everifin nepřijal adresu, na kterou by banka vrátila prohlížeč. Nic se neodeslalo; vyberte v nastavení jiný způsob.",
  notFound: "Tohle tu už není.",
  diskFull: "Soubor s údaji se nedal zapsat. Disk je plný nebo určený jen pro čtení.",
  storeFailed: "Soubor s údaji se nedal přečíst nebo zapsat.",
  storeNewer: "Soubor s údaji zapsala novější verze Salda. Zůstal nedotčen.",
  storeDamaged: "Soubor s daty je poškozený, nebo k němu nepatří uložený klíč. Saldo ho nezměnilo.",
  keyMissing: "Vaše data tu jsou, ale v úložišti hesel tohoto počítače chybí jejich klíč. Saldo data nezměnilo.",
  locked: "Saldo je zamčené. Vaše data jsou v bezpečí a čekají na vaše heslo.",
  passphraseWrong: "Toto není správné heslo. Nic se nezměnilo.",
  backupUnreadable:
    "Tento soubor nelze přečíst: není to záloha ze Salda, je poškozený, nebo má jiné heslo. Nic se nezměnilo.",
  folderRefused: "Saldo nemůže zapisovat do této složky. Vyberte jinou, nebo zápis povolte.",
  otherSaldo: "Jiné otevřené Saldo právě pracuje se stejnými údaji a ještě neskončilo. Nic se neudělalo dvakrát.",
};

const act: Record<ActionName, string> = {
  wayBack: "Vybrat jiný způsob",
  retry: "Zkusit znovu",
  signIn: "Přihlásit se",
  credentials: "Otevřít přístupové údaje",
  copyLink: "Kopírovat odkaz",
  newSignIn: "Začít znovu",
  review: "Zkontrolovat znovu",
  openPayment: "Zobrazit platbu",
  edit: "Zpět k úpravám",
  back: "Zpět",
  unlock: "Odemknout",
  chooseFile: "Vybrat jiný soubor",
  chooseFolder: "Vybrat jinou složku",
};

export const errors = {
  say,
  act,
  rateLimitedUntil: (time: string) =>
    `Everifin žádá Saldo, aby s dalším dotazem počkalo do ${time}. To, co vidíte, je uloženo v tomto počítači.`,
} satisfies Errors;
