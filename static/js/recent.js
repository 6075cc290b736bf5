// Works looked at before, kept in this browser and nowhere else.

const KEY = "recent-works";
const MOST = 12;

// What stands in the storage may be old or foreign: only whole entries count.
function remembered() {
  try {
    const works = JSON.parse(localStorage.getItem(KEY));
    return Array.isArray(works) ? works.filter((work) => work?.slug && work.name && work.price) : [];
  } catch {
    return [];
  }
}

function remember(works) {
  try {
    localStorage.setItem(KEY, JSON.stringify(works.slice(0, MOST)));
  } catch {
    // Storage is blocked or full: nothing is remembered.
  }
}

function card(work, template, pattern) {
  const item = template.content.cloneNode(true);
  const isEnglish = document.documentElement.lang === "en";
  item.querySelector("a").href = pattern.replace("SLUG", encodeURIComponent(work.slug));
  item.querySelector(".recently-viewed__name").textContent = (isEnglish && work.nameEn) || work.name;
  item.querySelector(".recently-viewed__price").textContent = work.price;
  const photo = item.querySelector("img");
  if (/^(\/|https?:\/\/)/.test(work.image ?? "")) photo.src = work.image;
  else photo.removeAttribute("loading");
  return item;
}

function show(section) {
  const { slug, name, nameEn, price, image, pattern } = section.dataset;
  const others = remembered().filter((work) => work.slug !== slug);
  const list = section.querySelector("[data-recent-list]");
  const template = section.querySelector("[data-recent-card]");
  list.replaceChildren(...others.slice(0, MOST).map((work) => card(work, template, pattern)));
  section.hidden = others.length === 0;
  section.querySelector("[data-recent-clear]").addEventListener("click", () => {
    remember([]);
    section.hidden = true;
    document.getElementById("content").focus({ preventScroll: true });
  });
  if (slug) remember([{ slug, name, nameEn, price, image }, ...others]);
}

document.querySelectorAll("[data-recent]").forEach(show);
