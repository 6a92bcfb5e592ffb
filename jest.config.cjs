/** Tests run the TypeScript sources; swc strips the types, `npm run typecheck` checks them. */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' }, module: { type: 'commonjs' } },
    ],
  },
  moduleNameMapper: { '^dbt-auto-restart$': '<rootDir>/src/index.ts' },
  // For what hangs: CI's two cores are busy, and a test that waits its turn is no fault.
  testTimeout: 600_000,
  maxWorkers: 2,
};
