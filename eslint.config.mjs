/*
 * The rules of Odoo's own code (web/tooling/_eslintrc.json), without imports: they hold
 * wherever eslint was installed.
 */

// Those that eslint recommends
const RECOMMENDED = `
    constructor-super for-direction getter-return no-async-promise-executor no-case-declarations
    no-class-assign no-compare-neg-zero no-cond-assign no-const-assign
    no-constant-binary-expression no-constant-condition no-control-regex no-debugger
    no-delete-var no-dupe-args no-dupe-class-members no-dupe-else-if no-dupe-keys
    no-duplicate-case no-empty no-empty-character-class no-empty-pattern
    no-empty-static-block no-ex-assign no-extra-boolean-cast no-fallthrough no-func-assign
    no-global-assign no-import-assign no-invalid-regexp no-irregular-whitespace
    no-loss-of-precision no-misleading-character-class no-new-native-nonconstructor
    no-nonoctal-decimal-escape no-obj-calls no-octal no-prototype-builtins no-redeclare
    no-regex-spaces no-self-assign no-setter-return no-shadow-restricted-names
    no-sparse-arrays no-this-before-super no-undef no-unexpected-multiline no-unreachable
    no-unsafe-finally no-unsafe-negation no-unsafe-optional-chaining no-unused-labels
    no-unused-private-class-members no-useless-backreference no-useless-catch
    no-useless-escape no-with require-yield use-isnan valid-typeof
`;

const ODOO = {
    "arrow-body-style": ["error", "as-needed"],
    curly: ["error", "all"],
    "no-duplicate-imports": "error",
    "no-restricted-globals": ["error", "event", "self"],
    "no-restricted-syntax": ["error", "PrivateIdentifier"],
    "no-unused-vars": ["error", { vars: "all", args: "none", caughtErrors: "all" }],
    "prefer-const": ["error", { destructuring: "all", ignoreReadBeforeAssign: true }],
};

// What browsers and Odoo's client offer, as far as we use it
const BROWSER = `
    console CustomEvent document DOMParser Event getComputedStyle HTMLElement KeyboardEvent
    localStorage location MutationObserver Node requestAnimationFrame ResizeObserver
    setTimeout clearTimeout URL URLSearchParams window XMLHttpRequest
`;
const CLIENT = `${BROWSER} DataTransfer File FormData luxon navigator odoo`;

const words = (text) => text.trim().split(/\s+/);
const globals = (names) => Object.fromEntries(words(names).map((name) => [name, "readonly"]));

export default [
    { ignores: ["**/*.min.*", "**/static/lib/**"] },
    { linterOptions: { reportUnusedDisableDirectives: "error" } },
    {
        rules: {
            ...Object.fromEntries(words(RECOMMENDED).map((rule) => [rule, "error"])),
            ...ODOO,
        },
    },
    {
        files: ["**/*.js"],
        languageOptions: { ecmaVersion: 2022, sourceType: "module", globals: globals(CLIENT) },
    },
    {
        // Run as they are, in other people's pages or by the crawl
        files: ["lead_management/static/capture/*.js", "lab/bin/*.js"],
        languageOptions: { sourceType: "script", globals: globals(BROWSER) },
    },
    {
        // In whatever browser a visitor has: no `let`, no arrows, no `catch` without a name
        files: ["lead_management/static/capture/*.js"],
        languageOptions: { ecmaVersion: 5 },
        rules: { "no-unused-vars": ["error", { args: "none", caughtErrors: "none" }] },
    },
];
