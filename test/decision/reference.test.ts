import { CASES, callOf, expected, historyOf } from './cases';
import { decide } from './reference/decide';
import { SCRIPTS } from './scripts';

describe('the reference model on the worked cases', () => {
  const rows = CASES.flatMap((worked) =>
    worked.on.map((kind) => [worked.number, worked.title, kind, worked] as const),
  );

  it.each(rows)('%i: %s (%s)', (_, __, kind, worked) => {
    const { action, reason, message, selector } = decide(historyOf(worked, kind), callOf(worked, kind));
    expect({ action, reason, message, selector }).toEqual(expected(worked, kind));
  });

  it('covers all thirty numbers, together with the scripts', () => {
    const numbers = new Set([...CASES, ...SCRIPTS].map((worked) => worked.number));
    expect([...numbers].sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
  });
});
