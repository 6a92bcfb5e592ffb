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
  testTimeout: 60000,
  maxWorkers: 2,
};
