// Small comforts. Every page works without them.

const root = document.documentElement;

function showTheme(theme) {
  if (theme) root.dataset.theme = theme;
  else delete root.dataset.theme;
  const ground = getComputedStyle(root).getPropertyValue("--ground").trim();
  for (const meta of document.querySelectorAll('meta[name="theme-color"]')) {
    if (theme) meta.content = ground;
    else meta.content = meta.dataset.device;
  }
  for (const button of document.querySelectorAll("[data-theme-choice]")) {
    button.setAttribute("aria-pressed", String(button.dataset.themeChoice === theme));
  }
}

function rememberTheme(theme) {
  try {
    if (theme) localStorage.setItem("theme", theme);
    else localStorage.removeItem("theme");
  } catch {
    // Storage is blocked: the choice lasts until the next page.
  }
}

function themeSwitch(element) {
  element.hidden = false;
  showTheme(root.dataset.theme ?? "");
  element.addEventListener("click", (event) => {
    const theme = event.target.closest("[data-theme-choice]")?.dataset.themeChoice;
    if (theme === undefined) return;
    showTheme(theme);
    rememberTheme(theme);
  });
}

// A closed announcement stays closed in this browser until its text changes; theme.js hides it.
function announcement(element) {
  const button = element.querySelector("[data-announcement-close]");
  button.hidden = false;
  button.addEventListener("click", () => {
    element.hidden = true;
    rememberClosed(element.dataset.announcement);
    document.getElementById("content").focus({ preventScroll: true });
  });
}

function rememberClosed(edition) {
  try {
    const closed = localStorage.getItem("announcements")?.split(" ") ?? [];
    localStorage.setItem("announcements", [...closed, edition].slice(-20).join(" "));
  } catch {
    // Storage is blocked: it returns on the next page.
  }
}

// Thumbnails move the row sideways only, and show which picture is in view.
function gallery(element) {
  const row = element.querySelector("[data-gallery-row]");
  const thumbs = [...element.querySelectorAll("[data-gallery-thumbs] a")];
  const slides = [...row.children];
  const mark = (index) =>
    thumbs.forEach((thumb, at) =>
      at === index ? thumb.setAttribute("aria-current", "true") : thumb.removeAttribute("aria-current"),
    );
  thumbs.forEach((thumb, index) =>
    thumb.addEventListener("click", (event) => {
      event.preventDefault();
      row.scrollTo({ left: slides[index].offsetLeft - slides[0].offsetLeft });
      mark(index);
    }),
  );
  const seen = new IntersectionObserver(
    (entries) => {
      const entry = entries.find((candidate) => candidate.isIntersecting);
      if (entry) mark(slides.indexOf(entry.target));
    },
    { root: row, threshold: 0.6 },
  );
  slides.forEach((slide) => seen.observe(slide));
}

// Copying and the phone's own share menu exist only with scripts.
function share(list) {
  const { shareUrl: url, shareTitle: title } = list.dataset;
  const copy = list.querySelector("[data-share-copy]");
  const native = list.querySelector("[data-share-native]");
  if (navigator.clipboard) {
    copy.parentElement.hidden = false;
    const say = (text) => {
      copy.parentElement.querySelector("[role=status]").textContent = text;
    };
    // Where copying is forbidden the address can still be copied by hand.
    copy.addEventListener("click", () =>
      navigator.clipboard.writeText(url).then(() => say(copy.dataset.done), () => say(url)),
    );
  }
  if (navigator.share) {
    native.parentElement.hidden = false;
    native.addEventListener("click", () => navigator.share({ title, url }).catch(() => {}));
  }
}

// A number to be typed elsewhere.
function copyButton(element) {
  if (!navigator.clipboard) return;
  element.hidden = false;
  const button = element.querySelector("button");
  const say = (text) => {
    element.querySelector("[role=status]").textContent = text;
  };
  button.addEventListener("click", () =>
    navigator.clipboard.writeText(element.dataset.copy).then(() => say(button.dataset.done), () => {}),
  );
}

function closeOnEscape(event) {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("[data-menu][open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  } else if (document.querySelector("[data-sheet]:target")) {
    location.hash = "results";
  }
}

document.querySelectorAll("[data-theme-switch]").forEach(themeSwitch);
document.querySelectorAll("[data-announcement]").forEach(announcement);
document.querySelectorAll("[data-gallery]").forEach(gallery);
document.querySelectorAll("[data-share]").forEach(share);
document.querySelectorAll("[data-copy]").forEach(copyButton);
document.addEventListener("keydown", closeOnEscape);
