package dev.faultline.spec.model;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.URL;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** What goes on in the process of a {@link TlcSeries}: it does what is asked for on the standard input, until that ends. */
final class OneByOne {
    private final URL[] path;
    private final Runnable letGo;
    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();

    /**
     * Makes the process's work.
     *
     * @param path the TLA+ tools, and the classes of this package
     * @param letGo is done when the input ends, whatever is under way
     */
    OneByOne(URL[] path, Runnable letGo) {
        this.path = path;
        this.letGo = letGo;
    }

    /**
     * A model to be checked.
     *
     * @param end what is printed when that is done, before TLC's exit status
     * @param libraries folders, as in a class path
     */
    private record Request(String end, String libraries, List<String> arguments) {}

    /** Works for ever. */
    void work() throws InterruptedException {
        Thread reader = new Thread(this::read, "leash");
        reader.setDaemon(true);
        reader.start();
        while (true) {
            Request request = requests.take();
            System.setProperty(TlcCommand.LIBRARIES, request.libraries());
            int status = TlcOnce.isolated(path, request.arguments().toArray(String[]::new));
            System.out.println(request.end() + " " + status);
            System.out.flush();
        }
    }

    private void read() {
        try (DataInputStream in = new DataInputStream(System.in)) {
            while (true) {
                String end = in.readUTF();
                String libraries = in.readUTF();
                String[] arguments = new String[in.readInt()];
                for (int i = 0; i < arguments.length; i++) {
                    arguments[i] = in.readUTF();
                }
                requests.add(new Request(end, libraries, List.of(arguments)));
            }
        } catch (IOException e) {
            letGo.run();
        }
    }
}
