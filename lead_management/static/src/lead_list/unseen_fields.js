const NAMES = /[A-Za-z_]\w*/g;
// Attributes that are no expressions
const TEXTS = new Set(["name", "string", "title", "help", "class", "widget", "placeholder"]);

/**
 * Return the names of the fields of a list that nobody sees: those of optional columns
 * that are not shown, and that nothing which is shown asks for.
 *
 * @param {{ archInfo: object, fields: object }} list
 * @param {(column: object) => boolean} isShown
 * @returns {Set<string>}
 */
export function getUnseenFields({ archInfo, fields }, isShown) {
    const unseen = new Set();
    const others = new Set();
    for (const column of archInfo.columns.filter(({ type }) => type === "field")) {
        (column.optional && !isShown(column) ? unseen : others).add(column.name);
    }
    others.forEach((name) => unseen.delete(name));
    const asked = new Set();
    for (const node of [archInfo.xmlDoc, ...archInfo.xmlDoc.querySelectorAll("*")]) {
        const name = node.getAttribute("name");
        if (node.tagName === "field" && !unseen.has(name)) {
            const { domain, context } = fields[name] || {};
            addNames(asked, typeof domain === "string" && domain);
            addNames(asked, typeof context === "string" && context);
        } else if (node.tagName === "field") {
            continue;
        }
        for (const attribute of node.attributes) {
            addNames(asked, !TEXTS.has(attribute.name) && attribute.value);
        }
    }
    asked.forEach((name) => unseen.delete(name));
    return unseen;
}

function addNames(names, text) {
    for (const [name] of (text || "").matchAll(NAMES)) {
        names.add(name);
    }
}
