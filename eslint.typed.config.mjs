/** What needs the compiler's types to be found. Slower than the other rules, so it is a run of its own in `make lint`. */
import tseslint from 'typescript-eslint';

export default tseslint.config({
  files: ['src/**/*.ts'],
  plugins: { '@typescript-eslint': tseslint.plugin },
  languageOptions: {
    parser: tseslint.parser,
    parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname },
  },
  // What the other run needs to be switched off for is not unused here.
  linterOptions: { reportUnusedDisableDirectives: 'off' },
  rules: {
    // A union that grows, a switch that does not: it would fall through in silence.
    '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    // A promise that nobody waits for is lost on the way, and its failure with it.
    '@typescript-eslint/no-floating-promises': 'error',
    '@typescript-eslint/no-misused-promises': 'error',
    '@typescript-eslint/await-thenable': 'error',
  },
});
