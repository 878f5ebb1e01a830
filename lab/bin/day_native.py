"""The nearest thing to each task of a day in native Odoo."""

from day_way import Way

SAVED = "!.o_form_button_save"
STAGE = ".o_field_widget[name=stage_id] .o_arrow_button_current"
CONVERT = "button:has-text('Convert to Opportunity')"
CREATE = ".modal button[name=action_apply]"


class Native(Way):
    """How a salesperson does it without the addons."""

    form = "/odoo/action-crm.crm_lead_all_leads/{}"
    leads = "/odoo/action-crm.crm_lead_all_leads"

    def open_add(self, _number):
        self.go(self.leads, ".o_list_button_add")

    def add(self, number):
        hand = self.hand
        hand.click(".o_list_button_add", until=".o_form_view [name=name] textarea")
        hand.type(f"Grace Quick{number}")
        hand.click(".o_form_button_save", until=SAVED)

    def add_details(self, number):
        hand = self.hand
        hand.click(".o_list_button_add", until=".o_form_view [name=name] textarea")
        hand.type(f"Grace Detail{number}")
        hand.click("[name=partner_name] input")
        hand.type(f"Detail{number} Works")
        hand.click("[name=contact_name] input")
        hand.type(f"Grace Detail{number}")
        hand.press("Tab")
        hand.type(f"grace@detail{number}.example.com")
        hand.press("Tab")
        hand.type("Buyer")
        hand.press("Tab")
        hand.type("+1 212 555 0188")
        hand.click(".o_form_button_save", until=SAVED)

    def call(self, _number):
        """A note of the call, then an activity for the next."""
        hand = self.hand
        hand.click(".o-mail-Chatter-logNote", until=".o-mail-Composer-input")
        hand.type("Voicemail")
        hand.click(
            ".o-mail-Composer-send", until=".o-mail-Message:has-text('Voicemail')"
        )
        hand.click(".o-mail-Chatter-activity", until=".modal .o_selection_badge")
        hand.click(
            ".modal .o_selection_badge:has-text('Call')",
            until=".modal .o_selection_badge.active:has-text('Call')",
        )
        hand.click(
            ".modal button[name=action_schedule_activities]", until=".o-mail-Activity"
        )

    def qualify(self, _number):
        """Stars, and the five answers as a note."""
        hand = self.hand
        hand.click("[name=priority] .o_priority_star >> nth=1")
        hand.click("[name=description] .odoo-editor-editable")
        hand.type("Verified, need, budget, authority, timing: yes")
        hand.click(".o_form_button_save", until=SAVED)

    def claim(self, _number):
        hand = self.hand
        hand.click("[name=user_id] input")
        hand.type("Day S", until=".o-autocomplete--dropdown-item:has-text('Day Sales')")
        hand.press("Enter")
        hand.click(".o_form_button_save", until=SAVED)

    def new_account(self, _number):
        hand = self.hand
        hand.click(CONVERT, until=CREATE)
        hand.look_at_dialog()
        hand.click(CREATE, until=STAGE)

    def account(self, number):
        """The salesperson has to look for the account."""
        hand = self.hand
        hand.click(CONVERT, until=CREATE)
        hand.look_at_dialog()
        hand.click(
            ".modal label:has-text('Link to an existing')",
            until=".modal [name=partner_id] input",
        )
        hand.click(".modal [name=partner_id] input")
        hand.type(
            f"Account{number} W",
            until=f".o-autocomplete--dropdown-item:has-text('Account{number} Works')",
        )
        hand.press("Enter", until="!.o-autocomplete--dropdown-menu")
        hand.click(CREATE, until=STAGE)

    def opportunity(self, _number):
        hand = self.hand
        hand.click(CONVERT, until=CREATE)
        hand.look_at_dialog()
        # It proposes to merge where the address is the same.
        merge = ".modal input[data-value=merge]"
        if not self.page.locator(f"{merge}:checked").count():
            hand.click(merge)
        hand.click(CREATE, until=STAGE)

    def assign(self, _number):
        """Edit all that are selected, in the list."""
        hand = self.hand
        hand.click("thead .o_list_record_selector input", until=".o_selection_box")
        hand.click(
            ".o_data_row:first-of-type [name=user_id]",
            until=".o_data_row [name=user_id] input",
        )
        hand.type("Day S", until=".o-autocomplete--dropdown-item:has-text('Day Sales')")
        hand.press("Enter", until=".modal .btn-primary")
        hand.click(".modal .btn-primary", until="!.modal")

    def open_triage(self):
        self.go(self.leads, ".o_data_row")
        self.search("Day triage")
        self.page.locator(".o_data_row td[name=name]").first.click()
        self.hand.wait(".o_form_view .o_pager_next")

    def triage(self, count):
        """Stars, lost, or a task in some days; then the next lead."""
        hand = self.hand
        for number in range(1, count + 1):
            if number % 3 == 1:
                hand.click(
                    "[name=priority] .o_priority_star >> nth=1",
                    until="[name=priority] .fa-star >> nth=1",
                )
            elif number % 3 == 2:
                hand.click(
                    ".o_statusbar_buttons button:has-text('Lost')",
                    until=".modal .o_selection_badge",
                )
                hand.click(".modal .o_selection_badge")
                hand.click(
                    ".modal button[name=action_lost_reason_apply]", until="!.modal"
                )
            else:
                hand.click(
                    ".o-mail-Chatter-activity",
                    until=".modal button[name=action_schedule_activities]",
                )
                hand.click(
                    ".modal button[name=action_schedule_activities]",
                    until=".o-mail-Activity",
                )
            if number < count:
                hand.click(
                    ".o_pager_next",
                    until=f".o_pager_value:text-is('{number + 1}')",
                )
