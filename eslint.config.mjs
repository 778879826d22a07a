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

// A class that needs more has more than one responsibility: a part of them gets a name and a class.
const fewParts = {
  selector: 'MethodDefinition[kind="constructor"] > FunctionExpression[params.length>8]',
  message: 'At most 8 parameters: move a responsibility into a class of its own.',
}

// What a package offers is named in its index: a helper does not become public unseen.
const namedExports = {
  selector: 'ExportAllDeclaration[exported=null]',
  message: 'Name what is exported.',
}

const styles = [oneFunctionStyle, onePrivateStyle, fewParts, namedExports]

// Only a platform's own folder knows its name. Everything else asks the adapter: docs/extending/platform.md.
const noPlatformName = {
  selector: 'Literal[value=/^(wechat|wecom)$/]',
  message: 'Ask the platform: a property or a method of `Platform` says it.',
}

// These make what the ports give.
const MAKERS_OF_PORTS = [
  '**/adapters/**',
  'apps/bff/src/core/ports/**',
  'apps/bff/src/app/main.ts',
  'apps/bff/src/app/cli.ts',
]

const TESTS = ['**/*.test.{ts,tsx}', '**/test/**', 'test/**', 'packages/testing/**']

const unused = {
  '@typescript-eslint/no-unused-vars': [
    'error',
    { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
  ],
}

const ROWS = [
  'AdminAccountEntity',
  'AuditCheckpointEntity',
  'AuditEntryEntity',
  'BotNoticeEntity',
  'CardEntity',
  'OpeningEntity',
  'SessionEntity',
  'ViewerEntity',
]

// With types. Each option says why.
const typed = {
  // A number has one text.
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
  // `() => callback()`, and `return reject(error)` that leaves a function, say what they do.
  '@typescript-eslint/no-confusing-void-expression': [
    'error',
    { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
  ],
  // A function that answers `void` may answer nothing; `post<void>` has no answer.
  '@typescript-eslint/no-invalid-void-type': 'off',
  // Nest's modules are classes that only carry a decorator.
  '@typescript-eslint/no-extraneous-class': [
    'error',
    { allowWithDecorator: true, allowEmpty: true },
  ],
  // TypeORM's entities are rows: an object with their columns is one.
  '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
  // With noUncheckedIndexedAccess each index of a loop over bytes would need a branch that never runs.
  '@typescript-eslint/no-non-null-assertion': 'off',
  // A port whose one adapter is synchronous, and a method that answers a rejection instead of a throw.
  '@typescript-eslint/require-await': 'off',
  // A copy of a row with a column changed is a row.
  '@typescript-eslint/no-misused-spread': ['error', { allow: [{ from: 'file', name: ROWS }] }],
  // The reason of an aborted signal is `any`.
  '@typescript-eslint/prefer-promise-reject-errors': [
    'error',
    { allowThrowingAny: true, allowThrowingUnknown: true },
  ],
  // `while (true)` ends by return.
  '@typescript-eslint/no-unnecessary-condition': [
    'error',
    { allowConstantLoopConditions: 'only-allowed-literals' },
  ],
}

const typedInTests = {
  // The answers of a service, parsed JSON and jest's own API are `any`; a wrong guess fails the test itself.
  '@typescript-eslint/no-base-to-string': 'off',
  '@typescript-eslint/no-unnecessary-type-parameters': 'off',
  '@typescript-eslint/no-unsafe-argument': 'off',
  '@typescript-eslint/no-unsafe-assignment': 'off',
  '@typescript-eslint/no-unsafe-call': 'off',
  '@typescript-eslint/no-unsafe-member-access': 'off',
  '@typescript-eslint/no-unsafe-return': 'off',
  '@typescript-eslint/restrict-plus-operands': 'off',
  '@typescript-eslint/restrict-template-expressions': 'off',
  '@typescript-eslint/use-unknown-in-catch-callback-variable': 'off',
  // `expect(fake.method)`.
  '@typescript-eslint/unbound-method': 'off',
  // When beforeAll failed, what it declares is not set, whatever its type says.
  '@typescript-eslint/no-unnecessary-condition': 'off',
  // A fake fails the way the platform does, with what is no Error.
  '@typescript-eslint/only-throw-error': 'off',
  '@typescript-eslint/prefer-promise-reject-errors': 'off',
}

export default ts.config(
  {
    ignores: [
      '**/dist/**',
      '**/miniprogram_dist/**',
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
      ...unused,
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
      ...MAKERS_OF_PORTS,
      'packages/testing/**',
      'packages/simulator/src/cli.ts',
      'packages/simulator/src/jsdom-phone/**',
      'packages/simulator/src/phone-driver/**',
    ],
    rules: { 'no-restricted-syntax': ['error', ...styles, ...hiddenInputs] },
  },
  {
    files: ['apps/bff/src/**/*.ts'],
    ignores: ['apps/bff/src/platforms/**', ...MAKERS_OF_PORTS],
    rules: { 'no-restricted-syntax': ['error', ...styles, ...hiddenInputs, noPlatformName] },
  },
  {
    files: MAKERS_OF_PORTS.map((path) => path.replace('**/adapters', 'apps/bff/src/**/adapters')),
    rules: { 'no-restricted-syntax': ['error', ...styles, noPlatformName] },
  },
  {
    files: ['apps/console/scripts/scroll-bar-size.mjs', 'apps/docs/.vitepress/theme/**'],
    languageOptions: { globals: globals.browser },
  },
  {
    files: ['**/*.tsx', 'packages/simulator/phone/**'],
    languageOptions: { globals: { ...globals.browser } },
    plugins: { 'react-hooks': hooks },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
  {
    files: ['**/*.{ts,tsx}'],
    // Read by Taro's own loader, in no project.
    ignores: ['apps/mini/config/**'],
    extends: [ts.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: { ...typed, ...unused },
  },
  {
    files: ['packages/simulator/**'],
    // The simulated world is plain JSON, which has no Map.
    rules: { '@typescript-eslint/no-dynamic-delete': 'off' },
  },
  {
    files: ['packages/simulator/phone/host/**'],
    // Nobody has checked what a mini-program gives to wx: the host converts it, and rejects, as WeChat does.
    rules: {
      '@typescript-eslint/no-base-to-string': 'off',
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-unnecessary-type-conversion': 'off',
      '@typescript-eslint/prefer-promise-reject-errors': 'off',
    },
  },
  {
    files: ['packages/crypto/src/**'],
    // Its callers may have no types: each public function checks what it is given.
    rules: { '@typescript-eslint/no-unnecessary-condition': 'off' },
  },
  {
    files: [...TESTS, 'apps/bff/tools/**'],
    ignores: ['apps/mini/config/**'],
    rules: typedInTests,
  },
  {
    files: ['**/*.cjs', '**/babel.config.js', 'apps/mini/plugins/**/*.js'],
    languageOptions: { sourceType: 'commonjs' },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    files: [
      'examples/native/**/*.js',
      'examples/before/native/**/*.js',
      'examples/*/weapp/**/*.js',
    ],
    languageOptions: {
      sourceType: 'commonjs',
      globals: { wx: 'readonly', App: 'readonly', Page: 'readonly' },
    },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    files: TESTS,
    languageOptions: { globals: { ...globals.jest } },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...styles,
        {
          // As in the service and the packages; what a bundler reads, the mini-program and the phone, needs none.
          selector:
            ':matches(ImportDeclaration, ExportNamedDeclaration)[source.value=/^\\.{1,2}\\/(?!.*\\.(js|mjs|cjs|json)$)/]',
          message: 'Write the .js of the file.',
        },
      ],
    },
  },
  prettier,
)
