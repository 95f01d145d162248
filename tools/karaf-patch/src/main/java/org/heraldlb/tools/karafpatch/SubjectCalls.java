package org.heraldlb.tools.karafpatch;

import java.util.Optional;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Rewrites one class so that it asks for the current subject in a way that every Java from 17 on understands.
 *
 * <p>{@code Subject.getSubject(AccessControlContext)} throws {@code UnsupportedOperationException} from Java 24 on, and
 * its successor {@code Subject.current()} exists from 18 on only. Each call is sent through a private method that is
 * added to the class: it tries the old way and falls back to the new one, which is linked only when it is reached.
 */
final class SubjectCalls {
    private static final String SUBJECT = "javax/security/auth/Subject";
    private static final String OLD_DESCRIPTOR = "(Ljava/security/AccessControlContext;)Ljavax/security/auth/Subject;";
    private static final String BRIDGE = "herald$currentSubject";
    private static final String UNSUPPORTED = "java/lang/UnsupportedOperationException";

    private SubjectCalls() {}

    /**
     * @param classFile the bytes of a class or interface
     * @return the bytes of the rewritten class, or empty where it does not make the call
     */
    static Optional<byte[]> rewrite(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(reader, 0);
        Rewriter rewriter = new Rewriter(writer);
        reader.accept(rewriter, 0);
        return rewriter.calls == 0 ? Optional.empty() : Optional.of(writer.toByteArray());
    }

    private static boolean isOldCall(int opcode, String owner, String name, String descriptor) {
        return opcode == Opcodes.INVOKESTATIC
                && owner.equals(SUBJECT)
                && name.equals("getSubject")
                && descriptor.equals(OLD_DESCRIPTOR);
    }

    private static final class Rewriter extends ClassVisitor {
        private String className = "";
        private boolean isInterface;
        private int calls;

        Rewriter(ClassVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visit(int version, int access, String name, String signature, String superName, String[] parents) {
            className = name;
            isInterface = (access & Opcodes.ACC_INTERFACE) != 0;
            super.visit(version, access, name, signature, superName, parents);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] thrown) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, thrown);
            return new MethodVisitor(Opcodes.ASM9, next) {
                @Override
                public void visitMethodInsn(
                        int opcode, String owner, String called, String shape, boolean onInterface) {
                    if (isOldCall(opcode, owner, called, shape)) {
                        calls++;
                        super.visitMethodInsn(opcode, className, BRIDGE, shape, isInterface);
                    } else {
                        super.visitMethodInsn(opcode, owner, called, shape, onInterface);
                    }
                }
            };
        }

        @Override
        public void visitEnd() {
            if (calls > 0) {
                addBridge();
            }
            super.visitEnd();
        }

        private void addBridge() {
            int access = Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC;
            MethodVisitor code = cv.visitMethod(access, BRIDGE, OLD_DESCRIPTOR, null, null);
            Label start = new Label();
            Label end = new Label();
            Label handler = new Label();
            code.visitCode();
            code.visitTryCatchBlock(start, end, handler, UNSUPPORTED);
            code.visitLabel(start);
            code.visitVarInsn(Opcodes.ALOAD, 0);
            code.visitMethodInsn(Opcodes.INVOKESTATIC, SUBJECT, "getSubject", OLD_DESCRIPTOR, false);
            code.visitLabel(end);
            code.visitInsn(Opcodes.ARETURN);
            code.visitLabel(handler);
            code.visitFrame(Opcodes.F_SAME1, 0, null, 1, new Object[] {UNSUPPORTED});
            code.visitInsn(Opcodes.POP);
            code.visitMethodInsn(Opcodes.INVOKESTATIC, SUBJECT, "current", "()Ljavax/security/auth/Subject;", false);
            code.visitInsn(Opcodes.ARETURN);
            code.visitMaxs(1, 1);
            code.visitEnd();
        }
    }
}
