import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist/', 'types/', 'node_modules/', 'generated/', '.auto-restart/', 'coverage/'] },
  ...tseslint.configs.recommended,
  {
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
    },
  },
  { files: ['**/*.cjs', '**/*.mjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  { files: ['test/**'], rules: { 'max-lines': 'off' } },
  {
    files: ['test/**'],
    ignores: ['test/properties.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { name: 'fast-check', message: 'take it from test/properties.ts, where its seed is fixed' },
      ],
    },
  },
);
