"""Words of column titles that change nothing of what the others mean, or say whose it
is, in six languages; and the fields for which that holds. Used by `column_title` and
`title_rules`."""

# What the notes keep with its title, and what stays out
NOTE, IGNORE = "note", "ignore"

# Words that say whose value it is, or which one of several.
QUALIFIERS = frozenset(
    "contact contacts person lead prospect primary main default work business"
    " office billing mailing shipping hq headquarters company organization"
    " organisation account address user your current direct customer attendee"
    " registrant buyer invitee visitor recipient general kontakt"
    " ansprechpartner firma firmen unternehmen geschäftlich haupt dienstlich"
    " rechnung rechnungsanschrift anschrift adresse büro teilnehmer besucher"
    " geschäftliche geschäftlicher geschäftliches dienstliche berufliche"
    " primär primäre primärer primäres primaire primario primaria primair"
    " personne persona persoon organización organizzazione organisatie"
    " prospecto piste candidato professionnelle professionelle travail laboral"
    " profesional aziendale zakelijke social arbeit geschäft inferred"
    " referente interlocuteur rechnungsadresse lieferadresse professionnel"
    " principal société entreprise bureau pro contacto empresa trabajo"
    " contatto principale azienda ufficio lavoro sede zakelijk hoofd bedrijf"
    " werk adres facturation facturación dirección indirizzo contactpersoon"
    " organisme établissement domicilio spedizione fatturazione levering"
    " kantoor corporate delegate participant participante partecipante"
    " deelnemer bezoeker interessent firmensitz standort siège headquarter"
    " location ansprechpartners ansprechpartnerin kontakts kontaktes"
    " unternehmens betriebs interessenten teilnehmers besuchers visiteur"
    " participants dell d l all asistente visitante visitatore referent"
    " bezoekers klant cliente client kunde kunden co org hoovers zoominfo"
    " apollo clearbit cognism lusha requester sender submitter respondent"
    " applicant enquirer absender demandeur solicitante richiedente aanvrager"
    " bezoekadres postadres vestigingsadres factuuradres afleveradres"
    " hoofdadres besuchsadresse hausanschrift postanschrift firmenanschrift"
    " firmenadresse lieferanschrift postadresse hauptadresse geschäftsadresse"
    " standardadresse kontaktadresse unternehmensadresse geschäftl dienstl"
    " berufl prof profess compañía compagnie impresa ditta onderneming legale"
    " operativa fiscal fiscale registered visiting invoice invoicing"
    " correspondence korrespondenz correspondance correspondencia"
    " corrispondenza factuur bezoek vestiging hoofdkantoor s rechnungs kunden"
    " firmen geschäfts bill billto soldto laboratif laborale lavorativo"
    " lavorativa corporativo corporativa the of du de la le del della di des"
    " der vom von van directe directo directa diretto diretta direkte direkter"
    " directs formatted full complete party geschäftspartner tiers persönliche"
    " persönlicher principales dienst zentral partei to an payer postale"
    " postali zugeordnetes zugeordnete zugeordneter verknüpftes associated"
    " asociada asociado associé associée associato associata gekoppeld"
    " gekoppelde correspondentieadres contactadres werkadres kantooradres"
    " vestigingsadressen geschäftsanschrift arbeitsadresse büroadresse"
    " bureauadres firmensitzes hauptanschrift nutzer nutzers registrants guest"
    " gast invité invitado invitato genodigde siret les las los dei delle"
    " degli dello het een for uff eingeladenen eingeladener acheteur comprador"
    " acquirente koper käufers anmelders esponente reg versandadresse"
    " firmenstandort privatadresse par défaut por defecto predeterminada"
    " predeterminado predefinito predefinita standaard standaardadres arbeits"
    " arbeitsadresse entscheider entscheiders décideur decisor decisore"
    " beslisser dirigeant dirigeants gérant professioneel professionele".split()
)
# … and those in front of an address that was looked up
CHECKED = frozenset(
    "verified recommended validated valid enriched found starry best likely probable"
    " revealed unlocked".split()
)
# Words that say that there is a better one
OTHERS = frozenset(
    "other alternate alternative secondary tertiary additional second third"
    " personal private home andere anderer weitere weiterer zweite private"
    " privat autre second secondaire personnel personnelle otro otra"
    " secundario secundaria particular altro altra secondario secondaria"
    " personale andere ander tweede secundair secundaire delivery livraison"
    " envío entrega consegna aflever liefer ship shipto alt altern alternat"
    " privé extra priv privatadresse domicile maison casa thuis privado"
    " privada privata privée privater privates alternativo alternativa"
    " alternatief alternatieve ergänzende zusätzliche zusätzlicher"
    " supplémentaire adicional aggiuntivo privéadres privatanschrift"
    " lieferanschrift verzendadres leveradres residencial residential"
    " résidentiel residenziale".split()
)
NUMBERS = frozenset(
    "no nr nro n nº num number nummer numéro numero número nb nbre anzahl aantal"
    " cantidad count de di of d ca circa approx".split()
)
# How many there are, of what isn't known by its number
COUNTS = frozenset("nb nbre anzahl aantal cantidad count".split())
# Whose name or title a bare one is
NAMES = frozenset("name nom nombre nome naam".split())
TITLES = frozenset("title titel titre título titolo".split())
NAMED = {
    "contact_name": frozenset(
        "person contact kontakt personne contacto persona contatto persoon"
        " contactpersoon ansprechpartner referente interlocuteur requester sender"
        " submitter respondent applicant attendee participant registrant visitor"
        " delegate teilnehmer teilnehmers besucher besuchers interessent"
        " ansprechpartners visiteur demandeur participante asistente visitante"
        " solicitante partecipante visitatore richiedente deelnemer bezoeker"
        " aanvrager".split()
    ),
    "partner_name": frozenset(
        "company organization organisation account firma unternehmen"
        " société entreprise co org tiers compte cuenta compañía compagnie"
        " impresa ditta società sociedad onderneming geschäftspartner"
        " empresa organización azienda organizzazione bedrijf organisatie".split()
    ),
}
# What asks for it: "Form: Phone"
FORMS = frozenset(
    "form survey pre chat formular umfrage formulaire formulario encuesta modulo"
    " sondaggio formulier enquête".split()
)
# … of whom a company is told of without a word between: `"Société participant"`
PARTICIPANTS = frozenset(
    "participant participante asistente visiteur visitante partecipante visitatore"
    " deelnemer bezoeker acheteur inscrit".split()
)
DEALS = frozenset(
    "opportunity opportunities deal opportunité affaire oportunidad negocio"
    " trato opportunità trattativa affare verkaufschance chance verkoopkans"
    " kans verkaufsprojekt opp transaction transacción transazione transactie".split()
)
# A bare number behind them is that of the house
ADDRESSES = frozenset(
    "adresse address dirección indirizzo adres anschrift rechnungsadresse lieferadresse"
    " hauptadresse rechnungsanschrift lieferanschrift factuuradres bezoekadres"
    " postadres".split()
)
USERS = frozenset(
    "user owner utilisateur propriétaire usuario propietario utente proprietario"
    " benutzer inhaber besitzer gebruiker eigenaar".split()
)
LEADS = frozenset("lead prospect prospecto piste candidato deal".split())
# Words that say together who of us it is: "Responsible coworker"
RESPONSIBLE = frozenset(
    "responsible assigned owning zuständige zuständiger zuständig verantwortliche"
    " verantwortlicher zugewiesene zugewiesener zugeordneter betreuende betreuender"
    " responsable assigné assignée attribué affecté asignado asignada encargado"
    " responsabile assegnato assegnata verantwoordelijke verantwoordelijk"
    " toegewezen".split()
)
COLLEAGUES = frozenset(
    "employee coworker colleague staff member person manager rep agent mitarbeiter"
    " mitarbeiterin kollege kollegin person medewerker collega persoon collaborateur"
    " collègue personne empleado colaborador persona collaboratore".split()
)
PROSPECTS = frozenset("prospect prospecto candidato".split())  # who may be persons
# Words that say that it is the lead's, or that it is a guess …
OF_LEADS = (
    LEADS
    | DEALS
    | frozenset(
        "opportunity contact primary record customer est estimated gesch"
        " geschätzt geschätzter geschätztes chance kontakt opportunité"
        " contacto oportunidad potencial cliente estimado estimada estim"
        " contatto opportunità stimato stimata contactpersoon verkoopkans"
        " geschat geschatte verwacht verwachte initial original latest recent"
        " erste erster"
        " première premier primera primer prima eerste".split()
    )
)
# Words of what is sent to a customer, which has a status and an amount of its own
PAPERS = frozenset(
    "invoice invoicing delivery billing shipping facturation facture livraison"
    " facturación factura envío fatturazione fattura consegna spedizione factuur"
    " facturatie levering rechnungs rechnung liefer lieferung order bill ship".split()
)
# … and the fields whose titles are as good without them
OF_LEAD = frozenset(
    "user_id source_id status_id campaign_id rating_id expected_revenue date_deadline"
    " probability note tag_ids lang_id team_id medium_id priority description"
    " bant_budget_amount referred".split()
)
# What may be left of a title without such words. Names and titles may not: the name of
# the billing contact is not the lead's.
KEPT = frozenset((NOTE,))
QUALIFIED = frozenset(
    "email_from phone fax website street street2 zip city state_id country_id"
    " industry_id employee_count annual_revenue function contact_first_name"
    " contact_last_name social_url twitter tag_ids lang_id ignore".split()
)
# What may stand in brackets behind whose it is
OF_OWNERS = frozenset(
    "email_from phone fax website street street2 zip city state_id country_id".split()
)
# Fields of which there are several, and what may be left of their titles
NUMBERED = frozenset(
    "email_from phone company_phone fax website tag_ids description note ignore".split()
)
STREETS = frozenset(("street",))
# … and a bare word for which names the company, behind what says whose it is
NAMED_BEHIND = frozenset(("partner_name",))
OTHERS_OF = QUALIFIED - {"tag_ids", "ignore", "street2"}
SAME = frozenset(("phone", "company_phone", "fax", "email_from", "website"))
COUNTED = frozenset(("phone", "fax", "employee_count"))
# Titles that mean what they do only where nothing is around them: `"Work"` is a phone,
# but `"Business Unit"` is no part of an address, nor `"First Contact"` a name
ALONE = frozenset(
    "first last home work office direct unit building floor room piso puerta"
    " interno site branch job size url web internet link compte konto numéro"
    " nummer commercial comercial vertrieb geschäftlich line row ligne fila"
    " riga rij zeile index test qr ip eingang exported captured lfd market"
    " markt marché mercado mercato numero número sales ventas".split()
)
# Several people of one customer: `"Contact 2 Email"`, `"Billing Contact Name"` …
PEOPLE = frozenset(
    "contact person kontakt ansprechpartner ansprechpartnerin personne interlocuteur"
    " contacto persona contatto referente contactpersoon persoon".split()
)
ANOTHER = frozenset(
    "second secondary third tertiary alternate alternative additional other billing"
    " shipping zweiter weiterer anderer zweite weitere autre segundo otro altro tweede"
    " andere".split()
)
ANOTHER_BEHIND = frozenset("secondaire secundario secondario".split())
ASSISTANTS = frozenset(
    "assistant assistante assistants assistent assistentin assistenz assistenten"
    " assistente secretary sekretariat secrétaire secretaria segretaria"
    " secretaresse".split()
)
# … and whose it is, or what has become of it, in brackets: `"Email (assistant)"`
NOT_THE_LEADS = frozenset(
    "assistant assistants assistenz owner manager supervisor spouse partner agent rep"
    " salesperson old previous former invalid alt früher frühere ehemalig ungültig"
    " ancien ancienne anterior precedente oud vorige".split()
)
