import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("lead_news", {
    steps: () => [
        {
            content: "Look at the news of the lead's industry",
            trigger: ".o_notebook .nav-link[name=news]",
            run: "click",
        },
        {
            content: "The headline names the company",
            trigger: ".o_lead_news_item:contains(Why Acme flies) .badge",
        },
        {
            content: "Read it",
            trigger: ".o_lead_news_item a.fw-bold:contains(Why Acme flies)",
            run: (helpers) => {
                // Nothing of the web is opened in a test.
                helpers.anchor.removeAttribute("target");
                helpers.anchor.setAttribute("href", "#");
                helpers.anchor.click();
            },
        },
        {
            content: "It counts as read",
            trigger: ".o_lead_news_item a:contains(Why Acme flies):not(.fw-bold)",
        },
        {
            content: "Look at the posts of the profile",
            trigger: ".o_notebook .nav-link[name=social]",
            run: "click",
        },
        {
            content: "They are fetched",
            trigger: ".o_lead_posts .o_lead_news_item:contains(We fly again)",
        },
    ],
});
