/*
 * Optional, for pages that show a lead form in a frame.
 *
 * Gives frames that are marked with data-lead-frame the height of the form in them. It
 * listens to the form's own server only, and takes nothing from it but a number.
 */
(function () {
    "use strict";
    var LEAST = 100;
    var MOST = 20000;

    function heightOf(data) {
        var height = Number(data && data.leadFormHeight);
        return height >= LEAST && height <= MOST ? Math.ceil(height) : 0;
    }

    window.addEventListener("message", function (event) {
        document.querySelectorAll("iframe[data-lead-frame]").forEach(function (frame) {
            var height = heightOf(event.data);
            var isOurs =
                event.source === frame.contentWindow && event.origin === new URL(frame.src).origin;
            if (isOurs && height) {
                frame.style.height = height + "px";
            }
        });
    });
})();
