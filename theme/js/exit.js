// Leaving at once: the target takes this page's place in the way back, and the page is blank while
// the target loads. Without this script the link is a plain link.
"use strict";
(() => {
  const PRESSES = 3;
  const WITHIN = 5000; // milliseconds
  const link = document.querySelector(".exit a");
  let times = [];

  const leave = () => {
    document.documentElement.hidden = true;
    document.title = link.host;
    location.replace(link.href);
  };

  link.addEventListener("click", (event) => {
    // With one of these keys a browser opens another tab and leaves this page where it is.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    leave();
  });

  document.addEventListener("keydown", (event) => {
    if (event.repeat) return;
    const recent = times.filter((time) => event.timeStamp - time < WITHIN);
    times = event.key === "Escape" ? [...recent, event.timeStamp] : [];
    if (times.length === PRESSES) leave();
  });

  // A page that the browser kept is shown again, should somebody come back to it.
  addEventListener("pageshow", () => {
    document.documentElement.hidden = false;
  });

  document.querySelector(".exit [hidden]").hidden = false;
})();
