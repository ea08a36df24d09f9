import { concernPreset } from "../src/preset.js";

/** The same build runs everywhere, configured, checked and stopped in an orderly way. */
export default concernPreset("deployment");
