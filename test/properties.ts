/** fast-check with a seed of its own: the same cases on every run. `SEED=7 npx jest test/sql-text` tries others. */
import fc from 'fast-check';

fc.configureGlobal({ seed: Number(process.env['SEED'] ?? 20261127) });

export default fc;
