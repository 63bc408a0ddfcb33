package liftlock.wso2.server;

import java.io.IOException;

/**
 * Ends the server when its standard input ends: that is a pipe from the process that started it, so the server never
 * outlives that process, however it ended.
 */
final class EndWithParent {
    private EndWithParent() {}

    static void watch() {
        Thread thread = new Thread(EndWithParent::waitForEnd, "liftlock-end-with-parent");
        thread.setDaemon(true);
        thread.start();
    }

    private static void waitForEnd() {
        try {
            while (System.in.read() >= 0) continue;
        } catch (IOException closed) {
            // No input is the end of it as well.
        }
        Runtime.getRuntime().halt(0);
    }
}
