"""How web forms look: style sheets that need nothing but themselves."""

# Everything is below `.lead-form`, so that it changes nothing else of a page it is
# pasted into; fonts and colours of text are the page's own.
FORM_STYLE = """
.lead-form { --lead-accent: #714b67; --lead-line: #8a8f98; max-width: 42rem;
  box-sizing: border-box; line-height: 1.45; }
.lead-form *, .lead-form *::before { box-sizing: inherit; }
.lead-form-title { margin: 0 0 .5rem; line-height: 1.2; }
.lead-form-intro p { margin: 0 0 .75rem; }
.lead-form-grid { display: grid; gap: 1rem 1.25rem; margin: 1.25rem 0;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 16rem), 1fr)); }
.lead-form-wide { grid-column: 1 / -1; }
.lead-form label { display: block; margin: 0 0 .25rem; font-weight: 600; }
.lead-form-required { color: #b3261e; }
.lead-form input:not([type=checkbox]),
.lead-form select, .lead-form textarea {
  display: block; width: 100%; min-height: 2.75rem; margin: 0; padding: .5rem .75rem;
  font: inherit; color: inherit; background: #fff;
  border: 1px solid var(--lead-line); border-radius: .375rem; }
.lead-form textarea { min-height: 8rem; resize: vertical; }
.lead-form :focus-visible { outline: 3px solid var(--lead-accent);
  outline-offset: 2px; }
.lead-form [aria-invalid][aria-invalid=true] { border: 2px solid #b3261e; }
.lead-form-help, .lead-form-note { margin: .25rem 0 0; font-size: .875em;
  opacity: .8; }
.lead-form-error { margin: .25rem 0 0; font-size: .875em; color: #b3261e; }
.lead-form-errors { margin: 1rem 0; padding: .75rem 1rem; color: #7a1a14;
  background: #fdeceb; border: 1px solid #e5a5a1; border-radius: .375rem; }
.lead-form-errors p, .lead-form-errors ul { margin: 0; }
.lead-form-errors a { color: inherit; }
.lead-form-consents { margin: 0 0 1rem; padding: 0; border: 0; }
.lead-form-consent { display: flex; gap: .75rem; align-items: flex-start;
  margin: 0 0 .75rem; }
.lead-form-consent input { flex: none; width: 1.25rem; height: 1.25rem;
  margin: .1rem 0 0; accent-color: var(--lead-accent); }
.lead-form-consent label { margin: 0; font-weight: 400; }
.lead-form button { min-height: 2.75rem; padding: .5rem 1.5rem; font: inherit;
  font-weight: 600; color: #fff; background: var(--lead-accent); border: 0;
  border-radius: .375rem; cursor: pointer; }
.lead-form button:hover { filter: brightness(.92); }
.lead-form-trap { position: absolute; left: -200vw; width: 1px; height: 1px;
  overflow: hidden; }
""".strip()

# What a page of its own adds to the form
PAGE_STYLE = """
:root { color-scheme: light; }
body { margin: 0; padding: 1.5rem 1rem; color: #23272f; background: #f5f5f7;
  font: 1rem/1.45 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
  overflow-wrap: break-word; overflow-x: hidden; }
main { max-width: 46rem; margin: 0 auto; padding: clamp(1.25rem, 4vw, 2.5rem);
  box-sizing: border-box; background: #fff; border: 1px solid #e3e4e8;
  border-radius: .75rem; }
main > .lead-form { max-width: none; }
h1 { margin: 0 0 .5rem; font-size: 1.75rem; line-height: 1.2; }
.lead-company { margin: 0 0 .5rem; font-size: .875rem; color: #5c6370; }
.lead-languages { display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin: 0 auto;
  max-width: 46rem; padding: 0 0 .75rem; justify-content: flex-end;
  font-size: .875rem; }
.lead-languages a { color: #5c6370; }
""".strip()
