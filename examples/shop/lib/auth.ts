import jwt from "jsonwebtoken";
import { cookies } from "next/headers";

const secret = process.env.JWT_SECRET || "dev-secret-change-me";

export interface Session {
  userId: string;
  email: string;
  role: string;
}

export async function startSession(user: { id: string; email: string; role: string }) {
  const token = jwt.sign({ userId: user.id, email: user.email, role: user.role }, secret);
  const jar = await cookies();
  jar.set("session", token, { path: "/" });
}

export async function getSession(): Promise<Session | null> {
  const jar = await cookies();
  const token = jar.get("session")?.value;
  if (!token) return null;

  try {
    return jwt.verify(token, secret) as Session;
  } catch {
    return null;
  }
}

export function unsubscribeLink(email: string) {
  const token = jwt.sign({ email }, "dev-unsubscribe-key", { expiresIn: "30d" });
  return `${process.env.APP_URL}/api/newsletter?token=${token}`;
}
