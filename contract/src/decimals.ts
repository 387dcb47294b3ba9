/** Amounts of money are decimals with at most four digits behind the point. Counted exactly, in units of a ten-thousandth; never as floating point. */
const digits = 4;
const unitsOfOne = 10n ** BigInt(digits);

/** Ten-thousandths of an amount such as -12.5. */
export function unitsOf(amount: string): bigint {
  const [whole = '', part = ''] = amount.replace('-', '').split('.');
  const units = BigInt(whole) * unitsOfOne + BigInt(part.padEnd(digits, '0'));
  return amount.startsWith('-') ? -units : units;
}

/** The amount of so many ten-thousandths, without zeros that say nothing. */
export function amountOf(units: bigint): string {
  const size = units < 0n ? -units : units;
  const part = String(size % unitsOfOne)
    .padStart(digits, '0')
    .replace(/0+$/, '');
  return `${units < 0n ? '-' : ''}${size / unitsOfOne}${part === '' ? '' : `.${part}`}`;
}

const knownDigits = new Map<string, number>(); // a format takes long to make, and there are few currencies

/** How many decimals a currency has (ISO 4217): 2 of the dollar, 0 of the yen. */
export function digitsOf(currency: string): number {
  const known = knownDigits.get(currency);
  if (known !== undefined) return known;
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  const own = Math.min(digits, format.resolvedOptions().maximumFractionDigits ?? 2);
  knownDigits.set(currency, own);
  return own;
}

/** Ten-thousandths in the smallest unit of a currency, such as 100 in a cent. */
export const smallestUnit = (currency: string): bigint => 10n ** BigInt(digits - digitsOf(currency));

/** An exact quotient; `over` is above 0. */
export interface Fraction {
  units: bigint;
  over: bigint;
}

export const addFractions = (a: Fraction, b: Fraction): Fraction =>
  a.over === b.over
    ? { units: a.units + b.units, over: a.over }
    : { units: a.units * b.over + b.units * a.over, over: a.over * b.over };

/** To whole units, halves away from zero. */
export function rounded({ units, over }: Fraction): bigint {
  const size = units < 0n ? -units : units;
  const whole = (2n * size + over) / (2n * over);
  return units < 0n ? -whole : whole;
}

/** The amount that is paid of an exact one: to the smallest unit of its currency, halves away from zero. */
export function paidOf({ units, over }: Fraction, currency: string): string {
  const unit = smallestUnit(currency);
  return amountOf(rounded({ units, over: over * unit }) * unit);
}
