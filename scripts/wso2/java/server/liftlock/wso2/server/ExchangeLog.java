package liftlock.wso2.server;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import javax.servlet.Filter;
import javax.servlet.FilterChain;
import javax.servlet.FilterConfig;
import javax.servlet.ServletException;
import javax.servlet.ServletRequest;
import javax.servlet.ServletResponse;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** Writes one line to a file for each request that was answered: status, method, path. */
final class ExchangeLog implements Filter {
    private final OutputStream file;

    ExchangeLog(File file) throws IOException {
        this.file = new FileOutputStream(file, true);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(request, response);
        HttpServletRequest asked = (HttpServletRequest) request;
        int status = ((HttpServletResponse) response).getStatus();
        String line = status + " " + asked.getMethod() + " " + asked.getRequestURI() + "\n";
        synchronized (file) {
            file.write(line.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public void init(FilterConfig config) {}

    @Override
    public void destroy() {}
}
