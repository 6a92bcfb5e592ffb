/** Compares what happened with what was expected. Only the fields an expectation names count. */
import type { Step } from './rehearsal';

/** @returns one sentence for each difference */
export function differences(steps: readonly Step[], expected: readonly Partial<Step>[]): string[] {
  const found = expected.flatMap((wanted, index) => {
    const step = steps[index];
    if (!step)
      return [
        `step ${index + 1}: expected ${JSON.stringify(wanted)}, but there were only ${steps.length} steps`,
      ];
    return differing(step, wanted).map(
      (text) => `step ${index + 1} (${step.at} ${step.task ?? 'operator'}): ${text}`,
    );
  });
  const surplus = steps
    .slice(expected.length)
    .map((step) => `not expected: ${step.at} ${step.task ?? 'operator'}: ${step.message}`);
  return [...found, ...surplus];
}

function differing(step: Step, wanted: Partial<Step>): string[] {
  return (Object.keys(wanted) as (keyof Step)[])
    .filter((field) => JSON.stringify(step[field]) !== JSON.stringify(wanted[field]))
    .map((field) => `${field} is ${JSON.stringify(step[field])}, expected ${JSON.stringify(wanted[field])}`);
}
