"""Write the HTML of web forms. Pure Python.

SPECIFICATION

What comes out is HTML that needs no script and no file beside it. It is built as a tree
and written by lxml, never put together from pieces of text: whatever stands in a label,
a help text or an answer shows as it was typed and can't become markup.

Every input has a label tied to it, its type, and how the browser fills it in; what
helps and what is wrong is tied to it as its description. A required input is marked by
an asterisk, explained once, and checked by the browser. The trap for robots is out of
sight and out of the way of keyboards and screen readers.

There are two scripts, and none where nothing needs them. reCAPTCHA's, on forms that
have it on, fetches the answer when the form is sent; where Google can't be reached the
form is sent without. A page that may be shown in a frame tells the page around it how
high it is, and works the same where nobody listens.
"""

import json
import re

from lxml import html

from . import capture_fields as fields
from .capture_parts import Form
from .capture_style import FORM_STYLE, PAGE_STYLE

RECAPTCHA_API = "https://www.google.com/recaptcha/api.js"

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_INPUT_MODES = {"integer": "numeric", "amount": "decimal", "url": "url"}
_WIDE_KEYS = {"subject", "street", "street2"}

# Waits for the browser's own checks, then for Google; sends without an answer when
# there is none within four seconds.
_RECAPTCHA_SCRIPT = """
(function (form, key, action, name) {
  form.addEventListener("submit", function (event) {
    var sent = false;
    function send(token) {
      if (sent) { return; }
      sent = true;
      form.elements[name].value = token || "";
      HTMLFormElement.prototype.submit.call(form);
    }
    event.preventDefault();
    setTimeout(function () { send(); }, 4000);
    if (!window.grecaptcha) { return send(); }
    grecaptcha.ready(function () {
      grecaptcha.execute(key, { action: action }).then(send, function () { send(); });
    });
  });
})(document.getElementById(%s), %s, %s, %s);
"""

# Says nothing but a number, and only sites that may show the page in a frame hear it.
_HEIGHT_SCRIPT = """
(function () {
  if (window.parent === window) { return; }
  function tell() {
    var height = Math.ceil(document.body.getBoundingClientRect().height);
    window.parent.postMessage({ leadFormHeight: height }, "*");
  }
  new ResizeObserver(tell).observe(document.body);
})();
"""


def page(form: Form, nonce: str = "") -> str:
    """Return the form as a page of its own.

    :param nonce: allows the page's style and script where a policy forbids others
    """
    main = _main(form.company, _form(form, "h1", nonce))
    body = _tag("body", main)
    if form.languages:
        body.insert(0, _languages(form))
    if form.framed:
        body.append(_tag("script", text=_HEIGHT_SCRIPT, nonce=nonce or None))
    return _document(form.title, body, form.lang, form.direction, nonce)


def fragment(form: Form) -> str:
    """Return the form as HTML to paste into a page."""
    root = _form(form, "h2")
    root.insert(0, _style(FORM_STYLE))
    return html.tostring(root, encoding="unicode", pretty_print=True)


def message_page(
    title: str,
    text: str = "",
    company: str = "",
    lang: str = "en",
    direction: str = "ltr",
    nonce: str = "",
    framed: bool = False,
) -> str:
    """Return a page that says something and has nothing to fill in."""
    texts = _paragraphs(text) if text else ()
    body = _tag("body", _main(company, _tag("h1", text=title), *texts))
    if framed:
        body.append(_tag("script", text=_HEIGHT_SCRIPT, nonce=nonce or None))
    return _document(title, body, lang, direction, nonce)


def iframe(address: str, title: str, height: int) -> str:
    """Return the tag that shows a page inside another."""
    element = _tag(
        "iframe",
        src=address,
        title=title,
        loading="lazy",
        style=f"width: 100%; height: {int(height)}px; border: 0",
        data_lead_frame="",
    )
    return html.tostring(element, encoding="unicode")


def script(address: str) -> str:
    """Return the tag that loads a script once the page is there."""
    element = _tag("script", src=address, defer="defer")
    return html.tostring(element, encoding="unicode")


def _main(company, *children):
    if company:
        children = (_tag("p", text=company, class_="lead-company"), *children)
    return _tag("main", *children)


def _document(title, body, lang, direction, nonce):
    head = _tag(
        "head",
        _tag("meta", charset="utf-8"),
        _tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        _tag("meta", name="robots", content="noindex"),
        _tag("title", text=title),
        _style(f"{FORM_STYLE}\n{PAGE_STYLE}", nonce),
    )
    root = _tag("html", head, body, lang=lang.replace("_", "-"), dir=direction)
    return html.tostring(
        root, encoding="unicode", doctype="<!DOCTYPE html>", pretty_print=True
    )


def _form(form, heading, nonce=""):
    element = _tag(
        "form",
        _tag(heading, text=form.title, class_="lead-form-title"),
        class_="lead-form",
        id=form.id_of("form"),
        method="post",
        action=form.action,
        accept_charset="utf-8",
        lang=form.lang.replace("_", "-"),
        dir=form.direction,
        data_lead_form="",
    )
    if form.intro:
        intro = _tag("div", *_paragraphs(form.intro), class_="lead-form-intro")
        element.append(intro)
    element.extend(_errors(form))
    if any(part.required for part in form.parts):
        note = form.texts.required_note
        element.append(_tag("p", text=note, class_="lead-form-note"))
    questions = (_question(form, question) for question in form.questions)
    element.append(_tag("div", *questions, class_="lead-form-grid"))
    element.extend(_consent(form, consent) for consent in form.consents)
    element.append(_trap(form))
    for name, value in form.hidden.items():
        element.append(_tag("input", type="hidden", name=name, value=value))
    button = form.submit_label or form.texts.send
    element.append(_tag("button", text=button, type="submit"))
    if form.recaptcha_key:
        element.extend(_recaptcha(form, nonce))
    return element


def _question(form, question):
    wide = question.field.input_type == "textarea" or question.name in _WIDE_KEYS
    control = _control(form, question)
    _describe(form, control, question, question.help)
    return _tag(
        "div",
        _label(form, question),
        control,
        *_notes(form, question, question.help),
        class_="lead-form-field lead-form-wide" if wide else "lead-form-field",
    )


def _control(form, question):
    safe = question.field
    common = {"id": form.id_of(question.name), "name": question.name}
    if safe.autocomplete != "off":
        common["autocomplete"] = safe.autocomplete
    if safe.input_type == "select":
        return _tag("select", *_options(form, question), **common)
    if safe.input_type == "date":
        return _tag("input", type="date", value=question.value or None, **common)
    common["placeholder"] = question.placeholder or None
    common["inputmode"] = _INPUT_MODES.get(safe.kind)
    if safe.input_type == "number":
        return _tag(
            "input",
            type="number",
            min="0",
            step="any" if safe.kind == "amount" else "1",
            value=question.value or None,
            **common,
        )
    common["maxlength"] = str(safe.max_length)
    if safe.input_type == "textarea":
        return _tag("textarea", text=question.value, rows="5", **common)
    return _tag("input", type=safe.input_type, value=question.value or None, **common)


def _options(form, question):
    yield _tag("option", text=question.placeholder or form.texts.choose, value="")
    for value, text in question.options:
        chosen = "selected" if value == question.value else None
        yield _tag("option", text=text, value=value, selected=chosen)


def _consent(form, consent):
    control = _tag(
        "input",
        type="checkbox",
        id=form.id_of(consent.name),
        name=consent.name,
        value=fields.CONSENT_VALUE,
        checked="checked" if consent.checked else None,
    )
    _describe(form, control, consent)
    texts = _tag("div", _label(form, consent))
    if consent.policy_url:
        link = _tag(
            "a",
            text=form.texts.policy,
            href=consent.policy_url,
            target="_blank",
            rel="noopener noreferrer",
        )
        texts.append(link)
    texts.extend(_notes(form, consent))
    return _tag("div", control, texts, class_="lead-form-consent")


def _label(form, part):
    label = _tag("label", text=part.label, for_=form.id_of(part.name))
    if part.required:
        label.text += " "
        mark = _tag("span", text="*", class_="lead-form-required", aria_hidden="true")
        label.append(mark)
    return label


def _describe(form, control, part, help_text=""):
    """Say on an input what it needs, and which notes describe it."""
    if part.required:
        control.set("required", "required")
    if part.error:
        control.set("aria-invalid", "true")
    notes = [note.get("id") for note in _notes(form, part, help_text)]
    if notes:
        control.set("aria-describedby", " ".join(notes))


def _notes(form, part, help_text=""):
    for kind, text in (("help", help_text), ("error", part.error)):
        if text:
            name = form.id_of(f"{part.name}-{kind}")
            yield _tag("p", text=text, class_=f"lead-form-{kind}", id=name)


def _errors(form):
    wrong = [part for part in form.parts if part.error]
    if not wrong and not form.error:
        return
    box = _tag("div", class_="lead-form-errors", role="alert")
    box.append(_tag("p", text=form.error or form.texts.errors))
    if wrong:
        box.append(_tag("ul", *(_error(form, part) for part in wrong)))
    yield box


def _error(form, part):
    link = _tag("a", text=part.label, href=f"#{form.id_of(part.name)}")
    return _tag("li", link, _tag("span", text=f": {part.error}"))


def _trap(form):
    name = form.id_of(fields.HONEYPOT)
    control = _tag(
        "input",
        type="text",
        id=name,
        name=fields.HONEYPOT,
        tabindex="-1",
        autocomplete="off",
    )
    label = _tag("label", text=form.texts.trap, for_=name)
    return _tag("div", label, control, class_="lead-form-trap", aria_hidden="true")


def _recaptcha(form, nonce):
    key = re.sub(r"[^\w-]", "", form.recaptcha_key, flags=re.ASCII)
    values = (
        form.id_of("form"),
        key,
        fields.RECAPTCHA_ACTION,
        fields.RECAPTCHA,
    )
    yield _tag("input", type="hidden", name=fields.RECAPTCHA)
    yield _tag(
        "script",
        text=_RECAPTCHA_SCRIPT % tuple(json.dumps(value) for value in values),
        nonce=nonce or None,
    )
    yield _tag(
        "script",
        src=f"{RECAPTCHA_API}?render={key}",
        async_="async",
        defer="defer",
        nonce=nonce or None,
    )


def _languages(form):
    bar = _tag("nav", class_="lead-languages", aria_label=form.texts.languages)
    for address, code, name in form.languages:
        code = code.replace("_", "-")
        bar.append(_tag("a", text=name, href=address, hreflang=code, lang=code))
    return bar


def _style(text, nonce=""):
    return _tag("style", text=text, nonce=nonce or None)


def _paragraphs(text):
    """Return the paragraphs of a text, its lines as they are."""
    for part in re.split(r"\n\s*\n", _clean(text).strip()):
        first, *others = part.splitlines() or [""]
        paragraph = _tag("p", text=first)
        for line in others:
            paragraph.append(_tag("br"))
            paragraph[-1].tail = line
        yield paragraph


def _tag(tag, *children, text=None, **attributes):
    """Return an element. All texts of the HTML come through here.

    :param attributes: `class_` stands for `class`, `aria_label` for `aria-label`; those
        that are None are left out
    """
    element = html.html_parser.makeelement(tag)
    for name, value in attributes.items():
        if value is not None:
            element.set(name.rstrip("_").replace("_", "-"), _clean(value))
    if text is not None:
        element.text = _clean(text)
    element.extend(children)
    return element


def _clean(text):
    """Return a text without the characters that no document may hold."""
    return _NOT_IN_XML.sub("", text or "")
