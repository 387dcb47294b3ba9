import type { SeededRandom } from './seeded-random.ts';

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

// Coined stems: a made-up word in front keeps each name from being anybody's.
const stems =
  words(`Bluemarl Gjoalund Alderfinch Sundrift Eastgarrow Quaymoss Corvane Ternholm Fennimarsh Kestrow Dunmarrow
  Polderin Marrowick Lanternby Opalund Wrenfold Brightmoor Cobaltern Harrowpike Juniperow Nordlyst Saltmarrow Amberquist Birchavon
  Caldermoss Driftmere Elmsparrow Foxlarch Glimmerford Hazelthorn Inkwater Jasperlyn Kelpstone Larkmeadow Mossbrindle Nettlecombe
  Oakumber Pebblewick Quillmarch Rooksend Silverteal Thistlewane Umberfell Violetmoor Willowgarth Yarrowby Zephyrcote Ashquill
  Bramblecross Copperlark Dovefield Emberlyn Frostpeak Gullane Heathermark Ivorydale Kitewell Lindenfjord Marigale Northwillow
  Otterburrow Plumstock Ravenloch Seabriar Tamarackby Underwold Vesperholt Windlesham-Crane Applegarrow Beaconmire`);

const trades = {
  en: [
    'Ceramics',
    'Shipping Line',
    'Logistics',
    'Hotels',
    'Pharmacy Group',
    'Insurance',
    'Analytics',
    'Outfitters',
    'Dairy Co-op',
    'Mutual',
    'Freight',
    'Greenhouses',
    'Street Clinics',
    'Bay Resort',
    'Transit',
    'Schools Trust',
    'Utilities',
    'Dental',
    'Legal',
    'Bakeries',
    'Film Studios',
    'Foods',
    'Credit Union',
    'Timber',
    'Veterinary Care',
    'Robotics',
    'Solar',
    'Property Management',
    'Staffing',
    'Press',
  ],
  de: [
    'Maschinenbau GmbH',
    'Spedition GmbH & Co. KG',
    'Backwaren GmbH',
    'Klinikverbund gGmbH',
    'Energie eG',
    'Werkzeuge AG',
    'Hausverwaltung GmbH',
  ],
  fr: ['Transports SARL', 'Assurances SA', 'Boulangeries SAS', 'Hôtels SA', 'Énergies SAS', 'Santé SCOP'],
  nl: ['Kwekerijen B.V.', 'Scheepvaart B.V.', 'Zorggroep', 'Verzekeringen N.V.'],
  sv: ['Skogsbruk AB', 'Rederi AB', 'Fastigheter AB', 'Vård AB'],
  es: ['Conservas S.L.', 'Hoteles S.A.', 'Logística S.L.', 'Bodegas S.A.'],
  gulf: [
    'Trading LLC',
    'Hospitality LLC',
    'Contracting LLC',
    'Medical Centers',
    'Marine Services FZE',
    'Real Estate LLC',
    'General Transport LLC',
  ],
} as const;

const bulgarian = [
  'Синчецово Логистика ЕООД',
  'Тихогорие Медикъл ООД',
  'Морянкини Хотели АД',
  'Варовничка Керамика ООД',
  'Ябълкороща Храни ЕАД',
  'Бяла Чинара 7 ЕООД',
  'Зорник и Драгалин Адвокатско дружество',
  'Звънлива долина: производство, преработка и износ на лавандулово масло и билкови чайове ООД',
  'Кехлибарин Търговия ЕТ',
  'Люлякино Училища',
];
const korean = [
  '달빛누리솔 물류 주식회사',
  '새솔마루뜰 의료재단',
  '푸른여울목 해운',
  '별하늘재 유통 주식회사',
  '가람솔뫼 정밀기계 주식회사',
];

export type CompanyLanguage = keyof typeof trades | 'bg' | 'ko';

/** Hands out invented company names, each once. */
export class CompanyNames {
  private readonly given = new Set<string>();
  private readonly random: SeededRandom;

  constructor(random: SeededRandom, taken: readonly string[]) {
    this.random = random;
    for (const name of taken) this.given.add(name);
  }

  next(language: CompanyLanguage): string {
    const listed = language === 'bg' ? bulgarian : language === 'ko' ? korean : [];
    const free = listed.find((name) => !this.given.has(name));
    if (free !== undefined) {
      this.given.add(free);
      return free;
    }
    const forms: readonly string[] = trades[language === 'bg' || language === 'ko' ? 'en' : language];
    for (;;) {
      const stem = this.random.pick(stems);
      const name = `${stem} ${this.random.pick(forms)}`;
      if (this.given.has(name)) continue;
      this.given.add(name);
      return name;
    }
  }
}

/** For scenarios of thousands: stem, trade and a number. */
export function numberedCompanyName(index: number): string {
  const stem = stems[index % stems.length] ?? '';
  const trade = trades.en[Math.floor(index / stems.length) % trades.en.length] ?? '';
  return `${stem} ${trade} ${1000 + index}`;
}
