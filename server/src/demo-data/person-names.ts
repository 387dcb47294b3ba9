import type { NameLanguage } from './places.ts';
import type { SeededRandom } from './seeded-random.ts';

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

const given: Record<NameLanguage, readonly string[]> = {
  en: words(`Avery Blake Carmen Dana Elliot Frances Grant Hazel Imogen Jonah Keira Lionel Maeve Nolan Odessa Piers Quinn Rosa
    Silas Thea Ursula Vernon Wilma Xavier Yvette Zane Beatrix Cedric Delia Everett Fiona Gideon Hattie Ivor Joss`),
  de: words(
    'Anneke Bastian Cordula Detlef Elke Falk Gesine Henrik Ilka Jost Katrin Lennart Maren Niklas Ottilie Jürgen Rieke Sören Tilda Uwe',
  ),
  fr: words(
    'Aurélie Baptiste Céline Damien Élodie Fabrice Gaëlle Hugues Inès Joël Laure Mathis Noémie Océane Pascal Rémi Sylvie Thibault',
  ),
  es: words(
    'Adela Bruno Carmela Dario Elvira Fermín Gloria Hernán Inés Julián Leonor Matías Nuria Óscar Pilar Rocío Saúl Ximena',
  ),
  nl: words(
    'Anouk Bram Carlijn Daan Esmee Floris Geertje Hidde Iris Jasper Klaske Loes Maaike Niels Pien Ruben Sanne Teun',
  ),
  sv: words(
    'Alva Birger Cecilia David Ebba Folke Gunilla Håkan Inga Jonas Karin Love Märta Nils Oskar Pernilla Rut Sixten Åsa',
  ),
  bg: words(
    'Асен Биляна Венцислав Галина Деян Елица Живко Златка Ивайло Йоана Калин Лилия Момчил Невена Огнян Петя Росен Силвия Тихомир Цветан',
  ),
  ko: words('가온 나래 다솜 라온 마루 바다 새봄 슬기 아람 예솔 우람 은솔 이든 하람 한결 해나'),
  gulf: words(
    'Amal Basma Dalal Faris Ghada Hamad Jumana Khalid Laila Mansour Nadia Omar Rashid Salma Tariq Yasmin Zayed Huda',
  ),
};

const family: Record<NameLanguage, readonly string[]> = {
  en: words(`Ashdown Barlowe Crestwell Dunning Everhart Fairbourne Gladwin Hollis Iverley Jessop Kingsmere Larkin Merrow Northam
    Oakhurst Pennick Quill Radley Stanhope Tolliver Underhill Vance Wexford Yardley Alcott Briarley Callow Denholm O'Dell Fenwright`),
  de: words(
    'Ahlers Brinkhoff Claßen Dörrfeld Eickmann Fuhrbach Grotjahn Hölscher Isenberg Jansky Kettwig Lüttmann Meerkamp Nordhoff Querfurth Rossbach',
  ),
  fr: words(
    'Aubrac Belcastel Chauvigny Delmare Estienne Fontrieux Granval Hautecloque Jolivet Lamberville Montreval Perrigny Roquefeuil Valmont',
  ),
  es: words(
    'Aldana Bermejo Cervantes Dueñas Escribano Fonseca Galarza Herreros Ibarra Lozano Montalvo Nájera Olmedo Peñalver Quintana Robles',
  ),
  nl: words(
    'Aalders Boerema Claassen Dijkhuis Elzinga Fokkema Groenhart Hoekwater Kamperman Luttikhuis Molenaar Oosterveld Poelstra Roodenburg',
  ),
  sv: words(
    'Almström Bergvall Cederlöf Dalmark Ekenberg Forsgren Grönlund Hedqvist Lindmark Norrgård Sjöholm Tallberg Vinterfors Öhman',
  ),
  bg: words(
    'Асенов Белчева Велинов Гърдева Дончев Ематинов Жабленски Златарски Искърски Кърджилов Липовански Морянов Орешков Пиринчев Синчецов',
  ),
  ko: words('김 이 박 최 정 강 조 윤 장 임 한 오 서 신 권 황'),
  gulf: words(
    'Al-Badri Al-Darwish Al-Fahim Al-Ghanim Al-Hashmi Al-Jaber Al-Kindi Al-Mazrui Al-Nuaimi Al-Qasim Al-Rawahi Al-Suwaidi Haddad Khoury Mansoori',
  ),
};

/** A person of nobody's acquaintance, in the script of the country. */
export function personName(random: SeededRandom, language: NameLanguage): string {
  const first = random.pick(given[language]);
  const last = random.pick(family[language]);
  return language === 'ko' ? `${last}${first}` : `${first} ${last}`;
}

/** Display names that a spreadsheet would take for a formula: exports must neutralize them. */
export const formulaLikeNames: readonly string[] = [
  '=SUM(A1:A9) Ledger Desk',
  '+359 2 055 5012',
  '@support',
  '-2+3 Night Shift',
  '=HYPERLINK("https://sheetwise.example/","Open, please")',
  '\tTabbed Accounts',
];
