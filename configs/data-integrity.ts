import { concernPreset } from "../src/preset.js";

/** What the database holds stays true, whatever the application does and however often at once. */
export default concernPreset("data-integrity");
