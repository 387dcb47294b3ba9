/** Standard offset from UTC in minutes and the rule that adds an hour in summer. */
export interface Zone {
  standardMinutes: number;
  summer: 'us' | 'eu' | 'none';
}

export interface City {
  name: string;
  zone: Zone;
  /** Numbers of the city are this and `digits` digits more. */
  numberPrefix: string;
  digits: number;
}

export type NameLanguage = 'en' | 'de' | 'fr' | 'es' | 'nl' | 'sv' | 'bg' | 'ko' | 'gulf';

export interface Country {
  code: string;
  language: NameLanguage;
  /** 0 is Sunday. */
  weekend: readonly number[];
  mobile?: { numberPrefix: string; digits: number };
  tollFree: string;
  emergencyTest: string;
  cities: readonly City[];
}

const american = (standardMinutes: number): Zone => ({ standardMinutes, summer: 'us' });
const european = (standardMinutes: number): Zone => ({ standardMinutes, summer: 'eu' });
const plain = (standardMinutes: number): Zone => ({ standardMinutes, summer: 'none' });
const city = (name: string, zone: Zone, numberPrefix: string, digits: number): City => ({
  name,
  zone,
  numberPrefix,
  digits,
});
/** North America keeps 555-0100 to 555-0199 of each area for fiction. */
const northAmerican = (name: string, zone: Zone, area: string): City => city(name, zone, `+1${area}55501`, 2);
/** Where no range is kept for fiction: local numbers that begin with 0, which no numbering plan here gives out. */
const unassigned = (name: string, zone: Zone, area: string): City => city(name, zone, `+${area}05550`, 2);

const satSun = [0, 6];
const friSat = [5, 6];

// Ranges kept for fiction: Ofcom (GB), BNetzA (DE), ARCEP (FR), PTS (SE), ComReg (IE), ACMA (AU).
const catalog: readonly Country[] = [
  {
    code: 'US',
    language: 'en',
    weekend: satSun,
    tollFree: '+18005550199',
    emergencyTest: '933',
    cities: [
      northAmerican('Tulsa', american(-360), '918'),
      northAmerican('Richmond', american(-300), '804'),
      northAmerican('Columbus', american(-300), '614'),
      northAmerican('Spokane', american(-480), '509'),
      northAmerican('Boise', american(-420), '208'),
      northAmerican('Omaha', american(-360), '402'),
      northAmerican('Savannah', american(-300), '912'),
      northAmerican('Duluth', american(-360), '218'),
      northAmerican('Tucson', plain(-420), '520'),
      northAmerican('Sacramento', american(-480), '916'),
      northAmerican('Albany', american(-300), '518'),
      northAmerican('Amarillo', american(-360), '806'),
    ],
  },
  {
    code: 'CA',
    language: 'en',
    weekend: satSun,
    tollFree: '+18885550123',
    emergencyTest: '933',
    cities: [
      northAmerican('Kingston', american(-300), '613'),
      northAmerican('Sherbrooke', american(-300), '819'),
      northAmerican('Regina', plain(-360), '306'),
      northAmerican('Kelowna', american(-480), '250'),
      northAmerican('Halifax', american(-240), '902'),
      northAmerican('Red Deer', american(-420), '403'),
    ],
  },
  {
    code: 'MX',
    language: 'es',
    weekend: satSun,
    tollFree: '+528000555010',
    emergencyTest: '112',
    cities: [unassigned('Querétaro', plain(-360), '52442'), unassigned('Mérida', plain(-360), '52999')],
  },
  {
    code: 'AU',
    language: 'en',
    weekend: satSun,
    tollFree: '+611800555010',
    emergencyTest: '112',
    cities: [city('Ballarat', plain(600), '+6137010', 4), city('Newcastle', plain(600), '+6125550', 4)],
  },
  {
    code: 'KR',
    language: 'ko',
    weekend: satSun,
    tollFree: '+82800555010',
    emergencyTest: '112',
    cities: [
      unassigned('서울', plain(540), '822'),
      unassigned('대전', plain(540), '8242'),
      unassigned('부산', plain(540), '8251'),
    ],
  },
  {
    code: 'GB',
    language: 'en',
    weekend: satSun,
    tollFree: '+448081570123',
    emergencyTest: '112',
    mobile: { numberPrefix: '+447700900', digits: 3 },
    cities: [
      city('London', european(0), '+442079460', 3),
      city('Leeds', european(0), '+441134960', 3),
      city('Bristol', european(0), '+441632960', 3),
      city('Edinburgh', european(0), '+441314960', 3),
    ],
  },
  {
    code: 'IE',
    language: 'en',
    weekend: satSun,
    tollFree: '+3531800555010',
    emergencyTest: '112',
    cities: [city('Cork', european(0), '+35320910', 4), city('Galway', european(0), '+35320911', 4)],
  },
  {
    code: 'DE',
    language: 'de',
    weekend: satSun,
    tollFree: '+498000555010',
    emergencyTest: '112',
    mobile: { numberPrefix: '+4917139200', digits: 2 },
    cities: [
      city('Berlin', european(60), '+493023125', 3),
      city('Hamburg', european(60), '+494066969', 3),
      city('Köln', european(60), '+492214710', 3),
      city('München', european(60), '+498999998', 3),
      city('Frankfurt', european(60), '+496990009', 3),
    ],
  },
  {
    code: 'FR',
    language: 'fr',
    weekend: satSun,
    tollFree: '+33800055501',
    emergencyTest: '112',
    mobile: { numberPrefix: '+3363998', digits: 4 },
    cities: [
      city('Paris', european(60), '+3319900', 4),
      city('Nantes', european(60), '+3326191', 4),
      city('Lille', european(60), '+3335301', 4),
      city('Toulouse', european(60), '+3353649', 4),
    ],
  },
  {
    code: 'NL',
    language: 'nl',
    weekend: satSun,
    tollFree: '+318000555010',
    emergencyTest: '112',
    cities: [
      unassigned('Utrecht', european(60), '3130'),
      unassigned('Zwolle', european(60), '3138'),
      unassigned('Breda', european(60), '3176'),
    ],
  },
  {
    code: 'SE',
    language: 'sv',
    weekend: satSun,
    tollFree: '+46200555010',
    emergencyTest: '112',
    cities: [
      city('Stockholm', european(60), '+468465004', 2),
      city('Göteborg', european(60), '+463139006', 2),
      city('Malmö', european(60), '+464062804', 2),
    ],
  },
  {
    code: 'ES',
    language: 'es',
    weekend: satSun,
    tollFree: '+34900055501',
    emergencyTest: '112',
    cities: [unassigned('Zaragoza', european(60), '34976'), unassigned('Vigo', european(60), '34986')],
  },
  {
    code: 'BG',
    language: 'bg',
    weekend: satSun,
    tollFree: '+35980005550',
    emergencyTest: '112',
    cities: [
      unassigned('София', european(120), '3592'),
      unassigned('Пловдив', european(120), '35932'),
      unassigned('Варна', european(120), '35952'),
      unassigned('Бургас', european(120), '35956'),
    ],
  },
  {
    code: 'AE',
    language: 'gulf',
    weekend: satSun,
    tollFree: '+971800055501',
    emergencyTest: '112',
    cities: [
      unassigned('Dubai', plain(240), '9714'),
      unassigned('Abu Dhabi', plain(240), '9712'),
      unassigned('Sharjah', plain(240), '9716'),
      unassigned('Al Ain', plain(240), '9713'),
    ],
  },
  {
    code: 'SA',
    language: 'gulf',
    weekend: friSat,
    tollFree: '+966800055501',
    emergencyTest: '112',
    cities: [unassigned('Riyadh', plain(180), '96611'), unassigned('Dammam', plain(180), '96613')],
  },
  {
    code: 'QA',
    language: 'gulf',
    weekend: friSat,
    tollFree: '+974800055501',
    emergencyTest: '112',
    cities: [unassigned('Doha', plain(180), '974')],
  },
  {
    code: 'KW',
    language: 'gulf',
    weekend: friSat,
    tollFree: '+965800055501',
    emergencyTest: '112',
    cities: [unassigned('Kuwait City', plain(180), '965')],
  },
];

const byCode = new Map(catalog.map((country) => [country.code, country]));

/** Throws for a country that the demo does not play in. */
export function countryOf(code: string): Country {
  const country = byCode.get(code);
  if (!country) throw new Error(`The demo has no country ${code}; add it to places.ts`);
  return country;
}

/** Where calls abroad go. */
export const countryCodes: readonly string[] = catalog.map((country) => country.code);
