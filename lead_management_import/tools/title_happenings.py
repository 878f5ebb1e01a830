"""Recognise titles that tell what has happened to a row or a person: in a form, at an
event, in a call, by a mailing. Pure Python.

No field of a lead holds any of it. `get_kept(words)` returns `note`, `ignore` for
what only the other system has to do with, or None for what isn't known.
"""

import re
from collections.abc import Sequence

from .title_words import IGNORE, NOTE

# Whether it is so: "is_qualified", "Newsletter (ja/nein)", "Import/export J/N"
_IS = frozenset("is has was had wants needs asked does did".split())
_YES_OR_NO = re.compile(
    r"(?:\b(?:y/n|yes/no|j/n|ja/nein|ja/nee|o/n|oui/non|s/n|s[ií]/no)\b\W*$)",
    re.IGNORECASE,
)
# What stands behind what was done, or is to be done: when, and by whom
_WHEN_BEHIND = frozenset("at on am um le el il op bis until since seit depuis".split())
_WHEN_BEHIND |= frozenset("desde dal entro tot sinds avant hasta".split())
_WHO_BEHIND = frozenset("by durch par por da door".split())
# … before what was last done, or first
_WHICH = frozenset(
    "last latest previous recent letzte letzter letztes erste erster erstes nächste"
    " nächster nächstes dernier dernière derniers dernières premier première prochain"
    " prochaine último última últimos últimas primer primera próximo próxima próx"
    " ultimo ultima ultimi ultime primo prima prossimo prossima laatste eerste volgende"
    " vorige first next".split()
)
# What is to be done, in front: "Send brochure", "Envoyer le catalogue"
_DO = frozenset(
    "send call invite request book schedule senden zusenden anrufen einladen envoyer"
    " rappeler relancer inviter appeler enviar llamar invitar inviare chiamare"
    " richiamare invitare sturen verzenden bellen terugbellen uitnodigen opvolgen"
    " j ich je i mi io ik yo".split()
)
# … and behind: "Appointment requested", "Prospekt gesendet"
_DONE = frozenset(
    "requested required wanted needed sent received completed done accepted confirmed"
    " cancelled canceled raised answered scheduled rescheduled clicked paid viewed"
    " contacted downloaded watched visited enriched found flagged marked signed"
    " erwünscht gewünscht angefordert gesendet versendet verschickt erhalten erledigt"
    " akzeptiert bestätigt storniert bezahlt besucht beantwortet unterschrieben"
    " vereinbart zugestimmt gelesen eingeladen angemeldet teilgenommen erschienen"
    " souhaité souhaitée souhaités demandé demandée envoyé envoyée reçu reçue accepté"
    " acceptée confirmé confirmée annulé annulée payé payée signé invité présent"
    " deseado deseada solicitado solicitada enviado enviada recibido recibida aceptado"
    " aceptada confirmado confirmada cancelado cancelada pagado pagada firmado asistió"
    " richiesto richiesta desiderato desiderata inviato inviata ricevuto ricevuta"
    " accettato accettata confermato confermata annullato annullata pagato pagata"
    " gewenst gevraagd verzonden verstuurd ontvangen geaccepteerd akkoord bevestigd"
    " geannuleerd betaald ondertekend uitgenodigd aanwezig".split()
)
# What these tell of: none of it is a lead's
THINGS = frozenset(
    "appointment appointments calendar meeting recording voicemail voice memo video"
    " asset creative adset waitlist waiting attentiveness brochure catalogue catalog"
    " sample samples demo quotation quote quotes signature card cards conversation"
    " browser os device session sessions spend spent bounce bounced spam hard grade"
    " provider esp step touch authority maiden ringtone anniversary age license licence"
    " gift voucher promo seat seats table accommodation hotel parking arrival departure"
    " meal diet dietary allergies tshirt shirt workshop workshops talk talks panel"
    " speaker sponsor badge lanyard checkin scan scans scanned scanner lookup credits"
    " enrichment waterfall confidence catchall deliverability verification verified"
    " dnc timezone weather coupon wishlist refund refunds subtotal tax taxes vat fees"
    " loyalty points reward rewards review reviews feedback satisfaction conversion"
    " visitenkarte gerät warteliste teilnahme gespräch gesprächs unterschrift prospekt"
    " prospekte katalog muster angebot angebote termin termine vorführung"
    " visitenkarten verpflegung übernachtung anreise abreise allergien begleitperson"
    " begleitung gutschein gutscheincode rechnung rechnungen bestellungen newsletter"
    " mailing öffnung öffnungen klick klicks bounces zustellung zustellbar"
    " nutzungsbedingungen agb datenschutz fotos vorname2 hobby nutzungs karriere"
    " rendez rdv salon stand échantillon échantillons démo démonstration catalogue"
    " brochures plaquette devis carte visite signature inscription présence absence"
    " repas régime accompagnant hébergement hôtel transport dîner cocktail atelier"
    " ateliers conférence conférences appel appels enregistrement messagerie"
    " résultat résultats bilan greffe immatriculation radiation rcs convention"
    " établissements exercice capital dirigeants"
    " cita citas catálogo folleto muestra muestras presupuesto demostración grabación"
    " llamada llamadas tarjeta firma inscripción asistencia asistió comida menú dieta"
    " acompañante alojamiento taller ponencia aniversario sufijo iniciales localizador"
    " télex privado confidencialidad kilometraje"
    " appuntamento appuntamenti catalogo campione campioni preventivo dimostrazione"
    " registrazione chiamata chiamate biglietto biglietti firma iscrizione presenza"
    " pasto accompagnatore alloggio anniversario iniziali riservatezza bilancio"
    " afspraak afspraken catalogus monster monsters offerte demonstratie opname"
    " gesprek handtekening visitekaartje visitekaart inschrijving aanwezigheid maaltijd"
    " dieetwensen partner wachtlijst initialen postbus vestiging hoofdvestiging"
    " nevenactiviteit import export functionarissen"
    " alias messenger month contract contracts contrat variant forwarded certificates"
    " certificate zertifikate nature liefergebiet mindestbestellwert kapital zweck"
    " revisionsstelle erstkontakt decisionale successiva présent supprimé"
    " positive quarter envelope portale entrante inviato público banque banques"
    " validation ai commandes panier compétences réponses fragebogen"
    " ausgaben bestellungen steuerbefreit gesamtausgaben gesamtbestellungen"
    " price prices supplier suppliers vendor serial duration width height weight rank"
    " credit mortgages scoring fortune qualifying confirmation moderator machine"
    " register wachstum gewinn bestellwert auftrag veröffentlichung storniert gäste"
    " antwort teilgenommen beitritt verlassen fournisseur fournisseurs frais"
    " bénéficiaires certificats finances cessation cessée conventions proveedor"
    " ejercicio resultado crediticio bolsa rating natura rischio unità fornitore"
    " fornitori utile leverancier leveranciers".split()
)
# What ends a compound that says no more than how much, how long, of which kind
_COMPOUND = re.compile(
    r"\w{3,}(?:zeit|zeitpunkt|dauer|rate|quote|sart|typ|preis|menge|stufe|wunsch"
    r"|interesse|code|karte|bedingungen|berechtigung|liste|anbieter|konto|(?<!vor)(?<!nach)name|titel"
    r"|text|ergebnis|kosten|tijd|duur|soort|prijs|wens|kaart|lijst|voorwaarden|naam"
    r"|resultaat|datum|nummer|zahl|aantal|status)"
)
# What only the other system has to do with, together
_TECHNICAL = frozenset(
    "ip user agent browser os version device system operating cookie cookies hash token"
    " url submitted submission übermittelt übermittlung registriert registrierung"
    " registrierungszeit erstellungszeit eingetragen aktiviert gelöscht bestätigt"
    " enriched exported uploaded downloaded scanned captured registered subscribed"
    " activated deleted confirmed collected entered received logged extracted scraped"
    " exportiert gescannt erfasst eingegangen angemeldet heruntergeladen"
    " enregistré saisi inscrit soumis envoyé exporté ajouté supprimé activé confirmé"
    " registrado inscrito enviado exportado añadido eliminado activado confirmado"
    " registrato iscritto inviato esportato aggiunto eliminato attivato confermato"
    " geregistreerd ingeschreven verzonden geëxporteerd toegevoegd verwijderd"
    " geactiveerd bevestigd ingediend ontvangen inzending verzending indiening envío"
    " soumission invio iscrizione registrazione inscription enregistrement inscripción"
    " registro registratie inschrijving anmeldung eintragung eingang absendung"
    " zeitpunkt zeit date time datum uhrzeit der die das des du de la le l d del dell"
    " della di van het moment moment ora heure hora tijd tijdstip fecha data orario"
    " timestamp zeitstempel am at on um el il op les nutzers".split()
)
_TECHNICAL_ALONE = frozenset("os ip cookie cookies token hash endianness".split())


def is_yes_or_no(title: str) -> bool:
    """Tell whether a title says itself that it is answered with yes or no."""
    return bool(_YES_OR_NO.search(title))


def get_kept(words: Sequence[str]) -> str | None:
    """Return `note` or `ignore`, None if the title isn't known.

    :param words: the words of the title, in small letters
    """
    known = set(words)
    if len(words) > 1 and known <= _TECHNICAL:
        return IGNORE
    if known <= _TECHNICAL_ALONE:
        return IGNORE
    if len(words) > 1 and (
        words[0] in _IS
        or words[0] in _WHICH
        or words[0] in _DO
        or words[-1] in _WHEN_BEHIND
        or (words[-1] in _WHO_BEHIND and len(words) < 4)
        or known & _DONE
    ):
        return NOTE
    if known & THINGS or (len(words) < 3 and any(map(_COMPOUND.fullmatch, words))):
        return NOTE
    return None
