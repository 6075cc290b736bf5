"""Documents that people agree to, people's own addresses, and the regions they choose from."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import address_book
from accounts.address_form import AddressForm, initial_of
from accounts.models import Address, Document, Region, User
from accounts.region_field import CHOOSE, ParentForm

A_DAY = 86_400  # seconds
FORM_METHODS = ["GET", "HEAD", "POST"]


class SignedInRequest(HttpRequest):
    """What a view behind `login_required` gets."""

    user: User


@require_safe
def document(request: HttpRequest, kind: str, version: str = "") -> HttpResponse:
    in_force = Document.objects.in_force(kind)
    shown = get_object_or_404(Document, kind=kind, version=version) if version else in_force
    if shown is None:
        raise Http404
    context = {
        "document": shown,
        "in_force": in_force,
        "is_own_address": bool(version),
        "versions": Document.objects.history(kind),
    }
    return render(request, "accounts/document.html", context)


@cache_control(public=True, max_age=A_DAY)
@require_safe
def regions(request: HttpRequest) -> HttpResponse:
    """The parts of a province or a regency, as the options of a select."""
    form = ParentForm(request.GET)
    if not form.is_valid():
        raise Http404
    parts = list(Region.objects.filter(parent=form.cleaned_data["parent"]))
    if not parts:
        raise Http404
    context = {"regions": parts, "choose": CHOOSE[Region.Level(parts[0].level)]}
    return render(request, "accounts/region_options.html", context)


@require_safe
@login_required
def address_list(request: SignedInRequest) -> HttpResponse:
    addresses = Address.objects.for_user(request.user).with_region()
    return render(request, "accounts/address_list.html", {"addresses": addresses})


@require_http_methods(FORM_METHODS)
@login_required
def address_add(request: SignedInRequest) -> HttpResponse:
    user = request.user
    form = AddressForm(
        request.POST or None, initial={"recipient": user.name, "phone": user.phone or ""}
    )
    if form.is_valid() and _kept(form, Address(user=user)):
        return redirect("address_list")
    return render(request, "accounts/address_form.html", {"form": form})


@require_http_methods(FORM_METHODS)
@login_required
def address_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    address = _own_address(request.user, pk)
    initial = initial_of(address) | {"label": address.label, "is_default": address.is_default}
    form = AddressForm(request.POST or None, initial=initial)
    if form.is_valid() and _kept(form, address):
        return redirect("address_list")
    return render(request, "accounts/address_form.html", {"form": form, "address": address})


@require_POST
@login_required
def address_make_usual(request: SignedInRequest, pk: int) -> HttpResponse:
    address_book.make_usual(_own_address(request.user, pk))
    return redirect("address_list")


@require_http_methods(FORM_METHODS)
@login_required
def address_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask first; the address leaves the book, never the orders that copied it."""
    address = _own_address(request.user, pk)
    if request.method == "POST":
        address_book.forget(address)
        return redirect("address_list")
    return render(request, "accounts/address_delete.html", {"address": address})


def _own_address(user: User, pk: int) -> Address:
    address: Address = get_object_or_404(Address.objects.for_user(user).with_region(), pk=pk)
    return address


def _kept(form: AddressForm, address: Address) -> bool:
    """Keep what the form says; a full book is said in the form."""
    form.fill(address)
    try:
        address_book.keep(address, usual=form.cleaned_data["is_default"])
    except address_book.BookIsFull:
        form.add_error(None, _("You keep as many addresses as we hold. Delete one first."))
        return False
    return True
