import js from '@eslint/js'
import prettier from 'eslint-config-prettier'
import hooks from 'eslint-plugin-react-hooks'
import globals from 'globals'
import ts from 'typescript-eslint'

// Time, randomness, configuration and network come through ports, so that every test can hold them in its hand.
const hiddenInputs = [
  {
    selector: "MemberExpression[object.name='Date'][property.name='now']",
    message: 'Take a Clock.',
  },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Take a Clock.' },
  {
    selector: "MemberExpression[object.name='performance'][property.name='now']",
    message: 'Take a Clock.',
  },
  {
    selector: "MemberExpression[object.name='Math'][property.name='random']",
    message: 'Take a Random.',
  },
  {
    selector: "MemberExpression[object.name='process'][property.name='env']",
    message: 'Take the configuration.',
  },
  { selector: "CallExpression[callee.name='fetch']", message: 'Take the network port.' },
]

// One style: an arrow constant. `function` only where the language needs it: a generator, an overload, an assertion,
// a result of type never, or a `this` of its own.
const oneFunctionStyle = {
  selector:
    'FunctionDeclaration[generator=false]' +
    ':not(:has(> TSTypeAnnotation > TSTypePredicate[asserts=true]))' +
    ':not(:has(> TSTypeAnnotation > TSNeverKeyword))' +
    ':not(:has(ThisExpression))' +
    ':not(TSDeclareFunction ~ FunctionDeclaration)' +
    ':not(ExportNamedDeclaration:has(> TSDeclareFunction) ~ ExportNamedDeclaration > FunctionDeclaration)',
  message: 'Write an arrow constant.',
}

// One style: what is private has a #. `private` only on a parameter of a constructor, where Nest injects.
const onePrivateStyle = {
  selector:
    ':matches(PropertyDefinition, MethodDefinition[kind!="constructor"])[accessibility="private"]',
  message: 'Write #name; `private` is only for parameters of a constructor.',
}

const styles = [oneFunctionStyle, onePrivateStyle]

export default ts.config(
  {
    ignores: [
      '**/dist/**',
      '**/node_modules/**',
      '**/coverage/**',
      '**/reports/**',
      '**/.stryker-tmp/**',
      '**/.tmp/**',
      '.sealcard/**',
      '**/.swc/**',
      '**/fixture-weapp/**',
    ],
  },
  js.configs.recommended,
  ...ts.configs.recommended,
  {
    files: ['**/*.{ts,tsx,mjs,cjs,js}'],
    languageOptions: { globals: { ...globals.node } },
    rules: {
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'off',
      'max-lines': ['error', { max: 400, skipBlankLines: false, skipComments: false }],
      'no-console': 'off',
      eqeqeq: ['error', 'always'],
      'no-restricted-syntax': ['error', ...styles],
    },
  },
  {
    files: [
      'apps/*/src/**/*.{ts,tsx}',
      'packages/*/src/**/*.{ts,tsx}',
      'packages/simulator/phone/**/*.{ts,tsx}',
    ],
    ignores: [
      '**/*.test.{ts,tsx}',
      '**/testing/**',
      '**/adapters/**',
      'apps/bff/src/core/ports/**',
      'apps/bff/src/app/main.ts',
      'apps/bff/src/app/cli.ts',
      'packages/testing/**',
      'packages/simulator/src/cli.ts',
      'packages/simulator/src/jsdom-phone/**',
      'packages/simulator/src/phone-driver/**',
    ],
    rules: { 'no-restricted-syntax': ['error', ...styles, ...hiddenInputs] },
  },
  {
    files: ['**/*.tsx', 'packages/simulator/phone/**'],
    languageOptions: { globals: { ...globals.browser } },
    plugins: { 'react-hooks': hooks },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
  {
    files: ['**/*.cjs', '**/babel.config.js', 'apps/mini/plugins/**/*.js'],
    languageOptions: { sourceType: 'commonjs' },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    files: ['**/*.test.{ts,tsx}', '**/test/**', 'test/**', 'packages/testing/**'],
    languageOptions: { globals: { ...globals.jest } },
  },
  prettier,
)
