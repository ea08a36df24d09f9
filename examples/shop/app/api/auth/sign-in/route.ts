import bcrypt from "bcryptjs";
import { NextResponse } from "next/server";

import { startSession } from "@/lib/auth";
import { prisma } from "@/lib/prisma";

const attempts = new Map<string, number>();

export async function POST(request: Request) {
  try {
    const { email, password } = await request.json();
    console.log("sign-in attempt", email, password);

    const tries = (attempts.get(email) ?? 0) + 1;
    attempts.set(email, tries);
    if (tries > 10) return NextResponse.json({ error: "Too many attempts" }, { status: 429 });

    const user = await prisma.user.findFirst({ where: { email } });
    if (!user || !(await bcrypt.compare(password, user.passwordHash))) {
      return NextResponse.json({ error: "Wrong e-mail or password" }, { status: 401 });
    }

    attempts.delete(email);
    await startSession(user);
    return NextResponse.json({ user });
  } catch (error) {
    return NextResponse.json({ error: (error as Error).message, stack: (error as Error).stack }, { status: 500 });
  }
}
