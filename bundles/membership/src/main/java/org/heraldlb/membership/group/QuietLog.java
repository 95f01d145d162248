package org.heraldlb.membership.group;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.jgroups.logging.CustomLogFactory;
import org.jgroups.logging.Log;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** JGroups' log on ours, one level lower: what operators need to know, our own problems say. */
final class QuietLog implements CustomLogFactory {

    @Override
    public Log getLog(Class<?> type) {
        return getLog(type.getName());
    }

    @Override
    public Log getLog(String name) {
        Logger logger = LoggerFactory.getLogger(name);
        InvocationHandler handler = (proxy, method, arguments) -> switch (method.getName()) {
            case "isFatalEnabled", "isErrorEnabled", "isWarnEnabled" -> logger.isDebugEnabled();
            case "isInfoEnabled", "isDebugEnabled", "isTraceEnabled" -> logger.isTraceEnabled();
            case "getLevel" -> "warn";
            case "fatal", "error", "warn", "failSafeWarn", "failSafeError" -> {
                if (logger.isDebugEnabled()) {
                    logger.debug(text(arguments));
                }
                yield null;
            }
            default -> null;
        };
        return (Log) Proxy.newProxyInstance(Log.class.getClassLoader(), new Class<?>[] {Log.class}, handler);
    }

    private static String text(Object[] arguments) {
        String format = String.valueOf(arguments[0]);
        if (arguments.length == 2 && arguments[1] instanceof Object[] values && values.length > 0) {
            return format + ' ' + java.util.Arrays.toString(values);
        }
        return arguments.length == 2 ? format + ' ' + arguments[1] : format;
    }
}
