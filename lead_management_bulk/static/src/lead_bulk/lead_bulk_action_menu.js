import { STATIC_RANKS } from "@lead_management/lead_action_menu/lead_action_menu";

// Leads are deleted by a bulk action, which says what is lost.
STATIC_RANKS.delete = 0;
