package org.heraldlb.tools.karafpatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.security.auth.Subject;
import org.junit.jupiter.api.Test;

final class SubjectCallsTest {
    @Test
    void aClassWithoutTheCallIsLeftAlone() throws IOException {
        assertThat(SubjectCalls.rewrite(bytesOf(SubjectCallsTest.class))).isEmpty();
    }

    @Test
    void aRewrittenClassAnswersOnThisJava() throws Exception {
        byte[] rewritten = SubjectCalls.rewrite(bytesOf(Caller.class)).orElseThrow();
        Class<?> type = new Loader().define(Caller.class.getName(), rewritten);
        Method ask = type.getDeclaredMethod("ask");
        ask.setAccessible(true);

        assertThat(ask.invoke(null)).isNull();
    }

    @Test
    void aRewrittenClassStillSeesTheSubjectOfTheCaller() throws Exception {
        byte[] rewritten = SubjectCalls.rewrite(bytesOf(Caller.class)).orElseThrow();
        Class<?> type = new Loader().define(Caller.class.getName(), rewritten);
        Method ask = type.getDeclaredMethod("askAs", Subject.class);
        ask.setAccessible(true);
        Subject someone = new Subject();

        assertThat(ask.invoke(null, someone)).isSameAs(someone);
    }

    @Test
    void aJarWithoutTheCallIsNotWritten() throws IOException {
        assertThat(Main.rewrite(jarOf("org/apache/x/A.class", bytesOf(SubjectCallsTest.class))))
                .isEmpty();
    }

    @Test
    void aJarGivesTheSameBytesEachTime() throws IOException {
        byte[] jar = jarOf("org/apache/x/A.class", bytesOf(Caller.class));

        assertThat(Main.rewrite(jar).orElseThrow()).isEqualTo(Main.rewrite(jar).orElseThrow());
    }

    @Test
    void onlyTheContainersOwnClassesAreTouched() throws IOException {
        assertThat(Main.rewrite(jarOf("com/example/A.class", bytesOf(Caller.class))))
                .isEmpty();
    }

    private static byte[] bytesOf(Class<?> type) throws IOException {
        try (InputStream in = type.getResourceAsStream("/" + type.getName().replace('.', '/') + ".class")) {
            return in.readAllBytes();
        }
    }

    private static byte[] jarOf(String name, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            out.putNextEntry(new ZipEntry(name));
            out.write(content);
        }
        return bytes.toByteArray();
    }

    @SuppressWarnings({"removal", "deprecation"})
    static final class Caller {
        private Caller() {}

        static Subject ask() {
            return Subject.getSubject(java.security.AccessController.getContext());
        }

        static Subject askAs(Subject someone) {
            return Subject.doAs(someone, (java.security.PrivilegedAction<Subject>) Caller::ask);
        }
    }

    private static final class Loader extends ClassLoader {
        Loader() {
            super(SubjectCallsTest.class.getClassLoader());
        }

        Class<?> define(String name, byte[] bytes) {
            return defineClass(name, bytes, 0, bytes.length);
        }
    }
}
