import { concernPreset } from "../src/preset.js";

/** Every endpoint knows who is calling, and whether they may. */
export default concernPreset("auth");
