"""How long pages take where the processor of whoever looks at them is slow.

A page is begun by a click, as from the page before; the client is there already. What
moves after it was shown, without anybody having clicked or typed, is noted as well, as
browsers measure it (cumulative layout shift), but for the chatter: Odoo fills it when
its messages are there.
"""

import statistics
import time

SLOWER = 4  # times
TIMES = 7
LATE = 800  # milliseconds in which something may still move
# Begins to note what moves.
WATCH = """() => {
    window.dayShift = 0;
    window.dayObserver?.disconnect();
    window.dayObserver = new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
            const isOurs = (entry.sources || []).some(
                ({ node }) => !node?.parentElement?.closest(".o-mail-Chatter")
            );
            window.dayShift += entry.hadRecentInput || !isOurs ? 0 : entry.value;
        }
    });
    window.dayObserver.observe({ type: "layout-shift" });
}"""
ROW = ".o_data_row td[name=contact_name]"
SHOWN = ".o_form_view .o_form_sheet"
COMPANY = ".o_field_widget[name=partner_name] input"
BANNER = ".o_account_match .o_account_match_account"


def look_slowly(page, hand, work, list_path):
    """Return what opening a lead, the home page and the banner of accounts takes:
    `seconds`, the median, and `shift`, the worst."""
    client = page.context.new_cdp_session(page)
    client.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    looks = (
        ("form", lambda number: _open_form(page, hand, number)),
        ("home", lambda _number: _open_home(page, hand)),
        ("banner", lambda number: _see_banner(page, hand, number)),
    )
    found = {}
    for name, look in looks:
        print(f"{name}, slowly", flush=True)
        seconds, shifts = [], []
        for number in range(TIMES + 1):
            work.go(list_path, ROW)
            page.wait_for_timeout(2 * LATE)
            page.evaluate(WATCH)
            took = look(number)
            page.wait_for_timeout(LATE)
            # The first one loads what the others find in the cache.
            if number:
                seconds.append(took)
                shifts.append(page.evaluate("window.dayShift"))
        found[name] = {"seconds": statistics.median(seconds), "shift": max(shifts)}
    client.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    return found


def _open_form(page, hand, number):
    row = page.locator(ROW).nth(number)
    began = time.monotonic()
    row.click()
    hand.wait(SHOWN)
    return time.monotonic() - began


def _open_home(page, hand):
    page.locator(".o_menu_sections button:has-text('Leads')").first.click()
    entry = page.locator(".o-dropdown-item:has-text('Lead Home')").first
    entry.wait_for()
    began = time.monotonic()
    entry.click()
    hand.wait(".o_lead_home input:focus")
    return time.monotonic() - began


def _see_banner(page, hand, number):
    """An account is told while its name is typed: after the last key."""
    page.locator(".o_list_button_add").first.click()
    hand.wait(COMPANY)
    page.locator(COMPANY).click()
    name = f"Account{number % 3} Works"
    page.keyboard.type(name[:-1], delay=60)
    began = time.monotonic()
    page.keyboard.type(name[-1])
    hand.wait(f"{BANNER}:has-text('{name}')")
    return time.monotonic() - began
