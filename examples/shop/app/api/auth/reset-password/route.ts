import bcrypt from "bcryptjs";
import { NextResponse } from "next/server";
import { z } from "zod";

import { prisma } from "@/lib/prisma";

const body = z.object({ token: z.string().min(1), password: z.string().min(10) });

export async function POST(request: Request) {
  const parsed = body.safeParse(await request.json());
  if (!parsed.success) return NextResponse.json({ error: "Please choose a longer password" }, { status: 400 });

  const user = await prisma.user.findFirst({ where: { resetToken: parsed.data.token } });
  if (!user) return NextResponse.json({ error: "This link is not valid" }, { status: 400 });

  await prisma.user.update({
    where: { id: user.id },
    data: { passwordHash: await bcrypt.hash(parsed.data.password, 12) },
  });

  return NextResponse.json({ changed: true });
}
