package org.heraldlb.manifest.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.Kind;
import org.heraldlb.manifest.Code;

/** What is wrong with one document. One error refuses the document; warnings do not. */
public final class Findings {

    private static final int LONGEST_VALUE = 120;
    private static final Pattern PASSWORD = Pattern.compile("(?i)passw|secret|authentication(?!\\.(?:type|keyId)$)");

    /** More are not worth anybody's time, nor the memory. */
    private static final int MOST = 100;

    private final String document;
    private final List<Problem> problems = new ArrayList<>(0);
    private String subject;
    private boolean refused;

    public Findings(String document) {
        this.document = document;
        this.subject = document;
    }

    /** Names the object once it is known; until then the document stands for it. */
    void about(String newSubject) {
        subject = newSubject;
    }

    String subject() {
        return subject;
    }

    public String document() {
        return document;
    }

    public void error(Code code, String path, Object value, String text) {
        error(code, path, value, text, "");
    }

    public void error(Code code, String path, Object value, String text, String fix) {
        refused = true;
        if (problems.size() < MOST) {
            problems.add(problem(code, path, value, text, fix));
        }
    }

    void warning(Code code, String path, Object value, String text, String fix) {
        if (problems.size() < MOST) {
            problems.add(Problem.warning(code.text(), subject, text)
                    .at(document, path, shown(path, value))
                    .withFix(fix));
        }
    }

    /** Passwords stand in peers, profiles and secrets, and that is where they get misspelt. */
    boolean mayHoldSecrets() {
        return subject.startsWith(Kind.BGP_PEER.text() + " ")
                || subject.startsWith(Kind.BFD_PROFILE.text() + " ")
                || subject.startsWith(Kind.SECRET.text() + " ");
    }

    private String shown(String path, Object value) {
        boolean password = mayHoldSecrets() && PASSWORD.matcher(path).find();
        return password || subject.startsWith(Kind.SECRET.text() + " ") ? "" : brief(value);
    }

    /** True when further problems are not kept. */
    boolean full() {
        return problems.size() >= MOST;
    }

    /** An error that does not refuse the document. */
    Problem problem(Code code, String path, Object value, String text, String fix) {
        return Problem.error(code.text(), subject, text)
                .at(document, path, shown(path, value))
                .withFix(fix);
    }

    public boolean refused() {
        return refused;
    }

    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    /** Values of documents may be of any size, and nested lists may share their parts: nothing of them is printed. */
    private static String brief(Object value) {
        if (value instanceof Map || value instanceof List) {
            return value instanceof Map ? "{...}" : "[...]";
        }
        String text = String.valueOf(value);
        return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "...";
    }
}
