import { PrismaClient } from "@prisma/client";
import { NextResponse } from "next/server";

export async function GET(request: Request) {
  const prisma = new PrismaClient();
  const words = new URL(request.url).searchParams.get("q") ?? "";

  try {
    const products = await prisma.product.findMany({
      where: { OR: [{ name: { contains: words } }, { data: { path: ["material"], equals: words } }] },
    });
    return NextResponse.json(products);
  } catch {
    return NextResponse.json({ error: "Something went wrong" }, { status: 500 });
  }
}
