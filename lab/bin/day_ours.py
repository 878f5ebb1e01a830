"""The tasks of a day, done with the addons. Each begins on the page that it names."""

from day_way import Way

NOTICE = ".o_notification"
CONVERT = ".modal button[name=action_apply]"
OPPORTUNITY = ".o_field_widget[name=stage_id] .o_arrow_button_current"
ROW = ".o_lead_triage_row[aria-selected=true]"


class Ours(Way):
    """How a salesperson does it with the addons."""

    form = "/odoo/all-leads/{}"
    leads = "/odoo/all-leads"

    def open_add(self, _number):
        self.go("/odoo/lead-home", ".o_lead_home input:focus")

    def add(self, number):
        self.hand.type(f"Grace Quick{number}")
        self.hand.press("Tab")
        self.hand.type(f"Quick{number} Works")
        self.hand.press("Enter", until=f"{NOTICE}:has-text('Quick{number}')")

    def add_details(self, number):
        hand = self.hand
        for text in (
            f"Grace Detail{number}",
            f"Detail{number} Works",
            f"grace@detail{number}.example.com",
        ):
            hand.type(text)
            hand.press("Tab")
        hand.type("+1 212 555 0188")
        hand.click(".o_lead_home_new", until=".o_form_view [name=function] input")
        hand.click("[name=function] input")
        hand.type("Buyer")
        hand.click(".o_form_button_save", until="!.o_form_button_save")

    def call(self, _number):
        hand = self.hand
        hand.click("button[name=action_log_call]", until=".modal [name=outcome_id]")
        hand.click(
            ".modal [name=outcome_id] label:has-text('Voicemail')",
            until=".modal [name=next_date]",
        )
        hand.press("Enter", until=f"{NOTICE}:has-text('Voicemail')")

    def qualify(self, _number):
        for place in range(1, 6):
            question = f".o_bant_question:nth-child({place}) .o_bant_yes"
            self.hand.click(question, until=f"{question}.active")
        self.hand.wait("[name=bant_score]:has-text('100 of 100')")

    def claim(self, _number):
        self.hand.click("button[name=action_claim]", until="!button[name=action_claim]")

    def _convert(self, choice=None):
        hand = self.hand
        hand.click("button[name=action_open_convert]", until=CONVERT)
        hand.look_at_dialog()
        if choice:
            hand.click(f".modal label:has-text('{choice}')")
            hand.press("Enter", until=OPPORTUNITY)
        else:
            hand.click(CONVERT, until=OPPORTUNITY)

    def new_account(self, _number):
        self._convert()

    account = new_account

    def opportunity(self, number):
        self._convert(f"Into “Day deal {number}”")

    def assign(self, _number):
        hand = self.hand
        hand.click("thead .o_list_record_selector input", until=".o_selection_box")
        hand.click(".o_cp_action_menus button:has(.fa-cog)", until=".o-dropdown-item")
        hand.click(
            ".o-dropdown-item:text-is('Assign')", until=".modal [name=user_id] input"
        )
        hand.click(".modal [name=user_id] input")
        hand.type("Day S", until=".o-autocomplete--dropdown-item:has-text('Day Sales')")
        hand.press("Enter", until=".modal button[name=action_start]")
        hand.click(".modal button[name=action_start]", until="!.modal")

    def open_triage(self):
        self.go("/odoo/lead-triage", ROW)

    def triage(self, count):
        """Stars for a third of the leads; the others die or are laid aside."""
        hand, position = self.hand, ".o_lead_triage_position:has-text('{} of')"
        for number in range(1, count + 1):
            there = position.format(number + 1)
            if number % 3 == 1:
                hand.press("4", until=f"{ROW} .fa-star-o")
                hand.press("n", until=there)
            else:
                hand.press("d" if number % 3 else "r", until=".o_lead_triage_choice")
                hand.press("1", until=there)
