// What the finder's page says, in each of its languages. Nothing in it depends on whether there is such a shipment.

import type { FinderReport, LeftCode } from '@unbroken/contracts';
import type { Language } from '../pages/language.js';

export interface FinderWords {
  readonly title: string;
  readonly intro: string;
  readonly doNotOpen: string;
  readonly number: string;
  readonly mine: string;
  readonly isMine: Readonly<Record<FinderReport['mine'], string>>;
  readonly opened: string;
  readonly isOpened: Readonly<Record<FinderReport['opened'], string>>;
  readonly left: string;
  readonly isLeft: Readonly<Record<LeftCode, string>>;
  readonly contact: string;
  readonly contactHint: string;
  readonly send: string;
  readonly incomplete: string;
  readonly thanks: string;
  readonly quote: string;
  readonly whatNow: string;
  readonly unreadable: string;
  readonly unreadableCure: string;
  readonly foreign: string;
  readonly foreignCure: string;
  readonly tooOften: string;
  readonly notNow: string;
}

export const finderWords: Readonly<Record<Language, FinderWords>> = {
  en: {
    title: 'You have found a parcel',
    intro: 'Thank you for telling us. You need no account, and you need not say who you are.',
    doNotOpen: 'Please do not open it. You can hand it in at any post office.',
    number: 'Number on the label:',
    mine: 'Is it meant for you?',
    isMine: { no: 'No', yes: 'Yes' },
    opened: 'Is it open, or was it opened?',
    isOpened: { no: 'No', yes: 'Yes', unknown: 'I cannot tell' },
    left: 'Where is it now?',
    isLeft: {
      kept: 'With me',
      'where-found': 'Where I found it',
      'post-office': 'Handed in at a post office',
      police: 'Handed in to the police',
      'handed-on': 'Given to somebody else',
      other: 'Somewhere else',
    },
    contact: 'How can we call you back? (optional)',
    contactHint:
      'A phone number or an e-mail address. Only the people at the finder’s desk see it; it is erased after 90 days.',
    send: 'Send',
    incomplete: 'Please answer all three questions. A way to call you back is 3 to 200 characters on one line.',
    thanks: 'Thank you. Your report is noted.',
    quote: 'If we speak on the phone, quote this code, and ask us for it before you say anything:',
    whatNow:
      'Keep the parcel closed and safe until somebody with this code asks for it, or hand it in at a post office.',
    unreadable: 'That is not a number of a parcel',
    unreadableCure:
      'Compare it with the label, sign by sign: seventeen letters and digits, such as 7K2M-9QX4-T1B8-ZC3V-2.',
    foreign: 'Another site sent this',
    foreignCure:
      'Nothing was taken. Open the address on the label or in your message yourself, and fill in the form there.',
    tooOften: 'Too many reports have come within the hour. Please call the number on the label, or try again later.',
    notNow:
      'We cannot take your report at the moment. Please call the number on the label, or try again in a few minutes.',
  },
  da: {
    title: 'Du har fundet en forsendelse',
    intro: 'Tak, fordi du siger til. Du behøver ingen konto, og du behøver ikke sige, hvem du er.',
    doNotOpen: 'Åbn den venligst ikke. Du kan aflevere den på ethvert posthus.',
    number: 'Nummer på mærkaten:',
    mine: 'Er den til dig?',
    isMine: { no: 'Nej', yes: 'Ja' },
    opened: 'Er den åben, eller har den været åbnet?',
    isOpened: { no: 'Nej', yes: 'Ja', unknown: 'Det kan jeg ikke se' },
    left: 'Hvor er den nu?',
    isLeft: {
      kept: 'Hos mig',
      'where-found': 'Der, hvor jeg fandt den',
      'post-office': 'Afleveret på et posthus',
      police: 'Afleveret til politiet',
      'handed-on': 'Givet til en anden',
      other: 'Et andet sted',
    },
    contact: 'Hvordan kan vi ringe tilbage? (valgfrit)',
    contactHint:
      'Et telefonnummer eller en e-mailadresse. Kun de ansatte ved finderskranken ser det; det slettes efter 90 dage.',
    send: 'Send besked',
    incomplete: 'Svar venligst på alle tre spørgsmål. Kontaktoplysningen skal være 3 til 200 tegn på én linje.',
    thanks: 'Tak. Din besked er noteret.',
    quote: 'Hvis vi taler i telefon, så oplys denne kode, og bed os om den, før du siger noget:',
    whatNow:
      'Hold forsendelsen lukket og i sikkerhed, indtil en med denne kode beder om den, eller aflever den på et posthus.',
    unreadable: 'Det er ikke nummeret på en forsendelse',
    unreadableCure:
      'Sammenlign med mærkaten, tegn for tegn: sytten bogstaver og tal, for eksempel 7K2M-9QX4-T1B8-ZC3V-2.',
    foreign: 'Et andet websted har sendt dette',
    foreignCure: 'Intet er modtaget. Åbn selv adressen på mærkaten eller i din besked, og udfyld formularen der.',
    tooOften:
      'Der er kommet for mange beskeder inden for en time. Ring til nummeret på mærkaten, eller prøv igen senere.',
    notNow:
      'Vi kan ikke tage imod din besked lige nu. Ring til nummeret på mærkaten, eller prøv igen om nogle minutter.',
  },
  fr: {
    title: 'Vous avez trouvé un envoi',
    intro: 'Merci de nous le signaler. Aucun compte n’est nécessaire, et vous n’avez pas à dire qui vous êtes.',
    doNotOpen: 'Ne l’ouvrez pas, s’il vous plaît. Vous pouvez le remettre à n’importe quel bureau de poste.',
    number: 'Numéro sur l’étiquette :',
    mine: 'Vous est-il destiné ?',
    isMine: { no: 'Non', yes: 'Oui' },
    opened: 'Est-il ouvert, ou a-t-il été ouvert ?',
    isOpened: { no: 'Non', yes: 'Oui', unknown: 'Je ne sais pas' },
    left: 'Où se trouve-t-il maintenant ?',
    isLeft: {
      kept: 'Chez moi',
      'where-found': 'Là où je l’ai trouvé',
      'post-office': 'Remis à un bureau de poste',
      police: 'Remis à la police',
      'handed-on': 'Donné à quelqu’un d’autre',
      other: 'Ailleurs',
    },
    contact: 'Comment vous rappeler ? (facultatif)',
    contactHint:
      'Un numéro de téléphone ou une adresse e-mail. Seul le personnel du guichet le voit ; il est effacé après 90 jours.',
    send: 'Envoyer',
    incomplete:
      'Veuillez répondre aux trois questions. Le moyen de vous rappeler compte de 3 à 200 caractères sur une ligne.',
    thanks: 'Merci. Votre signalement est noté.',
    quote: 'Si nous nous parlons au téléphone, donnez ce code, et demandez-le-nous avant de dire quoi que ce soit :',
    whatNow:
      'Gardez l’envoi fermé et en lieu sûr jusqu’à ce que quelqu’un muni de ce code le demande, ou remettez-le à un bureau de poste.',
    unreadable: 'Ce n’est pas le numéro d’un envoi',
    unreadableCure:
      'Comparez-le avec l’étiquette, signe par signe : dix-sept lettres et chiffres, comme 7K2M-9QX4-T1B8-ZC3V-2.',
    foreign: 'Un autre site a envoyé ceci',
    foreignCure:
      'Rien n’a été pris en compte. Ouvrez vous-même l’adresse sur l’étiquette ou dans votre message, et remplissez-y le formulaire.',
    tooOften:
      'Trop de signalements sont arrivés en une heure. Appelez le numéro sur l’étiquette, ou réessayez plus tard.',
    notNow:
      'Nous ne pouvons pas prendre votre signalement en ce moment. Appelez le numéro sur l’étiquette, ou réessayez dans quelques minutes.',
  },
};
