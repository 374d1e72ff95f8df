import type { FailureKind } from "../../bindings";
import type { ActionName } from "../../errors";
import type { Errors } from "../en/errors";

const say: Record<FailureKind, string> = {
  offline: "Nie je spojenie s internetom. To, čo vidíte, je uložené v tomto počítači.",
  statementUnreadable: "Tento súbor nie je výpis, ktorý Saldo vie prečítať. Nič sa nezmenilo.",
  periodRefused:
    "Banka nevydá transakcie za také dlhé obdobie. Nič sa nestratilo. Pri ďalšej synchronizácii si Saldo vypýta menej.",
  serviceDown:
    "Everifin alebo banka neodpovedali správne. Nič sa tu nestratilo. Saldo to skúsi pri ďalšej synchronizácii.",
  rateLimited: "Everifin žiada Saldo, aby s ďalšou otázkou počkalo. To, čo vidíte, je uložené v tomto počítači.",
  answerUnreadable: "Prišla odpoveď, ktorej Saldo nerozumie. Nič sa nezmenilo.",
  signInNeeded: "Prihlásenie do Everifinu sa skončilo. Vaše údaje ostávajú tu, nové počkajú, kým sa prihlásite.",
  anotherUser:
    "Do Everifinu ste sa prihlásili ako niekto iný. Saldo to prihlásenie ukončilo a nič ním nenačítalo; vaša kniha ostáva. Prihláste sa ako vy.",
  credentialsRejected:
    "Everifin neprijal toto ID klienta alebo jeho tajný kľúč. Porovnajte oboje s tým, čo vám Everifin poslal.",
  credentialsMissing: "Saldo potrebuje ID klienta a tajný kľúč, ktoré vám dal Everifin. Zadávajú sa raz.",
  addressInvalid: "Adresa servera sa nedá použiť. Musí sa začínať na https://, alebo byť v tomto počítači.",
  addressWrong:
    "Na tejto adrese nie je Everifin, alebo nepozná tento realm. Porovnajte oboje s tým, čo vám Everifin poslal.",
  accessDenied: "Prístup nebol povolený. Nič sa neposkytlo.",
  linkWrong: "Táto adresa nie je odpoveďou na prebiehajúce prihlásenie. Saldo si ju nevšímalo.",
  linkOld: "Tento prihlasovací odkaz je príliš starý alebo už bol použitý. Začnite nové prihlásenie.",
  paymentsNotAllowed:
    "Toto prihlásenie smie iba čítať účty. Ak chcete platiť, povoľte platby v prístupových údajoch a prihláste sa znova.",
  keychainAbsent:
    "Tento počítač nemá úložisko hesiel. Saldo si prihlásenie a tajné údaje ukladá iba tam, nikdy nie do súboru.",
  keychainWaiting: "Saldo sa opýtalo úložiska hesiel tohto počítača a čaká na odpoveď.",
  keychainLocked: "Úložisko hesiel tohto počítača je zamknuté, alebo bol prístup odmietnutý.",
  keychainFailed: "Úložisko hesiel tohto počítača neodpovedalo tak, ako má.",
  browserFailed: "Prehliadač sa nepodarilo otvoriť. Skopírujte odkaz a vložte ho do prehliadača.",
  clipboardFailed: "Odkaz sa nepodarilo skopírovať. Otvorte ho odtiaľto znova.",
  draftInvalid: "V platbe niečo chýba alebo je nesprávne. Pri poliach je napísané čo.",
  draftChanged: "Platba sa od kontroly zmenila. Skontrolujte ju ešte raz.",
  releaseNeeded: "Táto platba je nad limitom: najprv ju musí uvoľniť druhá fráza. Nič sa neodoslalo.",
  alreadyHandedOver: "Táto platba už bola odovzdaná. Neodošle sa dvakrát.",
  bulkMixed:
    "Tieto platby sa nedajú schváliť jedným podpisom. Musia mať rovnaký účet, menu aj deň a môže ich byť 2 až 500.",
  partOfBulk: "Táto platba sa platí spolu s inými. Vyberte ju spomedzi nich alebo ich zaplaťte spolu.",
  paymentRefused: "Platba bola odmietnutá ešte pred vytvorením. Nič sa neodoslalo a peniaze sa nepohli.",
  answerInvalid: "Toto nie je odpoveď na to, na čo sa banka pýta, alebo je pridlhá. Nič sa neodoslalo.",
  bankAddressRefused: "Adresa banky na schválenie nie je taká, ktorú smie Saldo otvoriť. Nič nebolo schválené.",
  returnAddressRefused:
    "Everifin neprijal adresu, na ktorú by banka vrátila prehliadač. Nič sa neodoslalo; vyberte v nastaveniach iný spôsob.",
  notFound: "Toto tu už nie je.",
  diskFull: "Súbor s údajmi sa nedal zapísať. Disk je plný alebo určený iba na čítanie.",
  storeFailed: "Súbor s údajmi sa nedal prečítať alebo zapísať.",
  storeNewer: "Súbor s údajmi zapísala novšia verzia Salda. Ostal nedotknutý.",
  storeDamaged: "Súbor s údajmi je poškodený alebo k nemu nepatrí uložený kľúč. Saldo ho nezmenilo.",
  keyMissing: "Vaše údaje tu sú, ale v úložisku hesiel tohto počítača chýba ich kľúč. Saldo údaje nezmenilo.",
  locked: "Saldo je zamknuté. Vaše údaje sú v bezpečí a čakajú na vaše heslo.",
  passphraseWrong: "Toto nie je správne heslo. Nič sa nezmenilo.",
  backupUnreadable:
    "Tento súbor sa nedá prečítať: nie je to záloha zo Salda, je poškodený alebo má iné heslo. Nič sa nezmenilo.",
  folderRefused: "Saldo nemôže zapisovať do tohto priečinka. Vyberte iný alebo povoľte zápis.",
  otherSaldo: "Iné otvorené Saldo práve pracuje s tými istými údajmi a ešte neskončilo. Nič sa neurobilo dvakrát.",
};

const act: Record<ActionName, string> = {
  wayBack: "Vybrať iný spôsob",
  retry: "Skúsiť znova",
  signIn: "Prihlásiť sa",
  credentials: "Otvoriť prístupové údaje",
  copyLink: "Kopírovať odkaz",
  newSignIn: "Začať znova",
  review: "Skontrolovať znova",
  openPayment: "Zobraziť platbu",
  edit: "Späť na úpravy",
  back: "Späť",
  unlock: "Odomknúť",
  chooseFile: "Vybrať iný súbor",
  chooseFolder: "Vybrať iný priečinok",
};

export const errors = {
  say,
  act,
  rateLimitedUntil: (time: string) =>
    `Everifin žiada Saldo, aby s ďalšou otázkou počkalo do ${time}. To, čo vidíte, je uložené v tomto počítači.`,
} satisfies Errors;
