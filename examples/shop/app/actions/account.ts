"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";

import { getSession } from "@/lib/auth";
import { prisma } from "@/lib/prisma";

export async function updateProfile(formData: FormData) {
  const session = await getSession();
  if (!session) redirect("/sign-in");

  await prisma.user.update({ where: { id: session.userId }, data: Object.fromEntries(formData) });
  revalidatePath("/account");
}

export async function saveAddress(addressId: string, formData: FormData) {
  const session = await getSession();
  if (!session) redirect("/sign-in");

  await prisma.address.update({
    where: { id: addressId },
    data: {
      street: String(formData.get("street")),
      city: String(formData.get("city")),
      postcode: String(formData.get("postcode")),
    },
  });
  revalidatePath("/account");
}

export async function deleteAddress(addressId: string) {
  await prisma.address.delete({ where: { id: addressId } });
  revalidatePath("/account");
}
