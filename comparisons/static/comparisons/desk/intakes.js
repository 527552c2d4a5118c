// An intake's screen: follows the work until there is something new to show, and helps with the questions.
const progress = document.querySelector("[data-intake-progress]");
const PAUSE = 1000, LONGEST = 10000;

if (progress) {
  const bar = progress.querySelector("progress");
  const words = progress.querySelector("[data-words]");
  const late = progress.querySelector("[data-late]");
  let pause = PAUSE;

  const ask = async () => {
    try {
      const answer = await fetch(progress.dataset.url, { headers: { "X-Requested-With": "XMLHttpRequest" } });
      if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
      const now = await answer.json();
      late.hidden = true;
      pause = PAUSE;
      // From waiting to being worked on is no news; all else is another screen.
      if (!["waiting", "working"].includes(now.situation)) return location.reload();
      if (words.textContent !== now.words) words.textContent = now.words;
      if (now.done === null) bar.removeAttribute("value");
      else Object.assign(bar, { max: now.total, value: now.done });
    } catch {
      late.hidden = false;
      pause = Math.min(pause * 2, LONGEST);
    }
    setTimeout(ask, pause);
  };
  setTimeout(ask, pause);
}

// Whoever writes a name has chosen "something else", and whoever chooses again has not.
document.querySelector(".intake-questions")?.addEventListener("input", ({ target }) => {
  const fieldset = target.closest("fieldset");
  const other = fieldset?.querySelector("[data-other]");
  const typed = fieldset?.querySelector("[data-typed]");
  if (target === typed && other && typed.value) other.checked = true;
  else if (target !== typed && target !== other && typed) typed.value = "";
});
