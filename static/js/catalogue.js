// The catalogue answers every tick at once; htmx fetches, the address stays true. Without scripts
// the same form is sent by its button.

const filters = document.querySelector("[data-sheet]");
let open = new Set();

// Empty fields need not stand in the address.
document.addEventListener("htmx:configRequest", ({ detail }) => {
  for (const [name, value] of [...detail.formData]) {
    if (value === "") detail.formData.delete(name);
  }
});

// What the reader unfolded stays unfolded when the counts are drawn anew.
document.addEventListener("htmx:beforeSwap", () => {
  open = new Set([...filters.querySelectorAll("details[open]")].map((part) => part.dataset.facet));
});
document.addEventListener("htmx:oobAfterSwap", () => {
  for (const part of filters.querySelectorAll("details")) {
    if (open.has(part.dataset.facet)) part.open = true;
  }
});

// The sheet's button has nothing left to send: the works are already there.
filters.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.requestConfig.triggeringEvent?.type === "submit" && filters.matches(":target")) {
    location.hash = "results";
  }
});

// A button elsewhere on the page (sorting) sends the form too.
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit-on-change]")) event.target.form.requestSubmit();
});
