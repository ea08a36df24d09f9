import { createClient } from "@supabase/supabase-js";

export const supabase = createClient("https://shop.supabase.co", "public-key");
