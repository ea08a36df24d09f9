/** What can be said about something that ought to be there. Rules report what is missing, and are silent on what is unknown. */
export type Presence = "found" | "missing" | "unknown";
