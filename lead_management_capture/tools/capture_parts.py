"""What a web form consists of when it is shown. Pure Python."""

from dataclasses import dataclass, field

from .capture_fields import SafeField


@dataclass
class Texts:
    """What the page says by itself, in its language."""

    send: str = "Send"
    choose: str = "Please choose"
    required_note: str = "Fields marked with * are required."
    trap: str = "Leave this field empty"
    errors: str = "Please check these fields:"
    policy: str = "Privacy policy"
    languages: str = "Languages"


@dataclass
class Question:
    """A field of the form, with what the visitor has typed and what is wrong with it.

    `options` are the pairs of value and text to choose from.
    """

    field: SafeField
    label: str
    help: str = ""
    placeholder: str = ""
    required: bool = False
    options: list[tuple[str, str]] = field(default_factory=list)
    value: str = ""
    error: str = ""

    @property
    def name(self):
        return self.field.key


@dataclass
class Consent:
    """A checkbox with what it agrees to."""

    name: str
    text: str
    policy_url: str = ""
    required: bool = False
    checked: bool = False
    error: str = ""

    @property
    def label(self):
        return self.text


@dataclass
class Form:
    """All that a form shows.

    * `number`: tells the ids of its inputs from those of another form on the page;
    * `action`: address it is sent to;
    * `hidden`: values of hidden inputs by name;
    * `error`: what is wrong with the form as a whole;
    * `recaptcha_key`: the public key of the site, when reCAPTCHA is on;
    * `framed`: other sites may show the page in a frame, which follows its height;
    * `languages`: addresses, codes and names, to show the page in another language.
    """

    action: str
    title: str
    questions: list[Question]
    consents: list[Consent] = field(default_factory=list)
    number: int = 0
    intro: str = ""
    submit_label: str = ""
    company: str = ""
    lang: str = "en"
    direction: str = "ltr"
    hidden: dict[str, str] = field(default_factory=dict)
    error: str = ""
    recaptcha_key: str = ""
    framed: bool = False
    languages: list[tuple[str, str, str]] = field(default_factory=list)
    texts: Texts = field(default_factory=Texts)

    @property
    def parts(self):
        return [*self.questions, *self.consents]

    def id_of(self, name):
        return f"lead-form-{self.number}-{name}"
