package org.heraldlb.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What was asked for.
 *
 * @param command what to do
 * @param inputs files and directories, in order; for {@code --diff} the state before and the one after
 * @param format how to answer
 * @param node the node of a plan without Node documents
 * @param loadBalancerClass which services are meant; without it those that name no class
 * @param question what if
 * @param strict warnings count as errors
 * @param cluster which cluster to ask instead of files
 */
record Arguments(
        Command command,
        List<String> inputs,
        Format format,
        Optional<String> node,
        Optional<String> loadBalancerClass,
        Question question,
        boolean strict,
        Optional<Kubectl> cluster) {

    static final String USAGE = """
            usage: herald plan FILE|DIR... [--node NAME] [--lb-class CLASS] [-o table|json|yaml]
                   herald plan --diff BEFORE AFTER [-o table|json|yaml]
                   herald plan FILE|DIR... --drain NODE | --fail NODE
                   herald validate FILE|DIR... [--strict] [-o table|json|yaml]
                   herald import metallb FILE|DIR... | --live [--kubeconfig FILE] [--context NAME] [-n NAMESPACE]

            plan       what Herald would do with the documents: addresses, owners, routes, and why
              --node   name of the only node, where no document is a Node; the host's name by default
              --lb-class  for services of this loadBalancerClass instead of those without one
              --diff   what moves, appears and vanishes between two states, and which BGP sessions are reset
              --drain  what changes when NODE is excluded from announcing
              --fail   what changes when NODE dies
            validate   what is wrong or doubtful with the documents
              --strict warnings count as errors
            import metallb  what Herald would do with MetalLB's objects and the services' addresses, older dialects included
              --live   asks the cluster by kubectl; -n: MetalLB's namespace, metallb-system by default

            Several arguments are applied one after the other, as with kubectl apply; - reads standard input.
            Exit code 0: fine, 1: problems found (import: something is different), 2: wrong usage.
            """;

    /** What to do. */
    enum Command {
        PLAN,
        VALIDATE,
        IMPORT,
        HELP
    }

    /** How to answer. */
    enum Format {
        TABLE,
        JSON,
        YAML
    }

    /** What if. {@code node} is empty for {@link Kind#NONE} and {@link Kind#DIFF}. */
    record Question(Kind kind, String node) {
        static final Question NONE = new Question(Kind.NONE, "");

        /** Kinds of what if. */
        enum Kind {
            NONE,
            DIFF,
            DRAIN,
            FAIL
        }
    }

    static Arguments parse(String... args) throws UsageException {
        if (args.length == 0) {
            throw new UsageException("no command");
        }
        Parser parser = new Parser();
        switch (args[0]) {
            case "plan" -> parser.command = Command.PLAN;
            case "validate" -> parser.command = Command.VALIDATE;
            case "import" -> parser.command = Command.IMPORT;
            case "help", "-h", "--help" -> parser.command = Command.HELP;
            default -> throw new UsageException("unknown command " + args[0]);
        }
        return parser.parse(Arrays.asList(args).subList(1, args.length));
    }

    /** Reads options one by one; lives for one command line. */
    private static final class Parser {
        private Command command = Command.HELP;
        private final List<String> inputs = new ArrayList<>();
        private Format format = Format.TABLE;
        private Optional<String> node = Optional.empty();
        private Optional<String> loadBalancerClass = Optional.empty();
        private Question question = Question.NONE;
        private boolean strict;
        private boolean live;
        private Kubectl cluster = Kubectl.DEFAULT;

        Arguments parse(List<String> args) throws UsageException {
            boolean literal = false;
            for (Iterator<String> rest = args.iterator(); rest.hasNext(); ) {
                String arg = rest.next();
                if (literal || arg.equals("-") || !arg.startsWith("-")) {
                    inputs.add(arg);
                } else if (arg.equals("--")) {
                    literal = true;
                } else {
                    option(arg, rest);
                }
            }
            check();
            return new Arguments(
                    command,
                    List.copyOf(inputs),
                    format,
                    node,
                    loadBalancerClass,
                    question,
                    strict,
                    live ? Optional.of(cluster) : Optional.empty());
        }

        private void option(String arg, Iterator<String> rest) throws UsageException {
            int equals = arg.startsWith("--") ? arg.indexOf('=') : -1;
            String name = equals < 0 ? arg : arg.substring(0, equals);
            Iterator<String> values =
                    equals < 0 ? rest : List.of(arg.substring(equals + 1)).iterator();
            boolean plan = command == Command.PLAN;
            boolean imports = command == Command.IMPORT;
            if (name.equals("-h") || name.equals("--help")) {
                command = Command.HELP;
            } else if (name.equals("-o") || name.equals("--output")) {
                format = format(value(name, values));
            } else if (name.equals("--strict") && command == Command.VALIDATE) {
                strict = true;
            } else if (name.equals("--node") && plan) {
                node = Optional.of(value(name, values));
            } else if (name.equals("--live") && imports) {
                live = true;
            } else if (name.equals("--kubeconfig") && imports) {
                live = true;
                cluster = cluster.option("--kubeconfig=" + value(name, values));
            } else if (name.equals("--context") && imports) {
                live = true;
                cluster = cluster.option("--context=" + value(name, values));
            } else if ((name.equals("-n") || name.equals("--namespace")) && imports) {
                cluster = cluster.of(value(name, values));
            } else if (name.equals("--lb-class") && (plan || imports)) {
                loadBalancerClass = Optional.of(value(name, values));
            } else if (name.equals("--diff") && plan) {
                ask(Question.Kind.DIFF, "");
            } else if (name.equals("--drain") && plan) {
                ask(Question.Kind.DRAIN, value(name, values));
            } else if (name.equals("--fail") && plan) {
                ask(Question.Kind.FAIL, value(name, values));
            } else {
                throw new UsageException("unknown option " + name);
            }
        }

        private void ask(Question.Kind kind, String of) throws UsageException {
            if (question.kind() != Question.Kind.NONE) {
                throw new UsageException("only one of --diff, --drain and --fail");
            }
            question = new Question(kind, of);
        }

        private void check() throws UsageException {
            if (command == Command.HELP) {
                return;
            }
            if (command == Command.IMPORT) {
                checkImport();
                return;
            }
            if (inputs.isEmpty()) {
                throw new UsageException("no file or directory");
            }
            if (question.kind() == Question.Kind.DIFF && inputs.size() != 2) {
                throw new UsageException("--diff compares two files or directories");
            }
        }

        /** The first word says from what. */
        private void checkImport() throws UsageException {
            if (inputs.isEmpty() || !inputs.remove(0).equals("metallb")) {
                throw new UsageException("import from what? herald import metallb");
            }
            if (inputs.isEmpty() != live) {
                throw new UsageException("either files, or --live for the cluster that kubectl knows");
            }
        }

        private static String value(String option, Iterator<String> rest) throws UsageException {
            if (!rest.hasNext()) {
                throw new UsageException(option + " needs a value");
            }
            return rest.next();
        }

        private static Format format(String word) throws UsageException {
            return switch (word) {
                case "table" -> Format.TABLE;
                case "json" -> Format.JSON;
                case "yaml" -> Format.YAML;
                default -> throw new UsageException("-o is table, json or yaml, not " + word);
            };
        }
    }
}
