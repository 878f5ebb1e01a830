/*
 * Optional, for the pages of a web site that has a lead form on one of them.
 *
 * Notes from where a visitor came, the first time and the last time: the campaign named
 * in the address (utm_source, …), the click on an ad (gclid, fbclid, …), the site that
 * linked here, and the page where the visit began. It stays in the visitor's browser (localStorage, no
 * cookie) for 90 days, and goes out only with a form that the visitor sends.
 *
 * Put it on every page:  <script src="https://ODOO/lead_management/static/capture/lead_visit.js" defer></script>
 * It fills the hidden inputs of forms made by Odoo, and adds to the address of frames
 * that are marked with data-lead-frame.
 */
(function () {
    "use strict";
    var KEY = "lead_visit";
    var DAYS = 90;
    var CAMPAIGN = [
        "utm_source",
        "utm_medium",
        "utm_campaign",
        "utm_term",
        "utm_content",
        "gclid",
        "gbraid",
        "wbraid",
        "fbclid",
        "li_fat_id",
        "msclkid",
    ];
    var PARTS = CAMPAIGN.concat(["referrer", "landing_page"]);
    var MAX_LENGTH = 500;

    function read() {
        try {
            var noted = JSON.parse(localStorage.getItem(KEY)) || {};
            return Date.now() - noted.time < DAYS * 864e5 ? noted : {};
        } catch (error) {
            return {};
        }
    }

    function write(noted) {
        try {
            localStorage.setItem(KEY, JSON.stringify(noted));
        } catch (error) {
            // The browser keeps nothing: this page alone counts.
        }
    }

    /** Returns where the visitor came from, nothing when from the same site. */
    function arrival() {
        var query = new URLSearchParams(location.search);
        var from = document.referrer;
        var outside = from && from.split("/")[2] !== location.host;
        var campaign = CAMPAIGN.some(function (name) {
            return query.get(name);
        });
        if (!outside && !campaign) {
            return null;
        }
        var touch = { referrer: outside ? from : "", landing_page: here() };
        CAMPAIGN.forEach(function (name) {
            touch[name] = query.get(name) || "";
        });
        return touch;
    }

    /** The page without what its address may tell of the visitor. */
    function here() {
        return location.origin + location.pathname;
    }

    function each(noted, act) {
        ["first", "last"].forEach(function (which) {
            PARTS.forEach(function (part) {
                var value = (noted[which] || {})[part];
                if (value) {
                    act(which + "_" + part, String(value).slice(0, MAX_LENGTH));
                }
            });
        });
    }

    var noted = read();
    var touch = arrival();
    if (touch || !noted.first) {
        touch = touch || { landing_page: here() };
        noted = { first: noted.first || touch, last: touch, time: Date.now() };
        write(noted);
    }

    document.querySelectorAll("form[data-lead-form]").forEach(function (form) {
        each(noted, function (name, value) {
            var input = form.elements.namedItem(name);
            if (input && !input.value) {
                input.value = value;
            }
        });
    });
    document.querySelectorAll("iframe[data-lead-frame]").forEach(function (frame) {
        var address = new URL(frame.src);
        each(noted, function (name, value) {
            address.searchParams.set(name, value);
        });
        if (address.href !== frame.src) {
            frame.src = address.href;
        }
    });
})();
