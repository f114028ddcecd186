// What a guest is sent and reads on the page, in each of its languages. The page says the same of every shipment.

import type { Language } from '../pages/language.js';

export interface CodeWords {
  readonly title: string;
  readonly intro: string;
  readonly number: string;
  readonly ask: string;
  readonly asked: string;
  readonly code: string;
  readonly pieces: string;
  readonly unopened: string;
  readonly isUnopened: Readonly<Record<'yes' | 'no', string>>;
  readonly confirm: string;
  readonly confirmed: string;
  readonly confirmedNow: string;
  readonly incomplete: string;
  readonly wrong: string;
  readonly expired: string;
  readonly used: string;
  readonly closed: string;
  readonly tooOften: string;
  readonly notNow: string;
  /** Of the message; `{code}`, `{label}`. */
  readonly subject: string;
  readonly text: string;
  /** `{page}` */
  readonly onPage: string;
}

export const codeWords: Readonly<Record<Language, CodeWords>> = {
  en: {
    title: 'Confirm that you have your parcel',
    intro: 'Take the parcel into your hands and look at it before you confirm.',
    number: 'Number on the label:',
    ask: 'Send me a code',
    asked:
      'If this parcel is for you, a code is on its way to the e-mail address or phone that its sender has. It holds for 30 minutes.',
    code: 'The code, eight digits',
    pieces: 'How many pieces are in front of you?',
    unopened: 'Is it closed, as it was packed?',
    isUnopened: { yes: 'Yes, unopened', no: 'No, it was opened' },
    confirm: 'Confirm',
    confirmed: 'Thank you. It is confirmed.',
    confirmedNow: 'Sender and carrier know that it is with you. You can close this page.',
    incomplete: 'Please fill in everything: the code, the number of pieces, and whether it is closed.',
    wrong: 'That code is not right. Look at the newest message that you have, or ask for another code.',
    expired: 'That code has run out. Ask for another one.',
    used: 'The parcel is confirmed with this code already.',
    closed: 'There is nothing to confirm any more: the parcel is closed, or is for somebody else now.',
    tooOften:
      'That was too often within the hour. If it was not you, ask for another code. Else try again later, or ask the sender.',
    notNow: 'Nothing can be confirmed at the moment. Try again in a few minutes.',
    subject: 'Your code for parcel {label}',
    text: '{code} is the code by which you confirm that parcel {label} is in your hands, closed or not. It holds for 30 minutes. Give it to nobody before you have seen the parcel.',
    onPage: 'Confirm here: {page}',
  },
  da: {
    title: 'Bekræft, at du har fået din forsendelse',
    intro: 'Tag forsendelsen i hånden, og se på den, før du bekræfter.',
    number: 'Nummer på mærkaten:',
    ask: 'Send mig en kode',
    asked:
      'Hvis forsendelsen er til dig, er en kode på vej til den e-mailadresse eller telefon, som afsenderen har. Den gælder i 30 minutter.',
    code: 'Koden, otte cifre',
    pieces: 'Hvor mange kolli ligger foran dig?',
    unopened: 'Er den lukket, som den blev pakket?',
    isUnopened: { yes: 'Ja, uåbnet', no: 'Nej, den har været åbnet' },
    confirm: 'Bekræft',
    confirmed: 'Tak. Den er bekræftet.',
    confirmedNow: 'Afsender og fragtfører ved, at den er hos dig. Du kan lukke siden.',
    incomplete: 'Udfyld venligst det hele: koden, antallet af kolli, og om den er lukket.',
    wrong: 'Koden er ikke rigtig. Se i den nyeste besked, du har fået, eller bed om en ny kode.',
    expired: 'Koden er udløbet. Bed om en ny.',
    used: 'Forsendelsen er allerede bekræftet med denne kode.',
    closed: 'Der er ikke længere noget at bekræfte: forsendelsen er afsluttet, eller den er nu til en anden.',
    tooOften:
      'Det var for ofte inden for en time. Var det ikke dig, så bed om en ny kode. Ellers prøv igen senere, eller spørg afsenderen.',
    notNow: 'Der kan ikke bekræftes noget lige nu. Prøv igen om nogle minutter.',
    subject: 'Din kode til forsendelse {label}',
    text: '{code} er koden, som du bekræfter med, at forsendelse {label} er i dine hænder, lukket eller ej. Den gælder i 30 minutter. Giv den ikke til nogen, før du har set forsendelsen.',
    onPage: 'Bekræft her: {page}',
  },
  fr: {
    title: 'Confirmez que vous avez votre envoi',
    intro: 'Prenez l’envoi en main et regardez-le avant de confirmer.',
    number: 'Numéro sur l’étiquette :',
    ask: 'Envoyez-moi un code',
    asked:
      'Si cet envoi est pour vous, un code part vers l’adresse e-mail ou le téléphone que connaît l’expéditeur. Il vaut 30 minutes.',
    code: 'Le code, huit chiffres',
    pieces: 'Combien de colis avez-vous devant vous ?',
    unopened: 'Est-il fermé, comme il a été emballé ?',
    isUnopened: { yes: 'Oui, non ouvert', no: 'Non, il a été ouvert' },
    confirm: 'Confirmer',
    confirmed: 'Merci. C’est confirmé.',
    confirmedNow: 'L’expéditeur et le transporteur savent qu’il est chez vous. Vous pouvez fermer cette page.',
    incomplete: 'Veuillez tout remplir : le code, le nombre de colis, et s’il est fermé.',
    wrong: 'Ce code n’est pas le bon. Regardez le message le plus récent, ou demandez un autre code.',
    expired: 'Ce code est périmé. Demandez-en un autre.',
    used: 'L’envoi est déjà confirmé avec ce code.',
    closed: 'Il n’y a plus rien à confirmer : l’envoi est clos, ou il est maintenant pour quelqu’un d’autre.',
    tooOften:
      'C’était trop souvent en une heure. Si ce n’était pas vous, demandez un autre code. Sinon réessayez plus tard, ou demandez à l’expéditeur.',
    notNow: 'Rien ne peut être confirmé en ce moment. Réessayez dans quelques minutes.',
    subject: 'Votre code pour l’envoi {label}',
    text: '{code} est le code par lequel vous confirmez que l’envoi {label} est entre vos mains, fermé ou non. Il vaut 30 minutes. Ne le donnez à personne avant d’avoir vu l’envoi.',
    onPage: 'Confirmez ici : {page}',
  },
};
