/* Says on the page that a passkey could not be used; allauth's own script only logs it. */
"use strict";

document.addEventListener("allauth.error", (event) => {
  const place = document.querySelector("[data-passkey-error]");
  if (!place) return;
  event.preventDefault();
  place.hidden = false;
  place.scrollIntoView({ block: "nearest" });
});
