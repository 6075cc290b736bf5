"""The demo's sign-ins: one for each group of people, with a password of this machine only."""

import secrets

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Group

from accounts.models import User
from artisans.models import Artisan, Membership

PEOPLE = {  # address → (name, staff group or what the person is)
    "pengelola@contoh.example": ("Pengelola Contoh", "administrator"),
    "kurator@contoh.example": ("Kurator Contoh", "Kurator"),
    "pesanan@contoh.example": ("Petugas Pesanan Contoh", "Meja pesanan"),
    "keuangan@contoh.example": ("Petugas Keuangan Contoh", "Keuangan"),
    "redaktur@contoh.example": ("Redaktur Contoh", "Redaktur"),
    "pembaca@contoh.example": ("Pimpinan Contoh", "Pembaca"),
    "perajin@contoh.example": ("Perajin Contoh", "perajin"),
    "pembeli@contoh.example": ("Pembeli Contoh", "pembeli"),
}


def load() -> None:
    """Create the sample people. Only the demo gives them a password."""
    for email, (name, role) in PEOPLE.items():
        user, is_new = User.objects.get_or_create(email=email, defaults={"name": name})
        if not is_new:
            continue
        user.set_password(password() if settings.DEMO else None)
        group = Group.objects.filter(name=role).first()
        user.is_superuser = role == "administrator"
        user.is_staff = user.is_superuser or group is not None
        user.save()
        user.groups.set([group] if group else [])
        _verify_address(user)
        if role == "perajin":
            artisan = Artisan.objects.filter(is_sample=True).order_by("name").first()
            if artisan:
                Membership.objects.get_or_create(user=user, artisan=artisan)


def sign_ins() -> str:
    """What `make run` prints below the address."""
    lines = [f"  {email:<28} {role}" for email, (_name, role) in PEOPLE.items()]
    return "\n".join([*lines, f"  password for all of them: {password()}"])


def password() -> str:
    """Return this machine's demo password, made at the first call."""
    path = settings.VAR_DIR / "demo-password"
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(9), encoding="ascii")
    return path.read_text(encoding="ascii")


def _verify_address(user: User) -> None:
    EmailAddress.objects.get_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
