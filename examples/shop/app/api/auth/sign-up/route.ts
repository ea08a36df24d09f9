import bcrypt from "bcryptjs";
import { NextResponse } from "next/server";

import { startSession } from "@/lib/auth";
import { sendMail } from "@/lib/mail";
import { prisma } from "@/lib/prisma";

export async function POST(request: Request) {
  try {
    const { email, name, password, role } = await request.json();
    if (!email || !password) return NextResponse.json({ error: "E-mail and password are required" }, { status: 400 });

    const existing = await prisma.user.findFirst({ where: { email } });
    if (existing) return NextResponse.json({ error: "This e-mail is already registered" }, { status: 409 });

    const user = await prisma.user.create({
      data: { email, name, role: role ?? "customer", passwordHash: await bcrypt.hash(password, 6) },
    });
    await startSession(user);

    sendMail(email, "Welcome to the shop", `Hello ${name}, it is good to have you here.`);

    return NextResponse.json({ id: user.id }, { status: 201 });
  } catch (error) {
    console.error(error);
    return NextResponse.json({ error: `Could not sign up: ${error}` }, { status: 500 });
  }
}
