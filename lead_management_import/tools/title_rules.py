"""Recognise titles that no vocabulary can list: those built from a few words that every
system combines in its own way. Pure Python.

`get_field(title)` tells, in six languages, the first that holds:

* when a deal is to be closed, which is a field of the lead;
* what the other system keeps for itself (`ignore`): who created or changed a row and
  when, its IDs, and what says that it must not be modified;
* what the notes keep with its title (`note`): other IDs, the last and next activity,
  what somebody agreed to or asked not to be done, reasons, currencies, remarks on
  something, what an event or a shop has to do with, and the status, the date, the
  score, the number, … of what isn't known.

Nothing else is guessed: a word too many, and the title isn't known.
"""

import re
import unicodedata
from functools import cache
from itertools import pairwise

from . import title_happenings
from .title_things import PROPERTIES, PROPERTIES_IN_FRONT, THINGS
from .title_words import (
    ANOTHER,
    ANOTHER_BEHIND,
    ASSISTANTS,
    IGNORE,
    NOT_THE_LEADS,
    NOTE,
    PEOPLE,
)

DEADLINE = "date_deadline"

_BRACKETS = re.compile(r"[(\[][^)\]]*[)\]]")
_UNTOUCHED = re.compile(
    r"\W*(?:do not modify|don.t (?:modify|change|edit)|nicht (?:ändern|bearbeiten)"
    r"|ne pas modifier|no modificar|non modificare|niet (?:wijzigen|aanpassen))\b",
    re.IGNORECASE,
)
# Somebody did it to the row, or it happened to it …
_CHANGED = frozenset(
    "created create creation modified modify modification updated update"
    " edited synced imported submitted added converted conversion deleted"
    " archived erstellt erstellung erstellungsdatum angelegt anlage geändert"
    " änderung änderungsdatum aktualisiert aktualisierung bearbeitet"
    " importiert konvertiert umgewandelt créé créée création modifié"
    " modifiée mise jour importé converti convertie creado creada creación"
    " modificado modificada modificación actualizado actualización importado"
    " convertido creato creata creazione modificato modifica aggiornato"
    " aggiornamento importato convertito inserimento gemaakt aangemaakt"
    " aanmaak aanmaakdatum gewijzigd wijziging wijzigingsdatum bijgewerkt"
    " geïmporteerd geconverteerd edición edit erfasst erfassung gelöscht"
    " archiviert supprimé archivé eliminado archivado eliminato archiviato"
    " verwijderd gearchiveerd merged zusammengeführt ajouté ajout"
    " importación importazione import importation duplicate entered inserted"
    " registrazione saisie saisi alta synchronisiert synchronisation"
    " synchronisé sincronizado sincronizzato gesynchroniseerd sync"
    " synchronized geregistreerd registered registriert enregistré"
    " enregistrée registrado registrada registrato registrata mutatie"
    " mutatiedatum mutation".split()
)
# … and other words of such titles
_AROUND_CHANGE = frozenset(
    "at on by in date time timestamp datetime last latest first name user of"
    " the was is system lead contact record row account deal person entry item"
    " full email utc am um von durch der die das des datum uhrzeit zeit"
    " zeitpunkt letzte letztes letzter letzten zuletzt benutzer name datensatz"
    " kontakt eintrag le la les du de d l par heure date dernière dernier nom"
    " utilisateur fiche à el los por fecha hora última último nombre usuario"
    " registro contacto del en il lo dal da dell della di data ora ultima"
    " ultimo nome utente record contatto op door tijd tijdstip laatste laatst"
    " naam gebruiker van het een profile subscriber customer ticket member"
    " company profil kunde firma client cliente perfil profilo klant profiel"
    " on vanuit from depuis desde aus scheda ficha steekkaart eintrags via"
    " alias un une uno una ein eine einem einer a an".split()
)
_IDS = frozenset(
    "id ids uuid guid identifier identifiant identificador identificativo key"
    " cik".split()
)
# Whose IDs mean nothing outside of the system they are of
_OBJECTS = frozenset(
    "lead leads contact contacts account company organization organisation"
    " deal opportunity person people user owner record row campaign form ad"
    " adset adgroup creative list segment event submission response session"
    " visitor external source parent import sync object entity team stage"
    " pipeline page post message thread kampagne kampagnen campagne campaña"
    " campagna anfrage projekt transaction ticket kontakt datensatz firma"
    " unternehmen fiche contacto registro empresa contatto azienda organisatie"
    " bedrijf contactpersoon entry eintrag entrée entrada inzending réponse"
    " respuesta risposta antwort profile profil customer subscriber affare"
    " affaire trato negocio oportunidad opportunité opportunità verkaufschance"
    " kans verkoopkans relatie klant kunden kunde client cliente tiers"
    " prospect prospecto piste party partner adresse address personne persona"
    " persoon kontakte deals accounts task activity angebot benutzer"
    " utilisateur usuario utente gebruiker propriétaire propietario"
    " proprietario eigenaar besitzer canal channel kanal element élément"
    " elemento elementen elemente éléments elementos elementi bigin".split()
)
_ROWS = frozenset("row line lead record entry order item".split())
_ACTIVITIES = frozenset(
    "activity activities contacted interaction interactions touch engagement engaged"
    " emailed called visit visited seen meeting aktivität aktivitäten kontaktaufnahme"
    " kontakt interaktion besuch termin activité contact interaction rendez rdv"
    " actividad contacto interacción visita reunión attività contatto interazione"
    " activiteit contactmoment interactie bezoek email mail call spoke spoken follow"
    " followup reminder nachfassen wiedervorlage rückruf relance rappel seguimiento"
    " llamada richiamo richiamare sollecito opvolging opvolgen terugbellen".split()
)
_WHEN = frozenset(
    "last latest next recent first letzte letzter letztes nächste nächster nächstes"
    " letzten dernier dernière prochain prochaine última último próxima próximo ultima"
    " ultimo prossima prossimo laatste volgende eerste zeitpunkt until due up bis am"
    " fällig prévue prévu previsto prevista previsto gepland".split()
)
_AROUND_ACTIVITY = frozenset(
    "date time on at of the type mode by datum uhrzeit der die de la du le d fecha hora"
    " del data ora dell van note subject summary source campaign number days"
    " since".split()
)
_AGREED = re.compile(
    r"\b(?:opt(?:ed)?[\s_-]?(?:in|out)|newsletter\w*|gdpr|dsgvo|rgpd|avg|privacy"
    r"|consent\w*|subscri\w+|unsubscri\w+|einwilligung\w*|zustimmung\w*|abgemeldet"
    r"|désinscri\w+|désabonn\w+|consentement\w*|consentimiento\w*|consenso|suscrip\w+"
    r"|iscri\w+|disiscri\w+|toestemming\w*|aangemeld|afgemeld|uitgeschreven)\b"
    r"|^(?:do|does) not\b|^don.t\b|^(?:keine?n?|nicht|niet|geen|ne pas|non) \w"
    r"|^no (?:\w+[aei]r)\b|\bmarketing\b"
    r"|\b(?:zulassen|erlaubt|erwünscht|unerwünscht|allowed|permitted|toestaan|toegestaan"
    r"|autorisée?s?|permitid[oa]s?|consentit[oaie])$"
    r"|^(?:allow|permit|autoris|erlaub|consent|toestaan|accept|accett|akzept)\w* "
    r"|\b(?:agree|accept|acepto|accetto|accepte|akkoord|einverstanden|akzeptiere)\b",
    re.IGNORECASE,
)
# What is so or not: "Is Public", "Ist Kunde"
_YES_OR_NO = re.compile(
    r"^(?:is|are|has|have|was|can|ist|hat|kann|est|a été|es|está|tiene|fue|è|ha|heeft"
    r"|kan) \w",
)
_REASON = re.compile(
    r"\b(?:reason|grund|gründe|raison|motif|motivo|razón|reden)\b|\w(?:grund|reden)\b",
    re.IGNORECASE,
)
_CURRENCY = re.compile(
    r"\b(?:currency|devise|moneda|divisa|valuta)\b|währung", re.IGNORECASE
)
_INTEREST = re.compile(r"\b(?:interest|interes|intérêt|interés|interesse)\w*")
_REMARK = re.compile(
    r"^(?:notas?|notes?|observaciones|comentarios|commenti|osservazioni|remarques"
    r"|commentaires?|notities|opmerkingen|bemerkung(?:en)?|notiz(?:en)?|kommentar"
    r"|descripción|descrizione|description|beschrijving|omschrijving|beschreibung) \w"
    r"|(?:\b(?:notes?|comments?|remarks?|description|details|notas?|notitie"
    r"|commentaires?|comentarios?|commenti|opmerking)"
    r"|notiz(?:en)?|bemerkung(?:en)?|kommentare?|anmerkung(?:en)?|notities"
    r"|opmerkingen|beschreibung|omschrijving|descripción|descrizione)$",
    re.IGNORECASE,
)
_NEXT = frozenset(
    "next nächste nächster nächstes prochain prochaine próximo próxima"
    " prossimo prossima volgende suivant suivante suivants siguiente"
    " siguientes seguente seguenti successivo successiva upcoming kommende"
    " anstehende próximos".split()
)
# What a title ends with that says when or by whom something was done
_WHEN_OR_WHO = frozenset("am on at le op il el by von durch par por da door".split())
# What happened last, or how often it mostly did
_LATEST = frozenset(
    "last latest recent previous average avg letzte letzter letztes letzten"
    " durchschnitt durchschnittliche durchschnittlicher dernier dernière"
    " derniers dernières moyen moyenne última último últimas últimos promedio"
    " media ultima ultimo ultime ultimi laatste laatst recente vorige"
    " gemiddelde gemiddeld zuletzt current actual actuel actuelle actuels"
    " aktuelle aktueller aktuelles huidige huidig attuale attuali preferred"
    " bevorzugte bevorzugter bevorzugtes préféré préférée preferido preferida"
    " preferito preferita voorkeur preferente preferencia préférence"
    " preferenza desired gewünschte gewünschter souhaité souhaitée deseado"
    " deseada desiderato gewenst gewenste".split()
)
# Behind or within a compound
_COMPOUND = re.compile(
    r"\w(?:datum|status|nummer|kategorie|notizen|code|typ|type|gruppe|klasse|grad|bild"
    r"|kennzeichen|verbot|verhältnis|verhältnisse|sperre|konto|satz|frist|bedingung|ende"
    r"|bedingungen|begriff|beginn|schlüssel|stufe|phase|fase|beziehung|einheit|rolle|weg"
    r"|bezirk|größe|höhe|menge|klassifikation|klassifizierung|deaktivierung|abmeldung"
    r"|groep|soort|conditie|voorwaarden|termijn|limiet|niveau|reden|einde|begin|rol"
    r"|rekening|titel|nr|aktivitäten|aufgaben|interessen?|typen|korting|prijs|rabatt|preis|limit|intervall|saldo|berechtigung|zeichen|empfänger|tarief)$|\w{4}art$"
)
_CLOSING = frozenset(
    "close closing closed abschluss clôture closing signature cierre chiusura sluiting"
    " afsluiting orderdatum auftragsdatum".split()
)
_AROUND_CLOSING = frozenset(
    "date expected estimated est planned forecast target projected day by deal lead"
    " datum erwartet erwarteter erwartetes geplant geplanter geplantes voraussichtlich"
    " voraussichtlicher voraussichtliches prognostizierter zieldatum am bis"
    " de la du d prévue prévu estimée estimé attendue visée affaire prévisionnelle"
    " prévisionnel fecha del prevista previsto estimada estimado esperada esperado"
    " oportunidad data di della del prevista previsto stimata stimato attesa trattativa"
    " verwachte verwacht geplande geschatte van".split()
)


def is_known(word: str) -> bool:
    """Tell whether a rule has a word for what it is: it's not mistyped then."""
    return any(
        word in words
        for words in (
            THINGS,
            title_happenings.THINGS,
            _CHANGED,
            _ACTIVITIES,
            PROPERTIES,
        )
    )


def must_not_change(title: str) -> bool:
    """Tell whether a title says that what is below must not be changed."""
    return bool(_UNTOUCHED.match(title))


def is_of_another(title: str) -> bool:
    """Tell whether a title names another person than the lead, or what was once so:
    `"Contact 2 Email"`, `"Billing Contact Name"`, `"Phone (assistant)"`."""
    for word, behind in pairwise(split_words(title)):
        if behind in PEOPLE and (word in ANOTHER or _is_later(word)):
            return True
        if word in PEOPLE and (behind in ANOTHER_BEHIND or _is_later(behind)):
            return True
    words = split_words(title)
    if len(words) > 1 and not ASSISTANTS.isdisjoint(words):
        return True
    asides = split_words(" ".join(_BRACKETS.findall(title)))
    return not NOT_THE_LEADS.isdisjoint(asides)


def _is_later(word: str) -> bool:
    return word.isdecimal() and int(word) > 1


@cache
def get_field(title: str) -> str | None:
    """Return a field, `note` or `ignore`, None if no rule knows the title.

    :param title: as it is written; what the vocabulary knows was looked up before
    """
    words = split_words(_BRACKETS.sub(" ", title))
    if not words:
        return IGNORE if title.strip() in ("#", "№") else None
    if title.rstrip().endswith("#"):  # the number of a row, or of a customer
        return IGNORE if words[0] in _ROWS else NOTE
    known = set(words)
    if known & _CHANGED and known <= _CHANGED | _AROUND_CHANGE | _IDS:
        return IGNORE
    if len(words) > 1 and (words[-1] in _IDS or words[0] in _IDS):
        return IGNORE if known & _OBJECTS else NOTE
    if len(words) > 1 and known & _CLOSING and known <= _CLOSING | _AROUND_CLOSING:
        return DEADLINE
    is_activity = known & _ACTIVITIES and known & _WHEN
    if is_activity and known <= _ACTIVITIES | _WHEN | _AROUND_ACTIVITY:
        return NOTE
    text = " ".join(words)
    if any(rule.search(text) for rule in (_AGREED, _REASON, _CURRENCY, _YES_OR_NO)):
        return NOTE
    if len(words) > 1 and (
        words[-1] in PROPERTIES
        or words[0] in PROPERTIES_IN_FRONT
        or (known & _LATEST and len(words) < 7)
        or not _NEXT.isdisjoint((words[0], words[-1]))
        or words[-1] in _WHEN_OR_WHO
        or "date" in words
        or _INTEREST.search(text)
        or known & THINGS
    ):
        return NOTE
    if len(text) > 6 and (_COMPOUND.search(text) or _REMARK.search(text)):
        return NOTE
    return title_happenings.get_kept(words)


def split_words(title: str) -> list[str]:
    """Return the words of a title, those of `"workEmail"` too, in small letters."""
    title = re.sub(r"(?<=[a-zß-ÿ])(?=[A-Z])", " ", unicodedata.normalize("NFC", title))
    return re.findall(r"\d+|[^\W\d_]+", title.casefold())
