"""What the ways of working have in common."""


class Way:
    """Does the tasks of a day. Each begins on a page that is open already.

    :cvar form: the path of a lead
    :cvar leads: the path of the list of leads
    """

    form = leads = ""

    def __init__(self, hand, address):
        self.hand, self.page, self.address = hand, hand.page, address

    def go(self, path, until):
        self.page.goto(f"{self.address}{path}")
        self.hand.wait(until)

    def search(self, text):
        """Narrow a list down to the leads of a task."""
        self.page.locator(".o_searchview_input").fill(text)
        self.hand.wait(".o_searchview_autocomplete .o-dropdown-item")
        self.page.keyboard.press("Enter")
        self.hand.wait(f".o_searchview_facet:has-text('{text}')")

    def open_assign(self, number):
        self.go(self.leads, ".o_data_row")
        self.search("Day assign")
        self.hand.wait(f".o_pager_limit:text-is('{number}')")
