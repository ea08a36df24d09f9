import { expect, test } from "vitest";

import { packageName, packageRoot } from "../../src/project/package-name.js";

test.each([
  ["axios", "axios"],
  ["next/server", "next/server"],
  ["@prisma/client/edge", "@prisma/client/edge"],
  ["node:fs/promises", "fs/promises"],
  ["fs", "fs"],
  ["bun:sqlite", "bun:sqlite"],
  ["npm:stripe", "stripe"],
  ["npm:stripe@12.0.0", "stripe"],
  ["npm:/stripe@^12", "stripe"],
  ["npm:@supabase/supabase-js@2", "@supabase/supabase-js"],
  ["npm:drizzle-orm@0.30/pg-core", "drizzle-orm/pg-core"],
  ["jsr:@supabase/supabase-js@2.39", "@supabase/supabase-js"],
  ["https://esm.sh/@supabase/supabase-js@2.39.0?target=deno", "@supabase/supabase-js"],
  ["https://esm.sh/v135/stripe@14.21.0", "stripe"],
  ["https://esm.sh/stripe@14.21.0/lib/stripe.js?no-check", "stripe/lib/stripe.js"],
  ["https://cdn.skypack.dev/axios", "axios"],
  ["https://unpkg.com/axios@1.6.0/dist/axios.min.js", "axios/dist/axios.min.js"],
  ["https://cdn.jsdelivr.net/npm/axios@1.6.0/+esm", "axios"],
  ["https://deno.land/std@0.168.0/http/server.ts", "deno.land/std/http/server.ts"],
  ["https://deno.land/x/postgres@v0.17.0/mod.ts", "deno.land/x/postgres/mod.ts"],
  ["./client", "./client"],
])("%s is %s", (specifier, name) => expect(packageName(specifier)).toBe(name));

test.each([
  ["next/server", "next"],
  ["@prisma/client/edge", "@prisma/client"],
  ["@prisma/client", "@prisma/client"],
  ["axios", "axios"],
  ["@scope", "@scope"],
])("%s belongs to %s", (name, root) => expect(packageRoot(name)).toBe(root));
