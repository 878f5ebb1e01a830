/** The places of the client's own entries; 0 where an addon has another entry for it. */
export const STATIC_RANKS = {
    export: 102,
    duplicate: 400,
    archive: 401,
    unarchive: 402,
    delete: 500,
};

/** Returns the menu Actions as it is for leads: in groups, each thing once. */
export function arrangeForLeads(items, staticRanks = {}) {
    const ranks = { ...STATIC_RANKS, ...staticRanks };
    const action = (items.action || [])
        .map((item) => ({ item, rank: (item.callback ? ranks[item.key] : item.lead_rank) ?? 300 }))
        .filter(({ rank }) => rank)
        .sort((a, b) => a.rank - b.rank)
        .map(({ item, rank }) => ({ ...item, groupNumber: Math.floor(rank / 100) }));
    return { ...items, action };
}
