import { concernPreset } from "../src/preset.js";

/** What can fail on its own has a failure mode: bounded, answered, and told to nobody but the team. */
export default concernPreset("error-handling");
