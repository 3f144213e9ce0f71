package dev.faultline.spec.drawing;

import dev.faultline.spec.engine.ModelValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Reads values and states as TLC prints them, into plain Java. For one use by one thread. */
final class PrintedValue {
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(\"(?:[^\"\\\\]|\\\\.)*\"|-?\\d+(?!\\w)|\\w+|<<|>>|\\|->|:>|@@|\\.\\.|/\\\\|[\\[\\](){},=])");
    private static final String END = "";

    private final List<String> tokens = new ArrayList<>();
    private int next;

    private PrintedValue(String text) {
        Matcher token = TOKEN.matcher(text);
        int end = 0;
        while (token.lookingAt()) {
            tokens.add(token.group(1));
            end = token.end();
            token.region(end, text.length());
        }
        if (!text.substring(end).isBlank()) {
            throw new IllegalArgumentException(
                    "not a value that TLC prints: " + text.substring(end).strip());
        }
        tokens.add(END);
    }

    /**
     * Returns the variables of a state with their values.
     *
     * @param text a conjunction of equations, or a single one
     * @throws IllegalArgumentException if it is anything else
     */
    static Map<String, Object> state(String text) {
        PrintedValue reader = new PrintedValue(text);
        Map<String, Object> variables = new LinkedHashMap<>();
        do {
            reader.skip("/\\");
            String name = reader.take();
            reader.expect("=");
            variables.put(name, reader.value());
        } while (!reader.at(END));
        return variables;
    }

    private boolean at(String token) {
        return tokens.get(next).equals(token);
    }

    private String take() {
        String token = tokens.get(next);
        if (token.equals(END)) {
            throw new IllegalArgumentException("a value ends too early");
        }
        next++;
        return token;
    }

    private boolean skip(String token) {
        boolean there = at(token);
        next += there ? 1 : 0;
        return there;
    }

    private void expect(String token) {
        if (!skip(token)) {
            throw new IllegalArgumentException("'" + tokens.get(next) + "' where '" + token + "' should be");
        }
    }

    private Object value() {
        String token = take();
        return switch (token) {
            case "{" -> set();
            case "<<" -> tuple();
            case "[" -> record();
            case "(" -> function();
            case "TRUE" -> true;
            case "FALSE" -> false;
            default -> atom(token);
        };
    }

    private Object atom(String token) {
        if (token.startsWith("\"")) {
            return token.substring(1, token.length() - 1).replaceAll("\\\\(.)", "$1");
        }
        if (!token.matches("-?\\d+")) {
            if (!token.matches("\\w+")) {
                throw new IllegalArgumentException("'" + token + "' where a value should be");
            }
            return new ModelValue(token);
        }
        int number = Integer.parseInt(token);
        if (!skip("..")) {
            return number;
        }
        int last = Integer.parseInt(take());
        return new LinkedHashSet<Object>(
                IntStream.rangeClosed(number, last).boxed().toList());
    }

    private Set<Object> set() {
        return new LinkedHashSet<>(listUntil("}"));
    }

    private List<Object> tuple() {
        return listUntil(">>");
    }

    private List<Object> listUntil(String end) {
        List<Object> values = new ArrayList<>();
        while (!skip(end)) {
            values.add(value());
            if (!at(end)) {
                expect(",");
            }
        }
        return values;
    }

    private Map<Object, Object> record() {
        Map<Object, Object> fields = new LinkedHashMap<>();
        while (!skip("]")) {
            String name = take();
            expect("|->");
            fields.put(name, value());
            if (!at("]")) {
                expect(",");
            }
        }
        return fields;
    }

    private Object function() {
        Map<Object, Object> values = new LinkedHashMap<>();
        do {
            Object argument = value();
            expect(":>");
            values.put(argument, value());
        } while (skip("@@"));
        expect(")");
        return values;
    }
}
