import { concernPreset } from "../src/preset.js";

/** When something breaks, the logs say what, where and for whom. */
export default concernPreset("observability");
