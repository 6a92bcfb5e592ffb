/** Numbers printed by a format model. https://docs.snowflake.com/en/sql-reference/sql-format-models#numeric-format-models */
import { exactNumber } from './number-literal';

/** An element of a model: a digit's place, or what stands between them. */
type Element =
  | { is: 'digit'; zero: boolean }
  | { is: 'point' }
  | { is: 'group' }
  | { is: 'sign'; plus: boolean }
  | { is: 'dollar' }
  | { is: 'percent' }
  | { is: 'text'; text: string };

export type NumberModel =
  | { is: 'fixed'; elements: readonly Element[]; fill: boolean; blankZero: boolean }
  | { is: 'hexadecimal'; digits: number; signed: boolean; upper: boolean; before: string; after: string }
  | { is: 'shortest'; exponent: boolean; before: string; after: string };

const QUOTED = /^((?:"[^"]*")?)([\s\S]*?)((?:"[^"]*")?)$/;
const ELEMENT = /9|0|\.|D|,|G|S|MI|\$|%|"[^"]*"|[-=:;/() ]/giy;

/** `undefined` for what is not modelled: exponents, FX, hexadecimal digits without leading zeros. */
export function numberModel(written: string): NumberModel | undefined {
  const [, before = '', model = '', after = ''] = QUOTED.exec(written) ?? [];
  const around = { before: before.slice(1, -1), after: after.slice(1, -1) };
  const shortest = /^TM([9E]?)$/i.exec(model);
  if (shortest) return { is: 'shortest', exponent: /E/i.test(shortest[1]!), ...around };
  const hexadecimal = /^(S?)(0(?:X+|x+))$/.exec(model);
  if (hexadecimal) {
    const [, sign, digits = ''] = hexadecimal;
    return {
      is: 'hexadecimal',
      digits: digits.length,
      signed: sign !== '',
      upper: digits[1] === 'X',
      ...around,
    };
  }
  return fixedModel(written);
}

function fixedModel(written: string): NumberModel | undefined {
  const fill = /^FM/i.test(written);
  const rest = fill ? written.slice(2) : written;
  const unquoted = rest.replace(/"[^"]*"/g, '');
  const blankZero = /B/i.test(unquoted);
  const parts = rest.replace(/("[^"]*")|B/gi, (_, quoted: string | undefined) => quoted ?? '');
  const elements: Element[] = [];
  for (let at = 0; at < parts.length; at = ELEMENT.lastIndex) {
    ELEMENT.lastIndex = at;
    const match = ELEMENT.exec(parts);
    if (!match) return undefined;
    elements.push(elementOf(match[0].toUpperCase(), match[0]));
  }
  const many = (is: Element['is']): number => elements.filter((element) => element.is === is).length;
  if (many('digit') === 0 || many('point') > 1 || many('sign') > 1 || many('dollar') > 1) return undefined;
  return { is: 'fixed', elements, fill, blankZero };
}

function elementOf(name: string, written: string): Element {
  if (name === '9' || name === '0') return { is: 'digit', zero: name === '0' };
  if (name === '.' || name === 'D') return { is: 'point' };
  if (name === ',' || name === 'G') return { is: 'group' };
  if (name === 'S' || name === 'MI') return { is: 'sign', plus: name === 'S' };
  if (name === '$') return { is: 'dollar' };
  if (name === '%') return { is: 'percent' };
  return { is: 'text', text: written.replace(/^"|"$/g, '') };
}

/** @param value a decimal number as text, with an exponent or without */
export function printNumber(value: string, model: NumberModel): string {
  if (model.is === 'fixed') return printFixed(value, model);
  const inside =
    model.is === 'hexadecimal' ? printHexadecimal(value, model) : printShortest(value, model.exponent);
  return `${model.before}${inside}${model.after}`;
}

function printShortest(value: string, exponent: boolean): string {
  if (!exponent) return value;
  const { negative, units, scale } = unitsOf(value, 0);
  if (units === 0n) return '0E0';
  const digits = String(units);
  const fraction = digits.slice(1).replace(/0+$/, '');
  return `${negative ? '-' : ''}${digits[0]}${fraction ? `.${fraction}` : ''}E${digits.length - 1 - scale}`;
}

function printHexadecimal(value: string, model: NumberModel & { is: 'hexadecimal' }): string {
  const { negative, units } = rounded(value, 0);
  const whole = negative && !model.signed ? 16n ** BigInt(model.digits) - units : units;
  const digits = whole.toString(16).padStart(model.digits, '0');
  const shown = digits.length > model.digits ? '#'.repeat(model.digits) : digits;
  return `${model.signed ? (negative && units > 0n ? '-' : '+') : ''}${model.upper ? shown.toUpperCase() : shown}`;
}

function printFixed(value: string, { elements, fill, blankZero }: NumberModel & { is: 'fixed' }): string {
  const point = elements.findIndex(({ is }) => is === 'point');
  const isDigit = ({ is }: Element): boolean => is === 'digit';
  const places = (point < 0 ? elements : elements.slice(0, point)).filter(isDigit).length;
  const decimals = point < 0 ? 0 : elements.slice(point).filter(isDigit).length;
  const times = elements.some(({ is }) => is === 'percent') ? 2 : 0;
  const { negative, units } = rounded(value, decimals, times);
  const all = String(units).padStart(decimals + 1, '0');
  const whole = all.slice(0, all.length - decimals);
  const tooLong = whole.length > places && !(whole === '0' && places === 0);
  const digits = tooLong
    ? '#'.repeat(places + decimals)
    : `${whole.padStart(places, '0').slice(-places || Infinity)}${decimals ? all.slice(-decimals) : ''}`;
  const printed = digitsPrinted(
    elements,
    digits,
    places,
    tooLong || whole !== '0',
    tooLong ? places : whole.length,
    blankZero,
  );
  return layOut(elements, printed, negative && (units > 0n || tooLong), fill);
}

/** What each element prints, but for sign and dollar; a blank for a digit or a group that says nothing. */
function digitsPrinted(
  elements: readonly Element[],
  digits: string,
  places: number,
  hasWhole: boolean,
  length: number,
  blankZero: boolean,
): string[] {
  const lastZero = elements.reduce(
    (last, element, index) => (element.is === 'digit' && element.zero ? index : last),
    -1,
  );
  const lastDigit = digits.replace(/0+$/, '').length;
  let at = 0;
  let begun = false;
  return elements.map((element, index) => {
    if (element.is === 'point') return '.';
    if (element.is === 'group') return begun ? ',' : ' ';
    if (element.is === 'text') return element.text;
    if (element.is === 'percent') return '%';
    if (element.is !== 'digit') return '';
    const place = at++;
    const digit = digits[place] ?? '0';
    if (place >= places) return index > lastZero && place >= lastDigit ? ' ' : digit;
    const isOnlyZero = !hasWhole && place === places - 1;
    begun ||= element.zero || (isOnlyZero ? !blankZero : place >= places - length && hasWhole);
    return begun && !(isOnlyZero && blankZero && !element.zero) ? digit : ' ';
  });
}

/** The sign, and a dollar with it, stand right before the first thing that is printed, unless they have places of their own. */
function layOut(elements: readonly Element[], printed: string[], negative: boolean, fill: boolean): string {
  const firstPlace = elements.findIndex(({ is }) => is === 'digit' || is === 'point');
  const signAt = elements.findIndex(({ is }) => is === 'sign');
  const dollar = elements.some(({ is }) => is === 'dollar') ? '$' : '';
  const sign = elements[signAt];
  const plus = sign?.is === 'sign' && sign.plus ? '+' : ' ';
  const floats = signAt < 0 || (signAt < firstPlace && plus === '+');
  const shown = negative ? '-' : plus;
  const blanksGo = (text: string, { is }: Element): string =>
    fill && is !== 'text' && text.trim() === '' ? '' : text;
  const before = printed.findIndex(
    (text, index) => ['digit', 'point', 'group'].includes(elements[index]!.is) && text !== ' ',
  );
  return elements
    .map((element, index) => {
      if (element.is === 'sign') return floats ? '' : blanksGo(shown, element);
      const lead = index === before ? `${floats ? (fill ? shown.trim() : shown) : ''}${dollar}` : '';
      return lead + blanksGo(printed[index]!, element);
    })
    .join('');
}

interface Units {
  negative: boolean;
  units: bigint;
  scale: number;
}

/** With as many decimals as it has, or as many as asked for. */
function unitsOf(value: string, least: number): Units {
  const negative = value.startsWith('-');
  const text = exactNumber(value.replace(/^[-+]/, ''))?.text ?? value.replace(/^[-+]/, '');
  const [whole = '0', fraction = ''] = text.split('.');
  const padded = fraction.padEnd(least, '0');
  return { negative, units: BigInt(`${whole}${padded}`), scale: padded.length };
}

/** Half away from zero, after it is multiplied by a power of ten. */
function rounded(value: string, decimals: number, times = 0): Units {
  const { negative, units, scale } = unitsOf(value, decimals);
  const by = scale - decimals - times;
  if (by <= 0) return { negative, units: units * 10n ** BigInt(-by), scale: decimals };
  const unit = 10n ** BigInt(by);
  return { negative, units: (2n * units + unit) / (2n * unit), scale: decimals };
}
