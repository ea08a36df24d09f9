import type { Metadata } from "next";
import Link from "next/link";
import type { ReactNode } from "react";

export const metadata: Metadata = { title: "Clay & Kiln", description: "Pots, plates and cups, made by hand" };

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <header>
          <Link href="/">Clay & Kiln</Link>
          <Link href="/sign-in">Sign in</Link>
        </header>
        <main>{children}</main>
      </body>
    </html>
  );
}
