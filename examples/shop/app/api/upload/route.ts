import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { NextResponse } from "next/server";

import { getSession } from "@/lib/auth";
import { supabaseAdmin } from "@/lib/supabase";

export async function POST(request: Request) {
  const session = await getSession();
  if (!session) return NextResponse.json({ error: "Please sign in" }, { status: 401 });

  const form = await request.formData();
  const file = form.get("photo") as File;
  const productId = String(form.get("productId"));
  const bytes = Buffer.from(await file.arrayBuffer());

  const folder = path.join(process.cwd(), "public", "uploads");
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, `${productId}.jpg`), bytes);

  await supabaseAdmin.storage.from("photos").upload(`${productId}/${file.name}`, bytes, { contentType: file.type });
  const { data } = await supabaseAdmin
    .from("product_images")
    .insert({ product_id: productId, path: `${productId}/${file.name}` })
    .select("id")
    .single();

  console.log("uploaded", file.name, file.size);
  return NextResponse.json({ id: data?.id, url: `/uploads/${productId}.jpg` });
}
