package org.heraldlb.shell.internal;

import java.io.ByteArrayInputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.Set;
import javax.security.auth.Subject;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.jaas.boot.principal.UserPrincipal;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.heraldlb.shell.command.Query;
import org.heraldlb.shell.door.CommandRunner;
import org.heraldlb.shell.door.Reply;
import org.heraldlb.shell.door.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a command line in a Karaf session of its own, as the administrator: who opens the socket owns the process. */
final class SessionRunner implements CommandRunner {

    private static final Logger LOG = LoggerFactory.getLogger(SessionRunner.class);
    private static final Subject OWNER = new Subject(
            true,
            Set.of(
                    new UserPrincipal("herald"),
                    new RolePrincipal("admin"),
                    new RolePrincipal("manager"),
                    new RolePrincipal("viewer"),
                    new RolePrincipal("systembundles")),
            Set.of(),
            Set.of());

    private static final String COLOURS = "\u001b\\[[0-9;?]*[A-Za-z]";

    private final SessionFactory sessions;

    SessionRunner(SessionFactory sessions) {
        this.sessions = sessions;
    }

    @Override
    @SuppressWarnings("removal") // Subject.callAs needs Java 18
    public Reply run(Request request) {
        BoundedOutput output = new BoundedOutput();
        try {
            Subject.doAs(OWNER, (PrivilegedExceptionAction<Object>) () -> execute(request, output));
            return new Reply(0, text(request, output));
        } catch (PrivilegedActionException failed) {
            return failed(request, output, failed.getException());
        } catch (RuntimeException failed) {
            return failed(request, output, failed);
        }
    }

    private Object execute(Request request, BoundedOutput output) throws Exception {
        PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8);
        Session session = sessions.create(new ByteArrayInputStream(new byte[0]), out, out);
        try {
            session.put(Query.COLUMNS, String.valueOf(request.columns()));
            session.put(Query.COLOUR, String.valueOf(request.colour()));
            Object result = session.execute(request.command());
            if (result != null) {
                out.println(result);
            }
            return result;
        } finally {
            session.close();
            out.flush();
        }
    }

    /** Karaf's own commands colour what they write without asking. */
    private static String text(Request request, BoundedOutput output) {
        return request.colour() ? output.text() : output.text().replaceAll(COLOURS, "");
    }

    private static Reply failed(Request request, BoundedOutput output, Exception failure) {
        LOG.debug("shell door: \"{}\" failed", request.command(), failure);
        return new Reply(Reply.FAILED, text(request, output) + "Error: " + line(failure) + "\n");
    }

    private static String line(Exception failure) {
        boolean unknown = failure.getClass().getSimpleName().equals("CommandNotFoundException");
        String message = failure.getMessage() == null
                ? failure.getClass().getSimpleName()
                : failure.getMessage().lines().findFirst().orElse("");
        return unknown ? message + "; help lists all commands" : message;
    }
}
