import { jwtVerify } from "jose";
import { NextResponse, type NextRequest } from "next/server";

const key = new TextEncoder().encode(process.env.JWT_SECRET ?? "dev-secret-change-me");

export async function middleware(request: NextRequest) {
  const token = request.cookies.get("session")?.value;
  if (!token) return NextResponse.redirect(new URL("/sign-in", request.url));

  try {
    const { payload } = await jwtVerify(token, key);
    if (payload.role !== "admin") return NextResponse.redirect(new URL("/", request.url));
    return NextResponse.next();
  } catch (error) {
    console.error("could not read the session", error);
    return NextResponse.next();
  }
}

export const config = { matcher: ["/admin/:path*"] };
