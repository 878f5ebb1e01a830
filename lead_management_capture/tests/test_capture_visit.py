from odoo.tests import HttpCase, tagged

CHECK = """
(async () => {
    const page = document.createElement("div");
    page.innerHTML = `
        <form data-lead-form>
            <input name="first_utm_source">
            <input name="last_utm_source">
            <input name="last_landing_page">
            <input name="last_utm_medium" value="kept">
            <input name="last_gclid">
        </form>
        <form class="other"><input name="last_utm_source"></form>
        <iframe data-lead-frame src="/web/static/img/favicon.ico?x=1"></iframe>`;
    document.body.append(page);
    const noted = { utm_source: "first <b>fair</b>" };
    const visits = { first: noted, last: noted, time: Date.now() };
    localStorage.setItem("lead_visit", JSON.stringify(visits));
    const script = document.createElement("script");
    script.src = "/lead_management/static/capture/lead_visit.js";
    document.head.append(script);
    await new Promise((resolve) => (script.onload = resolve));
    const { elements } = page.querySelector("form");
    const frame = new URL(page.querySelector("iframe").src).searchParams;
    const seen = [
        elements.first_utm_source.value,
        elements.last_utm_source.value,
        elements.last_landing_page.value.replace(location.origin, ""),
        elements.last_utm_medium.value,
        elements.last_gclid.value,
        page.querySelector(".other input").value,
        frame.get("x"),
        frame.get("last_utm_source"),
        document.cookie.includes("lead_visit"),
    ];
    localStorage.removeItem("lead_visit");
    const wanted = [
        "first <b>fair</b>", "news", "/web/login", "kept", "click", "", "1", "news",
        false,
    ];
    if (JSON.stringify(seen) !== JSON.stringify(wanted)) {
        console.error(JSON.stringify(seen));
        return;
    }
    console.log("test successful");
})();
"""


@tagged("post_install", "-at_install", "lead_capture", "lead_tours", "is_tour")
class TestCaptureVisit(HttpCase):
    """The optional script of a web site that has a form."""

    def test_first_and_last_visit_are_put_into_the_form(self):
        self.browser_js(
            "/web/login?utm_source=news&gclid=click&email=jane@example.com", CHECK
        )
